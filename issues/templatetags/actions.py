"""`issues.texts.action` for templates: what is said of an action today."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.ui.templatetags.ui import as_of_today, state
from issues.models import UNENDED, Action, Assignment
from issues.rules import may_see_all_actions
from issues.texts import action as wording
from members.models import Organisation

register = template.Library()
register.filter(as_of_today(wording.action_state))
register.filter(as_of_today(wording.action_about))
register.filter(as_of_today(wording.assignment_state))
register.filter(as_of_today(wording.handover_about))
register.filter(as_of_today(wording.moved_date))

SHOWN = 5
"""Actions of an organisation on its own page; the rest is one link away."""


@register.simple_tag
def action_line(action: Action) -> SafeString:
    """An action in short: what is asked for, with the way to its page, and where it stands."""
    heading = format_html('<h3><a href="{}">{}</a></h3>', action.get_absolute_url(), action.title)
    return format_html("{}{}", heading, state(wording.action_state(action, timezone.localdate())))


@register.simple_tag
def own_words(assignment: Assignment) -> SafeString:
    """An answer in the organisation's own words; nothing where it gave none."""
    answer = assignment.answer
    text, next_step = (linebreaksbr(answer.text), linebreaksbr(answer.next_step)) if answer else ("", "")
    said = format_html("<p>”{}”</p>", text) if text else ""
    step = format_html("<p>Nästa steg: ”{}”</p>", next_step) if next_step else ""
    return format_html("<blockquote>{}{}</blockquote>", said, step) if said or step else SafeString("")


@register.simple_tag
def way_on(action: Action) -> SafeString:
    """What the samordnare does about an action that has come back to the group."""
    words, about = ("Välj vem", " som får frågan om ") if action.lacks_a_taker else ("Svara", " om ")
    return format_html(
        '<a class="button second" href="{}">{}<span class="visually-hidden">{}{}</span></a>',
        action.get_absolute_url(),
        words,
        about,
        action.title,
    )


@register.inclusion_tag("issues/_actions_with.html", takes_context=True)
def actions_with(context: Context, organisation: Organisation) -> dict[str, Any]:
    """A section of an organisation's page: what the group has asked of it that is not at an end."""
    member = context["request"].user
    assigned = Action.objects.visible_to(member).handed_out().assigned_to([organisation.pk])
    open_actions = assigned.in_status(UNENDED, timezone.localdate())
    return {
        "organisation": organisation,
        "headline": wording.organisation_headline(open_actions.counts_by_status()),
        "actions": open_actions.in_order_of_need().with_assignments()[:SHOWN],
        "may_see_all": may_see_all_actions(member),
    }
