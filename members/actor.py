from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, Self

from django.db import models
from django.db.models import Q

from base.records.guards import DatabaseCheck
from base.swedish.words import capital
from members.models import Group, Member, Organisation


class Channel(models.TextChoices):
    """How a word reached the register: by oneself, or noted by the samordnare on somebody's behalf.

    What the register does by itself comes by none of these, and is no answer. What stood in the list that the group
    had before the register is nobody's word of today, and no mail tells of it.
    """

    SIGNED_IN = "signed_in", "själv, inloggad"
    PHONE = "phone", "på telefon"
    MAIL = "mail", "i mejl"
    MEETING = "meeting", "på mötet"
    LINK = "link", "via länk"
    REGISTER = "register", "registret"
    OLD_LIST = "old_list", "från den gamla åtgärdslistan"
    PAPER = "paper", "från anteckningar på papper"

    @classmethod
    def of_before(cls) -> tuple[Channel, ...]:
        """By which what was said before the register came into it: no mail tells of it."""
        return cls.OLD_LIST, cls.PAPER

    @classmethod
    def on_behalf(cls) -> list[tuple[str, str]]:
        """The choices of channel for what is noted on somebody's behalf."""
        own = {cls.SIGNED_IN, cls.LINK, cls.REGISTER, *cls.of_before()}
        return [(value, capital(label)) for value, label in cls.choices if value not in own]


class Word(Protocol):
    """What was said for an organisation: an answer, how far it has come, the event by which it is done."""

    @property
    def by_id(self) -> int | None: ...
    @property
    def channel(self) -> str: ...


def by_link(organisation: object) -> str:
    """Who said what came by link, which names nobody: Tekniska förvaltningen, via länk."""
    return f"{organisation}, {Channel.LINK.label}"


def said_by_somebody(model: str, *, by: str = "by", channel: str = "channel") -> DatabaseCheck:
    """The constraint that a member said it, or nobody by name: then, and then alone, it came by link."""
    nobody = Q(**{f"{by}__isnull": True, channel: Channel.LINK})
    somebody = Q(**{f"{by}__isnull": False}) & ~Q(**{f"{channel}__in": [Channel.LINK, Channel.REGISTER]})
    return DatabaseCheck(condition=nobody | somebody, name=f"{model}_said_by_somebody")


@dataclass(frozen=True)
class Voice:
    """Whose word it is, and how it came: a member's, or an organisation's by the link in a mail, which names nobody.

    The argument `by=` of what an organisation can say by link, and of what the register does by itself.
    """

    member: Member | None
    organisation_id: int | None
    capacity: str
    channel: str = Channel.SIGNED_IN

    @staticmethod
    def by_link(organisation: Organisation) -> Voice:
        """The organisation's, from whoever has the link."""
        return Voice(None, organisation.pk, "", Channel.LINK)

    @staticmethod
    def of_the_register() -> Voice:
        """The register's own, for what nobody presses a button for."""
        return Voice(None, None, "", Channel.REGISTER)

    @property
    def group(self) -> Group:
        """The settings of the group, to read."""
        return self.member.group if self.member else Group.current()

    @property
    def leads(self) -> bool:
        """Whether it is the samordnare's, as such."""
        return self.capacity == Member.Role.COORDINATOR

    def speaking_for(self, organisation: Organisation, channel: str = Channel.SIGNED_IN) -> Self:
        """The same giving an organisation's word: its own, or one that came by a channel."""
        return replace(self, organisation_id=organisation.pk, channel=channel)

    def bringing_in(self) -> Self:
        """The same writing down what stands in the group's old list, for no organisation of her own."""
        return replace(self, organisation_id=None, channel=Channel.OLD_LIST)

    def from_paper(self) -> Self:
        """The same writing down what was decided at a meeting on paper, for no organisation of her own."""
        return replace(self, organisation_id=None, channel=Channel.PAPER)

    def taking_back(self, word: Word, organisation: Organisation) -> Self:
        """The same taking back an organisation's word: what she noted herself, by the channel it came to her."""
        noted_it = self.member is not None and word.by_id == self.member.pk
        return self.speaking_for(organisation, word.channel if noted_it else self.channel)


@dataclass(frozen=True)
class Actor(Voice):
    """Who acts: a member, for which organisation, in which capacity, and how her word came.

    The one argument `by=` of every verb that is no answer. It is what she was then: a samordnare who steps down is
    still told as the samordnare where she was it.
    """

    member: Member

    @classmethod
    def of(cls, member: Member, *, channel: str = Channel.SIGNED_IN) -> Actor:
        """The member as actor: signed in unless it came otherwise, for the organisation where she works."""
        return cls(member, member.organisation_id, member.role, channel)

    def __str__(self) -> str:
        return str(self.member)
