"""Calendar months, by their first days."""

from datetime import date
from itertools import islice

import pytest

from base.swedish.months import last_day, month_after, months_from


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 11, 29), 0, date(2026, 11, 1)),
        (date(2026, 11, 29), 1, date(2026, 12, 1)),
        (date(2026, 11, 30), 2, date(2027, 1, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 25, date(2028, 2, 1)),
    ],
)
def test_the_month_after_is_counted_over_the_new_year(day: date, months: int, first: date) -> None:
    assert month_after(day, months) == first


def test_months_follow_from_the_one_of_the_day() -> None:
    assert [*islice(months_from(date(2026, 11, 29)), 3)] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 12, 5), date(2026, 12, 31)),
    ],
)
def test_a_month_ends_with_its_last_day(day: date, last: date) -> None:
    assert last_day(day) == last
