"""Knows masked words when they are sent again, without keeping them: by keyed sums of a few words in a row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from django.utils.crypto import salted_hmac

from base.records import Conflict
from base.swedish.passages import LETTER, plain
from temagrupp.redaction.models import RedactedPlace

TOGETHER = 8
"""How many words have a sum together. Of a longer text every eight have their own, so that a part is known."""
WORD = re.compile(f"[{LETTER}]+")
COME_BACK = "Texten innehåller något som har maskerats. Ta bort det och spara igen. Inget är sparat."


def digests_of(passage: str) -> list[str]:
    """The sums of a passage or a whole text, each with how many words it is of."""
    words = _words(passage)
    if len(words) <= TOGETHER:
        return [_digest(words)] if words else []
    starts = {*range(0, len(words) - TOGETHER, TOGETHER), len(words) - TOGETHER}
    return [_digest(words[start : start + TOGETHER]) for start in sorted(starts)]


def has_digest(text: str, digests: Collection[str]) -> bool:
    """Whether the text has words in a row that one of the sums is of."""
    sizes = {int(digest.partition(":")[0]) for digest in digests}
    return any(digest in digests for size in sizes for digest in _runs(_words(text), size))


def ensure_not_masked_again(row: Any, text: str) -> None:
    """Raises Conflict when the text has words that were masked in the row."""
    places = RedactedPlace.objects.filter(table=row._meta.db_table, key=str(row.pk))
    digests = set(chain.from_iterable(places.values_list("redaction__digests", flat=True)))
    if has_digest(text, digests):
        raise Conflict(COME_BACK)


def _runs(words: list[str], size: int) -> Iterator[str]:
    for start in range(len(words) - size + 1):
        yield _digest(words[start : start + size])


def _words(text: str) -> list[str]:
    return WORD.findall(plain(text).lower())


def _digest(words: list[str]) -> str:
    """As the passage is found: whatever stands between the words, and with the s of the genitive or without."""
    folded = " ".join([*words[:-1], words[-1].removesuffix("s")])
    return f"{len(words)}:{salted_hmac('redaction', folded, algorithm='sha256').hexdigest()}"
