"""The day that is proposed for the next meeting."""

from datetime import date

import pytest

from meetings.planning import next_day


@pytest.mark.parametrize(
    ("held", "proposed", "why"),
    [
        (date(2026, 10, 28), date(2026, 11, 25), ""),
        (date(2026, 11, 26), date(2027, 1, 4), "Fyra veckor framåt är julafton; 4 januari 2027 är"),
        (date(2026, 12, 1), date(2027, 1, 4), "Fyra veckor framåt är en mellandag; 4 januari 2027 är"),
        (date(2026, 12, 9), date(2027, 1, 7), "Fyra veckor framåt är trettondedag jul; 7 januari 2027 är"),
        (date(2026, 10, 31), date(2026, 11, 30), "Fyra veckor framåt är en lördag; 30 november är"),
    ],
)
def test_it_is_a_day_when_people_are_at_work(held: date, proposed: date, why: str) -> None:
    day, words = next_day(held, today=held)

    assert day == proposed
    assert words == (f"{why} nästa vanliga arbetsdag." if why else "")


def test_what_was_held_long_ago_proposes_no_day_that_has_been() -> None:
    assert next_day(date(2026, 9, 2), today=date(2026, 10, 28)) == (date(2026, 11, 25), "")
