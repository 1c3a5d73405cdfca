"""Series to test with."""

from datetime import time
from typing import Any

from meetings.models import MeetingSeries
from members.actor import Actor
from members.models import Member


def a_series(by: Member, **facts: Any) -> MeetingSeries:
    """The first Tuesday of the month, 13.00–15.00, not in July."""
    usual = {"name": "Månadsmöten", "starts": time(13), "ends": time(15), "place": "Åsalen", "pauses": [7]}
    return MeetingSeries.begin(by=Actor.of(by), **{**usual, "chair": by, "secretary": by, **facts})
