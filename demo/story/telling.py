"""Loads the whole story, once, into an empty register."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.swedish.words import MONTHS
from demo.story import issue_story, joining, masking, meeting_story, nil_reports, observations, paper_story, places
from demo.story.calendar import Calendar, at_clock
from demo.story.clock import Clock
from demo.story.data import Data, read_data
from demo.story.happening import Happening, naming_the_line
from demo.story.teller import Teller
from members.models import Member, Organisation

CHAPTERS = (joining, issue_story, meeting_story, paper_story, observations, nil_reports, masking)
"""Each module turns its part of the data into happenings. At the same moment the first in the row goes first."""
PATIENCE = 1.0
"""Seconds that may pass in silence."""


def is_empty() -> bool:
    """Whether nobody has begun to use this register."""
    return not Organisation.objects.exists() and not Member.objects.exists()


def happenings(data: Data, calendar: Calendar) -> list[Happening]:
    """The whole story in the order it happens, without touching the register. Raises StoryError."""
    happenings = [happening for chapter in CHAPTERS for happening in chapter.happenings(data, calendar)]
    return sorted(happenings, key=lambda happening: happening.moment)


@transaction.atomic
def tell_story(
    say: Callable[[str], None] = lambda sentence: None, now: datetime | None = None, data: Data | None = None
) -> None:
    """Fourteen months up to now, through the register's own verbs. All or nothing. Raises StoryError."""
    now, data = now or timezone.now(), data or read_data()
    calendar, clock = Calendar(now), Clock(now)
    story, heard = happenings(data, calendar), time.monotonic()
    clock.move_to(at_clock(calendar.first_day, "07.00"))
    teller = Teller(data, calendar, clock)
    places.group_is_formed(data, teller)
    for number, happening in enumerate(story):
        if time.monotonic() - heard > PATIENCE:
            heard = time.monotonic()
            month = f"{MONTHS[happening.moment.month - 1]} {happening.moment.year}"
            say(f"Lägger in demogruppen: {number} av {len(story)} händelser, {month} …")
        _happen(happening, teller)


def _happen(happening: Happening, teller: Teller) -> None:
    with naming_the_line(happening.record):
        teller.clock.move_to(happening.moment)
        happening.tell(teller)
