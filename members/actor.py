from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from django.db import models

from base.swedish.words import capital
from members.models import Member, Organisation


class Channel(models.TextChoices):
    """How an answer reached the register: by oneself, or noted by the samordnare on somebody's behalf."""

    SIGNED_IN = "signed_in", "själv, inloggad"
    PHONE = "phone", "på telefon"
    MAIL = "mail", "i mejl"
    MEETING = "meeting", "på mötet"
    LINK = "link", "via länken i mejlet"

    @classmethod
    def on_behalf(cls) -> list[tuple[str, str]]:
        """The choices of channel for what is noted on somebody's behalf."""
        own = {cls.SIGNED_IN, cls.LINK}
        return [(value, capital(label)) for value, label in cls.choices if value not in own]


class Word(Protocol):
    """What was said for an organisation: an answer, how far it has come, the event by which it is done."""

    @property
    def by_id(self) -> int | None: ...
    @property
    def channel(self) -> str: ...


@dataclass(frozen=True)
class Actor:
    """Who acts: a member, for which organisation, in which capacity, and how her word came.

    The one argument `by=` of every verb. It is what she was then: a samordnare who steps down is still told as the
    samordnare where she was it.
    """

    member: Member
    organisation_id: int | None
    capacity: str
    channel: str = Channel.SIGNED_IN

    @classmethod
    def of(cls, member: Member, *, channel: str = Channel.SIGNED_IN) -> Actor:
        """The member as actor: signed in unless it came otherwise, for the organisation where she works."""
        return cls(member, member.organisation_id, member.role, channel)

    def speaking_for(self, organisation: Organisation, channel: str = Channel.SIGNED_IN) -> Actor:
        """The same actor giving an organisation's word: its own, or one that came to her by a channel."""
        return replace(self, organisation_id=organisation.pk, channel=channel)

    def taking_back(self, word: Word, organisation: Organisation) -> Actor:
        """The same actor taking back an organisation's word: what she noted herself, by the channel it came to her."""
        noted_it = word.by_id == self.member.pk
        return self.speaking_for(organisation, word.channel if noted_it else self.channel)

    def __str__(self) -> str:
        return str(self.member)
