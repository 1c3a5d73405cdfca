"""Who approves minutes, as their content has those who were there: the one rule of closing, correcting and drafts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from base.swedish.passages import MASK, SHORT_MASK

NOT_THERE = "hen står inte som närvarande"
MASKS = "|".join(map(re.escape, (MASK, SHORT_MASK)))
WRITES = "hen är sekreterare och andra var med"


def is_present(content: dict[str, Any], key: int | None, name: str) -> bool:
    """Whether it names who has this key, or this name without an account. Older ones know people by their names.

    What is masked in one of two names may have been what the other says.
    """
    rows = _people(content)
    if key and any(one.get("key") == key for one in rows):
        return True
    return any(one.get("key") is None and _may_be_same(one["name"], name) for one in rows)


def why_struck(content: dict[str, Any], key: int | None, name: str) -> str:
    """Why who is chosen does not approve what the content says, in words; empty where she does.

    She was not there, or she wrote it and others were.
    """
    if not is_present(content, key, name):
        return NOT_THERE
    writes = content["secretary"]
    is_hers = writes["key"] == key if "key" in writes else writes["name"] == name
    is_alone = all(_is_same(one, writes) for one in _people(content))
    return WRITES if key and is_hers and not is_alone else ""


def less_struck(content: dict[str, Any]) -> dict[str, Any]:
    """The content with those approvers alone who may approve what it says."""
    chosen = content["approvers"]
    return {**content, "approvers": chosen and [one for one in chosen if not _why_struck(content, one)]}


def struck_in(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The others by name, each with why she may not."""
    return [(one["name"], why) for one in content["approvers"] or [] if (why := _why_struck(content, one))]


def named_alike(
    chosen: Iterable[dict[str, Any]], base: dict[str, Any], content: dict[str, Any]
) -> list[dict[str, Any]]:
    """The approvers, named as the version that is corrected names them, else as the content does among those who were
    there: whoever has another name or title by now is one person in it.
    """
    before = {one["key"]: one for one in base.get("approvers") or [] if one["key"]}
    return [before.get(one["key"]) or _as_there(one, content) for one in chosen]


def _as_there(approver: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    key, name = approver["key"], approver["name"]
    told: tuple[str, ...]
    if key:
        there = [one for one in _people(content) if one.get("key") == key]
        told = ("name", "title")
    else:
        there = [one for one in content["guests"] if one.get("key") is None and one["name"] == name]
        told = ("name", "title", "home")
    known = {tuple(one.get(part, "") for part in told) for one in there}
    return {**approver, **dict(zip(told, *known, strict=True))} if len(known) == 1 else approver


def _why_struck(content: dict[str, Any], approver: dict[str, Any]) -> str:
    return why_struck(content, approver["key"], approver["name"])


def _people(content: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [content["chair"], content["secretary"], *content.get("relieved", []), *content["guests"]]
    return [*rows, *(one for row in content["attendance"] for one in row["people"])]


def _is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    has_keys = "key" in one and "key" in other
    return bool(one["key"] == other["key"] if has_keys else one["name"] == other["name"])


def _may_be_same(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one == other or any(_fits(masked, name) for masked, name in ((one, other), (other, one)))


def _fits(masked: str, name: str) -> bool:
    """Whether the name is as the masked one, with at least a sign for each mask; each part where it first may stand."""
    first, *parts = re.split(MASKS, masked)
    if not parts or not name.startswith(first):
        return False
    at, last = len(first), parts.pop()
    for part in parts:
        place = name.find(part, at + 1)
        if place < 0:
            return False
        at = place + len(part)
    return name.endswith(last) and len(name) - len(last) > at
