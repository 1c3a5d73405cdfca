"""`issues.action_wording` for templates: what is said of an action today."""

from django import template
from django.utils import timezone

from issues import action_wording as wording
from issues.models import Action, Assignment, DateChange
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
