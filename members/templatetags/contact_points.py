"""Tags for the right door: where what concerns persons belongs. Each reads the contact points in one statement."""

from typing import Any

from django import template

from members.models import ContactPoint, Member

register = template.Library()

FIRST = 2
"""How many a hint has room for; the page Så hanterar vi uppgifter has them all."""


@register.inclusion_tag("members/_doors.html")
def doors() -> dict[str, Any]:
    """All of them, after 112, 114 14 and the orosanmälan."""
    return {"points": ContactPoint.objects.shown().in_order()}


@register.inclusion_tag("members/_right_door.html")
def right_door() -> dict[str, Any]:
    """The group's first ones as a short list, for a hint; empty where it has none."""
    return {"points": ContactPoint.objects.shown().in_order()[:FIRST]}


@register.inclusion_tag("members/_coordinators.html")
def coordinators() -> dict[str, Any]:
    """Who is samordnare, to write to; empty where nobody is."""
    return {"coordinators": Member.objects.leading().in_order()}
