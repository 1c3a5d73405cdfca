"""An issue of restricted spread: why, who is named, and where its pages are."""

from __future__ import annotations

from issues.models import AccessGrant, Issue, Observation
from tests.pages import Response

WHY = "En enskild kan kännas igen."


def url(thing: Issue, noun: str) -> str:
    return f"/arenden/{thing.number}/{noun}/"


def named_on(thing: Issue | Observation) -> list[str]:
    return [str(grant.member) for grant in AccessGrant.objects.to(thing).in_order()]


def errors(response: Response) -> str:
    return " ".join(response.context["form"].sentences)
