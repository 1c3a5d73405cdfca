"""Cuts out the piece of a text where the searched words stand, and marks them."""

import re

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from base.records.search import SHORTEST_INSIDE, forms

AROUND = 80
"""Characters on each side of the first word that was met."""
ENDING = 2
"""Letters that a Swedish ending may have changed: tunnel, tunnlar."""


def excerpt(text: str, words: str) -> SafeString:
    """The text around the first of the words, each of them marked; its beginning where none stands in it."""
    text = " ".join(text.split())
    met = _pattern(words)
    first = met.search(text) if met else None
    start, end = _whole_words(text, first.start() if first else 0)
    pieces = re.split(met, text[start:end]) if met else [text[start:end]]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    marked = format_html_join("", "{}<mark>{}</mark>", zip(pieces[0::2], pieces[1::2], strict=False))
    return format_html_join("", "{}", [(part,) for part in (before, marked, pieces[-1], after)])


def _pattern(words: str) -> re.Pattern[str] | None:
    """The pattern of a word that contains a searched word, or begins as it does."""
    searched = [word for word in re.findall(r"\w+", words.lower()) if len(word) >= SHORTEST_INSIDE]
    parts = {re.escape(form) for word in searched for form in {*forms(word), _beginning(word)}}
    longest_first = sorted(parts, key=len, reverse=True)
    return re.compile(rf"(\w*(?:{'|'.join(longest_first)})\w*)", re.IGNORECASE) if parts else None


def _beginning(word: str) -> str:
    return word[:-ENDING] if len(word) > SHORTEST_INSIDE + ENDING else word


def _whole_words(text: str, middle: int) -> tuple[int, int]:
    """The start and end of a cut around a place in the text, at word boundaries."""
    start = text.rfind(" ", 0, max(middle - AROUND, 0)) + 1 if middle > AROUND else 0
    end = text.find(" ", middle + 2 * AROUND)
    return start, end if end > 0 else len(text)
