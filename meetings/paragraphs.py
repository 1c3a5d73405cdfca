"""The § of a meeting become fixed when it closes: the next of the year, in the order that meetings close.

A group that has had § on paper since January says which is the next one.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from base.swedish.points import SIGN
from issues.models import Counter
from meetings.models import Heading, Meeting
from meetings.models.numbering import Numbering, has_number
from members.actor import Actor


def fix_paragraphs(meeting: Meeting, *, by: Actor) -> None:
    """Give each heading of the meeting its §, where they go on over the year; one whose closing was undone keeps its.

    A heading that the meeting did not come to has its § all the same: none is missing in the row of a year. The meeting
    is locked, and others that close wait.
    """
    if meeting.numbering != Numbering.YEAR or meeting.paragraphs_from:
        return
    size = Heading.objects.filter(has_number(), meeting=meeting).count()
    year = meeting.day.year
    first = Counter.take(Counter.Series.PARAGRAPH, year, many=size) - size + 1
    meeting.save(update_fields=meeting.set({"paragraph_year": year, "paragraphs_from": first}, by=by))


def next_paragraph(year: int) -> int:
    """The first § of the next meeting that closes."""
    return Counter.last_of(Counter.Series.PARAGRAPH, year) + 1


@transaction.atomic
def go_on_at(number: int, *, year: int) -> None:
    """Let the next § of that year be this one. Raises ValidationError where a meeting has it, or one after it."""
    counter, _ = Counter.objects.select_for_update().get_or_create(series=Counter.Series.PARAGRAPH, year=year)
    given = _last_given(year)
    if number <= given:
        taken = f"{SIGN}{given} är redan given på ett möte {year}, så nästa kan inte vara lägre än {SIGN}{given + 1}."
        raise ValidationError({"next_paragraph": taken})
    if counter.last != number - 1:
        counter.last = number - 1
        counter.save(update_fields=["last", "updated_at"])


def _last_given(year: int) -> int:
    last = Meeting.objects.filter(paragraph_year=year).order_by("-paragraphs_from").first()
    if last is None or last.paragraphs_from is None:
        return 0
    return last.paragraphs_from + Heading.objects.filter(has_number(), meeting=last).count() - 1
