"""What the mail server answered, in words, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from base.swedish.words import swedish_moment
from members.models import Member, Notice
from members.outbox.kinds import KINDS, Receiver, known_to

LATE = timedelta(minutes=15)
STANDS_STILL = "E-postservern eller utskicket står stilla. Be den som sköter registret att se efter."

NOBODY = "Det finns ingen sådan adress. Rätta den och skicka igen."
BY_CODE = {
    "5.1.1": NOBODY,
    "5.1.2": "Det finns inget sådant efter @ i adressen. Rätta den och skicka igen.",
    "5.1.3": NOBODY,
    "5.1.10": NOBODY,
    "5.2.1": "Brevlådan är stängd. Ta reda på vart mejlet ska gå i stället.",
    "5.2.2": "Brevlådan är full. Säg till mottagaren, och skicka igen.",
    "4.2.2": "Brevlådan är full. Säg till mottagaren, och skicka igen.",
    "5.3.4": "Mejlet är för stort för mottagarens e-postserver.",
    "address": "Adressen har tecken som e-postservern inte klarar. Rätta den och skicka igen.",
}
OF_POLICY = "Mottagarens e-postserver tar inte emot mejl från registret. Be den som sköter er e-post att se efter."
PUT_OFF = "Mottagarens e-postserver har skjutit upp det i tre dagar. Skicka igen, eller ring."
REFUSED = "Mottagarens e-postserver sa nej. Kontrollera adressen och skicka igen."
UNCERTAIN = "Förbindelsen bröts mitt i. Fråga mottagaren innan du skickar igen, annars kan det komma två gånger."


def what_to_do(notice: Notice) -> str:
    """One sentence or two for whom it is to look after."""
    if notice.state == Notice.State.UNCERTAIN:
        return UNCERTAIN
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
    """A mail that did not reach, for whom it is to see to it."""

    notice: Notice
    receiver: Receiver
    about: str
    what_to_do: str

    @property
    def verdict(self) -> str:
        return "Kan ha kommit fram" if self.notice.state == Notice.State.UNCERTAIN else "Kom inte fram"


def seen_to(notice: Notice) -> SeenTo:
    kind = KINDS.get(notice.cause.kind)
    return SeenTo(notice, notice.receiver, kind.label if kind else "något", what_to_do(notice))


def late_words(member: Member, at: datetime) -> str:
    """That mails wait which should have been sent, where the command that sends them or the server has stopped."""
    first = (
        Notice.objects.due(at - LATE)
        .filter(known_to(member, "cause"))
        .in_turn()
        .values_list("due_at", flat=True)
        .first()
    )
    if first is None:
        return ""
    return f"Mejl väntar på att skickas sedan {swedish_moment(first, today=timezone.localdate())}. {STANDS_STILL}"
