from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from issues.models.access_grant import AccessGrant
from issues.models.issue import Issue
from issues.models.observation import Observation
from members.actor import Actor


@transaction.atomic
def open_issue_from(
    observations: Iterable[Observation],
    *,
    by: Actor,
    at: datetime | None = None,
    restricted: bool = False,
    **facts: Any,
) -> Issue:
    """Open a new issue out of observations. A restricted one makes it restricted, seen by those who could see them.

    Raises Conflict when an observation has been sorted meanwhile, ValidationError on bad facts.
    """
    observations = list(observations)
    restricted = restricted or any(observation.restricted for observation in observations)
    issue = Issue.create(by=by, at=at, observations=len(observations), restricted=restricted, **facts)
    if restricted:
        named = AccessGrant.objects.filter(observation__in=observations).values_list("member_id", flat=True)
        issue.name_members({*named, *(observation.reporter_id for observation in observations)})
    for observation in observations:
        observation.attach(issue, by=by, at=at)
    return issue
