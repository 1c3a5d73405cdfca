"""`issues.issue_wording` and the small things of an issue's pages, for templates."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from issues import issue_wording as wording
from issues.models import Action, Issue, Observed
from temagrupp.ui.sentences import StateSentence

register = template.Library()


@register.filter
def issue_state(issue: Issue) -> StateSentence:
    return wording.issue_state(issue, timezone.localdate())


@register.filter
def in_told_order(actions: Iterable[Action]) -> list[Action]:
    return wording.in_told_order(actions, timezone.localdate())


@register.filter
def priority_words(issue: Issue) -> str:
    return wording.priority_words(issue)


@register.filter
def kind_words(issue: Issue) -> str:
    return wording.kind_words(issue)


@register.filter
def evidence(observed: Observed) -> str:
    return wording.evidence(observed)


@register.filter
def observed_short(observed: Observed) -> str:
    return wording.observed_short(observed)


@register.filter
def row_day(moment: datetime | None) -> str:
    """i dag, i går, 20 nov; with the year when it is another than this."""
    if moment is None:
        return ""
    day, today = timezone.localtime(moment).date(), timezone.localdate()
    near = {0: "i dag", 1: "i går"}.get((today - day).days)
    return near or date_format(day, "j b" if day.year == today.year else "j b Y")


@register.filter
def timeline_moment(moment: datetime) -> str:
    """20 nov 09.12; with the year when it is another than this."""
    local = timezone.localtime(moment)
    year = "" if local.year == timezone.localdate().year else " Y"
    return date_format(local, f"j b{year} H.i")
