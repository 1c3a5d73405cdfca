"""Proposing to several organisations: one action each, so that each answers for its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

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
    actions = draft_for_each(organisations, by=by, at=at, **facts)
    for action in actions:
        action.propose(by=by, at=at)
    return actions
