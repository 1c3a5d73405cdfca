"""Correcting minutes that were sent: the meeting stays closed, and is open to be written in until that is saved.

What is put right is a new version, and mailed as the first was. What the closing carried out is carried out no second
time: new decisions take effect when it is saved, and one that is struck takes back what nobody has answered yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.records import Conflict, EditConflict, NotAllowed
from base.swedish.clock import today
from base.swedish.words import capital
from issues.models import Action, Event, Issue
from meetings.agenda.at_table import said_at_table
from meetings.approvers import strike_approvers, tell_chosen_since
from meetings.carrying_out import carry_out, carry_out_striking, record_decided, record_discussed
from meetings.foreseen import Preview, preview, restricted_last
from meetings.locking import lock_actions, lock_issues
from meetings.minutes.annex_correcting import corrected_parts
from meetings.minutes.correcting import Caused, Change, Corrected, corrected, seen_of
from meetings.minutes.files import keep_files_on_commit
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, AnnexPart, BeforeCorrection, Decision, Meeting, Minutes, TableAnswer
from meetings.reopening import ensure_no_meeting_since
from meetings.rules import may_correct_minutes
from meetings.table_answers import answers_to_give, by_decision
from members.actor import Actor
from members.models import Member

CANNOT = "Det går inte att rätta längre"
NOT_CLOSED = "Mötet är inte avslutat, så det finns inget att rätta än."
ON_PAPER = "Mötet är inskrivet från papper, och det är originalet som gäller. Här kan det inte rättas."
NOT_OPEN = "Ingen rättelse är öppen: den är redan sparad, avbruten eller slängd."
NOTHING_CHANGED = "Inget är ändrat, så det blir ingen ny version. Avbryt rättelsen, eller rätta något först."
SOMETHING_CHANGED = "Något är ändrat, så rättelsen kan inte avbrytas. Spara den, eller släng den."
MORE_SINCE = "Rättelsen är inte sparad, för mer har ändrats sedan du läste sidan. Läs igen, och spara om det stämmer."


def _becomes_of(action: Action) -> str:
    whose = action.current.organisation
    if action.is_asked:
        return f"Åtgärden ”{action}” återtas: {whose} har inte svarat. De som har fått frågan i mejl får veta det."
    return f"Åtgärden ”{action}” finns kvar hos {whose}: {action.get_state_display().lower()}."


@dataclass(frozen=True)
class Correction:
    """What saving would do now.

    foreseen   the new decisions, what they ask, and what is newly dealt with
    struck     the decisions that are struck, each with its actions
    becomes    the next content of the minutes, with its changes
    answers    what is answered at the table to what the new decisions ask
    placed     the decisions that were sent and stand, and have got an issue since
    annex      the next content of each part of the restricted annex that changes, by the key of its issue
    restricted the issues on the agenda that are so now, by their keys
    """

    foreseen: Preview
    struck: list[Decision]
    latest: Minutes
    becomes: Corrected
    answers: list[TableAnswer]
    placed: list[Decision]
    annex: dict[int, Corrected]
    restricted: Collection[int]

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to save: also what the minutes leave out because it is restricted."""
        return bool(self.becomes.changes or self.annex or self.foreseen.decisions or self.struck)

    @property
    def changes_in_annex(self) -> list[Change]:
        return [change for _, part in sorted(self.annex.items()) for change in part.changes]

    @property
    def changes_what_was_lifted(self) -> bool:
        """Whether a part of the annex changes whose issue is restricted no longer."""
        return not self.annex.keys() <= {*self.restricted}

    @property
    def seen(self) -> str:
        return seen_of([*self.becomes.changes, *self.changes_in_annex])

    def known_to(self, member: Member) -> Correction:
        """The same with those parts of the annex alone that the member may know of."""
        known = Issue.with_struck.visible_to(member).filter(pk__in=self.annex) if self.annex else ()
        return replace(self, annex={issue.pk: self.annex[issue.pk] for issue in known})

    @property
    def numbers(self) -> dict[int, str]:
        """Of the new decisions, by their keys, when they have them."""
        return {decision.pk: decision.number for decision in self.foreseen.decisions}

    @property
    def version(self) -> int:
        return self.latest.version + 1

    @property
    def struck_told(self) -> Iterator[tuple[Decision, list[str]]]:
        """Each decision that is struck, and what becomes of what it caused."""
        for decision in self.struck:
            told = [_becomes_of(action) for action in decision.actions.all()]
            if decision.kind in Decision.ISSUE_BECOMES:
                told.append("Ärendet står som det gör. Ändra det på dess egen sida om det också var fel.")
            if decision.kind == Decision.Kind.ESCALATE:
                told.append("Eskaleringen står kvar. Ta tillbaka den på åtgärdens sida om den också var fel.")
            yield decision, told


