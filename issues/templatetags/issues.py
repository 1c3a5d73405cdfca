"""What an issue's pages say, for templates: each filter has the name of the words it gives."""

from collections.abc import Iterable

from django import template
from django.utils import timezone

from base.swedish.words import StateSentence
from issues.models import Action, Event, Issue
from issues.models import in_order_of_need as sorted_by_need
from issues.texts import evidence as observed_wording
from issues.texts import issue as issue_wording

register = template.Library()
register.filter(issue_wording.priority_words)
register.filter(issue_wording.kind_words)
register.filter(observed_wording.evidence)
register.filter(observed_wording.observed_short)


@register.filter
def issue_state(issue: Issue) -> StateSentence:
    return issue_wording.issue_state(issue, timezone.localdate())


@register.filter
def ending_state(issue: Issue) -> StateSentence:
    return issue_wording.ending_state(issue, timezone.localdate())


@register.filter
def event_words(event: Event, issue: Issue) -> str:
    return issue_wording.event_words(event, issue)


@register.filter
def in_order_of_need(actions: Iterable[Action]) -> list[Action]:
    return sorted_by_need(actions, timezone.localdate())
