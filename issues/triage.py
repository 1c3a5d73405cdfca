"""Sorting observations: opening an issue from them, and suggesting an open issue for each.

The rules only suggest, and say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from issues.models.access_grant import AccessGrant
from issues.models.issue import Issue
from issues.models.issue_lists import search
from issues.models.observation import Observation
from members.actor import Actor
from members.models import Member

OFFERED = 20


@transaction.atomic
def open_issue_from(
    observations: Iterable[Observation],
    *,
    by: Actor,
    at: datetime | None = None,
    restricted: bool = False,
    **facts: Any,
) -> Issue:
    """Open an issue from observations and return it. If one is restricted so is the issue, with the same grants.

    Raises Conflict when an observation has been sorted meanwhile, ValidationError on bad facts.
    """
    observations = list(observations)
    restricted = restricted or any(observation.restricted for observation in observations)
    issue = Issue.create(by=by, at=at, observations=len(observations), restricted=restricted, **facts)
    if restricted:
        named = AccessGrant.objects.filter(observation__in=observations).values_list("member_id", flat=True)
        issue.name_members({*named, *(observation.reporter_id for observation in observations)}, by=by, at=at)
    for observation in observations:
        observation.attach(issue, by=by, at=at)
    return issue


@dataclass(frozen=True)
class Suggestion:
    """A suggested issue, with the rule that matched in words: "Föreslås därför att …".

    Strong when place and category both fit: then it is what the register itself would do.
    """

    issue: Issue
    reason: str
    is_strong: bool = True


def same_place(observation: Observation, issue: Issue) -> bool:
    return observation.place_id is not None and observation.place_id == issue.place_id


def same_words(observation: Observation, issue: Issue) -> bool:
    return _words(observation.where) == _words(issue.where)


def same_category(observation: Observation, issue: Issue) -> bool:
    return observation.category_id == issue.category_id


# The first that fits any issue wins; among issues that fit it alike the latest.
RULES: list[tuple[str, list[Callable[[Observation, Issue], bool]]]] = [
    ("det gäller samma plats och samma kategori", [same_place, same_category]),
    ("platsen beskrivs med samma ord och kategorin är densamma", [same_words, same_category]),
    ("det gäller samma plats", [same_place]),
]


def suggest(observations: Iterable[Observation], member: Member) -> dict[int, Suggestion]:
    """The best suggestion for each observation that has one, by its pk, in one query."""
    observations = list(observations)
    places = {observation.place_id for observation in observations} - {None}
    words = {_words(observation.where) for observation in observations}
    near = Issue.objects.visible_to(member).open().alias(words=Lower("where"))
    issues = list(near.filter(Q(place__in=places) | Q(words__in=words)).latest_first())
    found = {observation.pk: _best(observation, issues) for observation in observations}
    return {pk: suggestion for pk, suggestion in found.items() if suggestion}


def offer(words: str, member: Member) -> QuerySet[Issue]:
    """The open issues to choose among: those that match the words, nearest first, or the latest."""
    issues = Issue.objects.visible_to(member).open()
    found = (
        search(issues, words, member).order_by(F("nearness"), "-created_at", "-pk") if words else issues.latest_first()
    )
    return found[:OFFERED]


def _best(observation: Observation, issues: list[Issue]) -> Suggestion | None:
    for reason, rules in RULES:
        for issue in issues:
            if all(rule(observation, issue) for rule in rules):
                return Suggestion(issue, reason, is_strong=same_category in rules)
    return None


def _words(where: str) -> str:
    return where.lower()
