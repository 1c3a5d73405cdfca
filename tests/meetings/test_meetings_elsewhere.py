"""What the pages of the floors below, and the start page, tell of meetings."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month
from issues.models import Action, Issue
from meetings.models import AgendaItem, Meeting
from members.actor import Actor
from members.models import Member
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import planned, under_way, words

pytestmark = pytest.mark.django_db


def held(issue: Issue, *, days_ago: int) -> Meeting:
    """A closed meeting that spoke of the issue, twice."""
    moment = timezone.now() - timedelta(days=days_ago)
    meeting = MeetingFactory(starts_at=moment, state=Meeting.State.CLOSED)
    AgendaItemFactory(meeting=meeting, issue=issue, discussed_at=moment)
    AgendaItemFactory(meeting=meeting, issue=issue, action=ActionFactory(issue=issue), discussed_at=moment)
    return meeting


def day(meeting: Meeting) -> str:
    return day_and_month(meeting.day, today=timezone.localdate())


def test_an_issue_tells_when_it_was_up_at_a_meeting(as_representative: Client) -> None:
    issue = IssueFactory()
    first, second = held(issue, days_ago=14), held(issue, days_ago=3)
    AgendaItemFactory(meeting=MeetingFactory(), issue=issue)

    page = words(as_representative.get(issue.get_absolute_url()))

    assert f"Behandlat på möte {day(second)} , {day(first)}" in page


def test_of_many_meetings_the_latest_are_named_and_the_others_counted(as_representative: Client) -> None:
    issue = IssueFactory()
    *_, last_but_one, latest = [held(issue, days_ago=100 - n) for n in range(14)]

    page = words(as_representative.get(issue.get_absolute_url()))

    assert f"Behandlat på möte {day(latest)} , {day(last_but_one)} , " in page
    assert page.count("och två gånger tidigare") == 1


def test_a_handler_is_not_told_of_meetings(as_handler: Client, handler: Member) -> None:
    issue = ActionFactory(assignment__organisation=handler.organisation).issue
    held(issue, days_ago=3)

    assert "Behandlat på möte" not in words(as_handler.get(issue.get_absolute_url()))


def test_an_issue_that_rests_is_put_on_the_next_agenda_with_one_tap(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue = IssueFactory(state=Issue.State.ON_HOLD)
    ActionFactory(state=Action.State.QUESTION)  # raised, as its issue is, and neither is this one
    meeting = planned(coordinator, starts_at=timezone.now() + timedelta(days=1))
    page = words(as_coordinator.get(issue.get_absolute_url()))
    assert "Ta upp i morgon" in page

    as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), {"number": issue.number})

    assert AgendaItem.objects.get().issue == issue
    assert "Tas upp i morgon" in words(as_coordinator.get(issue.get_absolute_url()))


def test_in_the_room_an_issue_is_taken_up_now(as_coordinator: Client, coordinator: Member) -> None:
    meeting = under_way(coordinator)
    issue = IssueFactory()
    assert "Ta upp på mötet nu" in words(as_coordinator.get(issue.get_absolute_url()))

    response = as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), {"number": issue.number})

    assert response["Location"] == AgendaItem.objects.get(issue=issue).get_absolute_url()


def test_the_secretary_too_puts_an_issue_on_the_agenda(
    as_representative: Client, coordinator: Member, representative: Member
) -> None:
    issue = IssueFactory(state=Issue.State.ON_HOLD)
    planned(coordinator, secretary=representative, starts_at=timezone.now() + timedelta(days=1))

    assert "Ta upp i morgon" in words(as_representative.get(issue.get_absolute_url()))


def test_a_closed_issue_and_an_empty_calendar_offer_no_meeting(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory()
    assert "Ta upp" not in words(as_coordinator.get(issue.get_absolute_url()))
    planned(coordinator)

    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Klart.")

    assert "Ta upp" not in words(as_coordinator.get(issue.get_absolute_url()))


def test_one_says_that_one_cannot_come_from_the_start_page(as_representative: Client, coordinator: Member) -> None:
    planned(coordinator)

    page = words(as_representative.get(reverse("start")))

    assert "1 av 2 organisationer väntas." in page
    assert "Jag kan inte" in page
