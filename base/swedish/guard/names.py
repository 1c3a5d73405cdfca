"""Finds what may be a person's name, and where somebody lives: by what introduces it, and by how it is written.

A hint, not a finding: it is told more softly than a number. In small letters only common given names are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from base.swedish.guard.introduced import WORD, Span, introduced
from base.swedish.guard.words import (
    endings_of,
    is_genitive,
    is_given,
    is_listed_surname,
    is_noun,
    is_surname,
    is_thing,
    is_word_too,
    words_of,
)

PARTICLES = {"von", "van", "af", "de", "der", "den", "al", "el", "bin", "ibn", "abu", "la", "di", "da"}
LONGEST = 4


def names(text: str) -> Iterator[Span]:
    """Yield where a name may stand."""
    yield from introduced(text)
    yield from _written(text)


# By how it is written


class Token(NamedTuple):
    """A word of the text, whether a sentence begins with it, and whether one blank alone is before it."""

    text: str
    start: int
    end: int
    begins: bool
    follows: bool

    @property
    def is_large(self) -> bool:
        return self.text[0].isupper()


def _written(text: str) -> Iterator[Span]:
    words = _words(text)
    for first, last in _runs(words):
        run = words[first:last]
        before = words[first - 1].text if first and run[0].follows else ""
        after = words[last].text if last < len(words) and words[last].follows else ""
        yield from _in_run(run, before.lower(), after.lower())


def _words(text: str) -> list[Token]:
    words: list[Token] = []
    end = 0
    for found in WORD.finditer(text):
        between = text[end : found.start()]
        begins = not words or any(sign in ".!?…\n•*" for sign in between)
        words.append(Token(found[0], found.start(), found.end(), begins, between in {" ", "  "}))
        end = found.end()
    return words


def _runs(words: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield from where to where words that are written large stand beside each other; with von, af and their like."""
    place = 0
    while place < len(words):
        if not words[place].is_large:
            place += 1
            continue
        last = place + 1
        while last < len(words) and words[last].follows:
            if words[last].is_large:
                last += 1
            elif (
                words[last].text in PARTICLES
                and last + 1 < len(words)
                and words[last + 1].follows
                and words[last + 1].is_large
            ):
                last += 2
            else:
                break
        yield place, last
        place = last


def _in_run(run: list[Token], before: str, after: str) -> Iterator[Span]:
    if _is_of_something(run, after):
        return
    place = 0
    while place < len(run):
        length = _length(run[place : place + LONGEST], before if place == 0 else run[place - 1].text.lower())
        if not length and len(run) == 1 and after in words_of("says"):
            length = int(is_given(run[0].text) or is_listed_surname(run[0].text))
        if length:
            yield run[place].start, run[place + length - 1].end
        place += max(length, 1)


STREETS = ("gatan", "gata", "vägen", "väg", "torget", "torg", "gränd", "allé", "stigen", "esplanaden")


def _is_of_something(run: list[Token], after: str) -> bool:
    """Whether a name in it is a street's or a shop's: Astrid Lindgrens gata, Karins Kiosk, Restaurang Ali Baba."""
    first, last = run[0].text.lower(), run[-1].text.lower()
    if len(run) > 1 and last.endswith(STREETS):
        return True
    if first in words_of("before_a_thing") and len(run) > 1 and not is_given(first):
        return True
    if (
        len(run) > 1
        and (last in words_of("of_a_thing") or is_thing(last))
        and any(one.text.endswith("s") for one in run[:-1])
    ):
        return True
    return run[-1].text.endswith("s") and after in words_of("of_a_place")


def _length(words: list[Token], before: str) -> int:
    """Return how many of the words, from the first, are a name; 0 where they are none."""
    first = words[0]
    if is_thing(first.text) and not is_given(first.text, exactly=True):
        return 0
    if len(words) > 1 and re.search("-[a-zåäö]", words[1].text):
        return 0  # Nils Holgersson-undersökningen
    if first.text.isupper() and len(first.text) > 1:
        return _length_in_capitals(words)
    tail = _tail(words)
    if tail > 1 and is_genitive(first.text) and not (is_surname(words[1].text) or is_given(words[1].text)):
        return 0
    if is_given(first.text):
        return _length_of_given(first, words[1].text if tail > 1 else "", tail, before)
    if tail > 1 and is_surname(words[1].text):
        return 0 if first.begins and is_noun(first.text) else tail
    if tail == 1:
        return int(_is_lone_surname(first))
    return tail if 2 <= tail <= 3 and len(words) == tail and _are_unknown(words) and not _names_a_thing(before) else 0


def _are_unknown(words: list[Token]) -> bool:
    """Whether words that are written large in a sentence, and are in no list, may be a name: Xhevdet Gjokaj."""
    large = not words[0].begins and not any(len(word.text) < 3 or word.text.isupper() for word in words)
    return large and not is_noun(words[-1].text) and not words[0].text.endswith("s")


def _tail(words: list[Token]) -> int:
    """Return how many words, from the first, may belong to a name that begins with it."""
    length = 1
    while length < len(words) and _may_belong(words[length].text):
        length += 1
    while length > 1 and words[length - 1].text in PARTICLES:
        length -= 1
    return length


def _may_belong(word: str) -> bool:
    return len(word) == 1 or word in PARTICLES or not is_thing(word) or is_listed_surname(word)


def _length_of_given(first: Token, after: str, tail: int, before: str) -> int:
    is_word = is_word_too(first.text)
    if _names_a_thing(before) or (tail == 1 and (is_word or is_thing(first.text))):
        return 0
    return 0 if is_word and tail > 1 and is_noun(after) and not is_surname(after) else tail


def _length_in_capitals(words: list[Token]) -> int:
    """Where all is written in capitals only a given name with a surname says anything."""
    pair = len(words) > 1 and is_given(words[0].text) and is_surname(words[1].text)
    return 2 if pair and not is_word_too(words[0].text) else 0


def _is_lone_surname(word: Token) -> bool:
    if is_word_too(word.text) or word.text.isupper() or is_thing(word.text):
        return False
    return word.text.endswith(("sson", "ssons", "ović", "czyk")) or (not word.begins and is_listed_surname(word.text))


def _names_a_thing(before: str) -> bool:
    """Whether the word before says that what follows is what a thing, or a king, is called: restaurang Bella Napoli."""
    return before in words_of("before_a_thing") or (bool(before) and before.endswith(endings_of("called")))
