"""What is read of a frozen version: what it says, less what is masked in it and what has become restricted since.

The same for everybody, on the page and on paper: the minutes lie with several authorities. The samordnare opens the
original beside it, if she may know of all that it tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet, Value

from issues.models import Issue, Observation
from meetings.models import Minutes
from members.models import Member

OF_A_HEADING = ("items", "elsewhere", "followed", "answered")
"""The lists of a heading whose parts say which issue they are of."""


@dataclass(frozen=True)
class Hidden:
    """The issues and the observations that are left out of what is read, by their ids."""

    issues: Set[int] = field(default_factory=frozenset)
    observations: Set[int] = field(default_factory=frozenset)

    @classmethod
    def by_restriction(cls) -> Hidden:
        """What is restricted now, whoever asks. In one statement, as that which is hidden from one member."""
        restricted = Issue.with_struck.filter(restricted=True)
        of_it = Observation.with_withdrawn.filter(issue__in=restricted.values("pk"))
        return cls._among(restricted, [Observation.with_withdrawn.filter(restricted=True), of_it])

    @classmethod
    def from_member(cls, member: Member) -> Hidden:
        """What the member may not know of; what she reported herself she may."""
        of_others = Observation.with_withdrawn.exclude(reporter=member)
        ways = [of_others.filter(Observation.hidden_from(member)), of_others.filter(Issue.hidden_from(member, "issue"))]
        return cls._among(Issue.with_struck.filter(Issue.hidden_from(member)), ways)

    @classmethod
    def of(cls, thing: Issue | Observation) -> Hidden:
        """What is hidden where the thing is."""
        if isinstance(thing, Observation):
            return cls(observations={thing.pk})
        return cls({thing.pk}, {*Observation.with_withdrawn.filter(issue=thing).values_list("pk", flat=True)})

    @classmethod
    def _among(cls, issues: QuerySet[Issue], observations: Iterable[QuerySet[Observation]]) -> Hidden:
        kinds = (issues, "issue"), *((rows, "observation") for rows in observations)
        first, *others = (rows.order_by().values_list(Value(kind, CharField()), "pk") for rows, kind in kinds)
        found: dict[str, set[int]] = {"issue": set(), "observation": set()}
        for kind, pk in first.union(*others, all=True):
            found[kind].add(pk)
        return cls(found["issue"], found["observation"])

    def tells(self, part: dict[str, Any]) -> bool:
        """Whether a part of a content is about one of the issues."""
        return part["of"] in self.issues

    def hides_in(self, content: dict[str, Any]) -> bool:
        """Whether something of the content is hidden."""
        return self.left_of(content) != content

    def left_of(self, content: dict[str, Any]) -> dict[str, Any]:
        """The content without what is hidden, its other points with the numbers that they had at the meeting."""
        headings = [self._left_of_heading(heading) for heading in content["headings"]]
        lists: dict[str, Any] = {
            name: self._without(content[name]) for name in ("actions", "appendices") if name in content
        }
        kept = {name: part for name, part in content.items() if name != "corrected"}
        if told := content.get("corrected"):
            kept |= self._left_of_correction(told)
        return {**kept, "headings": headings, **lists}

    def _left_of_correction(self, told: dict[str, Any]) -> dict[str, Any]:
        """What it put right that is not hidden. Why it did is written for all of it at once, and tells of it all."""
        changes = self._without(told["changes"])
        if changes == told["changes"]:
            return {"corrected": told}
        if not (changes or told["is_masked"]):
            return {}
        return {"corrected": {**told, "changes": changes, "why": ""}}

    def _left_of_heading(self, heading: dict[str, Any]) -> dict[str, Any]:
        lists = {name: self._without(heading[name]) for name in OF_A_HEADING if name in heading}
        return {**heading, **lists, "round": [self._left_of_report(report) for report in heading["round"]]}

    def _left_of_report(self, report: dict[str, Any]) -> dict[str, Any]:
        seen = {name: [pk for pk in report[name] if pk not in self.observations] for name in ("counted", "rejected")}
        return {**report, **seen}

    def _without(self, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [part for part in parts if not self.tells(part)]


@dataclass(frozen=True)
class Edition:
    """A version as it is read. `masked_at` is None where nothing is masked, and where that is left out as well."""

    minutes: Minutes
    content: dict[str, Any]
    masked_at: datetime | None = None

    @classmethod
    def of(cls, minutes: Minutes, hidden: Hidden | None = None) -> Edition:
        """What everybody reads; `hidden` is what is restricted, where it is at hand."""
        hidden, copy = hidden or Hidden.by_restriction(), minutes.masked_copy
        content = hidden.left_of(minutes.as_masked)
        if copy is None or content == hidden.left_of(minutes.content):
            return cls(minutes, content)
        return cls(minutes, content, copy.masked_at)

    @classmethod
    def original(cls, minutes: Minutes) -> Edition:
        """The version as it was frozen."""
        return cls(minutes, minutes.content)

    @property
    def is_original(self) -> bool:
        return bool(self.content == self.minutes.content)

    @property
    def issues(self) -> set[int]:
        """The ids of the issues that it tells of."""
        return issues_of(self.content)

    @property
    def made_at(self) -> datetime:
        return self.masked_at or self.minutes.made_at


def issues_of(content: dict[str, Any]) -> set[int]:
    """The ids of the issues that a content tells of."""
    lists = [heading.get(name, []) for heading in content["headings"] for name in OF_A_HEADING]
    lists += [content["actions"], content.get("appendices", []), content.get("corrected", {}).get("changes", [])]
    return {part["of"] for parts in lists for part in parts if part["of"]}
