"""The clock on the wall, where the day begins an hour or two before it does in UTC."""

from datetime import UTC, date, datetime

from base.swedish.clock import day_of


def test_the_day_of_a_moment_is_that_of_the_clock_on_the_wall() -> None:
    late = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)

    assert day_of(late) == date(2026, 11, 28)
