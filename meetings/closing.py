"""Closing a meeting: a preview of what it will do, and the one transaction that does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from base.records import EditConflict
from base.swedish.words import capital, in_words, sentence
from issues.counting import FeedbackRecipients
from issues.models import Action, Counter, Escalation, Event, Issue
from issues.proposing import asked_together
from meetings.agenda.at_table import AtTable
from meetings.agenda.numbers import numbers_of, places_of
from meetings.agenda.rules import proposals
from meetings.coming import ComingMeetings
from meetings.decision_words import why_paused
from meetings.locking import lock_issues, lock_what_is_told
from meetings.minutes.files import keep_files_on_commit
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Decision, ItemDraft, Meeting, Minutes, OrganisationAtMeeting, TableAnswer
from meetings.models.decision import DecisionQuerySet
from meetings.paragraphs import fix_paragraphs
from meetings.planning import meeting_facts, take_over
from meetings.series_planning import plan_next
from meetings.table_answers import answers_to_give, by_decision, give_answers, written_at
from members.actor import Actor
from members.models import Member

CHANGED_SINCE = "Mötet är inte avslutat, för det här har ändrats sedan du läste sidan:"
READ_AGAIN = "Läs igen, och avsluta om det stämmer."


@dataclass
class Preview:
    """What closing a meeting would do now, and what still hinders it."""

    at_table: AtTable
    agenda: list[AgendaItem] = field(default_factory=list)  # in its order
    decisions: list[Decision] = field(default_factory=list)
    discussed: list[AgendaItem] = field(default_factory=list)
    deferred: list[AgendaItem] = field(default_factory=list)
    unspoken: list[AgendaItem] = field(default_factory=list)
    passed_by: list[AgendaItem] = field(default_factory=list)  # undiscussed, and nothing raises them again
    unnoted: list[OrganisationAtMeeting] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)  # of each item
    decided_as: dict[int, str] = field(default_factory=dict)  # of each decision the number that it gets, for a page
    unsent: list[ItemDraft] = field(default_factory=list)  # typed and never decided: they stay at their items
    written: list[TableAnswer] = field(default_factory=list)  # at the table, to what is proposed
    audiences: dict[int, FeedbackRecipients] = field(default_factory=dict)  # of each issue that ends, for a page

    @property
    def proposed(self) -> list[Decision]:
        return [decision for decision in self._of(Decision.Kind.PROPOSE) if decision.drafts]

    @property
    def drafts(self) -> list[Action]:
        """The actions that are proposed."""
        return [action for decision in self.proposed for action in decision.drafts]

    @property
    def closed(self) -> list[Decision]:
        return [decision for decision in self._of(Decision.Kind.CLOSE) if not _is_closed(decision)]

    @property
    def lifted(self) -> list[Decision]:
        return self._of(Decision.Kind.ESCALATE)

    @property
    def others(self) -> list[Decision]:
        """The decisions that change nothing at the closing: in words, or carried out by somebody already."""
        shown = (*self.proposed, *self.closed, *self.lifted, *self._of(Decision.Kind.DEFER))
        return [decision for decision in self.decisions if decision not in shown]

    @property
    def deferred_as(self) -> list[tuple[AgendaItem, Decision]]:
        """What is deferred, each with the decision that says so."""
        decided = {decision.item_id: decision for decision in self._of(Decision.Kind.DEFER)}
        return [(item, decided[item.pk]) for item in self.deferred]

    @property
    def answers(self) -> list[TableAnswer]:
        """What is answered at the table and takes effect."""
        return [one for one in self.written if not one.why_void]

    @property
    def seen(self) -> str:
        """Names what is shown, for the closing to tell what has changed since."""
        return _seen_of(self.decisions, self.agenda, self.unsent, self.answers)

    @property
    def may_close(self) -> bool:
        """Whether every organisation is noted, as it must be."""
        return not self.unnoted

    def _of(self, *kinds: Decision.Kind) -> list[Decision]:
        return [decision for decision in self.decisions if decision.kind in kinds]


def preview(meeting: Meeting, member: Member | None = None) -> Preview:
    """What closing the meeting would do now; for a page, only what the member may see of it, and what comes back."""
    related = ("heading", "issue", "action", "continues__meeting")
    items = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related(*related)
    decisions = _decisions(meeting)
    if member:
        items, decisions = items.visible_to(member), decisions.visible_to(member)
    unnoted = OrganisationAtMeeting.objects.filter(meeting=meeting, state=OrganisationAtMeeting.State.UNNOTED)
    deferred = {decision.item_id for decision in decisions if decision.kind == Decision.Kind.DEFER}
    at_table = AtTable(meeting, items, Action.objects.visible_to(member) if member else Action.objects.all())
    foreseen = Preview(
        at_table,
        agenda=list(items),
        decisions=list(decisions),
        discussed=[
            item for item in items if item.pk not in deferred and (item.is_discussed or at_table.deals_with(item))
        ],
        deferred=[item for item in items if item.pk in deferred],
        numbers=numbers_of(meeting, items),
        unnoted=list(unnoted.select_related("organisation").in_order()),
    )
    if member:
        settled = (*foreseen.discussed, *foreseen.deferred)
        left = [item for item in items if item not in settled and not item.is_heading]
        foreseen.unspoken = _coming_back(left, decisions, member)
        foreseen.passed_by = [item for item in left if item not in foreseen.unspoken]
        foreseen.decided_as = _numbers_to_be(meeting, foreseen.decisions)
        ending = [decision.issue for decision in foreseen.closed if decision.issue]
        decided = {decision.pk for decision in foreseen.decisions}
        foreseen.written = [one for one in written_at(meeting) if one.proposed.decision_id in decided]
        foreseen.unsent = list(ItemDraft.objects.left_at(meeting, items))
        foreseen.audiences = FeedbackRecipients.of_each(ending, member)
    return foreseen


def _seen_of(
    decisions: Iterable[Decision],
    items: Iterable[AgendaItem],
    unsent: Iterable[ItemDraft],
    answers: Iterable[TableAnswer],
) -> str:
    """Names what a preview shows, for a form to carry: the decisions, the items that are marked as discussed, what is
    typed and not saved, and the answers at the table."""
    discussed = [item.pk for item in items if item.is_discussed]
    keys = [each.pk for each in decisions], discussed, [each.pk for each in unsent], [each.pk for each in answers]
    return "|".join(",".join(map(str, sorted(each))) for each in keys)


@transaction.atomic
def close_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    next_starts_at: datetime | None = None,
    seen: str = "",
    at: datetime | None = None,
) -> Minutes:
    """Close the meeting and return its minutes: decisions are numbered and take effect, issues get their events.

    The next meeting is planned, the minutes are frozen; their documents are made when all rows are free again.

    All or nothing. Raises NotAllowed when the meeting is not under way, EditConflict with what has changed since a
    preview was `seen`, ValidationError with the decision's own words when one of them can no longer be carried out.
    """
    meeting.lock()
    meeting.ensure_may_become(Meeting.State.CLOSED)
    lock_what_is_told(meeting)
    lock_issues(meeting)
    _ensure_seen(meeting, seen, by.member)
    at = at or timezone.now()  # after those who were waited for
    fix_paragraphs(meeting, by=by)
    foreseen = preview(meeting)
    if not foreseen.may_close:
        names = ", ".join(str(row.organisation) for row in foreseen.unnoted)
        raise ValidationError(f"Notera närvaron för {names} innan mötet avslutas.")
    _remember_states(meeting)
    _keep_order(foreseen)
    _tell_actions(foreseen, at=at)
    _defer(foreseen)
    _record_discussed(meeting, foreseen, by=by, at=at)
    proposes = any(decision.kind == Decision.Kind.PROPOSE for decision in foreseen.decisions)
    said = by_decision(answers_to_give(meeting)) if proposes else {}
    for decision in _restricted_last(foreseen.decisions):
        _carry_out(meeting, decision, said.get(decision.pk, ()), by=by, at=at)
    meeting.set_state(Meeting.State.CLOSED, by=by, at=at, closed_at=at)
    _hand_on(meeting, next_starts_at, by=by, at=at)
    minutes = Minutes.freeze(meeting, minutes_content(meeting, ComingMeetings.after(meeting)), by=by, at=at)
    keep_files_on_commit(minutes)
    return minutes


def _restricted_last(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions in the order that they are numbered: no gap in the minutes tells of what is restricted."""
    return sorted(decisions, key=lambda decision: bool(decision.issue and decision.issue.restricted))


