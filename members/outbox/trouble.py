"""What the mail server answered, in words, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import in_words, swedish_moment
from members.models import Member, Notice, OutsideContact
from members.models.notice import NoticeQuerySet
from members.outbox.kinds import KINDS, Receiver, Way, known_to, pages_of, restricted
from members.outbox.one_by_one import held_back
from members.rules import may_manage_members

LATE = timedelta(minutes=15)
STANDS_STILL = "E-postservern eller utskicket står stilla. Be den som sköter registret att se efter."

NOBODY = "Det finns ingen sådan adress. Rätta den och skicka igen."
NO_DOMAIN = "Det finns inget sådant efter @ i adressen. Rätta den och skicka igen."
UNCLEAR = "Adressen har tecken som e-postservern inte klarar. Rätta den och skicka igen."
BY_CODE = {
    "5.1.1": NOBODY,
    "5.1.2": NO_DOMAIN,
    "5.1.3": NOBODY,
    "5.1.10": NOBODY,
    "5.2.1": "Brevlådan är stängd. Ta reda på vart mejlet ska gå i stället.",
    "5.2.2": "Brevlådan är full. Säg till mottagaren, och skicka igen.",
    "4.2.2": "Brevlådan är full. Säg till mottagaren, och skicka igen.",
    "5.3.4": "Mejlet är för stort för mottagarens e-postserver.",
    "address": UNCLEAR,
}
OF_POLICY = "Mottagarens e-postserver tar inte emot mejl från registret. Be den som sköter er e-post att se efter."
PUT_OFF = "Mottagarens e-postserver har skjutit upp det i tre dagar. Skicka igen, eller ring."
REFUSED = "Mottagarens e-postserver sa nej. Kontrollera adressen och skicka igen."
UNCERTAIN = "Förbindelsen bröts mitt i. Fråga mottagaren innan du skickar igen, annars kan det komma två gånger."
CORRECTED = "Adressen är en annan nu. Skicka igen."
OF_ADDRESS = {NOBODY, NO_DOMAIN, UNCLEAR, REFUSED}
"""Those that ask for the address to be looked at."""


FROM_THE_LIST = "mejl"
"""In the address of a form to which the list leads, and which leads back to it."""


def what_to_do(notice: Notice) -> str:
    """One sentence or two for whom it is to look after."""
    if notice.state == Notice.State.UNCERTAIN:
        return UNCERTAIN
    told = _of_trouble(notice)
    is_corrected = told in OF_ADDRESS and notice.is_to_another_address and notice.receiver.mail_address
    return CORRECTED if is_corrected else told


def _of_trouble(notice: Notice) -> str:
    code, _, enhanced = notice.trouble.partition(" ")
    known = BY_CODE.get(enhanced) or BY_CODE.get(notice.trouble)
    if known:
        return known
    if enhanced.startswith("5.7."):
        return OF_POLICY
    if code == "550" and not enhanced:
        return NOBODY
    return PUT_OFF if code.startswith("4") else REFUSED


@dataclass(frozen=True)
class SeenTo:
    """A mail that did not reach, for whom it is to see to it; `pages` of what it was about, which she may open."""

    notice: Notice
    receiver: Receiver
    about: str
    what_to_do: str
    pages: Sequence[Way]

    @property
    def sent_to(self) -> str:
        return self.notice.sent_to or self.receiver.mail_address

    @property
    def address_form(self) -> str:
        """The page where the address is put right; nothing where it is not the address that it met.

        That of somebody without an account stands with her name, where she is named.
        """
        if self.what_to_do not in OF_ADDRESS or isinstance(self.receiver, OutsideContact):
            return ""
        sort = "member" if isinstance(self.receiver, Member) else "organisation"
        return f"{reverse(f'members:{sort}_change', args=[self.receiver.pk])}?{FROM_THE_LIST}"

    @property
    def phone(self) -> str:
        """By which one can be told instead; of an organisation's mailbox none is known."""
        return self.receiver.phone if isinstance(self.receiver, Member) else ""

    @property
    def verdict(self) -> str:
        return "Kan ha kommit fram" if self.notice.state == Notice.State.UNCERTAIN else "Kom inte fram"


def seen_to(notices: Iterable[Any], by: Member) -> list[SeenTo]:
    """The mails of the notices, which are to_look_at(), for one who sees to them."""
    mails = list(notices)
    pages = pages_of({thing for mail in mails for thing in mail.things}, by)
    return [_seen_to(mail, [pages[thing] for thing in dict.fromkeys(mail.things) if thing in pages]) for mail in mails]


def _seen_to(notice: Any, pages: Sequence[Way]) -> SeenTo:
    labels = [KINDS[kind].label if kind in KINDS else "något" for kind in notice.kinds]
    about = labels[0] if len(labels) == 1 else in_words(len(labels), "nyhet", "nyheter")
    return SeenTo(notice, notice.receiver, about, what_to_do(notice), pages)


def to_see_to(member: Member) -> NoticeQuerySet:
    """Those that are hers to look after when they do not reach: the samordnare's, less what is hidden from her.

    Of what is restricted also that of those named on it, for among them may be no samordnare. That there is such a
    mail is told to nobody else: it tells that there is something.
    """
    hers = known_to(member, "cause")
    return Notice.objects.filter(hers if may_manage_members(member) else hers & restricted("cause"))


@dataclass(frozen=True)
class HeldBack:
    """Mails that cannot be made ready, since when, and the page of what they are about; None of something else."""

    page: Way | None
    since: datetime


def held_back_from(member: Member, at: datetime) -> list[HeldBack]:
    """What a samordnare is told of that: one for each thing that is not hidden from her, the longest first."""
    rows = held_back(at).filter(known_to(member, "pk")).values_list("thing", "happened_at")
    since: dict[str, datetime] = {}
    for thing, happened_at in rows:
        since.setdefault(thing, happened_at)
    pages = pages_of(since, member) if since else {}
    return [HeldBack(pages.get(thing), first) for thing, first in since.items()]


def late_words(member: Member, at: datetime) -> str:
    """That mails wait which should have been sent, where the command that sends them or the server has stopped."""
    late = Notice.objects.due(at - LATE) | Notice.objects.put_off().filter(cause__due_at__lte=at - LATE)
    first = late.filter(known_to(member, "cause")).aggregate(first=Min(Least("due_at", "cause__due_at")))["first"]
    if first is None:
        return ""
    return f"Mejl väntar på att skickas sedan {swedish_moment(first, today=timezone.localdate())}. {STANDS_STILL}"
