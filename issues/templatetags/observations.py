"""An observation in a list or on a page. Whose names are shown is decided here by the rules, never in a template."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from issues import observation_wording as wording
from issues import rules
from issues.models import Observation
from temagrupp.ui.sentences import StateSentence

register = template.Library()


@register.inclusion_tag("issues/_observation_row.html", takes_context=True)
def observation_row(context: Context, observation: Observation, state: bool = False) -> dict[str, Any]:
    """One `li` of a list `ul.rows`; with its state where what became of it is news."""
    return {"observation": observation, "about": _about(context, observation), "shows_state": state}


@register.inclusion_tag("issues/_observation_facts.html", takes_context=True)
def observation_facts(context: Context, observation: Observation) -> dict[str, Any]:
    """The same without the `li`, where more is to stand beside."""
    return {"observation": observation, "about": _about(context, observation)}


@register.filter
def observation_state(observation: Observation) -> StateSentence:
    return wording.observation_state(observation)


@register.filter
def when_seen(observation: Observation) -> str:
    return wording.when_seen(observation, timezone.localdate())


def _about(context: Context, observation: Observation) -> str:
    member = context["request"].user
    names_reporter = rules.may_see_reporter(member, observation)
    return wording.observation_about(observation, timezone.localdate(), names_reporter=names_reporter)