def _numbers_to_be(meeting: Meeting, decisions: Iterable[Decision]) -> dict[int, str]:
    """The number that each of the decisions has, or gets if the meeting closes now, by its key."""
    year, given = meeting.day.year, count(Counter.last_of(Counter.Series.DECISION, meeting.day.year) + 1)
    return {one.pk: one.number or f"{year}-{next(given)}" for one in _restricted_last(decisions)}


def _ensure_seen(meeting: Meeting, seen: str, member: Member) -> None:
    """Raise EditConflict with what has changed of what she may know of, since the preview that she saw."""
    if "|" not in seen:
        return
    named = [{key for key in keys.split(",") if key} for keys in seen.split("|")]
    decided, discussed = named[:2]
    decisions = {str(each.pk): each for each in Decision.objects.visible_to(member).at(meeting)}
    marked = AgendaItem.objects.visible_to(member).at(meeting).discussed()
    items = {str(item.pk): item for item in marked}
    changes = [f"Nytt beslut: {sentence(str(each))}" for key, each in decisions.items() if key not in decided]
    if gone := len(decided - decisions.keys()):  # struck, or hers to read no longer
        those = in_words(gone, "beslut som du läste", "beslut som du läste", neuter=True)
        changes.append(f"{capital(those)} står inte kvar på sidan.")
    changes += [f"Punkten ”{item}” är behandlad." for key, item in items.items() if key not in discussed]
    if unmarked := len(discussed - items.keys()):
        so_many = "punkt står inte längre som behandlad", "punkter står inte längre som behandlade"
        changes.append(f"{capital(in_words(unmarked, *so_many))}.")
    if len(named) > 2:  # typed in another window, and not saved
        changes += [
            f"Ett utkast är skrivet men inte sparat på punkten ”{draft.item}”."
            for draft in ItemDraft.objects.left_at(meeting, AgendaItem.objects.visible_to(member))
            if str(draft.pk) not in named[2]
        ]
    if len(named) > 3:
        waiting = {str(one.pk): one for one in answers_to_give(meeting) if str(one.proposed.decision_id) in decisions}
        changes += [
            f"Nytt svar vid bordet: {sentence(str(one))}" for key, one in waiting.items() if key not in named[3]
        ]
        changes += ["Ett svar vid bordet är borttaget, eller gäller inte längre."] * len(named[3] - waiting.keys())
    if changes:
        raise EditConflict(f"{CHANGED_SINCE} {' '.join(changes)} {READ_AGAIN}")


