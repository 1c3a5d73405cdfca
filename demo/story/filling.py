"""Fills the demo up to any number of observations, with the story's own rhythms spread over years."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from demo.story import people
from demo.story.calendar import Calendar, is_recent
from demo.story.data import Data, read_data
from demo.story.observations import Police, Precision, Sighting, Source, between, sighting
from demo.story.swedish_year import day_of
from issues.models import Observation

A_YEAR = 10_000
"""Observations that a year may hold before another year is filled, as far back as MOST_YEARS."""
MOST_YEARS = 10
WEEKS = 5
"""Weeks that one row of the data is spread over: the weekday and the clock stay."""

AT_A_TIME = 2_000
"""Rows that one statement settles."""
KEY, REPORTED = 0, 8
"""Where these two stand in a row, which is sent as it stands below: a column an array."""
SETTLE = """
INSERT INTO issues_observation (
    client_key, reporter_id, organisation_id, category_id, "where", place_id, text, seen_from, seen_to, "precision",
    created_at, updated_at, state_since, state_by_id, unsafe, recurring, handled, police_report, source,
    state, rejection, for_meeting, restricted
)
SELECT
    md5(staged.key)::uuid, reporter.id, reporter.organisation_id, category.id, staged."where", place.id, staged.text,
    staged.seen_from, staged.seen_to, staged."precision", staged.reported, staged.triaged, staged.triaged,
    coordinator.id, staged.unsafe, staged.recurring, staged.handled, staged.police_report, staged.source,
    'noted', '', false, false
FROM unnest(
    %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::text[],
    %s::timestamptz[], %s::timestamptz[], %s::int[], %s::bool[], %s::bool[], %s::text[], %s::text[]
) AS staged (
    key, reporter, category, "where", text, seen_from, seen_to, "precision",
    reported, triaged, unsafe, recurring, handled, police_report, source
)
JOIN members_member reporter ON reporter.name = staged.reporter
JOIN members_member coordinator ON coordinator.name = %s
JOIN issues_category category ON category.name = staged.category
LEFT JOIN issues_place place ON lower(place.name) = lower(staged."where")
ORDER BY staged.reported, staged.key
"""


@dataclass(frozen=True)
class Filled:
    rows: int
    seconds: float
    before: int

    @property
    def per_second(self) -> int:
        return round(self.rows / self.seconds) if self.seconds else 0


@transaction.atomic
def fill(total: int, *, say: Callable[[str], None] = lambda sentence: None, now: datetime | None = None) -> Filled:
    """Add noted observations until there are `total`. Those of the story stay as they are. Raises StoryError.

    They are sent as arrays and settled from there: a COPY would write their history without saying where the rows
    came from.
    """
    before = Observation.objects.count()
    missing = total - before
    if missing <= 0:
        return Filled(0, 0, before)
    say(f"Fyller på med {missing} observationer …")
    started = time.monotonic()
    made = islice(_rows(read_data(), Calendar(now or timezone.now()), before, missing), missing)
    rows = iter(sorted(made, key=itemgetter(REPORTED, KEY)))
    with pghistory.context(source="demo"), connection.cursor() as cursor:
        while some := list(islice(rows, AT_A_TIME)):
            cursor.execute(SETTLE, [*map(list, zip(*some, strict=True)), people.COORDINATOR])
    return Filled(missing, time.monotonic() - started, before)


# Private


def _rows(data: Data, calendar: Calendar, turn: int, count: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows without end, round after round through the data and the years. `turn` names each row."""
    years = [calendar.today.year - back for back in range(min(MOST_YEARS, 1 + count // A_YEAR) + 1)]
    patterns = [row for row in data.observations if not is_recent(row["dag"])]
    while True:
        for row in patterns:
            for year in years:
                turn += 1
                day = day_of(row["dag"], year) + timedelta(weeks=turn * 3 % WEEKS - WEEKS // 2)
                seen = sighting(row, data, *between(day, row["tid"]))
                if seen.triaged < calendar.now:
                    yield _staged(turn, day, seen)


def _staged(turn: int, day: date, seen: Sighting) -> tuple[Any, ...]:
    facts = seen.facts
    return (
        f"{turn} {day}",
        seen.person.name,
        seen.record["kategori"],
        facts["where"],
        facts["text"],
        seen.seen,
        seen.seen_to,
        Precision.BAND if seen.seen_to else Precision.EXACT,
        seen.reported,
        seen.triaged,
        facts["unsafe"],
        facts.get("recurring", False),
        facts.get("handled", False),
        facts.get("police_report", Police.UNKNOWN),
        facts.get("source", Source.OWN),
    )
