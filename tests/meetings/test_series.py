"""A series of meetings: its days, the year that is planned from it, and what a changed or ended one leaves alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.records import NotAllowed
from meetings.calling_off import call_off
from meetings.models import Meeting, MeetingSeries
from meetings.planning import change_meeting, plan_meeting
from meetings.rhythm import next_of, occasions, proposed_day
from meetings.series import year_ahead
from meetings.series_planning import plan_series
from members.actor import Actor
from members.models import Member
from tests.meetings.series import a_series

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 11, tzinfo=UTC)
TODAY = NOON.date()


def days(count: int, since: date = TODAY, **facts: Any) -> list[str]:
    found = occasions(MeetingSeries(**{"pauses": [7], **facts}), since=since)
    return [each.in_words(today=since) for each in islice(found, count)]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {},
            [
                "Tisdag 1 december",
                "Tisdag 5 januari 2027",
                "Tisdag 2 februari 2027",
            ],
        ),
        (
            {"nth": 1, "weekday": 2},
            [
                "Onsdag 2 december",
                "Onsdag 6 januari 2027 är trettondedag jul, flyttas till torsdag 7 januari 2027.",
                "Onsdag 3 februari 2027",
            ],
        ),
        (
            {"weekday": 2, "on_holiday": "before"},
            [
                "Onsdag 2 december",
                "Onsdag 6 januari 2027 är trettondedag jul, flyttas till tisdag 5 januari 2027.",
                "Onsdag 3 februari 2027",
            ],
        ),
        (
            {"weekday": 2, "on_holiday": "skip"},
            [
                "Onsdag 2 december",
                "Onsdag 6 januari 2027 är trettondedag jul, inget möte.",
                "Onsdag 3 februari 2027",
            ],
        ),
        ({"nth": -1, "weekday": 0, "pauses": [12]}, ["Måndag 30 november", "Måndag 25 januari 2027"]),
        (
            {"rhythm": "weeks", "every": 3, "from_day": date(2026, 11, 11)},
            ["Onsdag 2 december", "Onsdag 23 december", "Onsdag 13 januari 2027"],
        ),
    ],
)
def test_the_days_of_a_series_are_told_with_what_becomes_of_holidays(facts: dict[str, Any], told: list[str]) -> None:
    assert days(len(told), **facts) == told


@pytest.mark.parametrize(
    ("first", "on_holiday", "told"),
    [
        # the Monday after would be the day before the next one, the Wednesday before the day after the last
        (date(2026, 12, 22), "after", "Tisdag 29 december är en mellandag, inget möte."),
        (date(2026, 12, 22), "before", "Tisdag 29 december är en mellandag, inget möte."),
        (date(2027, 3, 23), "after", "Tisdag 30 mars"),
        # good Friday: the Thursday before it is six days from the last
        (date(2027, 3, 19), "before", "Fredag 26 mars är långfredagen, flyttas till torsdag 25 mars."),
        (date(2027, 3, 19), "after", "Fredag 26 mars är långfredagen, flyttas till tisdag 30 mars."),
        # Easter Monday: the Thursday before is three days from the last, the Tuesday after six from the next
        (date(2027, 3, 22), "before", "Måndag 29 mars är annandag påsk, flyttas till torsdag 25 mars."),
        # the Monday after would be the day before the next one: the Friday before is three days after the last
        (date(2033, 12, 20), "after", "Tisdag 27 december är en mellandag, flyttas till fredag 23 december."),
        (date(2031, 12, 22), "before", "Måndag 29 december är en mellandag, flyttas till fredag 2 januari 2032."),
        # the Monday after is the next one's own day: one meeting
        (date(2026, 12, 21), "after", "Måndag 28 december är en mellandag, flyttas till måndag 4 januari 2027."),
        # the Wednesday before is two days after the last, and so it is moved the other way, to the next one's day
        (date(2026, 12, 21), "before", "Måndag 28 december är en mellandag, inget möte."),
    ],
)
def test_no_meeting_of_every_week_is_moved_to_the_day_beside_another(first: date, on_holiday: str, told: str) -> None:
    found = days(2, since=first, rhythm="weeks", every=1, from_day=first, on_holiday=on_holiday)

    assert found[1] == told


def test_a_series_pauses_in_its_months_and_a_first_day_to_come_is_its_first() -> None:
    summer = occasions(MeetingSeries(pauses=[6, 7]), since=date(2027, 5, 20))
    weeks = MeetingSeries(rhythm="weeks", every=2, from_day=date(2027, 3, 2))

    assert next(summer).wished == date(2027, 8, 3)
    assert next(occasions(weeks, since=TODAY)).wished == date(2027, 3, 2)


def test_the_year_is_planned_in_one_act_and_again_without_doubling(coordinator: Member) -> None:
    series, by = a_series(coordinator), Actor.of(coordinator)
    free = [each.wished for each in year_ahead(series, today=TODAY).free]
    assert (len(free), free[0], date(2027, 7, 6) in free) == (11, date(2026, 12, 1), False)

    planned = plan_series(series, free[:6], by=by, at=NOON)
    again = plan_series(series, free, by=by, at=NOON)

    assert (len(planned), len(again), plan_series(series, free, by=by, at=NOON)) == (6, 5, [])
    first = Meeting.objects.order_by("starts_at").first()
    assert first
    assert (first.series, first.series_day, first.place) == (series, date(2026, 12, 1), "Åsalen")
    assert timezone.localtime(first.starts_at).time() == time(13)
    year = year_ahead(series, today=TODAY)
    assert (year.free, len(year.standing)) == ([], 11)


def test_a_meeting_that_was_moved_or_called_off_is_not_planned_once_more(coordinator: Member) -> None:
    series, by = a_series(coordinator), Actor.of(coordinator)
    moved, off, *_ = plan_series(series, [each.wished for each in year_ahead(series, today=TODAY).free], by=by, at=NOON)
    change_meeting(moved, by=by, starts_at=moved.starts_at + timedelta(days=9), ends_at=None)
    call_off(off, by=by)

    assert year_ahead(series, today=TODAY).free == []


def test_one_that_was_held_long_before_its_day_is_not_planned_once_more(coordinator: Member) -> None:
    series, by = a_series(coordinator), Actor.of(coordinator)
    [first, *_] = year_ahead(series, today=TODAY).free
    [early] = plan_series(series, [first.wished], by=by, at=NOON)
    Meeting.objects.filter(pk=early.pk).update(starts_at=early.starts_at - timedelta(days=45))

    assert first.wished not in {each.wished for each in year_ahead(series, today=TODAY).free}


def test_a_changed_series_moves_nothing_and_proposes_no_second_meeting_in_the_month(coordinator: Member) -> None:
    series, by = a_series(coordinator), Actor.of(coordinator)
    plan_series(series, [date(2026, 12, 1), date(2027, 1, 5)], by=by, at=NOON)
    before = list(Meeting.objects.values_list("starts_at", flat=True))

    series.change(by=by, weekday=3, starts=time(9), ends=None)

    assert list(Meeting.objects.values_list("starts_at", flat=True)) == before
    assert year_ahead(series, today=TODAY).free[0].wished == date(2027, 2, 4)


def test_where_another_meeting_stands_that_day_none_is_proposed(coordinator: Member) -> None:
    plan_meeting(starts_at=datetime(2026, 12, 1, 8, tzinfo=UTC), by=Actor.of(coordinator), is_extra=True)

    [(occasion, meeting)] = year_ahead(a_series(coordinator), today=TODAY).standing

    assert (occasion.wished, meeting.is_extra, meeting.series) == (date(2026, 12, 1), True, None)


@pytest.mark.parametrize("on_holiday", ["after", "before"])
def test_of_two_that_a_holiday_brings_together_one_is_planned(coordinator: Member, on_holiday: str) -> None:
    weekly: dict[str, Any] = {"rhythm": "weeks", "every": 1, "pauses": [], "on_holiday": on_holiday}
    series, by = a_series(coordinator, from_day=date(2026, 12, 7), **weekly), Actor.of(coordinator)
    year = year_ahead(series, today=TODAY)

    planned = plan_series(series, [each.wished for each in [*year.free, *year.together]], by=by, at=NOON)

    days = [meeting.planned_day for meeting in planned]
    assert len(days) == len({*days}) == len(year.free)
    assert [each.wished for each in year.together] == ([date(2026, 12, 28)] if on_holiday == "after" else [])
    again = year_ahead(series, today=TODAY)
    assert (again.free, again.together, len(again.standing)) == ([], year.together, len(days))


def test_a_usual_meeting_planned_by_hand_on_a_day_of_the_series_is_of_it(coordinator: Member) -> None:
    series, by = a_series(coordinator), Actor.of(coordinator)

    hers = plan_meeting(starts_at=datetime(2026, 12, 1, 8, tzinfo=UTC), by=by)
    second = plan_meeting(starts_at=datetime(2026, 12, 1, 18, tzinfo=UTC), by=by)
    other = plan_meeting(starts_at=datetime(2026, 12, 9, 8, tzinfo=UTC), by=by)

    assert (hers.series, hers.series_day) == (series, date(2026, 12, 1))
    assert (second.series, other.series) == (None, None)


def test_the_second_of_two_who_plan_the_same_day_of_a_series_at_once_is_told(coordinator: Member) -> None:
    series, by = a_series(coordinator), Actor.of(coordinator)
    of_it: dict[str, Any] = {"series": series, "series_day": date(2026, 12, 1), "by": by}
    plan_meeting(starts_at=datetime(2026, 12, 1, 8, tzinfo=UTC), **of_it)

    with pytest.raises(ValidationError, match="Någon har just planerat det mötet"):
        plan_meeting(starts_at=datetime(2026, 12, 1, 18, tzinfo=UTC), **of_it)
    assert Meeting.objects.count() == 1


def why(today: date = TODAY) -> str:
    proposal = proposed_day([date(2026, 11, 11)], today=today)
    return proposal.why if proposal else ""


def test_an_ended_series_plans_nothing_and_can_go_on(coordinator: Member) -> None:
    series, by = a_series(coordinator), Actor.of(coordinator)
    series.end(by=by)

    with pytest.raises(NotAllowed, match="Serien är avslutad"):
        plan_series(series, [date(2026, 12, 1)], by=by, at=NOON)
    assert "första tisdagen" not in why()
    series.resume(by=by)

    assert len(plan_series(series, [date(2026, 12, 1)], by=by, at=NOON)) == 1


def test_the_next_day_is_that_of_the_series(coordinator: Member) -> None:
    series = a_series(coordinator)

    after = next_of(series, [date(2026, 12, 9)], today=TODAY)
    after_off = next_of(series, [date(2026, 11, 11)], today=TODAY, off=date(2026, 12, 1))
    assert after
    assert after_off

    assert why() == "Förslag: tisdag 1 december, första tisdagen i månaden."
    assert (after.day, after_off.day) == (date(2027, 1, 5), date(2027, 1, 5))


def test_one_that_a_holiday_moved_into_the_next_month_does_not_stand_for_that_month(coordinator: Member) -> None:
    series = a_series(coordinator, nth=-1, weekday=3)  # the last Thursday: 31 December is moved to 4 January

    after = next_of(series, [date(2027, 1, 4)], today=date(2027, 1, 4))
    after_off = next_of(series, [date(2026, 11, 26)], today=TODAY, off=date(2027, 1, 4))

    assert [each and each.day for each in (after, after_off)] == [date(2027, 1, 28), date(2027, 1, 28)]


def test_a_day_that_is_moved_names_the_holiday(coordinator: Member) -> None:
    a_series(coordinator, rhythm="weeks", every=4, from_day=date(2026, 12, 9))

    assert why(date(2026, 12, 10)) == "Förslag: torsdag 7 januari 2027, eftersom onsdag 6 januari är trettondedag jul."


@pytest.mark.parametrize(
    ("every", "usual"),
    [
        (1, "varje vecka"),
        (2, "varannan vecka"),
        (3, "var tredje vecka"),
        (4, "var fjärde vecka"),
        (12, "var tolfte vecka"),
    ],
)
def test_a_rhythm_of_weeks_in_words(every: int, usual: str) -> None:
    series = MeetingSeries(rhythm="weeks", every=every, from_day=date(2026, 12, 9))

    assert series.usual == f"{usual}, på en onsdag"


@pytest.mark.parametrize(
    "facts",
    [
        {"nth": -1, "pauses": list(range(1, 12)), "on_holiday": "skip"},
        {"pauses": list(range(1, 13))},
        {"rhythm": "weeks", "from_day": date(2026, 12, 23), "every": 1, "pauses": list(range(1, 13))},
    ],
)
def test_a_series_without_a_day_proposes_none_and_the_group_meets_as_it_has(
    coordinator: Member, facts: dict[str, Any]
) -> None:
    series = a_series(coordinator, **facts)

    assert next_of(series, [date(2026, 11, 11)], today=TODAY) is None
    assert proposed_day([], today=TODAY) is None
    assert why() == "Förslag: onsdag 9 december, andra onsdagen i månaden."
    assert year_ahead(series, today=TODAY).free == []


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"ends": time(12)}, "Mötet slutar innan det börjar."),
        ({"rhythm": "weeks"}, "Välj den dag som veckorna räknas från."),
        ({"rhythm": "weeks", "from_day": date(2026, 11, 28)}, "Välj en vardag att räkna från"),
    ],
)
def test_an_impossible_series_is_refused(coordinator: Member, facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        a_series(coordinator, **facts)
    assert not MeetingSeries.objects.exists()


@pytest.mark.parametrize("day", [29, 30, 31])
def test_one_that_a_holiday_moves_is_planned_and_proposed_when_its_wished_day_has_come(
    coordinator: Member, day: int
) -> None:
    series = a_series(coordinator, rhythm="weeks", every=4, from_day=date(2026, 11, 3), pauses=[])
    today, moved = date(2026, 12, day), date(2027, 1, 4)  # wished on Tuesday 29 December, when no group meets

    ahead = year_ahead(series, today=today)
    after = next_of(series, [date(2026, 12, 1)], today=today)

    assert [each.day for each in ahead.free[:2]] == [moved, date(2027, 1, 26)]
    assert after
    assert after.day == moved
    [planned] = plan_series(
        series, [ahead.free[0].wished], by=Actor.of(coordinator), at=NOON.replace(month=12, day=day)
    )
    assert (planned.planned_day, planned.series_day) == (moved, date(2026, 12, 29))
    assert [each.day for each, _ in year_ahead(series, today=today).standing] == [moved]
