"""A topic in words comes back at each usual meeting until somebody ends it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import NotAllowed
from meetings.agenda.ordering import add_item, present_line, remove_line
from meetings.calling import call_meeting
from meetings.calling_off import call_off
from meetings.models import AgendaItem, Meeting
from meetings.planning import change_meeting, plan_meeting
from meetings.recurring import end_recurring, let_recur
from meetings.starting import start_meeting
from meetings.texts.meeting import name_in_passing
from members.actor import Actor
from members.models import Member
from tests.factories import IssueFactory
from tests.meetings.meetings import undo, words
from tests.meetings.reopening import close
from tests.pages import Response

pytestmark = pytest.mark.django_db
TITLE = "Läget i skolorna"


def in_weeks(weeks: int) -> datetime:
    return timezone.now() + timedelta(weeks=weeks)


def plan(by: Actor, weeks: int, **facts: Any) -> Meeting:
    return plan_meeting(starts_at=in_weeks(weeks), by=by, **facts)


def recurring(meeting: Meeting, by: Actor) -> AgendaItem:
    item = add_item(
        meeting, title=TITLE, heading="follow_up", minutes=10, purpose="discussion", presenters=[by.member], by=by
    )
    return let_recur(item, by=by)


def at(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.at(meeting).filter(title=TITLE, removed=False))


def press(client: Client, meeting: Meeting, recurs: str) -> Response:
    [item] = at(meeting)
    address = reverse("meetings:agenda_recur", args=[meeting.pk])
    return client.post(address, {"line": item.key, "recurs": recurs}, follow=True)


def test_it_comes_on_those_that_are_planned_and_on_those_planned_later_with_all_that_is_said_of_it(by: Actor) -> None:
    first, planned = plan(by, 1), plan(by, 5)
    recurring(first, by)
    later = plan(by, 9)

    for meeting in (planned, later):
        [item] = at(meeting)
        assert (item.heading.key, item.minutes, item.purpose) == ("follow_up", 10, "discussion")
        assert [one.name for one in item.presented_by] == [str(by.member)]
    assert len(at(first)) == 1


def test_it_stands_under_its_heading_where_the_meeting_before_was_held(by: Actor, coordinator: Member) -> None:
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(held, by=by)
    recurring(held, by)
    close(held, coordinator, next_starts_at=in_weeks(4))

    following = held.following()
    assert following is not None
    [item] = at(following)
    assert (item.heading.key, item.continues) == ("follow_up", None)
    start_meeting(following, by=by)
    assert len(at(following)) == 1


def test_an_extra_meeting_does_not_take_it_and_one_between_does(by: Actor) -> None:
    recurring(plan(by, 1), by)
    after = plan(by, 9)
    extra, between = plan(by, 2, is_extra=True), plan(by, 5)

    assert (len(at(extra)), len(at(between)), len(at(after))) == (0, 1, 1)


def test_one_that_was_planned_before_it_began_has_none_of_it(by: Actor) -> None:
    earlier, later = plan(by, 1), plan(by, 5)

    recurring(later, by)

    assert at(earlier) == []


def test_removed_from_one_meeting_it_is_back_at_the_next(as_coordinator: Client, by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    recurring(first, by)
    [item] = at(second)
    address = reverse("meetings:agenda_remove", args=[second.pk])

    told = words(as_coordinator.post(address, {"line": item.key}, follow=True))

    assert f"”{TITLE}” är borttagen från dagordningen. Den återkommer på nästa möte." in told
    assert (len(at(second)), len(at(plan(by, 9)))) == (0, 1)
    start_meeting(second, by=by)
    assert at(second) == []


def test_ended_in_one_press_it_stays_there_and_leaves_those_that_come(as_coordinator: Client, by: Actor) -> None:
    first, second, third = plan(by, 1), plan(by, 5), plan(by, 9)
    recurring(first, by)
    page = words(as_coordinator.get(f"{second.get_absolute_url()}?ordna=1"))
    assert "Återkommer på varje möte." in page

    told = press(as_coordinator, second, "no")

    assert f"”{TITLE}” återkommer inte på fler möten." in words(told)
    assert [len(at(meeting)) for meeting in (first, second, third, plan(by, 13))] == [1, 1, 0, 0]
    start_meeting(second, by=by)
    assert len(at(second)) == 1


def test_the_ending_is_undone(as_coordinator: Client, by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    recurring(first, by)

    undo(as_coordinator, press(as_coordinator, first, "no"))

    assert [len(at(meeting)) for meeting in (first, second, plan(by, 9))] == [1, 1, 1]


def test_who_presses_twice_is_told(as_coordinator: Client, by: Actor) -> None:
    first = plan(by, 1)
    recurring(first, by)
    press(as_coordinator, first, "no")

    assert "Punkten återkommer inte längre." in words(press(as_coordinator, first, "no"))
    press(as_coordinator, first, "yes")
    assert "Punkten återkommer redan på varje möte." in words(press(as_coordinator, first, "yes"))


def test_a_line_that_is_gone_is_told(as_coordinator: Client, by: Actor) -> None:
    first = plan(by, 1)
    address = reverse("meetings:agenda_recur", args=[first.pk])

    told = words(as_coordinator.post(address, {"line": "item-0", "recurs": "yes"}, follow=True))

    assert "Punkten står inte längre på dagordningen." in told


def test_what_is_changed_at_one_meeting_goes_on_from_there(by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    recurring(first, by)
    present_line(second, at(second)[0].key, presenters=[], minutes=20, version=at(second)[0].version, by=by)

    assert at(plan(by, 9))[0].minutes == 20
    assert at(first)[0].minutes == 10


def test_a_meeting_that_is_called_off_takes_it_along_once(by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    recurring(first, by)

    call_off(first, by=by)

    assert len(at(second)) == 1
    assert len(at(plan(by, 9))) == 1


def test_it_stays_ended_where_the_meeting_that_ended_it_is_called_off_or_another_is_moved_past_it(by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    recurring(first, by)
    [there] = at(second)
    end_recurring(there, by=by)
    change_meeting(first, by=by, starts_at=in_weeks(7))
    assert at(plan(by, 9)) == []

    call_off(second, by=by)
    last = plan(by, 13)
    assert at(last) == []


def test_a_closed_meeting_keeps_it_as_it_was(by: Actor, coordinator: Member) -> None:
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(held, by=by)
    item = recurring(held, by)
    close(held, coordinator, next_starts_at=in_weeks(4))
    [coming] = AgendaItem.objects.filter(title=TITLE, meeting__state="planned")

    end_recurring(coming, by=by)

    item.refresh_from_db()
    assert item.recurs
    assert at(plan(by, 9)) == []


def test_an_issue_does_not_recur_nor_does_what_stands_at_an_extra_meeting(by: Actor) -> None:
    with pytest.raises(NotAllowed, match="Bara en punkt med ord"):
        let_recur(add_item(plan(by, 1), issue=IssueFactory(), again=True, by=by), by=by)
    with pytest.raises(NotAllowed, match="Ett extra möte"):
        let_recur(add_item(plan(by, 2, is_extra=True), title=TITLE, by=by), by=by)


def test_it_is_added_as_one_that_recurs(as_coordinator: Client, by: Actor) -> None:
    first, second = plan(by, 1), plan(by, 5)
    address = reverse("meetings:agenda_add", args=[first.pk])

    told = words(as_coordinator.post(address, {"title": TITLE, "recurs": "on"}, follow=True))

    assert "Punkten står på dagordningen, och återkommer på varje möte." in told
    assert len(at(second)) == 1
    removed = remove_line(second, at(second)[0].key, by=by)
    assert removed.item.recurs


def test_what_was_planned_for_it_later_stands_when_it_is_ended_and_is_told(as_coordinator: Client, by: Actor) -> None:
    first, second, third = (plan(by, weeks) for weeks in (1, 5, 9))
    recurring(first, by)
    present_line(
        third,
        at(third)[0].key,
        presenters=[],
        minutes=45,
        purpose="decision",
        registry_no="KS 2026/7",
        version=at(third)[0].version,
        by=by,
    )

    told = press(as_coordinator, first, "no")

    third_day = name_in_passing(third)
    assert f"Den står kvar på {third_day}, för där är den ändrad eller kallelsen har gått." in words(told)
    assert [len(at(meeting)) for meeting in (first, second, third, plan(by, 17))] == [1, 0, 1, 0]
    undo(as_coordinator, told)
    [item] = at(third)
    assert (item.minutes, item.purpose, item.registry_no, item.presented_by) == (45, "decision", "KS 2026/7", [])
    [back] = at(second)
    assert (back.minutes, back.purpose, [one.name for one in back.presented_by]) == (
        10,
        "discussion",
        [str(by.member)],
    )
    assert len(at(plan(by, 21))) == 1


def test_where_it_has_been_called_to_it_stands_when_it_is_ended(as_coordinator: Client, by: Actor) -> None:
    first, second, third = plan(by, 1), plan(by, 5), plan(by, 9)
    recurring(first, by)
    call_meeting(second, by=by)

    told = press(as_coordinator, first, "no")

    assert f"Den står kvar på {name_in_passing(second)}, för där är" in words(told)
    assert [len(at(meeting)) for meeting in (first, second, third)] == [1, 1, 0]
    undo(as_coordinator, told)
    assert [len(at(meeting)) for meeting in (first, second, third)] == [1, 1, 1]
