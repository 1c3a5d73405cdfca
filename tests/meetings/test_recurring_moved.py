"""A topic that recurs is at each usual meeting also when meetings are moved, called off, reinstated or made extra."""

from typing import Any

import pytest
from django.utils import timezone

from meetings.calling_off import call_off, reinstate
from meetings.models import Meeting
from meetings.planning import change_meeting
from meetings.recurring import end_recurring
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.meetings.reopening import close
from tests.meetings.test_recurring import at, in_weeks, plan, recurring

pytestmark = pytest.mark.django_db


def move(meeting: Meeting, weeks: int, by: Actor) -> None:
    change(meeting, by, starts_at=in_weeks(weeks))


def change(meeting: Meeting, by: Actor, **facts: Any) -> None:
    known = {name: getattr(meeting, name) for name in ("starts_at", "ends_at", "place", "chair", "secretary")}
    change_meeting(meeting, by=by, **known | facts)


def many(*meetings: Meeting) -> list[int]:
    """How many times it stands at each."""
    return [len(at(meeting)) for meeting in meetings]


def test_what_an_extra_meeting_took_along_comes_back_at_the_next_usual(by: Actor, coordinator: Member) -> None:
    usual = plan(by, 1)
    recurring(usual, by)
    extra = plan(by, 2, is_extra=True)
    call_off(usual, reason="Sjukdom", by=by)
    assert many(usual, extra) == [0, 1]

    following, later = plan(by, 5), plan(by, 9)

    assert many(following, later) == [1, 1]
    assert not at(following)[0].recurs_no_more


def test_what_stands_at_a_meeting_that_is_made_an_extra_one_comes_back_at_the_next_usual(by: Actor) -> None:
    first = plan(by, 1)
    recurring(first, by)

    change(first, by, is_extra=True)

    assert many(first, plan(by, 5)) == [1, 1]


def test_an_extra_meeting_that_is_made_usual_takes_it(by: Actor) -> None:
    recurring(plan(by, 1), by)
    extra = plan(by, 2, is_extra=True)
    assert many(extra) == [0]

    change(extra, by, is_extra=False)

    assert many(extra) == [1]


def test_where_it_began_may_be_moved_past_the_others(by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    recurring(first, by)

    move(first, 9, by)
    last = plan(by, 13)

    assert many(second, first, last) == [1, 1, 1]


def test_one_that_is_moved_behind_those_that_have_it_takes_it(by: Actor) -> None:
    early, first = plan(by, 1), plan(by, 2)
    recurring(first, by)
    assert many(early) == [0]

    move(early, 3, by)

    assert many(early, first) == [1, 1]


def test_it_stands_at_both_when_the_meeting_it_came_from_is_reinstated(by: Actor) -> None:
    first = plan(by, 1)
    recurring(first, by)
    call_off(first, reason="Sjukdom", by=by)
    second = plan(by, 5)
    assert many(first, second) in ([1, 1], [0, 1])

    reinstate(first, by=by)

    assert many(first, second, plan(by, 9)) == [1, 1, 1]


def test_what_has_ended_does_not_come_back_by_a_move(by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    item = recurring(first, by)
    end_recurring(item, by=by)

    move(first, 9, by)

    assert many(first, second, plan(by, 13)) == [1, 0, 0]


def test_what_has_ended_does_not_come_back_from_a_meeting_that_was_called_off(by: Actor, coordinator: Member) -> None:
    first, second = Meeting.plan(starts_at=timezone.now(), by=by), plan(by, 5)
    item = recurring(first, by)
    plan(by, 9)
    call_off(second, by=by)
    start_meeting(first, by=by)
    end_recurring(item, by=by)
    close(first, coordinator)

    assert many(plan(by, 13)) == [0]
