"""The way to masking, from a page with text."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from issues.models import Issue, Observation
from temagrupp.redaction import rules
from temagrupp.redaction.scope import MaskingScope

register = template.Library()


@register.inclusion_tag("redaction/_mask_link.html", takes_context=True)
def mask_link(context: Context, about: Issue | Observation | None = None) -> dict[str, Any]:
    """A quiet link among the acts, where she may mask in the thing."""
    member = context["request"].user
    return {"scope": MaskingScope(member, about)} if rules.may_redact(member, about) else {}
