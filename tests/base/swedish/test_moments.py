"""When something was: short, whole and how far away; and the days on which somebody works."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from base.swedish.moments import distance, short_day, short_moment, whole
from base.swedish.working_days import free_because, is_working_day, working_day_from

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "past", "future"),
    [
        (timedelta(seconds=59), "nyss", "strax"),
        (timedelta(minutes=1), "för en minut sedan", "om en minut"),
        (timedelta(minutes=59), "för 59 minuter sedan", "om 59 minuter"),
        (timedelta(hours=2, minutes=50), "för två timmar sedan", "om två timmar"),
        (timedelta(hours=20), "i går", "i morgon"),
        (timedelta(days=2, hours=-5), "för två dagar sedan", "om två dagar"),
        (timedelta(days=13), "för 13 dagar sedan", "om 13 dagar"),
        (timedelta(days=14), "för två veckor sedan", "om två veckor"),
        (timedelta(days=31), "för en månad sedan", "om en månad"),
        (timedelta(days=364), "för tolv månader sedan", "om tolv månader"),
        (timedelta(days=365), "för ett år sedan", "om ett år"),
        (timedelta(days=800), "för två år sedan", "om två år"),
    ],
)
def test_a_distance_is_told_by_the_clock_and_then_by_the_calendar(away: timedelta, past: str, future: str) -> None:
    assert distance(NOW - away, NOW) == past
    assert distance(NOW + away, NOW) == future


def test_past_midnight_hours_are_still_hours() -> None:
    assert distance(datetime(2026, 11, 24, 22, 30, tzinfo=UTC), datetime(2026, 11, 25, 0, 30, tzinfo=UTC)) == (
        "för två timmar sedan"
    )


def test_a_moment_is_local_and_says_its_year_when_it_is_another() -> None:
    assert whole(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "söndag 22 november 2026 klockan 14.05"
    assert short_moment(datetime(2026, 11, 20, 8, 12, tzinfo=UTC), NOW) == "20 nov 09.12"
    assert short_moment(datetime(2025, 3, 2, 23, 30, tzinfo=UTC), NOW) == "3 mar 2025 00.30"
    assert short_day(datetime(2026, 11, 24, 23, 30, tzinfo=UTC), NOW) == "i dag"
    assert short_day(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), NOW) == "i går"
    assert short_day(datetime(2026, 11, 26, 8, 0, tzinfo=UTC), NOW) == "26 nov"


def test_on_a_page_the_whole_of_it_is_there_for_one_who_asks() -> None:
    at = timezone.now() - timedelta(days=3)

    shown = Template('{% moment at "distance" %}').render(Context({"at": at}))

    assert shown == (
        f'<time datetime="{at.isoformat()}" title="{whole(at)}, för tre dagar sedan">för tre dagar sedan</time>'
    )


def test_where_it_begins_a_line_it_has_a_capital() -> None:
    at = timezone.now() - timedelta(days=3)

    assert (
        Template('{% moment at "distance" first=True %}')
        .render(Context({"at": at}))
        .endswith(">För tre dagar sedan</time>")
    )


@pytest.mark.parametrize(
    "free",
    [
        date(2026, 11, 22),  # a Sunday
        date(2026, 11, 21),
        date(2026, 1, 6),  # trettondedag jul
        date(2026, 4, 3),  # långfredag
        date(2026, 5, 14),  # Kristi himmelsfärdsdag
        date(2026, 6, 19),  # midsommarafton, free by custom
        date(2026, 12, 24),
        date(2026, 12, 31),
    ],
)
def test_weekends_holidays_and_the_great_eves_are_free(free: date) -> None:
    assert not is_working_day(free)


def test_a_day_that_is_free_gives_way_to_the_next_on_which_somebody_works() -> None:
    assert working_day_from(date(2026, 11, 25)) == date(2026, 11, 25)
    assert working_day_from(date(2026, 12, 24)) == date(2026, 12, 28)
    assert working_day_from(date(2026, 12, 31)) == date(2027, 1, 4)


def test_a_free_day_has_a_name() -> None:
    days = [date(2026, 12, 24), date(2026, 5, 14), date(2026, 11, 28), date(2026, 11, 25)]

    assert [free_because(day) for day in days] == ["julafton", "Kristi himmelsfärdsdag", "en lördag", ""]
