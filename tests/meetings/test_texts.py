"""Sentences of a meeting are computed from its row and the day; these say them aloud."""

from datetime import UTC, date, datetime

import pytest

from meetings.models import Meeting
from meetings.texts.meeting import state_sentence

WEDNESDAY = Meeting(starts_at=datetime(2026, 11, 25, 12, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 18), "Mötet är onsdag 25 november."),
        (date(2026, 11, 19), "Mötet är på onsdag."),
        (date(2026, 11, 23), "Mötet är på onsdag."),
        (date(2026, 11, 24), "Mötet är i morgon."),
        (date(2026, 11, 25), "Mötet är i dag."),
        (date(2026, 11, 26), "Mötet skulle ha hållits i går."),
    ],
)
def test_a_planned_meeting_is_told_by_how_far_away_it_is(today: date, expected: str) -> None:
    assert state_sentence(WEDNESDAY, today) == expected
