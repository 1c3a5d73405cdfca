"""Masking in minutes that are frozen: the version stays as it is, and what is read from then on is its masked copy.

What is masked are the words; a number, a time and the name of a state are what the page is made of, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from base.swedish.passages import masked
from issues.models import Issue
from meetings.minutes.editions import Hidden, issues_of
from meetings.models import AnnexPart, MaskedAnnexPart, MaskedMinutes, Meeting, Minutes
from meetings.models.fixed import NO_WORDS
from members.actor import Actor
from members.models import Member


def hold_closings() -> None:
    """Lock the meetings before anything else: none closes, or is registered, and freezes what is masked meanwhile."""
    list(Meeting.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


@dataclass(frozen=True)
class Reach:
    """What of the minutes a masking reaches: all but what is about hidden issues, or what is about a few alone."""

    hidden: Set[int] = frozenset()
    only: Set[int] | None = None

    @classmethod
    def of(cls, member: Member | None, only: Iterable[int] | None = None) -> Reach:
        hidden = Issue.with_struck.filter(Issue.hidden_from(member)).values_list("pk", flat=True) if member else ()
        return cls(frozenset(hidden), None if only is None else frozenset(only))

    def parts_with(self, content: dict[str, Any], pattern: str, issues: Iterable[int]) -> list[int]:
        """Those of the issues whose part of the content has the passage, where that is reached."""
        reached = [issue for issue in sorted(issues) if self.only is None or issue in self.only]
        return [issue for issue in reached if replace(self, only={issue}).masked(content, pattern) != content]

    def masked(self, content: dict[str, Any], pattern: str) -> dict[str, Any]:
        """The content with the passage masked in each of its texts that is reached."""
        told: dict[str, Any] = self._part(content, partial(masked, pattern), is_reached=self.only is None)
        return told

    def texts_with(self, content: dict[str, Any], pattern: str) -> list[str]:
        """The texts of the content that are reached and have the passage, as they stand."""
        met: list[str] = []

        def look(text: str) -> str:
            if re.search(pattern, text):
                met.append(text)
            return text

        self._part(content, look, is_reached=self.only is None)
        return met

    def _part(self, told: Any, write: Callable[[str], str], *, is_reached: bool) -> Any:
        """As it is told, with each text that is reached as `write` makes it."""
        match told:
            case str():
                return write(told) if is_reached else told
            case list():
                return [self._part(part, write, is_reached=is_reached) for part in told]
            case dict():
                if issue := told.get("of"):
                    is_reached = issue not in self.hidden and (self.only is None or issue in self.only)
                return {
                    name: part if name in NO_WORDS else self._part(part, write, is_reached=is_reached)
                    for name, part in told.items()
                }
        return told


def versions_with(pattern: str, *, by: Member | None = None, only: Iterable[int] | None = None) -> list[Minutes]:
    """The versions that say the passage, each with its meeting and `said`; `pattern` is one of `base.swedish.passages`.

    One in which it is masked already says it no more. A version says what was frozen with it in the restricted annex as
    well. `by` leaves out what is about an issue hidden from her, `only` all but what is about those issues. A passage
    stands in one text: what stands next to it on the page, a name and its capacity, is another.
    """
    reach = Reach.of(by, only)
    versions = Minutes.objects.select_related("meeting", "made_by", "masked").order_by("meeting", "version")
    versions = versions.prefetch_related(Prefetch("annex_parts", AnnexPart.objects.select_related("masked")))
    for minutes in versions:
        told = (minutes, *minutes.annex_parts.all())
        minutes.said = [text for each in told for text in reach.texts_with(each.as_masked, pattern)]
    return [minutes for minutes in versions if minutes.said]


@transaction.atomic
def mask_versions(
    versions: Iterable[Minutes], pattern: str, *, by: Actor, at: datetime, only: Iterable[int] | None = None
) -> list[MaskedMinutes | MaskedAnnexPart]:
    """Mask the passage in the copies of the versions, and of their annexes, and return the copies that changed.

    A second masking is made in the copy that the first left, also when both come at once. Nothing is touched that is
    about an issue hidden from who masks: those named mask it there. What nobody reads, for it is about something
    restricted, is masked too, and does not move the day that all are told.
    """
    reach, versions = Reach.of(by.member, only), list(versions)
    changed: list[MaskedMinutes | MaskedAnnexPart] = []
    told = [minutes for minutes in versions if reach.masked(minutes.content, pattern) != minutes.content]
    restricted = Hidden.by_restriction()
    for copy in _locked(told, by=by, at=at):
        content = reach.masked(copy.content, pattern)
        if content != copy.content:
            copy.is_told = restricted.left_of(content) != restricted.left_of(copy.content)
            copy.restricted = reach.parts_with(copy.content, pattern, issues_of(content) & restricted.issues)
            if copy.is_told:
                copy.masked_at, copy.masked_by = at, by.member
            copy.content = content
            copy.save()
            changed.append(copy)
    return [*changed, *_mask_annexes(versions, reach, pattern, by=by, at=at)]


def _mask_annexes(
    versions: Iterable[Minutes], reach: Reach, pattern: str, *, by: Actor, at: datetime
) -> Iterator[MaskedAnnexPart]:
    """Mask the passage in what is read of the annexes that were frozen with the versions; yield what changed."""
    parts = AnnexPart.objects.filter(minutes__in=[minutes.pk for minutes in versions]).order_by("pk")
    found = [part for part in parts if reach.masked(part.content, pattern) != part.content]
    firsts = [MaskedAnnexPart(part=part, content=part.content, masked_at=at, masked_by=by.member) for part in found]
    MaskedAnnexPart.objects.bulk_create(firsts, ignore_conflicts=True)
    copies = MaskedAnnexPart.objects.filter(part__in=found).select_related("part__minutes").order_by("part")
    for copy in copies.select_for_update(of=("self",)):
        content = reach.masked(copy.content, pattern)
        if content != copy.content:
            copy.content, copy.masked_at, copy.masked_by = content, at, by.member
            copy.save()
            yield copy


def _locked(versions: Iterable[Minutes], *, by: Actor, at: datetime) -> list[MaskedMinutes]:
    """The copies of the versions, locked in the order of their versions; one that was not there says the whole."""
    keys = [minutes.pk for minutes in versions]
    for minutes in Minutes.objects.filter(pk__in=keys, masked=None).order_by("pk"):
        first = MaskedMinutes(minutes=minutes, content=minutes.content, masked_at=at, masked_by=by.member)
        MaskedMinutes.objects.bulk_create([first], ignore_conflicts=True)
    copies = MaskedMinutes.objects.filter(minutes__in=keys).select_for_update().order_by("minutes")
    return list(copies)
