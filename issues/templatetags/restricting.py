"""Tags for the mark of what is restricted, and the addresses of the pages about who sees it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from base.swedish.words import listed
from issues import rules
from issues.models import AccessGrant, Issue, Observation
from issues.naming import named_alone
from issues.texts.restricting import RestrictedPages, pages_of
from members.models import Member

register = template.Library()


@register.inclusion_tag("issues/_who_sees.html", takes_context=True)
def who_sees(context: Context, thing: Issue | Observation) -> dict[str, Any]:
    """That a thing is restricted, by itself or by its issue, and who sees it; nothing of any other."""
    by_issue = isinstance(thing, Observation) and thing.issue is not None and thing.issue.restricted
    if not thing.restricted:
        return {"by_issue": by_issue}
    grants = list(AccessGrant.objects.to(thing).in_order())
    return {
        "thing": thing,
        "pages": pages_of(thing),
        "readers": _readers(thing, [grant.member for grant in grants], context["request"].user),
        "nobody_sorts": isinstance(thing, Observation) and _nobody_sorts(thing, [grant.member for grant in grants]),
        "may_name": rules.may_name(context["request"].user, thing),
    }


@register.inclusion_tag("issues/_named_alone.html", name="named_alone")
def alone(member: Member) -> dict[str, Any]:
    """What she alone of the group is named on, to herself: before she leaves she has to name somebody else."""
    return {"things": named_alone(member)}


@register.simple_tag(takes_context=True)
def keeps_name(context: Context, thing: Issue | Observation, member: int) -> bool:
    """Whether the member, by her key, reported the thing and is not named to the reader."""
    if not isinstance(thing, Observation) or thing.reporter_id != member:
        return False
    return not rules.may_see_reporter(context["request"].user, thing)


def _readers(thing: Issue | Observation, named: list[Member], reader: Member) -> str:
    """Who sees the thing: Maja Exempel (samordnare), Ali Ritning och dig."""
    names = [f"{member} (samordnare)" if member.is_coordinator else str(member) for member in named]
    if isinstance(thing, Observation):
        names.append("dig" if thing.reporter_id == reader.pk else "den som rapporterade")
    return listed(names)


def _nobody_sorts(observation: Observation, named: list[Member]) -> bool:
    return observation.is_new and not any(rules.may_triage(member) for member in [*named, observation.reporter])


@register.simple_tag
def unname_url(pages: RestrictedPages, member: int) -> str:
    return pages.unname(member)
