"""Masking in minutes that are frozen: the version stays as it is, and what is read from then on is its masked copy.

What is masked are the words; a number, a time and the name of a state are what the page is made of, and stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from base.swedish.passages import masked
from issues.models import Issue
from meetings.models import MaskedMinutes, Meeting, Minutes
from members.actor import Actor
from members.models import Member

NO_WORDS = frozenset(
    ("shape", "number", "starts_at", "started_at", "closed_at", "key", "kind", "rule", "state", "issue")
)
"""What of a content is data: its numbers, times and codes."""


def hold_closings() -> None:
    """Lock the meetings that are not closed, before anything else: none freezes what is masked meanwhile."""
    list(Meeting.objects.coming().select_for_update(no_key=True).order_by("pk").values_list("pk"))


def versions_with(pattern: str, *, by: Member | None = None) -> list[Minutes]:
    """The versions that say the passage, each with its meeting; `pattern` is one of `base.swedish.passages`.

    One in which it is masked already says it no more. `by` leaves out what is about an issue hidden from her.
    A passage stands in one text: what stands next to it on the page, a name and its capacity, is another.
    """
    hidden = _hidden_from(by)
    versions = Minutes.objects.select_related("meeting", "made_by", "masked").order_by("meeting", "version")
    return [minutes for minutes in versions if _masked(minutes.as_masked, pattern, hidden) != minutes.as_masked]


@transaction.atomic
def mask_versions(versions: Iterable[Minutes], pattern: str, *, by: Actor, at: datetime) -> list[MaskedMinutes]:
    """Mask the passage in the copies of the versions, and return the copies that changed.

    A second masking is made in the copy that the first left, also when both come at once. Nothing is touched that is
    about an issue hidden from who masks: those named mask it there.
    """
    hidden, changed = _hidden_from(by.member), []
    told = [minutes for minutes in versions if _masked(minutes.content, pattern, hidden) != minutes.content]
    for copy in _locked(told, by=by, at=at):
        content = _masked(copy.content, pattern, hidden)
        if content != copy.content:
            copy.keep(content)
            copy.masked_at, copy.masked_by = at, by.member
            copy.save()
            changed.append(copy)
    return changed


def _locked(versions: Iterable[Minutes], *, by: Actor, at: datetime) -> list[MaskedMinutes]:
    """The copies of the versions, locked in the order of their versions; one that was not there says the whole."""
    keys = [minutes.pk for minutes in versions]
    for minutes in Minutes.objects.filter(pk__in=keys, masked=None).order_by("pk"):
        first = MaskedMinutes(minutes=minutes, masked_at=at, masked_by=by.member)
        first.keep(minutes.content)
        MaskedMinutes.objects.bulk_create([first], ignore_conflicts=True)
    copies = MaskedMinutes.objects.filter(minutes__in=keys).select_for_update().order_by("minutes")
    return list(copies)


def _hidden_from(member: Member | None) -> set[int]:
    """The ids of the issues that are hidden from the member."""
    return set(Issue.with_struck.filter(Issue.hidden_from(member)).values_list("pk", flat=True)) if member else set()


def _masked(told: Any, pattern: str, hidden: set[int]) -> Any:
    """A content, or a part of one, with the passage masked in each of its texts that is not about a hidden issue."""
    match told:
        case str():
            return masked(pattern, told)
        case list():
            return [_masked(part, pattern, hidden) for part in told]
        case dict() if told.get("of") not in hidden:
            return {name: part if name in NO_WORDS else _masked(part, pattern, hidden) for name, part in told.items()}
    return told
