from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Conflict, FreeLine, Versioned, page_of
from base.swedish.words import MONTHS, WEEKDAYS, capital, listed
from meetings.models.agenda_template import AgendaTemplate
from members.actor import Actor
from members.models import Member

NTH = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", -1: "sista"}
"""Which of the weekdays of a month, in words; the last is the fourth or the fifth."""
WHICH = [(key, capital(word)) for key, word in NTH.items()]
WORKDAYS = [(number, capital(name)) for number, name in enumerate(WEEKDAYS[:5])]
ORDINALS = ("tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte")
MOST_WEEKS = 12
WEEKEND = "Välj en vardag att räkna från: gruppen träffas inte på en {}."


class MeetingSeriesQuerySet(models.QuerySet["MeetingSeries"]):
    def going_on(self) -> MeetingSeriesQuerySet:
        """Those that have not been ended, the oldest first: the first says when the group usually meets."""
        return self.filter(ended_at=None).order_by("pk")


@pghistory.track()
class MeetingSeries(Versioned):
    """En mötesserie: the rhythm in which the group meets, from which its meetings are planned.

    A meeting is planned once for each occasion of the rhythm, and is itself from then on: what is changed in the
    series moves nothing that stands in the calendar.
    """

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", "En veckodag i månaden, som första tisdagen"
        WEEKS = "weeks", "Var … vecka, räknat från en dag"

    class OnHoliday(models.TextChoices):
        AFTER = "after", "Flyttas till närmaste arbetsdag efter"
        BEFORE = "before", "Flyttas till närmaste arbetsdag före"
        SKIP = "skip", "Hoppas över"

    name = FreeLine("namn", max_length=100)
    rhythm = models.CharField("rytm", max_length=20, choices=Rhythm, default=Rhythm.MONTHLY)
    nth = models.SmallIntegerField("vilken i månaden", choices=WHICH, default=1)
    weekday = models.PositiveSmallIntegerField("veckodag", choices=WORKDAYS, default=1)
    every = models.PositiveSmallIntegerField("hur ofta, i veckor", default=4)
    from_day = models.DateField("första dagen", null=True, blank=True)
    pauses = ArrayField(models.PositiveSmallIntegerField(), verbose_name="månader utan möte", default=list, blank=True)
    on_holiday = models.CharField("på en helgdag", max_length=20, choices=OnHoliday, default=OnHoliday.AFTER)
    starts = models.TimeField("börjar")
    ends = models.TimeField("slutar", null=True, blank=True)
    place = FreeLine("plats", max_length=200, blank=True)
    chair = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="ordförande", db_index=False)
    secretary = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="sekreterare", db_index=False)
    template = models.ForeignKey(
        AgendaTemplate,
        models.PROTECT,
        related_name="+",
        verbose_name="dagordningsmall",
        null=True,
        blank=True,
        db_index=False,
    )  # without one its meetings have the one that is used when no other is chosen
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=models.F("starts")),
                name="series_ends_after_it_begins",
                violation_error_message="Mötet slutar innan det börjar.",
            ),
            models.CheckConstraint(
                condition=~Q(rhythm="weeks") | Q(from_day__isnull=False),
                name="series_of_weeks_has_a_first_day",
                violation_error_message="Välj den dag som veckorna räknas från.",
            ),
            models.CheckConstraint(
                condition=Q(every__gte=1, every__lte=MOST_WEEKS) & Q(weekday__lte=4) & Q(nth__in=list(NTH)),
                name="series_rhythm_is_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("meetings:series_change", self.pk)

    def clean(self) -> None:
        """Raises ValidationError where weeks are counted from a weekend: every one of its days would be free."""
        super().clean()
        if not self.is_monthly and self.from_day and self.from_day.weekday() >= len(WORKDAYS):
            raise ValidationError({"from_day": WEEKEND.format(WEEKDAYS[self.from_day.weekday()])})

    # Questions

    @property
    def length(self) -> timedelta | None:
        """How long its meetings last; None where it does not say when they end."""
        if self.ends is None:
            return None
        first, last = (datetime.combine(date.min, clock) for clock in (self.starts, self.ends))
        return last - first

    @property
    def template_in_use(self) -> AgendaTemplate | None:
        """The template that its meetings are planned by; None for the one that is used when no other is chosen."""
        return None if self.template is None or self.template.removed else self.template

    @property
    def is_monthly(self) -> bool:
        return self.rhythm == self.Rhythm.MONTHLY

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def usual(self) -> str:
        """The rhythm inside a sentence: första tisdagen i månaden · var fjärde vecka, på en onsdag."""
        if self.is_monthly or self.from_day is None:
            return f"{NTH[self.nth]} {WEEKDAYS[self.weekday]}en i månaden"
        day = WEEKDAYS[self.from_day.weekday()]
        return f"{_every(self.every)}, på en {day}"

    @property
    def pauses_in_words(self) -> str:
        """juni och juli; empty without."""
        return listed([MONTHS[month - 1] for month in sorted(self.pauses)])

    @property
    def half_way(self) -> timedelta:
        """How far from an occasion of every so many weeks a meeting may lie and still be the one of that occasion."""
        return timedelta(days=(self.every * 7 - 1) // 2)

    def is_same_occasion(self, one: date, other: date) -> bool:
        """Whether two days are of one occasion, so that the group meets once, also where the rhythm was changed."""
        if self.is_monthly:
            return (one.year, one.month) == (other.year, other.month)
        return abs(one - other) <= self.half_way

    # Verbs

    @classmethod
    @transaction.atomic
    def begin(cls, *, by: Actor, at: datetime | None = None, **facts: Any) -> MeetingSeries:
        """Make a series; nothing is planned by it yet. Raises ValidationError."""
        series = cls(created_at=at or timezone.now())
        series.set(facts, by=by)
        series.save_checked()
        return series

    @transaction.atomic
    def change(self, *, by: Actor, version: str = "", **facts: Any) -> None:
        """Change the rhythm and its facts; planned meetings stand. Raises EditConflict, ValidationError."""
        self.lock(version, texts=facts)
        self.set(facts, by=by)
        self.save_checked()

    @transaction.atomic
    def end(self, *, by: Actor, at: datetime | None = None) -> None:
        """Plan no more meetings by it. Raises Conflict when it is ended already."""
        self.lock()
        if self.is_ended:
            raise Conflict("Serien är redan avslutad.")
        self.save(update_fields=self.set({"ended_at": at or timezone.now()}, by=by))

    @transaction.atomic
    def resume(self, *, by: Actor) -> None:
        """Go on with a series that was ended. Raises Conflict when it goes on already."""
        self.lock()
        if not self.is_ended:
            raise Conflict("Serien pågår redan.")
        self.save(update_fields=self.set({"ended_at": None}, by=by))


def _every(weeks: int) -> str:
    return {1: "varje vecka", 2: "varannan vecka"}.get(weeks) or f"var {ORDINALS[weeks - 3]} vecka"