def may_start_correcting(member: Member, meeting: Meeting) -> bool:
    """Whether she may open its minutes to correct them now, where it was read with `met_since`."""
    return may_correct_minutes(member, meeting) and not meeting.has_met_since


@transaction.atomic
def start_correcting(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """Open the minutes of the latest meeting that has closed, to be corrected.

    Raises Conflict when it has not closed or somebody corrects them already, NotAllowed when the closing can be undone
    instead, or a later meeting has begun.
    """
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)
    if meeting.is_being_corrected:
        _, called = Minutes.latest_called(meeting)
        raise Conflict(f"{capital(called.definite)} rättas redan ({meeting.correction_opened}).")
    if meeting.is_on_paper:
        raise NotAllowed(ON_PAPER)
    at = at or timezone.now()
    if meeting.can_be_undone_at(at):
        until = f"{timezone.localtime(meeting.undo_until):%H.%M}"
        raise NotAllowed(f"Avslutet kan ångras fram till {until}, och inget är skickat. Ångra det i stället.")
    ensure_no_meeting_since(meeting, timezone.localdate(at), therefore=CANNOT)
    meeting.save(update_fields=meeting.set({"correcting_since": at, "correcting_by": by.member}, by=by))
    BeforeCorrection.keep(meeting)


def correction(meeting: Meeting, member: Member | None = None) -> Correction:
    """What saving the correction would do now; for a page, of what takes effect only what the member may see."""
    foreseen = preview(meeting, member)
    new = [decision for decision in foreseen.decisions if not decision.number]
    dealt_with = _newly_dealt_with(meeting, foreseen)
    struck = Decision.with_struck.at(meeting).struck().with_actions()
    if member:
        struck = struck.visible_to(member)
    told = replace(foreseen, decisions=new, discussed=dealt_with, deferred=[], unspoken=[], passed_by=[])
    answers = told.answers if member else answers_to_give(meeting) if told.proposed else []
    versions = list(Minutes.objects.of(meeting).latest_first())
    caused = _caused(new, list(struck), answers)
    becomes = corrected(versions, minutes_content(meeting, None), caused)
    parts = AnnexPart.objects.of(meeting).standing().latest_first()
    parts = parts.visible_to(member) if member else parts
    restricted = {item.issue.pk for item in foreseen.agenda if item.issue and item.issue.restricted}
    annex = corrected_parts(meeting, versions, list(parts), restricted, caused)
    return Correction(told, list(struck), versions[0], becomes, answers, _placed(meeting, foreseen), annex, restricted)


def _placed(meeting: Meeting, foreseen: Preview) -> list[Decision]:
    since = meeting.correcting_since or timezone.now()
    sent = [decision for decision in foreseen.decisions if decision.number]
    return [decision for decision in sent if decision.issue and decision.issue.created_at >= since]


def _newly_dealt_with(meeting: Meeting, foreseen: Preview) -> list[AgendaItem]:
    """What is marked since the correction began, less what the meeting has told of its issue already."""
    since = meeting.correcting_since or timezone.now()
    marked = [item for item in foreseen.discussed if item.discussed_at and item.discussed_at >= since]
    if not marked:
        return []
    events = Event.objects.filter(kind=Event.Kind.DISCUSSED, issue__in={item.issue_id for item in marked} - {None})
    told = events.filter(facts__meeting=meeting.pk, at__gte=meeting.closed_at)
    known = {*told.values_list("issue", flat=True)}
    return [item for item in marked if item.issue_id not in known]


def _caused(new: list[Decision], struck: Collection[Decision], answers: list[TableAnswer]) -> Caused:
    asked = {action.pk: decision.pk for decision in new for action in decision.actions.all()}
    asked |= {decision.lifts_id: decision.pk for decision in new if decision.lifts_id}
    said: dict[int, list[str]] = {}
    for one in answers:
        about = f"{one.proposed.action}: {said_at_table(one.organisation, one, today())}"
        said.setdefault(one.proposed.decision.item_id, []).append(about)
    of_struck = [action for decision in struck for action in (*decision.actions.all(), decision.lifts) if action]
    stand = {each.pk: each.get_state_display().lower() for each in of_struck if not each.is_asked}
    return Caused([decision.number for decision in struck], asked, said, stand)


@transaction.atomic
def save_correction(
    meeting: Meeting, *, by: Actor, why: str = "", seen: str = "", at: datetime | None = None
) -> Minutes | None:
    """End the correction and return the version that it makes of the minutes; None where they leave out all of it.

    All or nothing. Raises Conflict when none is open, NotAllowed when nothing is changed, EditConflict when more is
    than what was `seen`, ValidationError when attendance is missing or a new decision can not be carried out.
    """
    return _end(meeting, by=by, why=why, seen=seen, at=at, must_change=True)


