"""Knows masked words when they are sent again, without keeping them: by keyed sums of a few words in a row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from base.records import Conflict
from base.swedish.passages import LETTER, LONGEST_NUMBER, compared, number_of
from base.swedish.text import without_genitive
from temagrupp.redaction.models import RedactedPlace, Redaction

TELLING = 4
"""Words in a row that a whole text must have, to say something in another text too: "Torget" stands everywhere."""
TOGETHER = 8
"""How many words have a sum together. Of a longer text every eight have their own, so that a part is known."""
WORD = re.compile(f"[{LETTER}]+")
PART = re.compile(f"[0-9]+|[{LETTER.removeprefix('0-9')}]+")
NUMBER = 0
"""Stands for how many words a personnummer, a phone number or a plate is of, which are parted in many ways."""
COME_BACK = "Texten innehåller något som har maskerats. Ta bort det och spara igen. Inget är sparat."


def digests_of(passage: str) -> list[str]:
    """The sums of a passage or a whole text, each with how many words it is of."""
    if number := number_of(passage):
        return [_sum(NUMBER, number)]
    words = _words(passage)
    if len(words) <= TOGETHER:
        return [_digest(words)] if words else []
    starts = {*range(0, len(words) - TOGETHER, TOGETHER), len(words) - TOGETHER}
    return [_digest(words[start : start + TOGETHER]) for start in sorted(starts)]


def sums_of(texts: Iterable[str]) -> dict[str, list[str]]:
    """Of each text its sums."""
    return {text: digests_of(text) for text in texts}


def has_digest(text: str, digests: Collection[str]) -> bool:
    """Whether the text has words in a row that one of the sums is of."""
    sizes = {_size(digest) for digest in digests}
    return any(digest in digests for size in sizes for digest in _digests_in(text, size))


def ensure_not_masked_again(row: Any, name: str, text: str) -> None:
    """Raises Conflict when the text has words that were masked in that column of the row.

    Where a whole text of a word or two was masked, only that text: its words may stand in another.
    """
    places = _masked_in(row).filter(column=row._meta.get_field(name).column)
    for kind, digests in places.values_list("redaction__kind", "redaction__digests"):
        short = {digest for digest in digests if kind == Redaction.Kind.WHOLE and _size(digest) < TELLING}
        if short.intersection(digests_of(text)) or has_digest(text, set(digests) - short):
            raise Conflict(COME_BACK)


def is_masked_since(row: Any, since: datetime | int) -> bool:
    """Whether something has been masked in the row after that moment, or after that version of a text in it.

    A version is not asked of one column: it is each of the row's that has versions of its own.
    """
    later = Q(version__gt=since) if isinstance(since, int) else Q(redaction__at__gt=since)
    return _masked_in(row).filter(later, in_row=True).exists()


def _masked_in(row: Any) -> models.QuerySet[RedactedPlace]:
    return RedactedPlace.objects.filter(table=row._meta.db_table, key=str(row.pk))


def _size(digest: str) -> int:
    """Of how many words it is."""
    return int(digest.partition(":")[0])


def _digests_in(text: str, size: int) -> Iterator[str]:
    if size == NUMBER:
        yield from (_sum(NUMBER, number) for number in numbers_in(text))
        return
    words = _words(text)
    for start in range(len(words) - size + 1):
        yield _digest(words[start : start + size])


def numbers_in(text: str) -> Iterator[str]:
    """What the parts in a row are as a number, from each of them on."""
    parts = PART.findall(compared(text))
    for start in range(len(parts)):
        joined = ""
        for part in parts[start : start + LONGEST_NUMBER]:
            joined += part
            if len(joined) > LONGEST_NUMBER:
                break
            yield from filter(None, map(number_of, (joined, f"+{joined}")))


def _words(text: str) -> list[str]:
    return WORD.findall(compared(text))


def _digest(words: list[str]) -> str:
    """As the passage is found: whatever stands between the words, and with the s of the genitive or without."""
    return _sum(len(words), " ".join([*words[:-1], without_genitive(words[-1])]))


def _sum(size: int, folded: str) -> str:
    return f"{size}:{salted_hmac('redaction', folded, algorithm='sha256').hexdigest()}"
