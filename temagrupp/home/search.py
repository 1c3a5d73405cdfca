"""The search over everything: asks every search provider of the apps, as far as the member may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

import issues.search
import meetings.search
import members.search
from base.records import Restrictable
from base.records.search import COUNTED, plain
from base.records.search_provider import SearchHit, SearchProvider, excerpt, find
from base.swedish.words import capital, in_words, thousands
from issues.opening import SEARCH, tell_all_opened
from members.access import MemberRequest
from members.models import Member

OFFERED = (*issues.search.OFFERED, *meetings.search.OFFERED, *members.search.OFFERED)
FIRST = 5
"""Hits of each kind on the page of all; the rest is one link away."""


@dataclass(frozen=True)
class HitGroup:
    """The hits of one kind."""

    kind: SearchProvider
    words: str
    keys: list[int]
    shown: int

    def __iter__(self) -> Iterator[tuple[SearchHit, SafeString]]:
        """Yield each hit with an excerpt of its text around the words."""
        for hit in self.hits:
            yield hit, excerpt(hit.text, self.words)

    @cached_property
    def hits(self) -> list[SearchHit]:
        rows = self.kind.rows.in_bulk(self.keys[: self.shown])
        found = (rows[key] for key in self.keys[: self.shown] if key in rows)  # one may have been hidden meanwhile
        return [self.kind.hit(row) for row in found]

    @property
    def count(self) -> str:
        return f"fler än {COUNTED}" if self.is_cut else thousands(len(self.keys))

    @property
    def is_cut(self) -> bool:
        """Whether there are more hits than anybody reads through."""
        return len(self.keys) > COUNTED

    @property
    def has_more(self) -> bool:
        return len(self.keys) > self.shown


class Search:
    """A member's search and its hits. `only` names one kind, which is then shown as a whole."""

    def __init__(self, typed: str, only: str, member: Member) -> None:
        self.words = plain(typed)
        self.only = only if only in {kind.name for kind in OFFERED} else ""
        self.member = member

    @cached_property
    def groups(self) -> list[HitGroup]:
        """The groups of hits, for the kinds of which something was found."""
        if not self.words:
            return []
        shown = COUNTED if self.only else FIRST
        kinds = {kind.name: kind(self.member) for kind in OFFERED if self.only in {"", kind.name}}
        found = find([*kinds.values()], self.words)
        return [HitGroup(kinds[name], self.words, keys, shown) for name, keys in found.items() if keys]

    @property
    def opened(self) -> set[Restrictable]:
        """What is restricted and is read of in an excerpt."""
        hits = (hit for group in self.groups for hit in group.hits if hit.text)
        return {thing for hit in hits for thing in hit.opens if thing and thing.restricted}

    @property
    def headline(self) -> str:
        """The headline of the page: Sök · Tolv träffar på ”tunnel” · Inget stämmer med ”tunel”."""
        if not self.words:
            return "Sök i registret"
        if not self.groups:
            return f"Inget stämmer med ”{self.words}”"
        number = sum(min(len(group.keys), COUNTED) for group in self.groups)
        more = "Fler än " if any(group.is_cut for group in self.groups) else ""
        return capital(f"{more}{in_words(number, 'träff', 'träffar')} på ”{self.words}”")


@require_safe
def search(request: MemberRequest) -> HttpResponse:
    found = Search(request.GET.get("q", ""), request.GET.get("bland", ""), request.user)
    tell_all_opened(request, SEARCH, found.opened)
    return render(request, "home/search.html", {"search": found})
