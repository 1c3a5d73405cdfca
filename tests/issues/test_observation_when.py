"""When it was seen: the answers of the form as a span of time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from base.swedish.clock import SKIPPED
from issues.forms.when import TimeSeen, earlier_today, time_seen
from issues.models import Observation

EXACT, BAND, DAY = Observation.Precision.EXACT, Observation.Precision.BAND, Observation.Precision.DAY
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 15.30 in Vetlanda


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        (date(2026, 11, 22), None, None, TimeSeen(utc(21, 23), utc(22, 23), DAY)),
        (date(2026, 11, 23), None, None, TimeSeen(utc(22, 23), NOW, DAY)),
        (date(2026, 11, 22), time(22), None, TimeSeen(utc(22, 21), None, EXACT)),
        (date(2026, 11, 22), time(22), time(22), TimeSeen(utc(22, 21), None, EXACT)),
        (date(2026, 11, 22), time(20), time(22, 15), TimeSeen(utc(22, 19), utc(22, 21, 15), BAND)),
        (date(2026, 11, 22), time(22), time(2), TimeSeen(utc(22, 21), utc(23, 1), BAND)),
        (date(2026, 11, 22), time(22), time(0), TimeSeen(utc(22, 21), utc(22, 23), BAND)),
        (date(2026, 11, 23), time(15, 30), None, TimeSeen(NOW, None, EXACT)),
    ],
)
def test_a_day_a_time_or_a_band_that_may_pass_midnight(
    day: date, start: time | None, end: time | None, expected: TimeSeen
) -> None:
    assert time_seen(day, start, end, NOW) == expected


@pytest.mark.parametrize(
    ("day", "start", "end", "field"),
    [
        (date(2026, 11, 24), None, None, "day"),
        (date(9999, 12, 31), time(22), time(2), "day"),
        (date(1999, 12, 31), None, None, "day"),
        (date(1, 1, 1), None, None, "day"),
        (date(2026, 11, 22), None, time(22), "start"),
        (date(2026, 11, 23), time(15, 31), None, "start"),
        (date(2026, 11, 23), time(15), time(16), "end"),
        (date(2026, 11, 23), time(15), time(2), "end"),
    ],
)
def test_what_cannot_have_been_seen_is_said_at_its_field(
    day: date, start: time | None, end: time | None, field: str
) -> None:
    with pytest.raises(ValidationError) as said:
        time_seen(day, start, end, NOW)

    assert set(said.value.error_dict) == {field}


SKIPPED_TIMES = [(time(2, 30), None, "start"), (time(2), time(3), "start"), (time(1, 30), time(2, 59), "end")]


@pytest.mark.parametrize(("start", "end", "field"), SKIPPED_TIMES)
def test_a_time_that_summer_time_skips_is_told(start: time, end: time | None, field: str) -> None:
    with pytest.raises(ValidationError) as said:
        time_seen(date(2026, 3, 29), start, end, NOW)

    assert said.value.message_dict == {field: [SKIPPED]}


def test_a_band_over_the_hour_that_summer_time_skips_is_as_long_as_it_was() -> None:
    found = time_seen(date(2026, 3, 29), time(1, 59), time(3, 5), NOW)

    assert found.end
    assert found.end - found.start == timedelta(minutes=6)


WINTER = datetime(2026, 10, 25, 1, 30, 12, tzinfo=UTC)  # the second 02.30 of that night


def test_of_the_hour_that_comes_twice_it_is_the_one_that_was_known() -> None:
    night, clock = date(2026, 10, 25), time(2, 30)

    assert time_seen(night, clock, None, NOW).start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert time_seen(night, clock, None, NOW, [WINTER]).start == WINTER
    assert time_seen(night, time(2, 31), None, NOW, [WINTER]).start == datetime(2026, 10, 25, 0, 31, tzinfo=UTC)


def test_a_band_that_begins_in_the_second_of_two_hours_ends_in_it() -> None:
    found = time_seen(date(2026, 10, 25), time(2, 30), time(2, 45), NOW, [WINTER])

    assert found == TimeSeen(WINTER, datetime(2026, 10, 25, 1, 45, tzinfo=UTC), BAND)


def test_earlier_today_is_the_day_so_far() -> None:
    assert earlier_today(NOW) == TimeSeen(utc(22, 23), NOW, DAY)
