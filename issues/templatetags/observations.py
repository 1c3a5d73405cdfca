"""An observation in a list or on a page. Whose names are shown is decided here by the rules, never in a template."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from issues import rules
from issues.models import Issue, Observation
from issues.texts import observation as wording

register = template.Library()
register.filter(wording.observation_state)

STATES = {"whole": wording.observation_state, "short": wording.observation_state_short}


@register.inclusion_tag("issues/_observation_row.html", takes_context=True)
def observation_row(context: Context, observation: Observation, state: str = "") -> dict[str, Any]:
    """One `li` of a list `ul.rows`; `state` says what became of it, "whole" or "short"."""
    shown = {"observation": observation, "about": _about(context, observation)}
    return shown | {"sentence": STATES[state](observation)} if state else shown


@register.inclusion_tag("issues/_observation_of_issue.html", takes_context=True)
def observation_of_issue(context: Context, observation: Observation, issue: Issue) -> dict[str, Any]:
    """One `li` on its issue's page, where category and place need not be said again."""
    facts = wording.observation_facts(observation, names_reporter=_names_reporter(context, observation))
    elsewhere = observation.category_id != issue.category_id or observation.where != issue.where
    parts = [str(observation), *facts] if elsewhere else facts
    return {"observation": observation, "facts": wording.dotted(["", *parts]) if parts else ""}


@register.inclusion_tag("issues/_observation_facts.html", takes_context=True)
def observation_facts(context: Context, observation: Observation) -> dict[str, Any]:
    """The same without the `li`, where more is to stand beside."""
    return {"observation": observation, "about": _about(context, observation)}


@register.filter
def when_seen(observation: Observation) -> str:
    return wording.when_seen(observation, timezone.localdate())


def _about(context: Context, observation: Observation) -> str:
    names_reporter = _names_reporter(context, observation)
    return wording.observation_about(observation, timezone.localdate(), names_reporter=names_reporter)


def _names_reporter(context: Context, observation: Observation) -> bool:
    return rules.may_see_reporter(context["request"].user, observation)
