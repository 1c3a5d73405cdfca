"""What is decided in a room is seen to elsewhere meanwhile: the meeting closes all the same, and tells the truth."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Action, Assignment, Issue
from meetings.closing import close_meeting
from meetings.deciding import decide, make_issue, propose_action, withdraw
from meetings.foreseen import preview
from meetings.models import AgendaItem, Decision, Meeting, OrganisationAtMeeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.at_once import at_once, waits_for_a_row
from tests.factories import ActionFactory, AgendaItemFactory
from tests.meetings.meetings import words, write
from tests.the import the

Deed = Callable[[Action, Member, Member], None]


@pytest.fixture
def meeting(item: AgendaItem) -> Meeting:
    """Everybody stands in a list already."""
    for row in item.meeting.organisations.all():
        row.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)
    return item.meeting


@pytest.fixture
def lamp(item: AgendaItem, coordinator: Member, technical: Organisation) -> Decision:
    """To ask for a lamp, decided in the room."""
    return propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)


def taken_back(action: Action, coordinator: Member, representative: Member) -> None:
    action.cancel(reason="Det var fel lampa.", by=Actor.of(coordinator))


def asked(action: Action, coordinator: Member, representative: Member) -> None:
    action.propose(by=Actor.of(coordinator))


def promised(action: Action, coordinator: Member, representative: Member) -> None:
    asked(action, coordinator, representative)
    action.current.accept(by=Actor.of(representative), planned=timezone.localdate())


def done(action: Action, coordinator: Member, representative: Member) -> None:
    promised(action, coordinator, representative)
    action.finish(note="Den lyser.", by=Actor.of(representative))


@pytest.mark.parametrize("deed", [taken_back, asked, promised, done])
def test_what_was_seen_to_on_the_actions_own_page_does_not_stop_the_closing(
    meeting: Meeting, lamp: Decision, coordinator: Member, representative: Member, deed: Deed
) -> None:
    deed(Action.objects.get(), coordinator, representative)
    before = Action.objects.values().get(), Assignment.objects.values().get()
    foreseen = preview(meeting)

    close_meeting(meeting, by=Actor.of(coordinator))

    assert (foreseen.proposed, foreseen.others) == ([], [lamp])
    assert (Action.objects.values().get(), Assignment.objects.values().get()) == before
    last = the(the(lamp.issue).events.order_by("at", "pk").last())
    assert (last.kind, str(last).partition(": ")[2]) == (
        "decided",
        "Gruppen föreslår Tekniska förvaltningen att laga lampan.",
    )


@pytest.mark.parametrize("deed", [taken_back, asked, promised, done])
def test_a_decision_may_be_struck_whatever_has_come_of_its_action(
    meeting: Meeting, lamp: Decision, coordinator: Member, representative: Member, deed: Deed
) -> None:
    deed(Action.objects.get(), coordinator, representative)
    before = Action.objects.values().get()

    withdraw(lamp, by=Actor.of(coordinator))

    assert Action.objects.values().get() == before
    assert preview(meeting).decisions == []


@pytest.mark.parametrize("deed", [taken_back, asked, promised, done])
def test_taking_the_closing_back_leaves_what_it_did_not_ask(
    meeting: Meeting, lamp: Decision, coordinator: Member, representative: Member, deed: Deed
) -> None:
    deed(Action.objects.get(), coordinator, representative)
    before = Action.objects.values().get()
    close_meeting(meeting, by=Actor.of(coordinator))

    unclose_meeting(meeting, by=Actor.of(coordinator))

    assert Action.objects.values().get() == before


ENDING: dict[str, Any] = {
    "kind": "close",
    "outcome": "solved",
    "feedback": "Det lyser igen.",
}
REST: dict[str, Any] = {"kind": "pause", "text": "Vi väntar till våren."}


def told(issue: Issue) -> list[str]:
    return [event.kind for event in issue.events.order_by("at", "pk")]


def test_an_issue_that_rests_already_goes_on_resting(meeting: Meeting, item: AgendaItem, coordinator: Member) -> None:
    the(item.issue).pause(reason="I väntan på svar.", by=Actor.of(coordinator))
    decide(item, by=Actor.of(coordinator), **REST)

    close_meeting(meeting, by=Actor.of(coordinator))

    assert Issue.objects.get(pk=the(item.issue).pk).state == Issue.State.ON_HOLD
    assert told(the(item.issue)) == ["paused", "discussed", "decided"]


def test_an_issue_that_somebody_closed_meanwhile_stays_as_it_was_closed(
    meeting: Meeting, item: AgendaItem, coordinator: Member
) -> None:
    decide(item, by=Actor.of(coordinator), **ENDING)
    the(item.issue).close(by=Actor.of(coordinator), outcome="partly", feedback="Det lyser nästan.")
    foreseen = preview(meeting)

    close_meeting(meeting, by=Actor.of(coordinator))

    assert (foreseen.closed, len(foreseen.others)) == ([], 1)
    assert Issue.objects.get(pk=the(item.issue).pk).feedback == "Det lyser nästan."
    assert told(the(item.issue)) == ["closed", "discussed", "decided"]


@pytest.mark.parametrize("second", [ENDING, REST])
@pytest.mark.parametrize(("first", "words"), [(ENDING, "ska avslutas"), (REST, "ska vara vilande")])
def test_an_issue_on_two_lines_ends_or_rests_once(
    meeting: Meeting,
    item: AgendaItem,
    coordinator: Member,
    first: dict[str, Any],
    words: str,
    second: dict[str, Any],
) -> None:
    action = ActionFactory(issue=item.issue, state="done")
    line = AgendaItemFactory(meeting=meeting, under="action_log", title="Lampan", issue=item.issue, action=action)
    decision = decide(item, by=Actor.of(coordinator), **first)

    with pytest.raises(NotAllowed, match=rf"{words} \(under punkt 6\.1\)\. Stryk det beslutet först\."):
        decide(line, by=Actor.of(coordinator), **second)

    withdraw(decision, by=Actor.of(coordinator))
    assert decide(line, by=Actor.of(coordinator), **second)


def test_an_issue_that_the_meeting_ends_is_asked_for_nothing_more(
    meeting: Meeting, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    by = Actor.of(coordinator)
    action = ActionFactory(issue=item.issue, state="done")
    line = AgendaItemFactory(meeting=meeting, under="action_log", issue=item.issue, action=action)
    ending = decide(item, by=by, **ENDING)

    words = r"ska avslutas \(under punkt 6\.1\)\. Stryk det beslutet innan ni föreslår en åtgärd\."
    with pytest.raises(NotAllowed, match=words):
        propose_action(line, by=by, title="Laga lampan", organisation=technical)
    assert list(Action.objects.all()) == [action]

    withdraw(ending, by=by)
    propose_action(line, by=by, title="Laga lampan", organisation=technical)
    decide(item, by=by, **ENDING, despite="Lampan lagas ändå.")
    propose_action(line, by=by, title="Byt stolpen", organisation=technical)  # it is said why it ends all the same
    close_meeting(meeting, by=by)
    assert Issue.objects.get(pk=the(item.issue).pk).is_closed


def test_an_issue_that_rests_may_be_asked_about(
    meeting: Meeting, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    decide(item, by=Actor.of(coordinator), **REST)

    assert propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)


def test_what_was_decided_before_a_topic_became_an_issue_is_told_in_it(topic: AgendaItem, coordinator: Member) -> None:
    decide(topic, by=Actor.of(coordinator), text="Vi ses på plats.")
    issue = make_issue(topic, by=Actor.of(coordinator), title="Räcket vid ån")
    for row in topic.meeting.organisations.all():
        row.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)

    close_meeting(topic.meeting, by=Actor.of(coordinator))

    assert told(issue) == ["opened", "discussed", "decided"]
    assert str(issue.events.get(kind="decided")).endswith(": Vi ses på plats.")


@pytest.mark.django_db(transaction=True)
def test_an_issue_that_moves_in_the_same_instant_goes_back_to_where_it_stood(
    meeting: Meeting, item: AgendaItem, coordinator: Member
) -> None:
    item.mark_discussed(by=a_coordinator())
    held = Event()

    def let_it_rest() -> None:
        with transaction.atomic():
            Issue.objects.get(pk=the(item.issue).pk).pause(reason="I väntan på svar.", by=Actor.of(coordinator))
            held.set()
            waits_for_a_row()

    def close() -> None:
        held.wait(10)
        close_meeting(meeting, by=Actor.of(coordinator))

    at_once(let_it_rest, close)

    item.refresh_from_db()
    assert (Issue.objects.get(pk=the(item.issue).pk).state, item.issue_was) == ("on_hold", "on_hold")


def test_who_strikes_a_decision_is_told_that_what_was_asked_stays(
    as_coordinator: Client, item: AgendaItem, lamp: Decision, coordinator: Member
) -> None:
    Action.objects.get().propose(by=Actor.of(coordinator))

    page = words(write(as_coordinator, item, strike=lamp.pk))

    assert "Åtgärden ”Laga lampan” var redan föreslagen för Tekniska förvaltningen och finns kvar." in page
    assert "Beslutet är struket." in page


def test_who_strikes_a_decision_that_takes_its_draft_along_is_not(
    as_coordinator: Client, item: AgendaItem, lamp: Decision
) -> None:
    page = words(write(as_coordinator, item, strike=lamp.pk))

    assert "Beslutet är struket." in page
    assert "var redan föreslagen" not in page
