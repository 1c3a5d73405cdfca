"""An extract of the minutes: what a version says of one issue, or of what one organisation said and is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max

from base.documents.tree import Block, Document, Facts, Paragraph
from issues.models import Issue
from meetings import letterhead
from meetings.minutes.document import action_blocks, appendix_blocks, attendance_blocks, heading_blocks
from meetings.minutes.editions import Edition
from meetings.minutes.reading import frozen_view
from meetings.models import Minutes
from meetings.models.minutes import words_in
from members.models import Organisation

Content = dict[str, Any]
Tells = Callable[[Content], bool]
"""Whether a part of a content, an item, an action or words in the round, belongs in an extract."""


@dataclass(frozen=True)
class Extract:
    """What `edition` says of what the extract is `about`: who was there, the points, the actions and their files.

    Taken of what is read, so that nothing stands in it that the whole leaves out.
    """

    edition: Edition
    about: str
    content: Content

    @classmethod
    def of_issue(cls, edition: Edition, issue: Issue) -> Extract | None:
        """What is said of the issue; None where nothing is."""

        def tells(part: Content) -> bool:
            return bool(part["of"] == issue.pk)

        items = (item for heading in edition.content["headings"] for item in heading["items"] if tells(item))
        title = next(map(title_of, items), str(issue))
        return cls._of(edition, f"Ärende {issue.number}, {title}", tells, lists=tells, hears=lambda said: False)

    @classmethod
    def of_organisation(cls, edition: Edition, organisation: Organisation) -> Extract | None:
        """What it said in the round, what it is asked to do, or to support, and the points about that; None where there
        is none of it.
        """

        def says(said: Content) -> bool:
            return _says(said) in (organisation.pk, str(organisation))

        def asks(action: Content) -> bool:
            return bool({organisation.pk, str(organisation)} & _asked_by(action))

        asked = [action for action in edition.content["actions"] if asks(action)]
        issues, numbers = {action["of"] for action in asked}, {action["number"] for action in asked} - {""}

        def tells(item: Content) -> bool:
            return item["of"] in issues or any(decision["number"] in numbers for decision in item["decisions"])

        return cls._of(edition, str(organisation), tells, lists=asks, hears=says)

    @classmethod
    def _of(cls, edition: Edition, about: str, tells: Tells, *, lists: Tells, hears: Tells) -> Extract | None:
        content = edition.content
        headings = [_heading(heading, tells, hears) for heading in content["headings"]]
        actions = [action for action in content["actions"] if lists(action)]
        kept = [heading for heading in headings if heading["items"] or heading["said"]]
        if not (kept or actions):
            return None
        issues = {item["of"] for heading in kept for item in heading["items"]} - {None}
        appendices = [one for one in content.get("appendices", []) if one["of"] in issues]
        return cls(edition, about, {**content, "headings": kept, "actions": actions, "appendices": appendices})

    @property
    def document(self) -> Document:
        """The sender is called as the group was when the meeting closed."""
        edition = replace(self.edition, content=self.content)
        return Document(
            title=f"Utdrag ur {words_in(self.content).name}",
            about=self.content["title"],
            sender=letterhead.sender(self.content["group"]),
            day=frozen_view(edition).day,
            made_at=edition.made_at,
            blocks=tuple(self._blocks(edition)),
        )

    def _blocks(self, edition: Edition) -> Iterator[Block]:
        view = frozen_view(edition)
        yield Facts((*view.facts, ("Gäller", self.about)))
        minutes = edition.minutes
        latest = Minutes.objects.of(minutes.meeting).aggregate(Max("version"))["version__max"]
        replaced = f" Ersatt av version {latest}." if latest > minutes.version else ""
        whole = f"Det här är ett utdrag; {view.called.definite} i sin helhet finns hos gruppen."
        yield Paragraph(f"{view.saved}{replaced} {whole}", soft=True)
        if view.masked:
            yield Paragraph(view.masked, soft=True)
        yield from attendance_blocks(view)
        for heading in view.headings:
            yield from heading_blocks(heading)
        if view.actions:
            yield from action_blocks(view)
        yield from appendix_blocks(view)


@dataclass(frozen=True)
class Offered:
    """The extracts that a version can be divided into: its issues, with their titles there, and the organisations."""

    issues: list[tuple[str, str]]
    organisations: list[Organisation]

    @classmethod
    def of(cls, edition: Edition) -> Offered:
        items = [item for heading in edition.content["headings"] for item in heading["items"]]
        issues = {item["issue"]: title_of(item) for item in items if item["issue"]}
        actions = edition.content["actions"]
        told = {who for action in actions for who in _asked_by(action)}
        told |= {_says(said) for heading in edition.content["headings"] for said in heading.get("said", [])}
        organisations = Organisation.objects.in_order() if told else ()
        return cls(
            sorted(issues.items(), key=lambda one: [*map(int, one[0].split("-"))]),
            [one for one in organisations if {one.pk, str(one)} & told],
        )


def _asked_by(action: Content) -> set[Any]:
    """The keys of those that are to do it or support it; of what was frozen before they were kept the names."""
    if "responsible" in action:
        return {action["responsible"], *action["supports"]}
    return {action["organisation"], *action["supporting"]}


def _says(said: Content) -> Any:
    """The key of whose words they are; of what was frozen before it was kept the name."""
    return said.get("key", said["organisation"])


def _heading(heading: Content, tells: Tells, hears: Tells) -> Content:
    """The heading with the items and the words that belong in the extract, and nothing of the rest that it says."""
    items = [item for item in heading["items"] if tells(item)]
    said = [one for one in heading.get("said", []) if hears(one)]
    others: Content = {name: [] for name in ("round", "elsewhere", "followed", "answered")}
    return {**heading, **others, "items": items, "said": said, "more_followed": "", "rule": ""}


def title_of(item: Content) -> str:
    """What the issue of an item was called then; of what was frozen before that was kept the item's own title."""
    return str(item.get("of_issue") or item["title"])