def _is_closed(decision: Decision) -> bool:
    return bool(decision.issue and decision.issue.is_closed)


def _coming_back(left: Iterable[AgendaItem], decisions: Iterable[Decision], member: Member) -> list[AgendaItem]:
    """Those of the undiscussed items that come up again: issues that the rules raise anew, and topics in words.

    How an issue ended is presented once, discussed or not, and does not come back.
    """
    ending = {decision.issue_id for decision in decisions if decision.kind == Decision.Kind.CLOSE}
    raised = {proposal.issue.pk for proposal in proposals(member)} - ending
    return [item for item in left if not item.issue_id or (item.issue_id in raised and not item.is_ending)]


def _remember_states(meeting: Meeting) -> None:
    """Store the state of each issue before the closing changes it, for the closing may be undone."""
    state = Issue.with_struck.filter(pk=OuterRef("issue")).values("state")
    AgendaItem.objects.at(meeting).exclude(issue=None).update(issue_was=Subquery(state))


def _keep_order(foreseen: Preview) -> None:
    """Store the place of each item, by which it is numbered from now on: an issue may be restricted afterwards."""
    moved = [(item, place) for item, place in places_of(foreseen.agenda) if item.position != place]
    for item, place in moved:
        item.position = place
    AgendaItem.objects.bulk_update([item for item, _ in moved], ["position"])


def _tell_actions(foreseen: Preview, *, at: datetime) -> None:
    """Store on each item about an action where that stands when the meeting closes; mark those that were dealt with."""
    items = [item for item in foreseen.agenda if item.action_id]
    actions = Action.objects.with_current().in_bulk([item.action_id for item in items])
    for item in items:
        state = foreseen.at_table.state_of(item, actions[item.action_id], timezone.localdate(at))
        item.reason = " ".join(filter(None, (item.why_it_comes_back, state)))[:300]
    dealt_with = [item for item in foreseen.discussed if not item.is_discussed]
    for item in dealt_with:
        item.discussed_at = at
    AgendaItem.objects.bulk_update(dict.fromkeys([*items, *dealt_with]), ["reason", "discussed_at"])


def _defer(foreseen: Preview) -> None:
    """Mark what was deferred, and not as discussed: it is as new, or as old, when it comes back."""
    for item in foreseen.deferred:
        item.deferred, item.discussed_at = True, None
    AgendaItem.objects.bulk_update(foreseen.deferred, ["deferred", "discussed_at"])


def _decisions(meeting: Meeting) -> DecisionQuerySet:
    return Decision.objects.at(meeting).select_related("item__issue", "lifts").with_actions().with_open_actions()


def _record_discussed(meeting: Meeting, foreseen: Preview, *, by: Actor, at: datetime) -> None:
    """Record on each discussed issue that it was, once however many of its actions were on the agenda."""
    places: dict[Issue, list[str]] = {}
    for item in foreseen.discussed:
        if item.issue:
            places.setdefault(item.issue, []).append(foreseen.numbers[item.pk])
    for issue, numbers in places.items():
        issue.take_up(by=by, at=at)
        facts = meeting_facts(meeting) | {"points": list(dict.fromkeys(numbers))}
        issue.record(Event.Kind.DISCUSSED, by=by, at=at, facts=facts)


