"""The kinds of notices: each with its app's own writer, and the subject under which one chooses how to have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from members.models import Member, NoticeCause, Organisation, Subject

Receiver = Member | Organisation


@dataclass(frozen=True)
class AttachedFile:
    """A file that goes with a mail.

    kind     its media type
    also_as  the media type under which it stands beside the words as well, for a program that reads it instead
    """

    name: str
    content: bytes
    kind: str
    also_as: str = ""


@dataclass(frozen=True)
class NoticeWords:
    """What one notice says: in one line, in more words where there are, and where one can act.

    line   a whole sentence; alone in a mail it is the subject
    text   what is to be known besides, as paragraphs
    url    the path of the page
    to_do  what the link says: "Svara"
    files  what goes with it, of a kind that is a letter of its own
    """

    line: str
    url: str
    to_do: str
    text: str = ""
    files: tuple[AttachedFile, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self.text.split("\n\n") if part]


Receivers = Callable[[NoticeCause], Iterable[Receiver]]
"""Whom the cause concerns as things are now. One who is named twice is told once."""

Writer = Callable[[NoticeCause, Receiver], NoticeWords | None]
"""Says what there is to tell the receiver as things are now; None when she may not see it, or it no longer matters."""


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice.

    name     stands in the rows
    subject  what a receiver chooses about; None for what concerns her account, which is always sent
    label    what it is about, for the samordnare who looks after what did not reach: "ett ärende"; tells no secret
    alone    whether it is a letter of its own, never gathered with others: what has files, or lets one in
    """

    name: str
    subject: Subject | None
    label: str
    receivers: Receivers
    writer: Writer
    alone: bool = False


KINDS: dict[str, NoticeKind] = {}
"""By name. The apps register theirs when they are ready."""

SOURCES: list[Callable[[datetime], Iterable[NoticeCause]]] = []
"""What finds causes in what has happened since a moment, where no verb writes them; those found before are no harm."""


HIDDEN: list[Callable[[Member], Q]] = []
"""Conditions of the apps: which causes are about something that the member may not know of."""


def known_to(member: Member, path: str) -> Q:
    """The condition that the cause at the path is about nothing that is hidden from her."""
    hidden = NoticeCause.objects.filter(reduce(or_, (condition(member) for condition in HIDDEN), Q(pk__in=[])))
    return ~Q(**{f"{path}__in": hidden.values("pk")})


def register(*kinds: NoticeKind) -> None:
    KINDS.update((kind.name, kind) for kind in kinds)
