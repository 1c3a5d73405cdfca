"""Builds what the minutes leave out because it is restricted: plain data, issue by issue, frozen as the minutes are.

Who is named on one issue is told of that alone, so each part stands by itself: it has no number among the others, and
only its `place` on the agenda, which nobody reads.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from meetings.agenda.building import Extent
from meetings.minutes.writing import actions_content, headings_about, item_content, waiting_answers
from meetings.models import AnnexPart, Appendix, Meeting, Minutes
from members.actor import Actor

Content = dict[str, Any]


def freeze_annex(minutes: Minutes, issues: Collection[int], *, by: Actor, at: datetime) -> None:
    """Freeze what the meeting that has just closed says of the restricted issues, by their keys."""
    AnnexPart.freeze(minutes, annex_contents(minutes.meeting, issues), by=by, at=at)


def annex_contents(meeting: Meeting, issues: Collection[int]) -> dict[int, Content]:
    """What would be frozen now of the issues, by their keys; of those alone that stand at the meeting."""
    if not issues:
        return {}
    about = Q(issue__in=issues)
    headings = headings_about(meeting, about, extent=Extent.ANSWERS)
    waiting, foretold = waiting_answers(meeting)
    content: Content = {
        "headings": [
            {
                "key": heading.key,
                "title": heading.title,
                "items": [item_content(line, line.item, foretold) for line in heading.lines if line.item],
                "said": [],
            }
            for heading in headings
        ],
        "actions": actions_content(meeting, headings, waiting, about),
        "appendices": _appended(meeting, issues),
    }
    for heading in content["headings"]:
        for item in heading["items"]:
            item["number"] = ""  # it counts the others
    parts = {issue: part_of(content, issue) for issue in issues}
    return {issue: part for issue, part in parts.items() if part}


def part_of(content: Content, issue: int) -> Content | None:
    """What a content says of the issue; None where no item and no action is about it."""

    def of_it(parts: list[Content]) -> list[Content]:
        return [part for part in parts if part["of"] == issue]

    headings = [
        {
            "key": heading["key"],
            "title": heading["title"],
            "items": of_it([{**item, "place": [nth, place]} for place, item in enumerate(heading["items"])]),
            "said": [],
        }
        for nth, heading in enumerate(content["headings"])
    ]
    told = {"headings": [heading for heading in headings if heading["items"]], "actions": of_it(content["actions"])}
    appendices = of_it(content.get("appendices", []))
    return {"shape": 1, "of": issue, **told, "appendices": appendices} if any(told.values()) else None


def _appended(meeting: Meeting, issues: Collection[int]) -> list[Content]:
    """The files at the items, by their names: no number tells of them."""
    listed = Appendix.objects.at(meeting).listed().filter(item__issue__in=issues).select_related("item")
    return [
        {"number": "", "key": one.pk, "title": one.name, "item": one.item.title, "of": one.item.issue_id}
        for one in listed
        if one.item
    ]
