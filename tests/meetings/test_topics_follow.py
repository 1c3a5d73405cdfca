"""A topic in words that a meeting left waits on the nearest one that is planned, however the calendar changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from meetings.agenda.ordering import add_item, present_line, remove_line
from meetings.models import AgendaItem, Meeting
from meetings.planning import change_meeting, gather_topics, plan_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member
from tests.meetings.reopening import close
from tests.presenting import presented_by
from tests.the import the


@pytest.fixture
def following(coordinator: Member, by: Actor) -> Meeting:
    """Planned four weeks on; the one before it left it a topic."""
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(held, by=by)
    add_item(held, by=by, title="Nattvandring")
    close(held, coordinator, next_starts_at=in_weeks(4))
    return the(held.following())


def in_weeks(weeks: int) -> datetime:
    return timezone.now() + timedelta(weeks=weeks)


def where() -> list[Meeting]:
    """The meetings that are not closed and have the topic on their agenda."""
    waiting = AgendaItem.objects.filter(title="Nattvandring", removed=False).select_related("meeting")
    return [item.meeting for item in waiting if not item.meeting.is_closed]


def test_it_goes_to_a_meeting_that_is_planned_before(following: Meeting, by: Actor) -> None:
    assert where() == [following]

    extra = plan_meeting(starts_at=in_weeks(2), by=by, is_extra=True)

    assert where() == [extra]


def test_it_stays_when_one_is_planned_after(following: Meeting, by: Actor) -> None:
    plan_meeting(starts_at=in_weeks(8), by=by)

    assert where() == [following]


def test_it_goes_on_when_its_meeting_is_moved_behind_another(following: Meeting, by: Actor) -> None:
    other = plan_meeting(starts_at=in_weeks(6), by=by)

    change_meeting(following, by=by, starts_at=in_weeks(10))
    assert where() == [other]

    change_meeting(following, by=by, starts_at=in_weeks(5))
    assert where() == [following]


def test_it_goes_with_a_meeting_that_is_moved_and_still_nearest(following: Meeting, by: Actor) -> None:
    plan_meeting(starts_at=in_weeks(8), by=by)

    change_meeting(following, by=by, starts_at=in_weeks(6))

    assert where() == [following]


def test_it_does_not_wait_for_a_meeting_that_was_never_held(following: Meeting, by: Actor) -> None:
    after = plan_meeting(starts_at=in_weeks(8), by=by)

    start_meeting(after, by=by, at=in_weeks(8))

    assert where() == [after]


def test_it_leaves_one_that_was_never_held_when_the_calendar_changes(following: Meeting, by: Actor) -> None:
    after = plan_meeting(starts_at=in_weeks(8), by=by)

    gather_topics(by=by, at=in_weeks(5))

    assert where() == [after]


def test_it_comes_back_when_the_start_is_taken_back(following: Meeting, by: Actor) -> None:
    after = plan_meeting(starts_at=in_weeks(8), by=by)
    start_meeting(after, by=by)
    assert where() == [after]

    unstart_meeting(after, by=by)

    assert where() == [following]


def test_it_never_goes_to_a_meeting_that_was_held_before_the_one_that_left_it(following: Meeting, by: Actor) -> None:
    forgotten = plan_meeting(starts_at=in_weeks(-2), by=by)
    assert where() == [following]

    start_meeting(forgotten, by=by, started_at=forgotten.starts_at)

    assert where() == [following]


def test_it_goes_to_an_old_meeting_that_is_held_today(following: Meeting, by: Actor) -> None:
    forgotten = plan_meeting(starts_at=in_weeks(-2), by=by)

    start_meeting(forgotten, by=by)

    assert where() == [forgotten]


def test_one_that_was_taken_off_is_not_moved(following: Meeting, by: Actor) -> None:
    remove_line(following, AgendaItem.objects.at(following).get().key, by=by)

    extra = plan_meeting(starts_at=in_weeks(2), by=by)

    assert where() == []
    assert not extra.items.exists()


def test_who_presents_it_goes_with_it(following: Meeting, by: Actor, coordinator: Member) -> None:
    key = AgendaItem.objects.at(following).get().key
    present_line(following, key, by=by, presenters=[coordinator], minutes=10)

    extra = plan_meeting(starts_at=in_weeks(2), by=by)

    item = AgendaItem.objects.at(extra).get()
    assert (presented_by(item), item.minutes, item.heading.key) == (coordinator, 10, "other")
    assert item.reason.startswith("Behandlades inte på mötet ")
