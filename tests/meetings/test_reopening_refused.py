"""What stands in the way of taking back the closing of a meeting."""

import re
from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from issues.models import AccessGrant, Action, Issue, Observation
from meetings.agenda.ordering import add_item
from meetings.models import Meeting
from meetings.planning import plan_meeting
from meetings.reopening import NOT_CLOSED, unclose_meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.at_once import at_once, waits_for_a_row
from tests.factories import ActionFactory, IssueFactory, ObservationFactory, have_closed
from tests.meetings.reopening import close, issue, told
from tests.the import the


def is_refused(meeting: Meeting, by: Member, why: str) -> None:
    before = list(Issue.objects.order_by("pk").values_list("state", "closure"))
    with pytest.raises(NotAllowed, match=why):
        unclose_meeting(meeting, by=Actor.of(by))
    meeting.refresh_from_db()
    assert meeting.is_closed
    assert list(Issue.objects.order_by("pk").values_list("state", "closure")) == before


def test_after_ten_minutes_it_is_too_late(closed: Meeting, coordinator: Member) -> None:
    have_closed(closed_at=timezone.now() - timedelta(minutes=10, seconds=1), pk=closed.pk)

    is_refused(closed, coordinator, r"Avslutet kunde ångras fram till \d\d\.\d\d\.")


def test_an_answer_stands_in_the_way(
    closed: Meeting, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    Action.objects.get().current.accept(by=Actor.of(representative), planned=timezone.localdate())

    is_refused(closed, coordinator, r"i ärendet ”Lampan” \(Omar Prov, i dag .*\)\. Åtar sig ”Laga lampan”")


def test_an_answer_to_something_else_does_not(closed: Meeting, coordinator: Member, representative: Member) -> None:
    earlier = ActionFactory(issue=issue("Lampan"), assignment__organisation=representative.organisation)
    earlier.current.accept(by=Actor.of(representative), planned=timezone.localdate())

    unclose_meeting(closed, by=Actor.of(coordinator))

    assert closed.is_under_way


def test_an_observation_does_not(closed: Meeting, coordinator: Member) -> None:
    ObservationFactory(state=Observation.State.NEW).attach(issue("Lampan"), by=Actor.of(coordinator))

    unclose_meeting(closed, by=Actor.of(coordinator))

    assert closed.is_under_way


def test_an_issue_that_was_opened_again_stands_in_the_way(closed: Meeting, coordinator: Member) -> None:
    issue("Räcket").reopen(reason="Det är trasigt igen.", by=Actor.of(coordinator))

    is_refused(closed, coordinator, "i ärendet ”Räcket”.*Ärendet öppnat igen: Det är trasigt igen")


def test_an_action_that_builds_on_the_decision_stands_in_the_way(
    closed: Meeting, coordinator: Member, technical: Organisation
) -> None:
    Action.draft(issue=issue("Lampan"), organisation=technical, by=Actor.of(coordinator), title="Mer").propose(
        by=Actor.of(coordinator)
    )

    is_refused(closed, coordinator, "Gruppen föreslår Tekniska förvaltningen: Mer")


def test_the_next_meeting_stands_in_the_way_once_it_has_begun(closed: Meeting, coordinator: Member) -> None:
    start_meeting(the(closed.following()), by=Actor.of(coordinator))

    is_refused(closed, coordinator, "Avslutet kan inte ångras, för mötet .* har börjat sedan dess")


def test_so_does_one_that_was_held_before_and_is_written_down_now(closed: Meeting, coordinator: Member) -> None:
    held = timezone.now() - timedelta(days=3)
    start_meeting(
        plan_meeting(starts_at=held, by=Actor.of(coordinator), is_extra=True), by=Actor.of(coordinator), started_at=held
    )

    is_refused(closed, coordinator, "Avslutet kan inte ångras, för extramötet .* har börjat sedan dess")


def test_a_meeting_that_was_under_way_already_does_not(decided: Meeting, coordinator: Member) -> None:
    start_meeting(
        plan_meeting(starts_at=timezone.now(), by=Actor.of(coordinator), is_extra=True), by=Actor.of(coordinator)
    )
    close(decided, coordinator)

    unclose_meeting(decided, by=Actor.of(coordinator))

    assert decided.is_under_way


def test_a_meeting_that_has_closed_since_stands_in_the_way(decided: Meeting, coordinator: Member) -> None:
    extra = plan_meeting(starts_at=timezone.now(), by=Actor.of(coordinator), is_extra=True)
    start_meeting(extra, by=Actor.of(coordinator))
    close(decided, coordinator)
    close(extra, coordinator)

    is_refused(decided, coordinator, "för extramötet .* har avslutats sedan dess")


def test_a_hidden_issue_goes_back_with_the_rest(decided: Meeting, coordinator: Member, representative: Member) -> None:
    IssueFactory(title="Hemligt", restricted=True, state=Issue.State.NEW, opened_by=representative)
    AccessGrant.objects.create(issue=issue("Hemligt"), member=representative)
    add_item(decided, by=Actor.of(representative), issue=issue("Hemligt")).mark_discussed(by=a_coordinator())
    close(decided, coordinator)

    unclose_meeting(decided, by=Actor.of(coordinator))

    assert issue("Hemligt").state == Issue.State.NEW


def test_a_meeting_that_is_not_closed_has_nothing_to_take_back(decided: Meeting, coordinator: Member) -> None:
    with pytest.raises(NotAllowed, match=NOT_CLOSED):
        unclose_meeting(decided, by=Actor.of(coordinator))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_back_at_once_one_does(closed: Meeting, coordinator: Member, representative: Member) -> None:
    theirs = [(Meeting.objects.get(pk=closed.pk), member) for member in (coordinator, representative)]

    outcomes = at_once(
        *(lambda meeting=meeting, by=by: unclose_meeting(meeting, by=Actor.of(by)) for meeting, by in theirs)
    )

    (refused,) = [outcome.message for outcome in outcomes if isinstance(outcome, NotAllowed)]
    assert re.fullmatch(
        rf"Mötet pågår redan \((Maja Exempel|Omar Prov), i dag \d\d\.\d\d\)\. {NOT_CLOSED}", str(refused)
    )
    assert sum(" ångrades" in line for line in told("Lampan")) == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_the_same_instant_either_stands_or_comes_too_late(
    closed: Meeting, coordinator: Member, representative: Member
) -> None:
    current = Action.objects.get().current

    outcomes = at_once(
        lambda: unclose_meeting(closed, by=Actor.of(coordinator)),
        lambda: current.accept(by=Actor.of(representative), planned=timezone.localdate()),
    )

    assert sum(isinstance(outcome, NotAllowed) for outcome in outcomes) == 1
    answered = Action.objects.get().state == Action.State.ACCEPTED
    assert Meeting.objects.get(pk=closed.pk).is_closed == answered


@pytest.mark.django_db(transaction=True)
def test_the_next_meeting_that_begins_in_the_same_instant_stands_in_the_way(
    closed: Meeting, coordinator: Member
) -> None:
    following, held = the(closed.following()), Event()

    def begin() -> None:
        with transaction.atomic():
            start_meeting(following, by=Actor.of(coordinator))
            held.set()
            waits_for_a_row()

    def take_back() -> None:
        held.wait(10)
        unclose_meeting(closed, by=Actor.of(coordinator))

    _, refusal = at_once(begin, take_back)

    assert refusal is not None
    assert "har börjat sedan dess" in refusal.message
    assert Meeting.objects.get(pk=closed.pk).is_closed
