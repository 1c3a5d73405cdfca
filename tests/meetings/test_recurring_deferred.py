"""What recurs and was deferred comes back as deferred: the topic in words, and an issue that was made of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from meetings.agenda.ordering import remove_line
from meetings.deciding import decide, make_issue
from meetings.models import AgendaItem, Meeting
from meetings.recurring import end_recurring
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.meetings.reopening import close
from tests.meetings.test_recurring import at, in_weeks, plan, recurring
from tests.the import the

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(by: Actor) -> Meeting:
    meeting = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(meeting, by=by)
    return meeting


def deferred(meeting: Meeting, by: Actor) -> AgendaItem:
    item = recurring(meeting, by)
    decide(item, kind="defer", text="", by=by)
    return item


def says_so(meeting: Meeting) -> list[bool]:
    """Of each time that it stands on the agenda, whether it is said to have been deferred."""
    return [item.reason.startswith("Bordlagd på mötet ") for item in at(meeting)]


def test_a_deferred_topic_that_recurs_says_so_at_the_next_that_is_planned(
    meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    deferred(meeting, by)
    close(meeting, coordinator)

    following, later = plan(by, 4), plan(by, 8)

    assert (says_so(following), says_so(later)) == ([True], [False])
    assert the(at(following)[0]).recurs


def test_it_says_so_where_it_stands_already_and_no_more_when_the_closing_is_undone(
    meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    deferred(meeting, by)
    following = plan(by, 4)
    stood = at(following)
    close(meeting, coordinator)
    assert says_so(following) == [True]

    unclose_meeting(Meeting.objects.get(pk=meeting.pk), by=by)

    assert (at(following), says_so(following)) == (stood, [False])


def test_an_extra_meeting_takes_it_no_more_than_else(meeting: Meeting, coordinator: Member, by: Actor) -> None:
    deferred(meeting, by)
    close(meeting, coordinator)

    assert at(plan(by, 2, is_extra=True)) == []
    assert says_so(plan(by, 4)) == [True]


def test_when_it_has_been_spoken_of_since_it_is_deferred_no_more(
    meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    deferred(meeting, by)
    close(meeting, coordinator, next_starts_at=in_weeks(4))
    following = the(meeting.following())
    assert says_so(following) == [True]
    start_meeting(following, by=by)
    at(following)[0].mark_discussed(by=by)
    following.refresh_from_db()
    close(following, coordinator)

    assert says_so(plan(by, 8)) == [False]


def test_one_that_is_taken_off_the_next_stays_off_and_one_that_is_ended_stands_where_it_was_deferred_to(
    meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    item = deferred(meeting, by)
    following = plan(by, 4)
    remove_line(following, at(following)[0].key, by=by)
    close(meeting, coordinator)
    assert at(following) == []

    later = plan(by, 8)
    assert says_so(later) == [True]
    end_recurring(AgendaItem.objects.get(meeting=following, recurs_as=item.pk), by=by)
    assert says_so(later) == [True]


def test_an_issue_made_of_it_and_deferred_comes_back_beside_it_though_it_is_on_hold(
    meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    item = recurring(meeting, by)
    issue = make_issue(item, by=by, title="Läget i skolorna idag")
    item.refresh_from_db()
    decide(item, kind="defer", text="Bordläggs.", by=by)
    close(meeting, coordinator)
    issue.refresh_from_db()
    issue.pause(reason="Väntar på skolan.", by=by)

    following = plan(by, 4)

    of_it = AgendaItem.objects.at(following).get(issue=issue)
    assert of_it.reason.startswith("Bordlagd på mötet ")
    assert of_it.recurs_as is None
    assert AgendaItem.objects.at(following).filter(recurs_as=item.recurs_as, issue=None).count() == 1