def _carry_out(meeting: Meeting, decision: Decision, said: Iterable[TableAnswer], *, by: Actor, at: datetime) -> None:
    """Give the decision its number and let it take effect. One that has a number from a closing undone keeps it."""
    if not decision.serial:
        decision.year = meeting.day.year
        decision.serial = Counter.take(Counter.Series.DECISION, decision.year)
        decision.save(update_fields=["year", "serial", "updated_at"])
    if decision.issue is None:
        return
    if _is_hidden(decision.issue, by.member):
        _take_effect_or_say(meeting, decision, decision.issue, said, by=by, at=at)
        return
    try:
        _take_effect(meeting, decision, decision.issue, said, by=by, at=at)
    except ValidationError as error:
        sentence = f"Beslutet ”{decision.text}” kan inte verkställas: {' '.join(error.messages)}"
        raise ValidationError(f"{sentence} Stryk det och skriv ett nytt.") from error


def _is_hidden(issue: Issue, member: Member) -> bool:
    return issue.restricted and not Issue.with_struck.visible_to(member).filter(pk=issue.pk).exists()


def _take_effect_or_say(
    meeting: Meeting, decision: Decision, issue: Issue, said: Iterable[TableAnswer], *, by: Actor, at: datetime
) -> None:
    """Let it take effect, or say in its timeline, to those named, why it does not: whoever closes is told nothing."""
    try:
        with transaction.atomic():
            _take_effect(meeting, decision, issue, said, by=by, at=at)
    except ValidationError as error:
        why = f"Beslutet är inte verkställt: {' '.join(error.messages)}"
        issue.refresh_from_db(from_queryset=Issue.with_struck.all())
        issue.record(Event.Kind.DECIDED, by=by, at=at, facts=_facts(meeting, decision), text=why)


def _facts(meeting: Meeting, decision: Decision) -> dict[str, Any]:
    """What the timeline keeps of a decision."""
    return meeting_facts(meeting) | {"decision": decision.pk, "number": decision.number}


def _take_effect(
    meeting: Meeting, decision: Decision, issue: Issue, said: Iterable[TableAnswer], *, by: Actor, at: datetime
) -> None:
    """Propose the actions with what was `said` at the table, or close or pause the issue.

    Where somebody already has, it only records the decision.
    """
    facts = _facts(meeting, decision)
    is_asked = _propose(decision, facts, by=by, at=at)
    give_answers(said, at=at)
    if is_asked:
        return
    issue.record(Event.Kind.DECIDED, by=by, at=at, facts=facts)
    issue.lock()
    if decision.lifts:
        _lift(meeting, decision, decision.lifts, by=by, at=at)
    becomes = Decision.ISSUE_BECOMES.get(Decision.Kind(decision.kind))
    if issue.state == becomes:
        return
    if becomes == Issue.State.CLOSED:
        issue.close(by=by, at=at, outcome=decision.outcome, feedback=decision.feedback, despite=decision.despite)
    elif becomes == Issue.State.ON_HOLD:
        issue.pause(reason=why_paused(decision), by=by, at=at)


def _lift(meeting: Meeting, decision: Decision, lifts: Action, *, by: Actor, at: datetime) -> None:
    """Escalate the action, unless it has gone there already. Its registry number comes later, with their decision."""
    action = Action.objects.with_current().get(pk=lifts.pk)
    lifted = Escalation.of(action)
    if lifted and lifted.is_open and lifted.to == decision.to:
        return
    asked_at = action.current.asked_at
    day = max(meeting.day, timezone.localdate(asked_at)) if asked_at else meeting.day
    Escalation.escalate(action, to=decision.to, rung=decision.rung or 0, raised_on=day, by=by, at=at)


def _propose(decision: Decision, facts: dict[str, Any], *, by: Actor, at: datetime) -> bool:
    """Propose those of its actions that are drafts still; whether there was any."""
    asked = {action: action.current.organisation for action in decision.actions.all()}  # read with the decision
    for action in asked:
        action.lock()
    drafts = [action for action in asked if action.is_draft]
    told = facts | asked_together(asked[action] for action in drafts)
    for action in drafts:
        action.propose(by=by, at=at, facts=told)
    return bool(drafts)


def _hand_on(meeting: Meeting, starts_at: datetime | None, *, by: Actor, at: datetime) -> None:
    """Let the next meeting take over what was left: one given a time now, or the nearest with a whole agenda."""
    if starts_at:
        plan_next(meeting, starts_at=starts_at, by=by, at=at)
    elif following := Meeting.objects.coming_after(meeting).with_whole_agenda().first():
        take_over(following, by=by, at=at)
