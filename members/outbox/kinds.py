"""The kinds of notices: each with its app's own writer, and the subject under which one chooses how to have it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from typing import Protocol

from django.db.models import Q

from members.models import Member, NoticeCause, Organisation, OutsideContact, Subject

Receiver = Member | Organisation | OutsideContact


@dataclass(frozen=True)
class AttachedFile:
    """A file that goes with a mail.

    write    makes its content, when the mail is put together: a PDF takes its time, and not all that is asked for goes
    kind     its media type
    also_as  the media type under which it stands beside the words as well, for a program that reads it instead
    says     a sum of what is told in it, where that may be hidden after the mail was put together and before it goes
    """

    name: str
    write: Callable[[], bytes]
    kind: str
    also_as: str = ""
    says: str = ""

    @cached_property
    def content(self) -> bytes:
        return self.write()


@dataclass(frozen=True)
class Way:
    """Something else that one can do from the mail: what the link says, and the path of its page."""

    to_do: str
    url: str


@dataclass(frozen=True)
class Line:
    """A line of a list in a mail, and the path of the page of what it is about, where it has one.

    before  a mark that is no part of the link
    """

    words: str
    url: str = ""
    before: str = ""


@dataclass(frozen=True)
class NoticeWords:
    """What one notice says: in one line, in more words where there are, and where one can act.

    line   a whole sentence; alone in a mail it is the subject
    text   what is to be known besides, as paragraphs
    below  what is to be known of the links, as paragraphs under them
    whom_to_ask  what stands last of all, and once in a letter where several say the same
    lists  what stands before the text: each a heading and its lines
    url    the path of the page; none where the receiver may open none
    to_do  what the link says: "Svara"
    files  what goes with it, of a kind that is a letter of its own
    lead   what stands before the ways, as paragraphs; then come the lists and the text
    ways   what else one can do, each by a link of its own; without a lead they stand last
    waits  whether it waits on the receiver: in a letter of many that comes before what does not
    is_first  whether it stands before all else, for its words do not say what it is: it may be that she has been named
    replies_to  the address of the person that an answer by mail goes to; empty where nobody reads one
    to     the address that it goes to, where that is none of today's: one that she has left
    """

    line: str
    url: str
    to_do: str
    text: str = ""
    files: tuple[AttachedFile, ...] = ()
    lead: str = ""
    ways: tuple[Way, ...] = ()
    replies_to: str = ""
    waits: bool = False
    is_first: bool = False
    lists: tuple[tuple[Line, ...], ...] = ()
    to: str = ""
    below: str = ""
    whom_to_ask: str = ""

    @property
    def headline(self) -> str:
        """The line as a subject and a heading, which have no full stop after one sentence."""
        return self.line if ". " in self.line or self.line.endswith("..") else self.line.removesuffix(".")

    @property
    def paragraphs(self) -> list[str]:
        return _paragraphs(self.text)

    @property
    def paragraphs_below(self) -> list[str]:
        return _paragraphs(f"{self.below}\n\n{self.whom_to_ask}")

    @property
    def leading_paragraphs(self) -> list[str]:
        return _paragraphs(self.lead)


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part]


Receivers = Callable[[NoticeCause], Iterable[Receiver]]
"""Whom the cause concerns as things are now. One who is named twice is told once."""

Begins = Callable[[NoticeCause, datetime], datetime | None]
"""When what the cause tells of begins, if that is after the moment."""

Writer = Callable[[NoticeCause, Receiver], NoticeWords | None]
"""Says what there is to tell the receiver as things are now; None when she may not see it, or it no longer matters."""


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice.

    name     stands in the rows
    subject  what a receiver chooses about; None for what concerns her account, which is always sent
    label    what it is about, for the samordnare who looks after what did not reach: "ett ärende"; tells no secret
    at_any_hour  whether it comes in her quiet hours too, for she has just asked for it and waits
    to_closed  whether it comes to one who may not sign in any longer too, for it tells her so
    stays    whether its causes stay for good, for something asks when it happened
    alone    whether it is a letter of its own, never gathered with others: what has files, or lets one in
    begins   of what she is called to: neither her quiet hours nor what is gathered holds it till it has begun
    """

    name: str
    subject: Subject | None
    label: str
    receivers: Receivers
    writer: Writer
    alone: bool = False
    stays: bool = False
    at_any_hour: bool = False
    to_closed: bool = False
    begins: Begins | None = None


KINDS: dict[str, NoticeKind] = {}
"""By name. The apps register theirs when they are ready."""


class Source(Protocol):
    """Finds causes in what has happened since a moment, or in how things stand at the other, where no verb writes them.

    Those found before are no harm.
    """

    def __call__(self, since: datetime, *, at: datetime) -> Iterable[NoticeCause]: ...


SOURCES: list[Source] = []

STILL_ASKED: list[Callable[[datetime], Q]] = []
"""Conditions of the apps: what was told for which causes is asked about at that moment, and is not removed as old."""

HIDDEN: list[Callable[[Member], Q]] = []
"""Conditions of the apps: which causes are about something that the member may not know of."""


RESTRICTED: list[Callable[[], Q]] = []
"""Conditions of the apps: which causes are about something that only those named may know of."""


def calling() -> set[Subject]:
    """The subjects under which somebody is called to something: those of the kinds that are letters of their own."""
    return {kind.subject for kind in KINDS.values() if kind.alone and kind.subject}


Pages = Callable[[Collection[int], Member], dict[int, Way]]
"""Of the things with these keys those that the member may open, each with what it is called and its page."""

PAGES: dict[str, Pages] = {}
"""By what stands before the key of a cause's thing: issue, meeting. The apps add theirs."""


def pages_of(things: Iterable[str], member: Member) -> dict[str, Way]:
    """The pages of the things that she may open; in one query for each sort of them."""
    keys: dict[str, set[int]] = {}
    for sort, _, key in (thing.partition(":") for thing in things):
        if sort in PAGES and key.isdecimal():
            keys.setdefault(sort, set()).add(int(key))
    found = {sort: PAGES[sort](of_sort, member) for sort, of_sort in keys.items()}
    return {f"{sort}:{key}": page for sort, pages in found.items() for key, page in pages.items()}


def known_to(member: Member, path: str) -> Q:
    """The condition that the cause at the path is about nothing that is hidden from her."""
    return ~_among(path, [condition(member) for condition in HIDDEN])


def restricted(path: str) -> Q:
    """The condition that the cause at the path is about something that only those named may know of."""
    return _among(path, [condition() for condition in RESTRICTED])


def _among(path: str, conditions: list[Q]) -> Q:
    causes = NoticeCause.objects.filter(reduce(or_, conditions, Q(pk__in=[])))
    return Q(**{f"{path}__in": causes.values("pk")})


def register(*kinds: NoticeKind) -> None:
    KINDS.update((kind.name, kind) for kind in kinds)