@transaction.atomic
def cancel_correcting(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """End a correction in which nothing is changed. Raises Conflict when none is open, NotAllowed when something is.

    What somebody else has decided about something restricted, that she may not know of, takes effect all the same.
    """
    _end(meeting, by=by, at=at, must_change=False)


@transaction.atomic
def end_discarded(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """End a correction whose changes are taken away, as far as she may know of them. What the minutes would take up
    all the same, for a restriction is lifted since, waits for the next. Raises Conflict when none is open.
    """
    _end(meeting, by=by, at=at, must_change=None)


def lock_correction(meeting: Meeting) -> None:
    """Lock the meeting that is corrected, and all that the end of it may change. Raises Conflict when none is open."""
    meeting.lock()
    if not meeting.is_being_corrected:
        raise Conflict(NOT_OPEN)
    lock_actions(meeting)
    lock_issues(meeting)


def _end(
    meeting: Meeting, *, by: Actor, must_change: bool | None, why: str = "", seen: str = "", at: datetime | None = None
) -> Minutes | None:
    """`must_change` is None of one that is thrown away: of it no version is made but of what she may not know of."""
    lock_correction(meeting)
    at = at or timezone.now()
    found = correction(meeting)
    known = found.known_to(by.member)
    if must_change is None:
        unknown = {key: part for key, part in found.annex.items() if key not in known.annex}
        found = replace(found, becomes=replace(found.becomes, changes=[]), annex=unknown)
    else:
        _ensure_meant(found, known, by.member, seen=seen, must_change=must_change)
    found.foreseen.ensure_noted("rättelsen sparas")
    said = by_decision(found.answers)
    for decision in found.struck:
        carry_out_striking(decision, found.latest.called, by=by, at=at)
    record_discussed(meeting, found.foreseen, by=by, at=at)
    for decision in found.placed:
        record_decided(meeting, decision, by=by, at=at)
    for decision in restricted_last(found.foreseen.decisions):
        carry_out(meeting, decision, said.get(decision.pk, ()), by=by, at=at)
    minutes = _freeze(meeting, found, why, by=by, at=at) if found.becomes.changes else None
    _freeze_annex(minutes or found.latest, found, known, why, by=by, at=at)
    since = meeting.correcting_since
    meeting.save(update_fields=meeting.set({"correcting_since": None, "correcting_by": None}, by=by))
    BeforeCorrection.objects.filter(meeting=meeting).delete()
    if since and minutes is None:
        tell_chosen_since(meeting, since, at=at)
    return minutes


def _ensure_meant(found: Correction, known: Correction, member: Member, *, seen: str, must_change: bool) -> None:
    """Raise unless it is what she who ends it means, as far as it is known to her."""
    decided = [*found.foreseen.decisions, *found.struck]
    knows = bool(found.becomes.changes or known.annex) or any(_knows(decision, member) for decision in decided)
    if must_change and not knows:
        raise NotAllowed(NOTHING_CHANGED)
    if knows and not must_change:
        raise NotAllowed(SOMETHING_CHANGED)
    if seen and seen != known.seen:
        raise EditConflict(MORE_SINCE)


def _knows(decision: Decision, member: Member) -> bool:
    return Decision.with_struck.visible_to(member).filter(pk=decision.pk).exists()


def _freeze(meeting: Meeting, found: Correction, why: str, *, by: Actor, at: datetime) -> Minutes:
    if found.becomes.strikes_approvers:
        strike_approvers(meeting, found.becomes.content, by=by)
    content = found.becomes.numbered(found.version, found.latest.version, why, found.numbers)
    minutes = Minutes.freeze(meeting, content, by=by, corrects=found.latest.version, at=at)
    keep_files_on_commit(minutes)
    return minutes


def _freeze_annex(minutes: Minutes, found: Correction, known: Correction, why: str, *, by: Actor, at: datetime) -> None:
    """Freeze the parts of the restricted annex that change, each as its own next version.

    Who reads one part may not know of another, nor of why that is put right: a part has the reason only where it is all
    that changes. One that she who ended the correction may not know of, she has saved and not corrected.
    """
    if found.annex:
        why = why if len(found.annex) == 1 and not found.becomes.changes else ""
        latest = AnnexPart.latest_versions(minutes.meeting)
        versions = {issue: latest.get(issue, 0) for issue in found.annex}
        contents = {
            issue: part.numbered(versions[issue] + 1, versions[issue], why, found.numbers)
            for issue, part in found.annex.items()
        }
        for issue in contents.keys() - known.annex.keys():
            contents[issue]["corrected"]["unknowing"] = True
        AnnexPart.freeze(minutes, contents, by=by, at=at)
