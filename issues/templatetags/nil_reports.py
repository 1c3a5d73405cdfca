"""Tags for who has reported, who has nothing to report and who is silent, and the one tap that says it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_span
from base.ui.templatetags.ui import as_of_today
from issues import rules
from issues.coverage import OrganisationCoverage
from issues.texts import nil_report as texts
from members.actor import Channel

register = template.Library()
register.filter(as_of_today(texts.coverage_word))
register.filter(as_of_today(texts.calm_with_days))
register.filter(texts.organisations_listed)


@register.inclusion_tag("issues/_say_nothing.html", takes_context=True)
def say_nothing(
    context: Context,
    said: OrganisationCoverage,
    after: datetime | None,
    named: bool = False,
    channel: str = "",
    back: str = "",
    to: str = "",
) -> dict[str, Any]:
    """The form of one tap, of the days since `after` that it has not spoken of; empty for one who may not say it.

    `named` puts the organisation's name on the button; a samordnare chooses how the word came, unless there is a
    `channel`. `back` is the page that one comes to then, without it the same. `to` is another address to send it to, of
    a page whose own rule lets her say it.
    """
    request = context["request"]
    if not said.takes_part or not (to or rules.may_say_nothing_to_report(request.user, said.organisation)):
        return {}
    if not (unsaid := said.unsaid(after, timezone.localdate())):
        return {}
    first_day, last_day = unsaid
    on_behalf = rules.says_nothing_on_behalf(request.user, said.organisation)
    return {
        "csrf_token": context.get("csrf_token"),
        "organisation": said.organisation,
        "first_day": first_day,
        "last_day": last_day,
        "named": named,
        "channel": channel if on_behalf else "",
        "channels": Channel.on_behalf() if on_behalf and not channel else [],
        "back": back or request.get_full_path(),
        "to": to or reverse("issues:nil_report", args=[said.organisation.pk]),
    }


@register.simple_tag(takes_context=True)
def days_unsaid(context: Context, said: OrganisationCoverage, after: datetime | None) -> dict[str, str]:
    """The days that one tap is about, in words, and the address of the page where one says other days.

    No words where nothing is left to say: then the page begins without days.
    """
    unsaid = said.unsaid(after, timezone.localdate())
    days = dict(zip(("fran", "till"), (day.isoformat() for day in unsaid or ()), strict=False))
    chosen = days | {"ater": context["request"].get_full_path()}
    address = reverse("issues:nil_report", args=[said.organisation.pk])
    words = day_span(*unsaid, today=unsaid[1]) if unsaid else ""
    return {"words": words, "address": f"{address}?{urlencode(chosen)}"}
