"""The reason for a masking, which stays in the list of them and says none of what was masked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from base.swedish.passages import plain
from base.swedish.stop_words import STOP_WORDS
from base.swedish.text import without_genitive
from base.swedish.words import listed
from temagrupp.redaction.again import TOGETHER, WORD, digests_of, has_digest, numbers_in

STAYS = "Det står kvar i listan över maskeringar."


def ensure_says_nothing_of(texts: Iterable[str], why: str) -> None:
    """Raises ValidationError where the reason has a word of what is masked, or a number of it written otherwise."""
    masked = [text for text in texts if plain(text).lower() not in STOP_WORDS]
    telling = {word for text in masked for word in _telling_words(text)}
    repeated = list(dict.fromkeys(word for word in WORD.findall(plain(why)) if _folded(word) in telling))
    if repeated:
        raise ValidationError({"why": f"Skriv skälet utan {listed([f'”{word}”' for word in repeated])}. {STAYS}"})
    numbers = set(numbers_in(why))
    if any(numbers.intersection(numbers_in(text)) or has_digest(why, digests_of(text)) for text in masked):
        raise ValidationError({"why": f"Skriv skälet utan det som maskeras. {STAYS}"})


def _telling_words(text: str) -> set[str]:
    """Of a few words all that say something; of a longer text, which has most of them, what can be a name or number."""
    words = WORD.findall(plain(text))
    if len(words) > TOGETHER:
        words = [word for word in words if word[0].isupper() or re.search("[0-9]", word)]
    return {_folded(word) for word in words if len(word) > 1 and word.lower() not in STOP_WORDS}


def _folded(word: str) -> str:
    return without_genitive(word.lower())
