"""Tags for an observation in a list or on a page. Whose names are shown the rules decide here, never a template."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.swedish.words import StateSentence
from base.ui.templatetags.ui import as_of_today, restricted_mark
from base.ui.templatetags.ui import state as state_of
from issues import rules
from issues.models import Issue, Observation
from issues.texts import observation as texts

register = template.Library()
register.filter(texts.observation_state)
register.filter(texts.observation_state_short)
register.filter(texts.why_it_stands)
register.filter(as_of_today(texts.when_seen))

STATES = {"whole": texts.observation_state, "short": texts.observation_state_short}


@register.inclusion_tag("issues/_observation_row.html", takes_context=True)
def observation_row(context: Context, observation: Observation, state: str = "") -> dict[str, Any]:
    """One `li` of a list `ul.rows`; `state` is "whole" or "short": how much is said of what became of it."""
    shown = {"observation": observation, "about": observation_about(context, observation)}
    return shown | {"sentence": STATES[state](observation)} if state else shown


@register.inclusion_tag("issues/_observation_of_issue.html", takes_context=True)
def observation_of_issue(context: Context, observation: Observation, issue: Issue) -> dict[str, Any]:
    """One `li` on its issue's page, where category and place need not be said again."""
    facts = texts.observation_facts(observation, names_reporter=_names_reporter(context, observation))
    elsewhere = observation.category_id != issue.category_id or observation.where != issue.where
    parts = [str(observation), *facts] if elsewhere else facts
    return {"observation": observation, "facts": texts.dotted(["", *parts]) if parts else ""}


@register.simple_tag
def observation_text(observation: Observation) -> SafeString:
    """The words of an observation, the end of many folded. Few take no template: a row of a list has one."""
    beginning, rest = texts.beginning_and_rest(observation.text)
    if rest:
        return render_to_string("issues/_long_observation_text.html", {"beginning": beginning, "rest": rest})
    return format_html("<p>”{}”</p>", linebreaksbr(beginning)) if beginning else SafeString()


@register.simple_tag(takes_context=True)
def observation_about(context: Context, observation: Observation) -> str:
    """The small print of an observation: when, from whom and where else."""
    names_reporter = _names_reporter(context, observation)
    return texts.observation_about(observation, timezone.localdate(), names_reporter=names_reporter)


@register.simple_tag(takes_context=True)
def observation_outcome(context: Context, observation: Observation, sentence: StateSentence) -> SafeString:
    """What became of an observation, with a link to its issue."""
    issue = observation.issue
    if not issue or not observation.shows_issue:
        return state_of(context, sentence)
    link = format_html('<a href="{}">{}</a>{}', issue.get_absolute_url(), issue, restricted_mark(issue))
    return format_html("{}<p>{}</p>", state_of(context, sentence), link)


@register.filter
def marks(observation: Observation) -> SafeString:
    """The markup of an observation's marks, each after a space."""
    raised = format_html(' <span class="mark">{}</span>', "Bör tas upp") if observation.for_meeting else ""
    return format_html("{}{}", raised, restricted_mark(observation))


def _names_reporter(context: Context, observation: Observation) -> bool:
    return rules.may_see_reporter(context["request"].user, observation)
