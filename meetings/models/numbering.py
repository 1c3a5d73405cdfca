"""How the headings of a meeting are numbered: from 1 at each, or by § that go on over the year.

Where a meeting's § begin is fixed when it closes, in the order that meetings close, and never changes: not when the
closing is undone, and not when another closes. Until then it is told as it would be.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear, NullIf
from django.utils import timezone

from base.postgresql.made_once import MadeOnce
from issues.models import Counter
from meetings.models.held import held


class Numbering(models.TextChoices):
    MEETING = "meeting", "Från 1 på varje möte"
    YEAR = "year", "§ i följd över året"


def has_number(heading: str = "") -> Q:
    """The condition that a heading, which is at the path, has a number: that it stands, and is no break."""
    return Q(**{f"{heading}removed": False}) & ~Q(**{f"{heading}kind": "break"})


class Numbered(models.Model):
    """What a meeting has of numbers: how they run since it has headings of its own, and its § since it has closed."""

    numbering = models.CharField("numrering", max_length=20, choices=Numbering, blank=True, editable=False)
    paragraph_year = models.PositiveSmallIntegerField(null=True, editable=False)
    paragraphs_from = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def first_paragraph(self) -> int | None:
        """The § of its first heading: fixed, or as it would be if it closed now; None where it has none."""
        if self.paragraphs_from or self.numbering == Numbering.MEETING:
            return self.paragraphs_from
        every = type(self)._base_manager
        mine = every.annotate(first=FIRST_PARAGRAPH.of(self.pk)).values_list("first", flat=True)
        found: int | None = mine.get(pk=self.pk)
        return found


PARAGRAPHS = [
    models.UniqueConstraint(fields=["paragraph_year", "paragraphs_from"], name="meeting_has_paragraphs_of_its_own"),
    models.CheckConstraint(
        condition=Q(paragraph_year=None, paragraphs_from=None)
        | Q(paragraph_year__isnull=False, paragraphs_from__gte=1, numbering="year"),
        name="meeting_has_paragraphs_of_a_year",
    ),
]


def first_paragraph(every: models.Manager[Any], meeting: str) -> Subquery:
    """The § of the first heading of the meeting at that path of the rows asked for."""
    return Subquery(_first(every, OuterRef(meeting)), output_field=models.IntegerField())


def _first(every: models.Manager[Any], meeting: int | OuterRef) -> models.QuerySet[Any, Any]:
    """The § of the first heading of the meeting with that key.

    As long as it is not fixed, the next one of the year; of a meeting that has not begun, after those that come before.
    """
    known = _told(every).filter(pk=meeting)
    used = Counter.objects.filter(series=Counter.Series.PARAGRAPH, year=OuterRef("held_year")).values("last")
    earlier = Q(held__lt=OuterRef("held")) | Q(held=OuterRef("held"), pk__lt=OuterRef("pk"))
    before = _told(every).filter(earlier, held_year=OuterRef("held_year"), runs="year", paragraphs_from=None)
    sizes = before.filter(_comes_first()).annotate(size=_size(every)).order_by().values(one=Value(1))
    ahead = Case(
        When(state="planned", then=Coalesce(Subquery(sizes.annotate(all=Sum("size")).values("all")), 0)), default=0
    )
    next_one = Coalesce(Subquery(used), 0) + ahead + 1
    first = Case(When(paragraphs_from__isnull=False, then=F("paragraphs_from")), When(runs="year", then=next_one))
    found: models.QuerySet[Any, Any] = known.annotate(first=first).values("first")
    return found


def _first_of(meeting: int) -> models.QuerySet[Any, Any]:
    return _first(apps.get_model("meetings", "Meeting")._base_manager, meeting)


FIRST_PARAGRAPH = MadeOnce(_first_of, models.IntegerField())
"""The § of the first heading of one meeting, by its id: every page of a meeting asks for it."""


def _told(every: models.Manager[Any]) -> models.QuerySet[Any]:
    """Meetings, each with when it is held, in which year, and how its numbers run."""
    runs = Case(When(numbering="", then=F("template__numbering")), default=F("numbering"))
    told: models.QuerySet[Any] = every.order_by().alias(held=held(), held_year=ExtractYear(held()), runs=runs)
    return told


def _comes_first() -> Q:
    """Whether a meeting is still to be held before another: one whose day has been does not make others wait."""
    return Q(state="under_way") | Q(state="planned", starts_at__date__gte=timezone.localdate())


def _size(every: models.Manager[Any]) -> Coalesce:
    """How many headings a meeting has, of its own or its template's."""
    same = every.order_by().filter(pk=OuterRef("pk"))
    own = Subquery(same.annotate(size=Count("headings", filter=has_number("headings__"))).values("size"))
    of_template = Subquery(
        same.annotate(size=Count("template__headings", filter=has_number("template__headings__"))).values("size")
    )
    return Coalesce(NullIf(own, 0), of_template)
