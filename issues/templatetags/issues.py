"""Filters for the texts of issues, by their own names."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.ui.templatetags.ui import as_of_today
from issues.models import Event, Issue
from issues.rules import may_mend_note, may_see_who
from issues.texts import evidence as observed_wording
from issues.texts import issue as issue_wording
from issues.texts.remaining import who_is_told
from issues.texts.timeline import event_words, line_words
from issues.tried import tried_before as tried

register = template.Library()
register.filter(issue_wording.priority_words)
register.filter(issue_wording.kind_words)
register.filter(issue_wording.tried_about)
register.filter(issue_wording.beside_title)
register.filter(event_words)
register.filter(line_words)
register.filter(who_is_told)
register.filter(as_of_today(issue_wording.issue_state))
register.filter(as_of_today(issue_wording.ending_state))
register.filter(observed_wording.evidence)
register.filter(observed_wording.observed_short)


@register.simple_tag(takes_context=True)
def mend_note(context: Context, event: Event) -> SafeString:
    """The link by which she corrects her own note, after who wrote it; nothing of other events."""
    note = event.note
    if note is None or note.withdrawn_at or event.issue.is_struck or "request" not in context:
        return SafeString("")
    if not may_mend_note(context["request"].user, note):
        return SafeString("")
    address = reverse("issues:note_correct", args=[note.pk])
    return format_html(' <a href="{}">Rätta<span class="visually-hidden"> anteckningen</span></a>', address)


@register.simple_tag(takes_context=True)
def event_who(context: Context, event: Event) -> str:
    """Who did it, as far as she may know: of a reporter the organisation."""
    if "request" not in context or may_see_who(context["request"].user, event):
        return event.who
    return str(event.organisation or "")


@register.inclusion_tag("issues/_tried_before.html", takes_context=True)
def tried_before(context: Context, issue: Issue) -> dict[str, Any]:
    """A section of what has been tried before where the issue is, as far as the member may see."""
    return {"tried": tried(issue, context["request"].user)}
