"""The words by which a name is told from a place, an organisation or the beginning of a sentence.

They stand in `lists/`, each with what it is for. Given names and surnames are also those of the library Faker: what
people in Sweden, and in countries that people have come from, are called most.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from faker.providers.person.da_DK import Provider as DanishNames
from faker.providers.person.fi_FI import Provider as FinnishNames
from faker.providers.person.hr_HR import Provider as CroatianNames
from faker.providers.person.no_NO import Provider as NorwegianNames
from faker.providers.person.pl_PL import Provider as PolishNames
from faker.providers.person.sv_SE import Provider as SwedishNames
from faker.providers.person.tr_TR import Provider as TurkishNames

NAMES = (SwedishNames, NorwegianNames, DanishNames, FinnishNames, PolishNames, CroatianNames, TurkishNames)
LISTS = Path(__file__).parent / "lists"


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    rows = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


@cache
def endings_of(name: str) -> tuple[str, ...]:
    """The words of a list, for `str.endswith`."""
    return tuple(sorted(words_of(name)))


@cache
def given_names() -> frozenset[str]:
    """Given names in lower case."""
    return words_of("given_names") | {name.lower() for people in NAMES for name in people.first_names if len(name) > 2}


@cache
def common_given_names() -> frozenset[str]:
    """Given names that are none in small letters but of a person."""
    listed = words_of("given_names") | {name.lower() for name in SwedishNames.first_names}
    return frozenset(name for name in listed if len(name) > 3 and not is_word_too(name))


@cache
def surnames() -> frozenset[str]:
    """Surnames in lower case."""
    return words_of("surnames") | {name.lower() for name in SwedishNames.last_names}


def is_thing(word: str) -> bool:
    """Whether a word that is written large is a place, an office, a day or an ordinary word rather than a name."""
    lower = word.lower()
    return _in(words_of("things"), lower) or (len(lower) > 4 and lower.endswith(endings_of("thing_endings")))


def is_word_too(name: str) -> bool:
    """Whether a name alone may be a word or a place: Hans, Björn, Nora."""
    return _in(words_of("words_too"), name.lower())


def is_given(word: str, *, exactly: bool = False) -> bool:
    """Whether somebody may be called so: Kevin, Lars-Erik; and Annas, where it need not be `exactly` so."""
    lower = word.lower()
    if exactly:
        return lower in given_names()
    if word[:1].isupper() and re.search("-[a-zåäö]", word):
        return False  # Love-skylten
    parts = lower.split("-")
    return any(_in(given_names(), part) for part in parts) if len(parts) == 2 else _in(given_names(), lower)


def is_genitive(word: str) -> bool:
    """Whether it is a name with the genitive's s, as a shop's: Anderssons, Majas; not Jonas."""
    lower = word.lower()
    known = given_names() | surnames()
    return lower.endswith("s") and lower not in known and lower[:-1] in known


def is_listed_surname(word: str) -> bool:
    """Whether it is a surname of the list, also one that ends like a place: Nygård, Hallbergs."""
    return _in(surnames(), word.lower())


def is_surname(word: str) -> bool:
    """Whether it is a surname, or ends as they do: Karlsson, Al-Rashid, Lindkvists."""
    ends_so = word.lower().removesuffix("s").endswith(endings_of("surname_endings"))
    return is_listed_surname(word) or (len(word) > 4 and ends_so)


def is_noun(word: str) -> bool:
    """Whether a word has an ending of a Swedish noun or adjective: Grannen, Korridoren, Enskilda, Hamburgare."""
    return len(word) > 3 and word.lower().endswith(endings_of("noun_endings"))


def _in(words: frozenset[str], word: str) -> bool:
    return word in words or (word.endswith("s") and word[:-1] in words)
