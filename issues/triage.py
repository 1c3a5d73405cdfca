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


def _place(thing: Observation | Issue) -> int | None:
    return thing.place_id


def _words(thing: Observation | Issue) -> str:
    return thing.where.lower()


def _category(thing: Observation | Issue) -> int | None:
    return thing.category_id


RULES: list[tuple[str, list[Callable[[Observation | Issue], int | str | None]]]] = [
    ("det gäller samma plats och samma kategori", [_place, _category]),
    ("platsen beskrivs med samma ord och kategorin är densamma", [_words, _category]),
    ("det gäller samma plats", [_place]),
]
"""What is the same in both, known in both. The first that fits any issue wins; among issues that fit it alike the
latest."""


def suggest(observations: Iterable[Observation], member: Member) -> dict[int, Suggestion]:
    """The best suggestion for each observation that has one, by its pk, in one query."""
    observations = list(observations)
    places = {observation.place_id for observation in observations} - {None}
    words = {_words(observation) for observation in observations}
    near = Issue.objects.visible_to(member).open().alias(words=Lower("where"))
    issues = list(near.filter(Q(place__in=places) | Q(words__in=words)).latest_first())
    # Found by what is the same in both: a queue of 25 beside a hundred open issues would be thousands of comparisons.
    latest = [{_shared(issue, parts): issue for issue in reversed(issues)} for _, parts in RULES]
    found = {observation.pk: _best(observation, latest) for observation in observations}
    return {pk: suggestion for pk, suggestion in found.items() if suggestion}


def offer(words: str, member: Member) -> QuerySet[Issue]:
    """The open issues to choose among: those that match the words, nearest first, or the latest."""
    issues = Issue.objects.visible_to(member).open()
    found = (
        search(issues, words, member).order_by(F("nearness"), "-created_at", "-pk") if words else issues.latest_first()
    )
    return found[:OFFERED]


def _best(observation: Observation, latest: list[dict[Any, Issue]]) -> Suggestion | None:
    for (reason, parts), issues in zip(RULES, latest, strict=True):
        shared = _shared(observation, parts)
        if shared in issues and None not in shared:
            return Suggestion(issues[shared], reason, is_strong=_category in parts)
    return None


def _shared(thing: Observation | Issue, parts: Iterable[Callable[[Observation | Issue], Any]]) -> tuple[Any, ...]:
    return tuple(part(thing) for part in parts)
