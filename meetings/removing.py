"""Taking a meeting on paper out of the register that was entered by mistake: on a wrong day, or twice.

Its row stays as what is told of it: who took it out, when and why. Its minutes stay too, for versions are never taken
away; they say so, and stand in no list.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Event, Issue, Tombstone
from meetings.locking import lock_actions, lock_issues
from meetings.models import AgendaItem, Appendix, Decision, Meeting, Minutes, RegistryEntry
from meetings.planning import meeting_facts
from meetings.registry_rows import with_registered
from members.actor import Actor
from members.models import Member

NOT_CLOSED = "Det är inte inskrivet, så det finns inget att ta bort."
NOT_ON_PAPER = "Mötet hölls i registret och tas inte bort. Blev något fel rättas det, eller tas upp på nästa möte."
ENTERED_ANEW = "Den inskrivningen är redan ångrad, och mötet är inskrivet igen"
REGISTERED = "Mötet kan inte tas bort, för version {} är registrerad i diariet. Ta tillbaka markeringen först."
ANSWERED = (
    "Mötet kan inte tas bort, för det avslutade ärendet ”{}”, och någon har svarat att problemet kvarstår. "
    "Stryk beslutet, eller ta upp det på nästa möte."
)


@dataclass(frozen=True)
class HangsOnIt:
    """What goes with an entry, of what she who asks may know of.

    decisions  those that stand no longer, each of which leaves a tombstone
    ended      issues that it ended or let rest, and which stand as they do
    files      what stays at it
    is_mailed  whether the registrar has had its minutes
    """

    decisions: list[Decision]
    ended: list[Issue]
    files: int
    is_mailed: bool

    @classmethod
    def of(cls, meeting: Meeting, member: Member) -> HangsOnIt:
        decisions = list(Decision.objects.visible_to(member).at(meeting))
        ended = [one.issue for one in decisions if one.issue and one.kind in Decision.ISSUE_BECOMES]
        files = Appendix.objects.at(meeting).visible_to(member).listed().count()
        mailed = RegistryEntry.objects.of(meeting).filter(kind=RegistryEntry.Kind.MAILED)
        return cls(decisions, [*dict.fromkeys(ended)], files, mailed.exists())


@transaction.atomic
def remove_entry(meeting: Meeting, *, why: str, by: Actor, entry: str = "", at: datetime | None = None) -> None:
    """Take it out: its decisions stand no longer, and its issues were not dealt with there.

    `entry` names the entering that is meant. Raises Conflict when it has not closed, or was entered anew, NotAllowed of
    one that was not on paper, is registered in the diarium, or ended an issue that somebody says remains.
    """
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)
    meeting.check_entry(entry, ENTERED_ANEW)
    if not meeting.is_on_paper:
        raise NotAllowed(NOT_ON_PAPER)
    lock_actions(meeting)
    issues = lock_issues(meeting)
    at = at or timezone.now()
    decisions = list(Decision.objects.at(meeting))
    _ensure_nobody_rests_on_it(meeting, decisions, by.member)
    meeting.set_state(Meeting.State.UNDER_WAY, by=by, at=at, closed_at=None)
    _strike(meeting, decisions, issues, by=by, at=at)
    AgendaItem.objects.at(meeting).update(removed=True, updated_at=at)
    not_held = {"started_at": None, "held_from": None, "held_to": None}
    meeting.set_state(Meeting.State.PLANNED, by=by, at=at, **not_held)
    meeting.set_state(Meeting.State.CANCELLED, by=by, at=at, why_cancelled=why)


def _ensure_nobody_rests_on_it(meeting: Meeting, decisions: Collection[Decision], member: Member) -> None:
    """Raise NotAllowed with what somebody has said of what it decided, as far as she may know of that."""
    registered = with_registered(Minutes.objects.of(meeting)).exclude(registered_at=None)  # type: ignore[misc]  # annotated
    if minutes := registered.order_by("-version").first():
        raise NotAllowed(REGISTERED.format(minutes.version))
    ended = [one.issue_id for one in decisions if one.kind == Decision.Kind.CLOSE]
    said = Event.objects.filter(kind=Event.Kind.REMAINS, issue__in=ended, at__gt=meeting.closed_at)
    known = Issue.objects.visible_to(member).filter(pk__in=said.values("issue")).order_by("pk")
    if issue := known.first():
        raise NotAllowed(ANSWERED.format(issue))


def _strike(
    meeting: Meeting, decisions: Collection[Decision], issues: Collection[Issue], *, by: Actor, at: datetime
) -> None:
    """Leave a tombstone of each decision, and one event in each issue."""
    for decision in decisions:
        if decision.number:
            Tombstone.leave(decision, decision.number, why=taken_out(meeting), text=decision.text, by=by, at=at)
        decision.delete()
    for issue in issues:
        about = sum(decision.issue_id == issue.pk for decision in decisions)
        facts = meeting_facts(meeting) | {"decisions": about, "removed": True}
        issue.record(Event.Kind.UNDONE, by=by, at=at, facts=facts)


def taken_out(meeting: Meeting) -> str:
    return f"{meeting} är borttaget ur registret: det var inskrivet från papper av misstag."
