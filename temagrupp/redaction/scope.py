"""What somebody may mask in: the samordnare all that she may know of, others what is about one thing of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from base.records.text_places import TextsOf
from issues.models import Issue, Observation
from members.models import Member

NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class MaskingScope:
    """The texts that the member may mask in. `about` is the thing that she came from, if any."""

    member: Member
    about: Issue | Observation | None = None

    @property
    def is_limited(self) -> bool:
        """Whether it is `about` alone: for all but the samordnare."""
        return not self.member.is_coordinator

    @property
    def query(self) -> str:
        """The end of an address that has the same scope: `?arende=2026-41`."""
        if self.about is None:
            return ""
        return f"?arende={self.about.number}" if isinstance(self.about, Issue) else f"?observation={self.about.pk}"

    @property
    def issues_of_minutes(self) -> list[int] | None:
        """The issues whose part of sent minutes she masks: None for all that she may know of."""
        if not self.is_limited:
            return None
        issue = self.about.issue if isinstance(self.about, Observation) else self.about
        return [issue.pk] if issue and issue.restricted else []

    def reaches(self, texts: TextsOf) -> bool:
        """Whether any row of the table can be in it."""
        return not self.is_limited or bool(self._paths_to_about(texts))

    def condition(self, texts: TextsOf, *, kept: bool = False) -> Q:
        """The condition that a row, or with `kept` a line of its history, is in it."""
        hidden = reduce(or_, self._hidden(texts, kept=kept), NOTHING)
        if not self.is_limited:
            return ~hidden
        about = self.about.pk if self.about else 0
        return ~hidden & reduce(or_, (Q(**{at(path, kept): about}) for path in self._paths_to_about(texts)), NOTHING)

    def _hidden(self, texts: TextsOf, *, kept: bool) -> list[Q]:
        hidden = [self._hidden_at(Issue, path, texts, kept=kept) for path in texts.issues]
        if self.is_limited and isinstance(self.about, Observation):  # a reporter keeps her own
            return hidden
        return [*hidden, *(self._hidden_at(Observation, path, texts, kept=kept) for path in texts.observations)]

    def _hidden_at(self, thing: type[Issue | Observation], path: str, texts: TextsOf, *, kept: bool) -> Q:
        """An annotation that finds nothing hides nothing: SQL would not know."""
        is_there = {f"{path}__isnull": False} if path in texts.by_number else {}
        hidden = Q(**is_there) & thing.hidden_from(self.member, at(path, kept))
        if texts.model is thing is Observation:  # what she has reported she knows of
            hidden &= ~Q(**{at("reporter", kept): self.member.pk})
        return hidden

    def _paths_to_about(self, texts: TextsOf) -> tuple[str, ...]:
        if self.about is None:
            return ()
        return texts.issues if isinstance(self.about, Issue) else texts.observations


def at(path: str, kept: bool) -> str:
    """The path from a row, or from a line of its history: there the row itself is what it points at."""
    return "pgh_obj" if kept and path == "pk" else path
