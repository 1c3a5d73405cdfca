"""Justering of the minutes: a mark on a version by one who was there, taken back within ten minutes, or a wish.

The mark is of one version. It holds as well for one that says the same with another diarienummer, and for no other.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from meetings.approval_mails import cause_of_wish
from meetings.approvals import is_hers_to_take_back, run_of
from meetings.handed_in import handed_in_since
from meetings.models import Approval, Approver, Meeting, Minutes
from meetings.models.after_closing import TIME_TO_UNDO
from members.actor import Actor

Kind = Approval.Kind

NOT_CLOSED = "Det finns inget att justera förrän mötet är avslutat."
NO_LONGER = "{} är inte längre vald att justera. Inget är ändrat."
NOT_HERSELF = "Bara {} själv kan justera så. Inget är ändrat."
NOT_HERS = "Bara {} själv kan ta tillbaka justeringen. Inget är ändrat."
UNDER_CORRECTION = "Version {} rättas just nu ({}). Justera den nya versionen när rättelsen är sparad. Inget är ändrat."
REPLACED = "Version {} gäller inte längre. Läs version {}, och justera den i stället. Inget är ändrat."
ALREADY = "{} har redan justerat version {}. Inget är ändrat."
NOT_APPROVED = "{} har inte justerat version {}. Inget är ändrat."
FROM_THAT_DAY = "Välj en dag från den då versionen sparades, till och med i dag."
TOO_LATE = "Det har gått mer än tio minuter, så justeringen står kvar. Är något fel, skriv vad du vill ha rättat."
REGISTERED_SINCE = "Version {} har lämnats till diariet sedan den justerades, så justeringen står kvar."


@transaction.atomic
def approve(
    minutes: Minutes, approver: Approver, *, by: Actor, signed_on: date | None = None, at: datetime | None = None
) -> Approval:
    """Set her mark on the version: her own, or with `signed_on` what she has signed on paper, noted for her.

    Raises Conflict when the meeting is not closed, NotAllowed when another version stands or is being made, when she is
    chosen no longer or has approved it, ValidationError for a day that can not be.
    Who is chosen was there: closing and correcting strike who was not.
    """
    at = at or timezone.now()
    _lock(minutes, approver, by=by, on_behalf=signed_on is not None)
    meeting = minutes.meeting
    if meeting.is_being_corrected:
        raise NotAllowed(UNDER_CORRECTION.format(minutes.version, meeting.correction_opened))
    says_the_same = run_of(minutes)
    for version in says_the_same:
        if last_mark(version, approver) == Kind.APPROVED:
            raise NotAllowed(ALREADY.format(approver, version.version))
    if signed_on:
        first = min(version.made_at for version in says_the_same)  # that of before the diarienummer came
        if not timezone.localdate(first) <= signed_on <= timezone.localdate(at):
            raise ValidationError({"signed_on": FROM_THAT_DAY})
    return _say(minutes, approver, Kind.APPROVED, by=by, at=at, signed_on=signed_on)


@transaction.atomic
def wish(minutes: Minutes, approver: Approver, *, text: str, by: Actor, at: datetime | None = None) -> Approval:
    """Let her say what she wants put right before she approves. Raises Conflict and NotAllowed as `approve` does."""
    _lock(minutes, approver, by=by)
    said = _say(minutes, approver, Kind.WISHED, by=by, at=at, text=text)
    cause_of_wish(said).save()
    return said


@transaction.atomic
def take_back(minutes: Minutes, approver: Approver, *, by: Actor, at: datetime | None = None) -> Approval:
    """Take her mark back. Raises Conflict, NotAllowed when there is none, or it stands for good."""
    at = at or timezone.now()
    minutes.meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)
    mark = _marks(minutes, approver).first()
    if mark is None or mark.kind != Kind.APPROVED:
        raise NotAllowed(NOT_APPROVED.format(approver, minutes.version))
    if not is_hers_to_take_back(mark, approver, by.member):
        raise NotAllowed(NOT_HERS.format(approver))
    if at > mark.at + TIME_TO_UNDO:
        raise NotAllowed(TOO_LATE)
    if handed_in := handed_in_since(run_of(minutes), mark.at):
        raise NotAllowed(REGISTERED_SINCE.format(handed_in.version))
    return _say(minutes, approver, Kind.TAKEN_BACK, by=by, at=at)


def last_mark(minutes: Minutes, approver: Approver) -> str:
    """Whether the last mark that she set on the version says that she approves it; empty where she set none."""
    mark = _marks(minutes, approver).first()
    return mark.kind if mark else ""


def _lock(minutes: Minutes, approver: Approver, *, by: Actor, on_behalf: bool = False) -> None:
    meeting = minutes.meeting
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)
    approver.lock()
    if not approver.is_chosen:
        raise NotAllowed(NO_LONGER.format(approver))
    if not (by.leads if on_behalf else approver.member_id == by.member.pk):
        raise NotAllowed(NOT_HERSELF.format(approver))
    latest = Minutes.objects.of(meeting).order_by("-version").values_list("version", "made_at").first()
    if latest and latest[0] != minutes.version:
        raise NotAllowed(REPLACED.format(minutes.version, latest[0]))


def _marks(minutes: Minutes, approver: Approver) -> Any:
    of_it = Approval.objects.filter(minutes=minutes, approver=approver).exclude(kind=Kind.WISHED)
    return of_it.order_by("-at", "-pk")


def _say(
    minutes: Minutes, approver: Approver, kind: Approval.Kind, *, by: Actor, at: datetime | None, **facts: Any
) -> Approval:
    row = Approval(minutes=minutes, approver=approver, kind=kind, by=by.member, at=at or timezone.now(), **facts)
    row.clean_fields(exclude=["minutes", "approver", "by"])
    row.save()
    return row
