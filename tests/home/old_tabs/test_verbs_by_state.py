"""Every verb of a thing with states × every state, called directly: it asks for the state that it begins from.

Where a form stands between, that is asked in `test_old_tabs.py` too; a verb is also called by what is no form.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from issues.answer_link import void_link
from issues.models import Action, DateChange, Escalation, Issue, Observation, Progress, say_it_remains
from issues.reminding import remind
from issues.restricting import restrict
from issues.striking import restore, strike
from meetings.agenda.ordering import add_item, move_line, present_line, remove_line
from meetings.approvers import choose_approvers
from meetings.approving import approve, wish
from meetings.attendance import note_expected
from meetings.calling import call_meeting
from meetings.calling_off import call_off, reinstate, send_calling_off_now
from meetings.changing_headings import Typed, change_headings
from meetings.closing import close_meeting
from meetings.correcting import cancel_correcting, save_correction, start_correcting
from meetings.correcting_facts import correct_facts
from meetings.deciding import make_issue, propose_action
from meetings.discarding import discard_correction
from meetings.minutes.writing import minutes_content
from meetings.models import (
    AgendaItem,
    Approver,
    CallAnswer,
    ItemDraft,
    Meeting,
    Minutes,
    OrganisationAtMeeting,
    ProposedAction,
    RoundNote,
    TableAnswer,
)
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from meetings.recurring import let_recur
from meetings.registering import register_minutes
from meetings.registry import mail_registrar, mark_registered, take_back_registered
from meetings.reopening import unclose_meeting
from meetings.sending_now import send_now
from meetings.short_agenda import make_short
from meetings.starting import start_meeting, unstart_meeting
from meetings.table_answers import answer_at_table, take_out
from members.actor import Actor
from members.models import Group, Member
from tests.days import in_days
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    IssueFactory,
    MeetingFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
)
from tests.home.old_tabs.sending import Rows
from tests.home.posts import ENDING
from tests.meetings.meetings import excuse

pytestmark = pytest.mark.django_db

Verb = Callable[[Any, Actor], object]
PLANNED, UNDER_WAY, CLOSED, OFF = Meeting.State.values
CORRECTED = "closed, and its minutes are corrected"
NEW, OPEN, ON_HOLD, ENDED, STRUCK = Issue.State.values
DRAFT, PROPOSED, QUESTION, ACCEPTED, ONGOING, DECLINED, DONE, CANCELLED = Action.State.values
REPRESENTED = OrganisationAtMeeting.State.REPRESENTED
UNSORTED, ATTACHED, NOTED, REJECTED, WITHDRAWN = sorted(
    Observation.State.values, key=["new", "attached", "noted", "rejected", "withdrawn"].index
)


def line(meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.filter(meeting=meeting, title="Nattvandring")[0]


def keep_draft(item: AgendaItem, by: Actor) -> None:
    ItemDraft.keep(item, ItemDraft.Part.DECISION, texts={"text": "Vi ses"}, chosen={}, version=0, by=by)


def say_in_round(meeting: Meeting, by: Actor) -> None:
    around = meeting.items.filter(title="Laget runt").first() or line(meeting)
    if meeting.is_under_way:
        around = AgendaItemFactory(meeting=meeting, under="round", kind=AgendaItem.Kind.HEADING, title="Laget runt")
    RoundNote.write(around, OrganisationFactory(), text="Lugnt.", version=0, by=by)


def at_table(meeting: Meeting, by: Actor) -> TableAnswer:
    """An answer at the table, or the refusal of what comes before it where the meeting is not under way."""
    item = line(meeting)
    if item.issue is None and meeting.is_open:
        make_issue(item, by=by, title="Nattvandring")
    asked = OrganisationFactory()
    decision = propose_action(item, organisation=asked, title="Gå", by=by)
    meeting.organisations.get_or_create(organisation=asked)[0].note(by=by, state=REPRESENTED)
    proposed = ProposedAction.objects.get(decision=decision)
    return answer_at_table(proposed, by=by, kind="question", text="När?")


def registered(meeting: Meeting, by: Actor) -> None:
    """With minutes of its closing, which is told of by its state alone here."""
    if meeting.is_closed:
        Minutes.freeze(meeting, {}, by=by, at=meeting.closed_at)
    register_minutes(meeting, registry_no="KS 2026/12", by=by)


def with_minutes(meeting: Meeting, by: Actor) -> None:
    """With those of its closing, where they are corrected."""
    if meeting.is_being_corrected:
        Minutes.freeze(meeting, minutes_content(meeting, None), by=by, at=meeting.closed_at)


def open_to_correct(meeting: Meeting, by: Actor) -> None:
    with_minutes(meeting, by)
    start_correcting(meeting, by=by, at=timezone.now() + timedelta(hours=1))


def save_corrected(meeting: Meeting, by: Actor) -> None:
    with_minutes(meeting, by)
    if meeting.is_being_corrected:
        line(meeting).write_note(text="Ord.", version=0, by=by)
    save_correction(meeting, by=by)


def call_correction_off(meeting: Meeting, by: Actor) -> None:
    with_minutes(meeting, by)
    cancel_correcting(meeting, by=by)


def throw_correction_away(meeting: Meeting, by: Actor) -> None:
    with_minutes(meeting, by)
    discard_correction(meeting, by=by)


def registered_there(meeting: Meeting, by: Actor) -> Minutes:
    """Its minutes, marked as registered; told of by their state alone here."""
    minutes = Minutes(meeting=meeting, version=1)
    if meeting.is_closed:
        minutes = Minutes.freeze(meeting, {}, by=by, at=meeting.closed_at)
    mark_registered(minutes, by=by)
    return minutes


def approved_there(meeting: Meeting, by: Actor) -> tuple[Minutes, Approver]:
    """Its minutes, and its chair to approve them."""
    minutes = Minutes(meeting=meeting, version=1)
    if meeting.is_closed:
        minutes = Minutes.freeze(meeting, minutes_content(meeting, None), by=by, at=meeting.closed_at)
    return minutes, Approver.objects.create(meeting=meeting, member=by.member)


def choose_chair(meeting: Meeting, by: Actor) -> None:
    Group.current().change(by=by, approves_minutes=True)
    choose_approvers(meeting, [f"{by.member.pk}"], by=by)


def mail_it(meeting: Meeting, by: Actor) -> None:
    minutes = registered_there(meeting, by)
    Group.current().change(by=by, registrar_mail="diarium@exempel.se")
    mail_registrar(minutes, by=by)


def short(meeting: Meeting, by: Actor) -> None:
    """Of an extra meeting, for no other has a short agenda."""
    if meeting.is_planned:
        Meeting.objects.filter(pk=meeting.pk).update(is_extra=True)
    make_short(meeting, by=by)


MEETING: dict[str, tuple[Verb, set[str]]] = {
    "start": (lambda it, by: start_meeting(it, by=by), {PLANNED}),
    "call": (lambda it, by: call_meeting(it, by=by, at=it.starts_at - timedelta(days=9)), {PLANNED}),
    "call off": (lambda it, by: call_off(it, by=by), {PLANNED}),
    "reinstate": (lambda it, by: reinstate(it, by=by), {OFF}),
    "send that it is off": (lambda it, by: send_calling_off_now(it, by=by), {OFF}),
    "unstart": (lambda it, by: unstart_meeting(it, by=by), {UNDER_WAY}),
    "close": (lambda it, by: close_meeting(it, by=by), {UNDER_WAY}),
    "unclose": (lambda it, by: unclose_meeting(it, by=by), {CLOSED}),
    "register": (registered, {CLOSED, CORRECTED}),
    "open its minutes to correct them": (open_to_correct, {CLOSED}),
    "save what is corrected": (save_corrected, {CORRECTED}),
    "call a correction off": (call_correction_off, {CORRECTED}),
    "throw a correction away": (throw_correction_away, {CORRECTED}),
    "correct its facts": (lambda it, by: correct_facts(it, by=by, place="Annan sal"), {CORRECTED}),
    "mark as registered": (registered_there, {CLOSED, CORRECTED}),
    "take the mark back": (
        lambda it, by: take_back_registered(registered_there(it, by), by=by),
        {CLOSED, CORRECTED},
    ),
    "mail to the registrar": (mail_it, {CLOSED, CORRECTED}),
    "approve the minutes": (lambda it, by: approve(*approved_there(it, by), by=by), {CLOSED}),
    "wish that they are corrected": (
        lambda it, by: wish(*approved_there(it, by), text="Fel.", by=by),
        {CLOSED, CORRECTED},
    ),
    "choose who approves them": (choose_chair, {UNDER_WAY, CLOSED, CORRECTED}),
    "send now": (lambda it, by: send_now(it, by=by), {CLOSED}),
    "change": (lambda it, by: it.change(by=by, place="Annan sal"), {PLANNED, UNDER_WAY}),
    "change its headings": (
        lambda it, by: change_headings(it, [Typed("other", "Fritt ord", "free")], by=by),
        {PLANNED},
    ),
    "let a point recur": (lambda it, by: let_recur(line(it), by=by), {PLANNED, UNDER_WAY}),
    "make its agenda short": (short, {PLANNED}),
    "excuse": (lambda it, by: excuse(it, by.member, by=by), {PLANNED}),
    "withdraw an excuse": (lambda it, by: CallAnswer.withdraw(it, by.member, by=by), {PLANNED}),
    "note the expected": (lambda it, by: note_expected(it, by=by), {PLANNED, UNDER_WAY, CORRECTED}),
    "admit a guest": (
        lambda it, by: admit(it, Newcomer(AttendanceSpan(None, "co_opted", name="Ester Exempel")), by=by),
        {PLANNED, UNDER_WAY, CORRECTED},
    ),
    "add to the agenda": (lambda it, by: add_item(it, by=by, title="Gästen"), {PLANNED, UNDER_WAY}),
    "remove a line": (lambda it, by: remove_line(it, line(it).key, by=by), {PLANNED, UNDER_WAY}),
    "move a line": (lambda it, by: move_line(it, line(it).key, by=by, after="new_issues"), {PLANNED, UNDER_WAY}),
    "present a line": (
        lambda it, by: present_line(it, line(it).key, by=by, presenters=[by.member], minutes=5),
        {PLANNED, UNDER_WAY},
    ),
    "write a note": (lambda it, by: line(it).write_note(text="Ord.", version=0, by=by), {UNDER_WAY, CORRECTED}),
    "keep a draft": (lambda it, by: keep_draft(line(it), by), {UNDER_WAY, CLOSED, CORRECTED}),
    "write what one says": (lambda it, by: say_in_round(it, by), {UNDER_WAY, CORRECTED}),
    "answer at the table": (at_table, {UNDER_WAY, CORRECTED}),
    "take an answer out": (lambda it, by: take_out(at_table(it, by)), {UNDER_WAY, CORRECTED}),
    "mark as discussed": (lambda it, by: line(it).mark_discussed(by=by), {UNDER_WAY, CORRECTED}),
    "unmark": (lambda it, by: line(it).unmark_discussed(by=by), {UNDER_WAY, CORRECTED}),
}
ISSUE: dict[str, tuple[Verb, set[str]]] = {
    "change": (lambda it, by: it.change(by=by, title="Annat"), {NEW, OPEN, ON_HOLD}),
    "pause": (lambda it, by: it.pause(by=by, reason="Till våren."), {NEW, OPEN}),
    "resume": (lambda it, by: it.resume(by=by), {ON_HOLD}),
    "close": (lambda it, by: it.close(by=by, **ENDING), {NEW, OPEN, ON_HOLD}),
    "reopen": (lambda it, by: it.reopen(by=by, reason="Mörkt igen."), {ENDED}),
    "say that it remains": (lambda it, by: say_it_remains(it, by=by), {ENDED}),
    "restrict": (
        lambda it, by: restrict(it, reason="Känns igen.", named=[], by=by),
        {NEW, OPEN, ON_HOLD, ENDED, STRUCK},
    ),
    "strike": (lambda it, by: strike(it, by=by, reason="Fel."), {NEW, OPEN, ON_HOLD}),
    "restore": (lambda it, by: restore(it, by=by), {STRUCK}),
    "draft an action": (
        lambda it, by: Action.draft(issue=it, organisation=OrganisationFactory(), by=by, title="Laga"),
        {NEW, OPEN, ON_HOLD},
    ),
    "attach to it": (lambda it, by: ObservationFactory().attach(it, by=by), {NEW, OPEN, ON_HOLD}),
}
ACTION: dict[str, tuple[Verb, set[str]]] = {
    "propose": (lambda it, by: it.propose(by=by), {DRAFT}),
    "unpropose": (lambda it, by: it.unpropose(by=by), {PROPOSED}),
    "hand over": (
        lambda it, by: it.hand_over(to=it.current.organisation, message="Kan ni?", by=by),
        {PROPOSED, QUESTION, DECLINED},
    ),
    "remind": (lambda it, by: remind(it.current, by=by), {PROPOSED}),
    "void the link": (lambda it, by: void_link(it.current, by=by), {PROPOSED, QUESTION, ACCEPTED, ONGOING, DECLINED}),
    "escalate": (
        lambda it, by: Escalation.escalate(it, to="kommunledningsgruppen", rung=1, by=by),
        {PROPOSED, ACCEPTED, ONGOING, DECLINED},
    ),
    "start": (lambda it, by: it.start(by=by), {ACCEPTED}),
    "finish": (lambda it, by: it.finish(note="Bytta.", by=by), {ACCEPTED, ONGOING}),
    "cancel": (
        lambda it, by: it.cancel(reason="Fel.", by=by),
        {DRAFT, PROPOSED, QUESTION, ACCEPTED, ONGOING, DECLINED},
    ),
    "accept": (lambda it, by: it.current.accept(by=by, planned=in_days(9)), {PROPOSED}),
    "decline": (
        lambda it, by: it.current.decline(by=by, reason="budget", text="Nej.", next_step="I mars."),
        {PROPOSED},
    ),
    "ask back": (lambda it, by: it.current.ask(by=by, text="Vilka?"), {PROPOSED}),
    "tell how far": (lambda it, by: Progress.tell(it.current, text="4 av 6", by=by), {ACCEPTED, ONGOING}),
    "already done": (lambda it, by: it.current.already_done(done_on=in_days(0), note="Bytta.", by=by), {PROPOSED}),
    "pass on": (lambda it, by: it.current.pass_on(by=by, to=None), {PROPOSED}),
    "move the day": (
        lambda it, by: DateChange.make(it.current, old=in_days(5), new=in_days(9), reason="Frost.", by=by),
        {ACCEPTED, ONGOING},
    ),
    "review": (
        lambda it, by: DateChange.review(it.current, old=in_days(5), next_review=in_days(9), by=by),
        {ACCEPTED, ONGOING},
    ),
}
OBSERVATION: dict[str, tuple[Verb, set[str]]] = {
    "correct": (lambda it, by: it.correct(by=by, text="Ljusare"), {UNSORTED}),
    "attach": (lambda it, by: it.attach(IssueFactory(), by=by), {UNSORTED}),
    "note": (lambda it, by: it.note(by=by), {UNSORTED}),
    "reject": (lambda it, by: it.reject(by=by, reason="Inte vårt."), {UNSORTED}),
    "put back": (lambda it, by: it.put_back(by=by), {ATTACHED, NOTED, REJECTED}),
    "withdraw": (lambda it, by: it.withdraw(by=by), {UNSORTED}),
}


def a_meeting(state: str, by: Actor) -> Meeting:
    now = timezone.now()
    begins = {OFF: PLANNED, CORRECTED: CLOSED}.get(state, state)
    started = {} if begins == PLANNED else {"started_at": now}
    closed_at = now - timedelta(hours=1) if state == CORRECTED else now
    closed: dict[str, Any] = {"closed_at": closed_at, "state_since": closed_at, "state_by": by.member}
    closed = closed if begins == CLOSED else {}
    meeting: Meeting = MeetingFactory(chair=by.member, state=begins, starts_at=now, **started, **closed)
    AgendaItemFactory(meeting=meeting, title="Först")
    AgendaItemFactory(meeting=meeting, title="Nattvandring")
    if state == CORRECTED:
        AgendaItemFactory(meeting=meeting, under="round", kind=AgendaItem.Kind.HEADING, title="Laget runt")
        start_correcting(meeting, by=by)
    if begins == PLANNED:
        excuse(meeting, MemberFactory(), by=by)
    if state == OFF:
        call_meeting(meeting, by=by, at=now - timedelta(days=9))
        call_off(meeting, by=by, at=now - timedelta(minutes=1))
    return meeting


def an_issue(state: str, by: Actor) -> Issue:
    if state != STRUCK:
        return IssueFactory(state=state)
    issue = IssueFactory()
    strike(issue, reason="Fel.", by=by)
    return issue


def an_action(state: str, by: Actor) -> Action:
    kind = {QUESTION: "question", ACCEPTED: "accepted", ONGOING: "accepted", DECLINED: "declined", DONE: "accepted"}
    running = {"planned": in_days(5), "planned_precision": "running", "planned_words": "löpande"}
    planned = {f"assignment__{name}": it for name, it in running.items()} if state in (ACCEPTED, ONGOING, DONE) else {}
    words = {"reason": "budget", "text": "Nej.", "next_step": "I mars."} if state == DECLINED else {}
    answer = {"assignment__answer": kind[state]} if state in kind else {}
    facts = answer | planned | {f"assignment__{name}": it for name, it in words.items()}
    return ActionFactory(state=state, assignment__organisation__mailbox="brevlada@exempel.se", **facts)


def an_observation(state: str, by: Actor) -> Observation:
    facts = {"state": state, "rejection": "Nej." if state == REJECTED else ""}
    emptied = {"where": "", "text": ""} if state == WITHDRAWN else {}
    return ObservationFactory(**facts, **emptied, issue=IssueFactory() if state == ATTACHED else None)


KINDS: list[tuple[Callable[[str, Actor], Any], list[str], dict[str, tuple[Verb, set[str]]]]] = [
    (a_meeting, [*Meeting.State.values, CORRECTED], MEETING),
    (an_issue, Issue.State.values, ISSUE),
    (an_action, Action.State.values, ACTION),
    (an_observation, Observation.State.values, OBSERVATION),
]
CASES = [
    (make, state, name, verb, state in begins)
    for make, states, verbs in KINDS
    for name, (verb, begins) in verbs.items()
    for state in states
]
MADE_FOR_IT = {"issues_issue", "issues_observation", "members_organisation", "members_member", "issues_category"}
MADE_FOR_IT |= {"members_group", "meetings_approver", "meetings_minutes"}
"""What some of the deeds make before they call the verb."""


def those(*, begin: bool) -> list[Any]:
    return [
        pytest.param(make, state, verb, id=f"{make.__name__}, {state}: {name}")
        for make, state, name, verb, begins in CASES
        if begins == begin
    ]


@pytest.mark.parametrize(("make", "state", "verb"), those(begin=True))
def test_a_verb_begins_from_its_states(
    make: Callable[[str, Actor], Any], state: str, verb: Verb, coordinator: Member
) -> None:
    by = Actor.of(coordinator)
    thing = make(state, by)

    verb(thing, by)  # which would refuse; what it does is asked where it is told


@pytest.mark.parametrize(("make", "state", "verb"), those(begin=False))
def test_from_every_other_it_refuses_and_writes_nothing(
    make: Callable[[str, Actor], Any], state: str, verb: Verb, coordinator: Member
) -> None:
    by = Actor.of(coordinator)
    thing = make(state, by)
    before = Rows()

    with pytest.raises(ValidationError) as refused:
        verb(thing, by)

    assert all(len(message) > len("Nej.") for message in refused.value.messages)
    changed = [table for table in Rows().changed_since(before) if table.removesuffix("event") not in MADE_FOR_IT]
    assert changed == []


def test_the_tables_name_every_state() -> None:
    assert {UNSORTED, ATTACHED, NOTED, REJECTED, WITHDRAWN} == {*Observation.State.values}
