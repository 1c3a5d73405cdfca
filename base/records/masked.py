"""Masked words that come back: somebody had the page open meanwhile, and sends the old text again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from base.records.conflicts import Conflict
from base.swedish.passages import MASK, has_mask

MASKED_MEANWHILE = f"Uppgifter är maskerade: där står {MASK}. Skriv inte tillbaka dem."

ENSURE_NOT_AGAIN: list[Callable[[Any, str, str], None]] = []
"""What an app above asks of a row that has masks, a column and a text that is to stand there. Raises Conflict."""
IS_MASKED_SINCE: list[Callable[[Any, datetime | int], bool]] = []
"""What an app above says of a row: whether something has been masked in it since that moment or version of a text."""


def remember_masks(row: Any) -> None:
    """Remember which texts of a row that is just read have masks."""
    row.masked_texts = _masked_texts(row)


def brings_back(row: Any, texts: Mapping[str, Any]) -> bool:
    """Whether one of the texts, by their columns, has something that was masked in that column of the row."""
    masked = row.__dict__.get("masked_texts") or _masked_texts(row)
    typed = {name: text for name, text in texts.items() if name in masked and isinstance(text, str)}
    try:
        for ensure in ENSURE_NOT_AGAIN:
            for name, text in typed.items():
                ensure(row, name, text)
    except Conflict:
        return True
    return False


def has_masks(row: Any) -> bool:
    """Whether something may have been masked in the row, as it is read."""
    return any(isinstance(value, str) and has_mask(value) for value in getattr(row, "__dict__", {}).values())


def ensure_not_again(row: Any, name: str, text: str) -> None:
    """Ask those above, where the text is to stand in place of one with masks."""
    before = row.__dict__.get("masked_texts", {}).get(name, text)
    if before != text:
        for ensure in ENSURE_NOT_AGAIN:
            ensure(row, name, text)


def _masked_texts(row: Any) -> dict[str, str]:
    texts = {field.attname: row.__dict__.get(field.attname) for field in row._meta.concrete_fields}
    return {name: text for name, text in texts.items() if isinstance(text, str) and has_mask(text)}


def is_masked_since(row: Any, version: str | int) -> bool:
    """Whether something has been masked in the row since the version that a form carries: of the row, or of a text."""
    if not has_masks(row):
        return False
    try:
        since = version if isinstance(version, int) else datetime.fromisoformat(version).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return any(is_masked(row, since) for is_masked in IS_MASKED_SINCE)
