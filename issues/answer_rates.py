"""How the questions of the group have been answered, by organisation and tertial: how many, and how soon.

A question belongs to the tertial in which it was asked. One that waits still counts when its day has passed; what was
taken back, handed to another unanswered, or stands still counts for nothing, nor does what is restricted, to anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from statistics import median_low
from typing import Any

from django.db.models import Q
from django.utils import timezone

from base.records import not_restricted
from base.swedish.clock import day_of
from base.swedish.working_days import working_days_since
from issues.models import Action, Assignment
from members.models import Organisation

FEWEST = 5
"""Answers; of fewer nothing is said of how soon they come."""
TERTIALS = 4
MONTHS_OF_TERTIAL = 4


@dataclass(frozen=True, order=True)
class Tertial:
    """A third of a year: January to April, May to August, September to December."""

    year: int
    third: int

    @classmethod
    def of(cls, day: date) -> Tertial:
        return cls(day.year, (day.month - 1) // MONTHS_OF_TERTIAL)

    @classmethod
    def latest(cls, today: date) -> list[Tertial]:
        """The one of that day and those before it, the earliest first."""
        now = cls.of(today)
        places = range(now.year * 3 + now.third - TERTIALS + 1, now.year * 3 + now.third + 1)
        return [cls(*divmod(place, 3)) for place in places]

    @property
    def first(self) -> date:
        return date(self.year, self.third * MONTHS_OF_TERTIAL + 1, 1)


@dataclass(frozen=True)
class Answers:
    """How many were asked, and of those answered how many working days each took."""

    asked: int
    days: tuple[int, ...]

    @property
    def answered(self) -> int:
        return len(self.days)

    @property
    def half_within(self) -> int | None:
        """Working days within which half of the answers came; None of too few."""
        return median_low(self.days) if self.answered >= FEWEST else None


@dataclass(frozen=True)
class AnswerRate:
    """The answers of one organisation, tertial by tertial, the earliest first."""

    organisation: Organisation
    by_tertial: tuple[tuple[Tertial, Answers], ...]

    @cached_property
    def whole(self) -> Answers:
        """All of them together."""
        each = [answers for _, answers in self.by_tertial]
        return Answers(sum(one.asked for one in each), tuple(days for one in each for days in one.days))


def answer_rates(organisations: Iterable[Organisation], today: date) -> list[AnswerRate]:
    """The rate of each of the organisations that was asked anything, in the order in which they come. One query."""
    tertials = Tertial.latest(today)
    since = timezone.make_aware(datetime.combine(tertials[0].first, time()))
    waits = Q(ended_at=None, action__state=Action.State.PROPOSED, stands_still=False, answer_due__lt=today)
    counted = Assignment.objects.asked().filter(Q(answer__isnull=False) | waits, not_restricted("action__issue"))
    rows: Any = counted.filter(asked_at__gte=since).values_list("organisation", "asked_at", "answer__given_at")
    asked: dict[tuple[int, Tertial], list[int | None]] = defaultdict(list)
    for organisation, asked_at, given_at in rows:
        day = day_of(asked_at)
        took = working_days_since(day, day_of(given_at)) if given_at else None
        asked[organisation, Tertial.of(day)].append(took)
    rates = [
        AnswerRate(who, tuple((each, _answers(asked[who.pk, each])) for each in tertials)) for who in organisations
    ]
    return [rate for rate in rates if rate.whole.asked]


def _answers(found: list[int | None]) -> Answers:
    return Answers(len(found), tuple(sorted(days for days in found if days is not None)))
