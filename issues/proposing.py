"""Proposing to several organisations: one action each, so that each answers for its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from issues.models import Action
from issues.models.supporting import ensure_others_support
from members.actor import Actor
from members.models import Organisation


@transaction.atomic
def draft_for_each(
    organisations: Iterable[Organisation], *, supporting: Iterable[Organisation] = (), **facts: Any
) -> list[Action]:
    """Draft an action for each organisation. Raises as `Action.draft` does, of all who would support themselves."""
    asked, behind = list(organisations), list(supporting)
    ensure_others_support(asked, behind)
    return [Action.draft(organisation=each, supporting=behind, **facts) for each in asked]


@transaction.atomic
def propose_to_each(
    organisations: Iterable[Organisation], *, by: Actor, at: datetime | None = None, **facts: Any
) -> list[Action]:
    """Draft and propose an action to each organisation. Raises as `draft_for_each` does."""
    asked, moment = list(organisations), at or timezone.now()
    actions = draft_for_each(asked, by=by, at=at, **facts)
    for action in actions:
        action.propose(by=by, at=moment, facts=asked_together(asked))
    return actions


def asked_together(organisations: Iterable[Organisation]) -> dict[str, list[str]]:
    """The fact by which the event of each tells of all that were asked the same in one act; none for one alone.

    Their names as they were then, and not keys as other facts have: the last event of each issue is told in lists, by
    mail and on the start page, where keys would cost a statement for each to read. The one of the event itself is
    pointed at all the same, by its assignment: so the timeline, which has them all, calls them what they are now.
    """
    names = [str(each) for each in organisations]
    return {"asked": names} if names[1:] else {}
