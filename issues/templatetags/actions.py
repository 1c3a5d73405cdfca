"""`issues.texts.action` for templates: what is said of an action today."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from base.swedish.words import StateSentence
from issues.models import UNENDED, Action, Assignment, DateChange
from issues.rules import may_see_all_actions
from issues.texts import action as wording
from members.models import Organisation

register = template.Library()

SHOWN = 5
"""Actions of an organisation on its own page; the rest is one link away."""


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


@register.inclusion_tag("issues/_actions_with.html", takes_context=True)
def actions_with(context: Context, organisation: Organisation) -> dict[str, Any]:
    """A section of an organisation's page: what the group has asked of it that is not at an end."""
    member = context["request"].user
    sitting = Action.objects.visible_to(member).handed_out().sitting_with([organisation.pk])
    open_actions = sitting.in_status(UNENDED, timezone.localdate())
    return {
        "organisation": organisation,
        "headline": wording.organisation_headline(open_actions.counts_by_status()),
        "actions": open_actions.in_order_of_need().with_assignments()[:SHOWN],
        "may_see_all": may_see_all_actions(member),
    }
