"""What a correction makes of the restricted annex: the next content of each part, and what has changed in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from meetings.minutes.annex_writing import annex_contents, part_of
from meetings.minutes.correcting import Caused, Change, Corrected, actions_corrected, heading_corrected
from meetings.minutes.staying_masked import StayingMasked
from meetings.models import AnnexPart, Meeting, Minutes

Content = dict[str, Any]


def corrected_parts(
    meeting: Meeting,
    versions: Sequence[Minutes],
    frozen: Sequence[AnnexPart],
    restricted: Collection[int],
    caused: Caused,
) -> dict[int, Corrected]:
    """The next content of each part that changes, by the key of its issue.

    `versions` are those of the minutes, the latest first, which tell of what was restricted since they were frozen;
    `frozen` the parts of the annex, of each issue the latest first, and `restricted` the issues on the agenda that are
    so now.
    """
    known: dict[int, list[AnnexPart]] = {}
    for part in frozen:
        known.setdefault(part.issue_id, []).append(part)
    becomes = annex_contents(meeting, {*known, *restricted})
    corrected = {}
    for issue, now in becomes.items():
        parts = known.get(issue, [])
        was = parts[0].as_masked if parts else part_of(versions[0].as_masked, issue)
        if was and (told := _corrected(issue, was, now, parts, versions, caused)).changes:
            corrected[issue] = told
    return corrected


def _corrected(
    issue: int,
    was: Content,
    now: Content,
    parts: Sequence[AnnexPart],
    versions: Sequence[Minutes],
    caused: Caused,
) -> Corrected:
    for heading in now["headings"]:
        for item in heading["items"]:
            item["said"] = caused.said.get(item["key"], [])
    now = StayingMasked.of([*parts, *versions], was).masked(now)
    changes: list[Change] = []
    content = {name: part for name, part in was.items() if name != "corrected"}
    content["headings"] = [heading_corrected(heading, now, caused, changes) for heading in was["headings"]]
    content["actions"] = actions_corrected(was, now, caused)
    is_masked = any(part.masked_copy for part in parts) or any(_is_masked(minutes, issue) for minutes in versions)
    return Corrected(content, changes, is_masked or bool(was.get("corrected", {}).get("is_masked")))


def _is_masked(minutes: Minutes, issue: int) -> bool:
    """Whether something is masked in what the minutes say of the issue."""
    return bool(minutes.masked_copy) and part_of(minutes.as_masked, issue) != part_of(minutes.content, issue)
