"""`issues.wording` for templates: what is said of an action or an issue today."""

from django import template
from django.utils import timezone

from issues import wording
from issues.models import Action, Assignment, DateChange, Issue, Observed
from temagrupp.ui.sentences import StateSentence

register = template.Library()


@register.filter
def action_state(action: Action) -> StateSentence:
    return wording.action_state(action, timezone.localdate())


@register.filter
def action_about(action: Action) -> str:
    return wording.action_about(action, timezone.localdate())


@register.filter
def assignment_state(assignment: Assignment) -> StateSentence:
    return wording.assignment_state(assignment, timezone.localdate())


@register.filter
def handover_about(assignment: Assignment) -> str:
    return wording.handover_about(assignment, timezone.localdate())


@register.filter
def moved_date(change: DateChange) -> str:
    return wording.moved_date(change, timezone.localdate())


@register.filter
def evidence(observed: Observed) -> str:
    return wording.evidence(observed)


@register.filter
def issue_state(issue: Issue) -> StateSentence:
    return wording.issue_state(issue, timezone.localdate())
