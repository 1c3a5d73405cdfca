"""Who approves the minutes of a meeting: chosen among those who were there, in the room or afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records import Conflict, EditConflict, NotAllowed
from base.swedish.words import in_words, listed
from meetings.approval_mails import causes_of_choice
from meetings.approvals import latest_run
from meetings.candidates import Candidate, candidates, key_of
from meetings.minutes.present import why_struck
from meetings.models import Approval, Approver, Meeting
from meetings.models.approval import MOST_APPROVERS
from meetings.people import described
from members.actor import Actor
from members.models import Group, Member, NoticeCause

ON_PAPER = "justerar på papper"
NOT_YET = "Justerare väljs när mötet har börjat."
WRITTEN_AFTERWARDS = "Mötet är inskrivet i efterhand, och justeras inte här."
NOT_APPROVED = "Gruppen har inte slagit på justering på sidan Gruppens papper. Inget är ändrat."
NOT_THERE = (
    "{} är inte noterad som närvarande på mötet, och bara den som var med kan justera. "
    "Notera närvaron först, eller välj någon annan."
)
SECRETARY = "{} är mötets sekreterare. Välj någon annan som var med."
TOO_MANY = f"Välj högst {in_words(MOST_APPROVERS, 'person', 'personer')}."
CHOSEN_MEANWHILE = "Någon annan har ändrat vilka som justerar, medan sidan låg öppen. Läs sidan och spara igen."
HAS_APPROVED = "{} har redan justerat, och står kvar som justerare."


def offered(meeting: Meeting) -> dict[str, str]:
    """Each in words, by her key. Who has an account and does not read minutes here signs on paper, as one without."""
    there = candidates(meeting)
    reading = {*Member.objects.reading_all().values_list("pk", flat=True)}
    return {
        one.key: described(one.in_words, ON_PAPER if one.member and one.member.pk not in reading else "")
        for one in there
    }


def approvers_of(meeting: Meeting) -> list[Approver]:
    """Those who are chosen now."""
    return list(Approver.objects.chosen().at(meeting))


def version_of(chosen: Iterable[Approver]) -> str:
    """The version of those who are chosen together, for a form to carry."""
    return "|".join(f"{one.pk} {one.version}" for one in chosen) or "nobody"


@transaction.atomic
def choose_approvers(
    meeting: Meeting, keys: Collection[str], *, by: Actor, version: str = "", at: datetime | None = None
) -> list[Approver]:
    """Let those with these keys approve the minutes, and nobody else; returns them.

    Raises ValidationError for one who was not there, the secretary or too many, EditConflict when somebody chose since
    `version`, Conflict when the meeting has not begun, NotAllowed for one who has approved already, and when the
    group's minutes are not approved.
    """
    meeting.lock()
    if meeting.is_planned or meeting.is_cancelled:
        raise Conflict(NOT_YET if meeting.is_planned else meeting.refusal())
    known = list(Approver.objects.at(meeting))
    standing = {_key(one): one for one in known if one.is_chosen}
    if version and version != version_of(standing.values()):
        raise EditConflict(CHOSEN_MEANWHILE)
    new = [key for key in dict.fromkeys(keys) if key not in standing]
    if new and not Group.current().approves_minutes:
        raise NotAllowed(NOT_APPROVED)
    if new and meeting.is_on_paper:
        raise NotAllowed(WRITTEN_AFTERWARDS)
    if len({*keys}) > MOST_APPROVERS:
        raise ValidationError(TOO_MANY)
    people = _those_there(meeting, new)
    leaving = [one for key, one in standing.items() if key not in keys]
    _ensure_have_said_nothing(leaving)
    for one in leaving:
        one.save(update_fields=one.set({"is_chosen": False}, by=by))
    earlier, added = {_key(one): one for one in known}, []
    for person in people:
        facts: dict[str, Any] = {"name": person.name, "title": person.title, "home": person.home}
        who = {"member": person.member, "created_at": at or timezone.now(), **facts}
        row = earlier.get(person.key) or Approver(meeting=meeting, **who)
        row.set({"is_chosen": True}, by=by)
        row.save_checked()
        added.append(row)
    NoticeCause.objects.note(causes_of_choice(added, at=at or timezone.now()))
    return approvers_of(meeting)


def struck_approvers(chosen: Iterable[Approver], content: dict[str, Any]) -> list[tuple[Approver, str]]:
    """Those of the chosen who may not approve what the content of minutes says, each with why."""
    return [(one, why) for one in chosen if (why := why_struck(content, one.member_id, one.person))]


def strike_approvers(meeting: Meeting, content: dict[str, Any], *, by: Actor) -> None:
    """Let them be chosen no longer. Who has approved an earlier version has done so."""
    for one, _ in struck_approvers(approvers_of(meeting), content):
        one.save(update_fields=one.set({"is_chosen": False}, by=by))


def tell_chosen_since(meeting: Meeting, since: datetime, *, at: datetime) -> None:
    """Let those who were chosen since then be told of it, for no mail with the minutes does."""
    chosen = Approver.objects.chosen().at(meeting).filter(updated_at__gte=since)
    for one in (found := list(chosen)):
        one.meeting = meeting
    NoticeCause.objects.note(causes_of_choice(found, at=at))


def _those_there(meeting: Meeting, keys: Sequence[str]) -> list[Candidate]:
    if not keys:
        return []
    there = {one.key: one for one in candidates(meeting)}
    if f"{meeting.secretary_id}" in keys and f"{meeting.secretary_id}" not in there:
        raise ValidationError(SECRETARY.format(meeting.secretary))
    missing = [key for key in keys if key not in there]
    if missing:
        raise ValidationError(" ".join(NOT_THERE.format(_called(key)) for key in missing))
    return [there[key] for key in keys]


def _called(key: str) -> str:
    member = Member.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    return str(member) if member else "Någon av dem du valde"


def _ensure_have_said_nothing(leaving: Sequence[Approver]) -> None:
    """Raise NotAllowed where one of them has approved what the minutes say now: her mark stands, and she with it."""
    if not leaving:
        return
    said = Approval.objects.filter(approver__in=leaving, minutes__in=latest_run(leaving[0].meeting))
    marks = said.exclude(kind=Approval.Kind.WISHED).order_by("at", "pk")
    last = {(mark.approver_id, mark.minutes_id): mark.kind for mark in marks}
    approved = {approver for (approver, _), kind in last.items() if kind == Approval.Kind.APPROVED}
    if names := [one.person for one in leaving if one.pk in approved]:
        raise NotAllowed(HAS_APPROVED.format(listed(names)))


def _key(one: Approver) -> str:
    return key_of(one.member_id, one.name, one.title, one.home)
