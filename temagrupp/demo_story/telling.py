"""Telling the whole story, once, to a register that is empty."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from members.models import Member, Organisation
from temagrupp.demo_story import issue_story, meeting_story, observations, people
from temagrupp.demo_story.calendar import Calendar, at_clock
from temagrupp.demo_story.clock import Clock, told_by
from temagrupp.demo_story.data import Data, read_data
from temagrupp.demo_story.happening import Happening
from temagrupp.demo_story.swedish_year import MONTHS
from temagrupp.demo_story.teller import Teller

CHAPTERS = (people, issue_story, meeting_story, observations)
"""Each module turns its part of the data into happenings. At the same moment the first in the row goes first."""
PATIENCE = 1.0
"""Seconds that may pass in silence."""


def is_empty() -> bool:
    """Whether nobody has begun to use this register."""
    return not Organisation.objects.exists() and not Member.objects.exists()


def happenings(data: Data, calendar: Calendar) -> list[Happening]:
    """The whole story in the order it happens, without touching the register. Raises StoryError."""
    told = [happening for chapter in CHAPTERS for happening in chapter.happenings(data, calendar)]
    return sorted(told, key=lambda happening: happening.moment)


@transaction.atomic
def tell_story(say: Callable[[str], None] = lambda sentence: None, now: datetime | None = None) -> None:
    """Fourteen months up to now, through the register's own verbs. All or nothing. Raises StoryError."""
    now = now or timezone.now()
    data, calendar, clock = read_data(), Calendar(now), Clock(now)
    story, heard = happenings(data, calendar), time.monotonic()
    with told_by(clock), without_savepoints():
        clock.move_to(at_clock(calendar.first_day, "07.00"))
        teller = Teller(data, calendar, clock)
        teller.group_is_formed()
        for number, happening in enumerate(story):
            if time.monotonic() - heard > PATIENCE:
                heard = time.monotonic()
                month = f"{MONTHS[happening.moment.month - 1]} {happening.moment.year}"
                say(f"Lägger in demogruppen: {number} av {len(story)} händelser, {month} …")
            _tell(happening, teller)


@contextmanager
def without_savepoints() -> Iterator[None]:
    """What fails here fails the whole story, so no verb needs a place of its own to go back to.

    They would be a third of all that is asked of the database.
    """
    with mock.patch.object(connection.features, "uses_savepoints", new=False):
        yield


def _tell(happening: Happening, teller: Teller) -> None:
    try:
        teller.clock.move_to(happening.moment)
        happening.tell(teller)
    except ValidationError as error:
        raise happening.record.error(" ".join(error.messages)) from error
    except ValueError as error:
        raise happening.record.error(str(error)) from error
