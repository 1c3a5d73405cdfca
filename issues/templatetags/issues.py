"""`issues.issue_wording` and the small things of an issue's pages, for templates."""

from collections.abc import Iterable

from django import template
from django.utils import timezone

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
