"""Filters for the texts of actions, as of today, and the tags by which pages show actions."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.ui.notices import NoticeStorage
from base.ui.templatetags.ui import as_of_today, restricted_mark, state
from issues.filters.own_actions import OwnActionFilter
from issues.handling import has_handler, version_of
from issues.models import UNENDED, Action, ActionStatus, Assignment
from issues.own_list import anchor_of, way_to_row
from issues.reminding import may_be_reminded
from issues.rules import answers_on_behalf, may_answer, may_see_all_actions, may_steer_action
from issues.texts import action as texts
from issues.texts.answer_rates import rate_bars, rate_picture_words, rate_words
from issues.texts.own_actions import own_about, waited_words
from issues.way_back import WayBack
from members.models import Organisation

register = template.Library()
register.filter(as_of_today(texts.action_state))
register.filter(as_of_today(texts.action_about))
register.filter(as_of_today(texts.answered_how))
register.filter(as_of_today(texts.assignment_state))
register.filter(as_of_today(texts.handover_about))
register.filter(as_of_today(texts.moved_date))
register.filter(as_of_today(waited_words))
register.filter(as_of_today(own_about))
register.filter(texts.done_came)
register.filter(rate_words)
register.filter(rate_bars)
register.filter(rate_picture_words)

SHOWN = 5
"""Actions of an organisation on its own page; the rest is one link away."""


@register.simple_tag(takes_context=True)
def action_line(context: Context, action: Action, *, marked: bool = True) -> SafeString:
    """An action in short: its title as a link, its issue's mark unless the page is of that issue, and its state."""
    mark = restricted_mark(action.issue) if marked else ""
    heading = format_html('<h3><a href="{}">{}</a>{}</h3>', action_address(context, action), action.title, mark)
    return format_html("{}{}", heading, state(context, texts.action_state(action, timezone.localdate())))


@register.filter
def is_overdue(action: Action) -> bool:
    """Whether the day has passed by which it was to be done, or reviewed: its organisation is to say how it goes."""
    return action.status_on(timezone.localdate()) in (ActionStatus.LATE, ActionStatus.REVIEW)


@register.filter
def row_anchor(action: Action) -> str:
    """The id of its row in a list that one comes back to."""
    return anchor_of(action.pk)


@register.simple_tag(takes_context=True)
def leads_among(context: Context, actions: list[Action]) -> bool:
    """Whether what the last step led to is told at one of the rows, so that they are not folded."""
    messages = context.get("messages")
    told = messages.places if isinstance(messages, NoticeStorage) else set()
    return not told.isdisjoint(anchor_of(action.pk) for action in actions)


@register.simple_tag(takes_context=True)
def action_address(context: Context, action: Action) -> str:
    """The address of its page; with the way back, where the page it stands on has `way_here`."""
    address, way = action.get_absolute_url(), context.get("way_here")
    return way.carried_by(address) if way else address


@register.simple_tag(takes_context=True)
def answer_link(context: Context, action: Action) -> SafeString:
    """The link by which one answers; of what waits for no answer, or for that of others, by which one reads it."""
    member, address = context["request"].user, action_address(context, action)
    if not action.is_asked or not may_answer(member, action.current):
        return format_html('<a href="{}">Läs åtgärden</a>', address)
    words = "Notera svaret" if answers_on_behalf(member, action.current) else "Svara"
    return format_html(
        '<a class="button second" href="{}#answer">{}<span class="visually-hidden"> på {}</span></a>',
        address,
        words,
        action.title,
    )


@register.simple_tag
def own_words(assignment: Assignment) -> SafeString:
    """An answer in the organisation's own words; nothing where it gave none."""
    answer = assignment.answer
    text, next_step = (linebreaksbr(answer.text), linebreaksbr(answer.next_step)) if answer else ("", "")
    quote = format_html("<p>”{}”</p>", text) if text else ""
    step = format_html("<p>Nästa steg: ”{}”</p>", next_step) if next_step else ""
    return format_html("<blockquote>{}{}</blockquote>", quote, step) if quote or step else SafeString("")


@register.simple_tag
def handler(assignment: Assignment) -> str:
    """Who handles it, of one whose row tells whether she has left."""
    return texts.handled_by(assignment, left=assignment.handler_left)  # type: ignore[attr-defined]


@register.simple_tag
def way_on(action: Action) -> SafeString:
    """The link to what the samordnare does about an action that has come back to the group."""
    words, about = ("Utse ansvarig", " för ") if action.lacks_a_taker else ("Lämna komplettering", " om ")
    return format_html(
        '<a class="button second" href="{}#steering">{}<span class="visually-hidden">{}{}</span></a>',
        action.get_absolute_url(),
        words,
        about,
        action.title,
    )


@register.inclusion_tag("issues/_remind.html", takes_context=True)
def remind_button(context: Context, action: Action, way: WayBack | None = None) -> dict[str, Any]:
    """The samordnare's button that reminds the organisation, or that it was done today; of what is `with_reminders`.

    `way`: where it leads back to, instead of the action's page.
    """
    today, at = timezone.localdate(), action.reminded_at  # type: ignore[attr-defined]  # by with_reminders
    may = may_steer_action(context["request"].user, action) and may_be_reminded(action.current, today)
    is_done = at is not None and timezone.localdate(at) == today
    address = reverse("issues:action_remind", args=[action.pk])
    return {
        "csrf_token": context["csrf_token"],
        "action": action,
        "address": way.carried_by(address) if way else address,
        "may_remind": may and not is_done,
        "is_reminded": may and is_done,
    }


@register.inclusion_tag("issues/_own_handling.html", takes_context=True)
def own_handling(context: Context, action: Action, chosen: OwnActionFilter) -> dict[str, Any]:
    """Who of theirs handles it, to take it on and to hand it to a colleague; of a row of their own list.

    What is restricted is handed on its own page, where those stand who may read it.
    """
    member, current = context["request"].user, action.current
    way, is_handled = way_to_row(action.pk, chosen.chosen), has_handler(current, left=action.handler_left)  # type: ignore[attr-defined]  # by with_about
    theirs = [each for each in chosen.colleagues if current.organisation_id in each.answers_today]  # type: ignore[attr-defined]  # by colleagues
    others = [each for each in theirs if each.pk != (current.handler_id if is_handled else member.pk)]
    return {
        "csrf_token": context["csrf_token"],
        "action": action,
        "takes_on": way.carried_by(reverse("issues:assignment_take_on", args=[current.pk])) if not is_handled else "",
        "hands_to": way.carried_by(reverse("issues:assignment_hand_to", args=[current.pk])),
        "others": [] if action.issue.restricted else others,
        "has_handler": is_handled,
        "version": version_of(current),
    }


@register.inclusion_tag("issues/_actions_with.html", takes_context=True)
def actions_with(context: Context, organisation: Organisation) -> dict[str, Any]:
    """A section of an organisation's page: its unended actions."""
    member = context["request"].user
    assigned = Action.objects.visible_to(member).handed_out().assigned_to([organisation.pk])
    open_actions = assigned.in_status(UNENDED, timezone.localdate())
    return {
        "organisation": organisation,
        "headline": texts.organisation_headline(open_actions.counts_by_status()),
        "actions": open_actions.in_order_of_need().with_current()[:SHOWN],
        "may_see_all": may_see_all_actions(member),
    }
