"""What one member reads of the restricted annex of a meeting's minutes (bilaga med begränsad spridning).

It is put together when she asks for it, of the parts that she may know of, and counts for itself: A 1, A 2 and so on
among these. So nothing is missing in hers, whoever reads another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from base.documents.tree import Block, Document, Facts, Mark, Paragraph
from base.swedish.words import sentence
from issues.models import Issue
from meetings import letterhead
from meetings.minutes.annex_writing import annex_contents, part_of
from meetings.minutes.document import action_blocks, appendix_blocks, heading_blocks
from meetings.minutes.editions import Edition
from meetings.minutes.extract import title_of
from meetings.minutes.reading import APPROVED_BY, MASKED_BEFORE, action_view, appendix_words, item_view, saved_as
from meetings.minutes.shown import MinutesHeadingView, MinutesView
from meetings.models import AnnexPart, Meeting, Minutes
from members.models import Member

TITLE = "Bilaga med begränsad spridning"
MARK, DRAFT_MARK = "BEGRÄNSAD SPRIDNING", "UTKAST, BEGRÄNSAD SPRIDNING"
WHAT_IT_MEANS = (
    "Bara de som är namngivna på ärendena läser bilagan. Det är ingen sekretess: begär någon ut den prövas det enligt "
    "offentlighets- och sekretesslagen (OSL)."
)
NUMBERED = (
    "Numren gäller här. Den som läser andra delar av bilagan kan ha andra nummer, men ärendenumren är desamma för alla."
)
MASKED = "Uppgifter är maskerade {}."
MASKED_IN_MINUTES = "Uppgifter som är maskerade i {} är maskerade även här."
CORRECTED = "Ändrat: {}"
RESTRICTED_SINCE = "Ärendet fick begränsad spridning efter mötet. Så här står det i version {} av {}."
NOT_APPROVED = "Bilagan ingår inte i det som justeras."
LIFTED = "Ärendet har inte begränsad spridning längre. Alla som läser {} läser det här."


@dataclass(frozen=True)
class ReadPart:
    """What she reads of one issue: `told` says which version it is, and of one not frozen by itself where it stands."""

    issue: Issue
    content: dict[str, Any]
    made_at: datetime | None = None
    told: Sequence[str] = ()

    @classmethod
    def of(cls, part: AnnexPart) -> ReadPart:
        replaces = f" Ersätter version {part.version - 1}." if part.version > 1 else ""
        correction = part.as_masked.get("corrected")
        how = "rättad" if correction and not correction.get("unknowing") else "sparad"
        told = [f"{saved_as(part.version, how, part.made_at, part.made_by)}{replaces}"]
        copy = part.masked_copy
        if copy:
            told.append(MASKED.format(date_format(timezone.localdate(copy.masked_at), "j F Y")))
        if correction:
            changed = " ".join(change["text"] for change in correction["changes"])
            told.append(" ".join(filter(None, (sentence(correction["why"]), CORRECTED.format(changed)))))
        if correction and correction["is_masked"]:
            before = correction["corrects"]  # none of an issue that was restricted since
            in_minutes = MASKED_IN_MINUTES.format(part.minutes.called.definite)
            told.append(MASKED_BEFORE.format(before) if before else in_minutes)
        if not part.issue.restricted:
            told.append(LIFTED.format(part.minutes.called.definite))
        return cls(part.issue, part.as_masked, copy.masked_at if copy else part.made_at, told)

    @property
    def place(self) -> tuple[list[int], int]:
        """Where it stands among the others: as on the agenda."""
        places = [item["place"] for item in self._items]
        return min(places, default=[len(self.content["headings"])]), self.issue.pk

    def view(self, numbers: Iterator[int]) -> MinutesHeadingView:
        title = next(map(title_of, self._items), str(self.issue))
        items = (
            replace(item_view(item, is_left=False), title=f"A {next(numbers)} {item['title']}", issue="")
            for item in self._items
        )
        number = self.issue.number
        return MinutesHeadingView(
            f"arende-{number}", "", f"Ärende {number}, {title}", tuple(self.told), tuple(items), answered=()
        )

    @property
    def _items(self) -> list[dict[str, Any]]:
        return [*_items(self.content)]


def parts_read(
    member: Member, meeting: Meeting, editions: Sequence[Edition], left_out: Iterable[Issue]
) -> list[ReadPart]:
    """What she reads of each issue: as it was frozen, or of one restricted since as it stands in the latest version.

    `left_out` are the restricted issues that she may read and the minutes do not tell of.
    """
    stored = AnnexPart.objects.visible_to(member).of(meeting).standing().latest_of_each()
    parts = {part.issue_id: ReadPart.of(part) for part in stored}
    return _in_order([*parts.values(), *(part for part in _since(editions, left_out) if part.issue.pk not in parts)])


def parts_of_draft(meeting: Meeting, left_out: Iterable[Issue]) -> list[ReadPart]:
    """What would be frozen if the meeting closed now."""
    issues = {issue.pk: issue for issue in left_out}
    return _in_order(ReadPart(issues[key], content) for key, content in annex_contents(meeting, issues.keys()).items())


def has_annex(editions: Sequence[Edition], left_out: Sequence[Issue], *, is_draft: bool) -> bool:
    """Whether there is something in it for her who asked for the editions."""
    if is_draft or not editions:
        return any(vars(issue)["is_at_meeting"] for issue in left_out)
    return editions[0].minutes.has_annex or any(True for _ in _since(editions, left_out))


def is_before_annex(minutes: Minutes) -> bool:
    """Whether the annex has put right something of an issue whose restriction is lifted, that these do not say yet."""
    if not minutes.has_lifted:
        return False
    told = {item["key"]: _what_is_said(item) for item in _items(minutes.as_masked) if "key" in item}
    lifted = AnnexPart.objects.of(minutes.meeting).standing().filter(issue__restricted=False).latest_of_each()
    said = [item for part in lifted if "corrected" in part.content for item in _items(part.as_masked)]
    return any(told.get(item["key"], _what_is_said(item)) != _what_is_said(item) for item in said)


def _what_is_said(item: dict[str, Any]) -> Any:
    return item["note"], {(one["number"], bool(one.get("struck"))) for one in item["decisions"]}


def _items(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (item for heading in content["headings"] for item in heading["items"])


def annex_view(minutes: MinutesView, parts: Iterable[ReadPart]) -> MinutesView:
    """The annex, with the facts of the minutes: a heading for each issue, then all their actions and files."""
    parts, numbers = list(parts), count(1)
    return replace(
        minutes,
        attendance=(),
        guests=(),
        facts=tuple(_facts(minutes)),
        headings=tuple(part.view(numbers) for part in parts),
        actions=tuple(action_view(action) for part in parts for action in part.content["actions"]),
        appendices=tuple(appendix_words(one) for part in parts for one in part.content["appendices"]),
        saved="",
        masked="",
        why="",
        changed_since="",
        changes=(),
    )


def _facts(minutes: MinutesView) -> Iterator[tuple[str, str]]:
    """When and where, and who led and wrote. Who approves the minutes approves none of it."""
    for name, value in minutes.facts:
        yield (name, value) if name != APPROVED_BY else ("Justering", NOT_APPROVED)


def annex_document(view: MinutesView, parts: Iterable[ReadPart]) -> Document:
    """The document of it, marked on each page as long as one of the issues is restricted."""
    parts = list(parts)
    mark = DRAFT_MARK if view.draft else MARK
    return Document(
        title=TITLE,
        about=view.title,
        sender=letterhead.sender(view.group),
        day=view.day,
        made_at=max((part.made_at for part in parts if part.made_at), default=timezone.now()),
        blocks=tuple(_blocks(view)),
        mark=Mark(mark, WHAT_IT_MEANS) if any(part.issue.restricted for part in parts) else None,
    )


def _blocks(view: MinutesView) -> Iterator[Block]:
    yield Facts(view.facts)
    yield Paragraph(NUMBERED, soft=True)
    for heading in view.headings:
        yield from heading_blocks(heading)
    if view.actions:
        yield from action_blocks(view)
    yield from appendix_blocks(view)


def _since(editions: Sequence[Edition], left_out: Iterable[Issue]) -> Iterator[ReadPart]:
    for minutes in [edition.minutes for edition in editions][:1]:
        for issue in left_out:
            if content := part_of(minutes.as_masked, issue.pk):
                since = RESTRICTED_SINCE.format(minutes.version, minutes.called.definite)
                yield ReadPart(issue, content, minutes.made_at, [since])


def _in_order(parts: Iterable[ReadPart]) -> list[ReadPart]:
    return sorted(parts, key=lambda part: part.place)
