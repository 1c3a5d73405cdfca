"""What is decided in a room is seen to elsewhere meanwhile: the meeting closes all the same, and tells the truth."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from issues.models import Action, Assignment
from meetings.closing import close_meeting, preview
from meetings.deciding import propose_action, withdraw
from meetings.models import AgendaItem, Decision, Meeting, OrganisationAtMeeting
from meetings.reopening import unclose_meeting
from members.models import Member, Organisation

Deed = Callable[[Action, Member, Member], None]


@pytest.fixture
def meeting(item: AgendaItem) -> Meeting:
    """Everybody stands in a list already."""
    for row in item.meeting.organisations.all():
        row.note(state=OrganisationAtMeeting.State.ABSENT)
    return item.meeting


@pytest.fixture
def lamp(item: AgendaItem, coordinator: Member, technical: Organisation) -> Decision:
    """To ask for a lamp, decided in the room."""
    return propose_action(item, by=coordinator, title="Laga lampan", organisation=technical)


def taken_back(action: Action, coordinator: Member, representative: Member) -> None:
    action.cancel(reason="Det var fel lampa.", by=coordinator)


def asked(action: Action, coordinator: Member, representative: Member) -> None:
    action.propose(by=coordinator)


def promised(action: Action, coordinator: Member, representative: Member) -> None:
    asked(action, coordinator, representative)
    action.current.accept(by=representative, planned=timezone.localdate())


def done(action: Action, coordinator: Member, representative: Member) -> None:
    promised(action, coordinator, representative)
    action.finish(note="Den lyser.", by=representative)


@pytest.mark.parametrize("deed", [taken_back, asked, promised, done])
def test_what_was_seen_to_on_the_actions_own_page_does_not_stop_the_closing(
    meeting: Meeting, lamp: Decision, coordinator: Member, representative: Member, deed: Deed
) -> None:
    deed(Action.objects.get(), coordinator, representative)
    before = Action.objects.values().get(), Assignment.objects.values().get()
    foreseen = preview(meeting)

    close_meeting(meeting, by=coordinator)

    assert (foreseen.proposed, foreseen.others) == ([], [lamp])
    assert (Action.objects.values().get(), Assignment.objects.values().get()) == before
    last = lamp.issue.events.order_by("at", "pk").last()
    assert (last.kind, last.text.partition(": ")[2]) == ("decided", "Föreslå för Tekniska förvaltningen: Laga lampan")


@pytest.mark.parametrize("deed", [taken_back, asked, promised, done])
def test_a_decision_may_be_struck_whatever_has_come_of_its_action(
    meeting: Meeting, lamp: Decision, coordinator: Member, representative: Member, deed: Deed
) -> None:
    deed(Action.objects.get(), coordinator, representative)
    before = Action.objects.values().get()

    withdraw(lamp, by=coordinator)

    assert Action.objects.values().get() == before
    assert preview(meeting).decisions == []


@pytest.mark.parametrize("deed", [taken_back, asked, promised, done])
def test_taking_the_closing_back_leaves_what_it_did_not_ask(
    meeting: Meeting, lamp: Decision, coordinator: Member, representative: Member, deed: Deed
) -> None:
    deed(Action.objects.get(), coordinator, representative)
    before = Action.objects.values().get()
    close_meeting(meeting, by=coordinator)

    unclose_meeting(meeting, by=coordinator)

    assert Action.objects.values().get() == before
