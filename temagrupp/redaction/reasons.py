"""The reason for a masking, which stays in the list of them and says none of what was masked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from django.core.exceptions import ValidationError

from base.records.personal_data import known_names
from base.swedish.guard import Found, Kind, KnownNames
from base.swedish.guard.words import is_given, is_listed_surname, is_noun, is_surname, is_thing
from base.swedish.passages import compared, plain
from base.swedish.stop_words import STOP_WORDS
from base.swedish.text import normalize_text, without_genitive
from base.swedish.words import listed
from members.models import Member
from temagrupp.redaction.again import TOGETHER, WORD, has_digest, numbers_in

STAYS = "Skälet står kvar i listan över maskeringar."
ENDS = re.compile(r"[.!?…•*]")
"""What a sentence ends with, or a line of a list begins with."""


def ensure_says_nothing_of(sums: Mapping[str, Collection[str]], why: str) -> None:
    """Raises ValidationError where the reason has a word of what is masked, or a number of it written otherwise.

    Of each text its sums (`again.sums_of`), which whoever masks keeps besides.
    """
    masked = {text: of_text for text, of_text in sums.items() if plain(text).lower() not in STOP_WORDS}
    words = WORD.findall(plain(why))
    said = {_folded(word) for word in words if len(word) > 1 and word.lower() not in STOP_WORDS}
    telling = set(chain.from_iterable(_telling_words(text, said) for text in masked))
    repeated = list(dict.fromkeys(word for word in words if _folded(word) in telling))
    if repeated:
        raise ValidationError({"why": f"Skriv skälet utan {listed([f'”{word}”' for word in repeated])}. {STAYS}"})
    numbers = set(numbers_in(why))
    has_number = numbers and any(not numbers.isdisjoint(numbers_in(text)) for text in masked)
    if has_number or has_digest(why, set(chain.from_iterable(masked.values()))):
        raise ValidationError({"why": f"Skriv skälet utan det som maskeras. {STAYS}"})


def _telling_words(text: str, said: Collection[str]) -> set[str]:
    """The words of the reason that tell of the text.

    Of a few words all that say something; of a longer text, which has most of them, what can be a name or number.
    """
    if len(WORD.findall(plain(text))) <= TOGETHER:
        return {_folded(word) for word in WORD.findall(plain(text))} & {*said}
    telling, large = set(), list[tuple[str, Found]]()
    for line in map(plain, normalize_text(text).splitlines()):
        for found, only_begins in _words(line):
            word = line[found.start : found.end]
            if _folded(word) not in said:
                continue
            if re.search("[0-9]", word):
                telling.add(_folded(word))
            elif word[0].isupper() and not only_begins:
                large.append((line, found))
    if large:  # what the group itself calls its places and organisations says nothing; a member is a person
        known = KnownNames(known_names(but=Member))
        telling |= {_folded(line[one.start : one.end]) for line, found in large for one in known.without(line, [found])}
    return telling


def _words(line: str) -> Iterator[tuple[Found, bool]]:
    """Yield each word of the line, and whether it is written large only for a sentence begins with it."""
    words = list(WORD.finditer(line))
    for before, word, after in zip([None, *words], words, [*words[1:], None], strict=False):
        begins = before is None or bool(ENDS.search(line, before.end(), word.start()))
        follows = after is not None and line[word.end() : after.start()] == " " and after[0][0].isupper()
        yield Found(Kind.NAME, *word.span()), begins and not _may_be_name(word[0], is_before_one=follows)


def _may_be_name(word: str, *, is_before_one: bool) -> bool:
    """Whether a sentence may begin with it as a name: by the guard's lists, or by a large word that follows it."""
    if is_given(word) or is_listed_surname(word):
        return True
    return (is_before_one or is_surname(word)) and not is_thing(word) and not is_noun(word)


def _folded(word: str) -> str:
    return without_genitive(compared(word))
