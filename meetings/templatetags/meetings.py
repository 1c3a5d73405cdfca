"""What a meeting says of itself, and what the pages below tell of meetings."""

from typing import Any

from django import template
from django.utils import timezone

from issues.models import Observation
from issues.observation_wording import observation_about
from meetings import wording
from meetings.attendance_taking import Row
from meetings.models import Meeting
from temagrupp.ui.sentences import StateSentence

register = template.Library()


@register.filter
def time_and_place(meeting: Meeting) -> str:
    return wording.time_and_place(meeting)


@register.filter
def row_state(row: Row) -> StateSentence:
    return wording.row_state(row)


@register.filter
def short_name(meeting: Meeting) -> str:
    return wording.short_name(meeting)


@register.inclusion_tag("issues/_observation_row.html")
def observation_on_the_wall(observation: Observation) -> dict[str, Any]:
    """A row of `ul.rows` that names no reporter, whoever is signed in: the whole room reads it."""
    about = observation_about(observation, timezone.localdate(), names_reporter=False)
    return {"observation": observation, "about": about}
