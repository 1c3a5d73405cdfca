"""Finds what may be a person's name, and where somebody lives: from how it is introduced, and from how it is written.

A hint, not a finding: it is told more softly than a number. In lower case next to nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from base.swedish.guard.words import (
    common_given_names,
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

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PARTICLES = {"von", "van", "af", "de", "der", "den", "al", "el", "bin", "ibn", "abu", "la", "di", "da"}
LONGEST = 4

Span = tuple[int, int]

_LARGE = r"[A-ZÅÄÖÉÜ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_NAME = rf"(?P<name>{_LARGE}(?: (?:(?:von|van|af|de|der|al|el) )?{_LARGE}){{0,2}})"
_CALLED = (
    r"(?:heter|hette|kallas|kallad|kallade|kallades|kallar|vid namn|smeknamn(?:et)?(?: är)?|"
    r"namnet(?: på \w+)? (?:är|var)|namn (?:är|var)|presenterade sig som|lystrar till|alias)"
)
_FILLED = (
    r"(?: (?:sig|för|honom|henne|han|hon|visst|nog|tydligen|troligen|väl|också|bara|i förnamn|i efternamn)){0,3}"
    r":? [\"”']?"
)
_NEAR = (
    "son|dotter|man|fru|hustru|make|maka|bror|syster|granne|pojke|flicka|grabb|tjej|kille|mamma|pappa|mor|far|mormor|"
    "morfar|farmor|farfar|kompis|sambo|barnbarn|kusin|vän|chef"
)
_KIN = (
    f"{_NEAR}|sonen|dottern|barn|barnen|brodern|brorsan|systern|mamman|pappan|modern|fadern|förälder|föräldrar|föräldrarna|"
    "vårdnadshavare|vårdnadshavaren|sambon|frun|maken|kompisen|kompisar|grannen|pojkvän|flickvän|umgänge|anhörig|anhöriga"
)

CALLED = re.compile(rf"\b(?i:{_CALLED}{_FILLED}){_NAME}")
CALLED_SMALL = re.compile(rf"\b(?i:{_CALLED}{_FILLED})(?P<name>[a-zåäöé][^\W\d_]*)")
KIN = re.compile(rf"\b(?i:(?:{_KIN}) till|kretsen kring|umgänget kring) {_NAME}")
OURS = re.compile(rf"\b(?i:min|mitt|vår|vårt|hans|hennes|deras|din|er) (?:[^\W\d_]{{1,20}} )?(?:{_NEAR}) {_NAME}")
ASKED = re.compile(
    r"(?i:\b(?:kontakta|kontaktade|kontaktat|ring|ringde|fråga|frågade|tacka|tackade|mejla|mejlade|hälsa|sök|prata med|pratade med|"
    r"pratat med|talade med|talat med|träffade|träffat|mötte|hämtade|enligt|hälsningar(?: från)?|hälsn|hälsar|mvh|vh)[:,]? ?\n?|(?<!\S)/{1,2} ?)"
    rf"{_NAME}"
)
ROLE = re.compile(rf"(?<![\w-])(?P<role>[^\W\d_]{{3,20}})\.?(?: \(|, | )(?P<name>{_LARGE})(?![\w@_/-])")
SMALL = re.compile(r"(?<![\w.@/-])[a-zåäöé]{4,20}(?:-[a-zåäöé]{2,20})?(?![\w@/-])")
LIVES = re.compile(
    r"\b(?i:bor|bodde|bott|boende|skriven|folkbokförd|hemma|bosatt)"
    r"(?: (?:han|hon|hen|de|dom|kvar|ensam|numera|nu|alltid|själv)){0,2} "
    r"(?:på|i|vid) (?P<name>(?:[A-ZÅÄÖ][\w'’-]{1,30} ){0,2}[\w-]{0,30}"
    r"(?i:gatan|vägen|gata|väg|gränd|gränden|stigen|stig|backen|torget|allén|plan|liden) \d{1,4}(?: ?[A-Za-z](?!\w))?)"
)
_SURNAME = "[A-ZÅÄÖ][a-zåäöéü]{1,30}"
INITIAL = re.compile(
    rf"(?<![\w.])(?:[A-ZÅÄÖ]\. ?(?:[A-ZÅÄÖ]\. ?)?|[A-ZÅÄÖ]-[A-ZÅÄÖ]\.? )(?P<name>{_SURNAME}(?:-{_SURNAME})?)(?!\w)"
)
FURTHER = re.compile(rf"(?:, ?| och | o | eller | & |/){_NAME}")
MOST = 8


class Word(NamedTuple):
    """A word of the text, whether a sentence begins with it, and whether one blank alone is before it."""

    text: str
    start: int
    end: int
    begins: bool
    follows: bool

    @property
    def is_large(self) -> bool:
        return self.text[0].isupper()


def names(text: str, known: Collection[str] = ()) -> Iterator[Span]:
    """Yield where a name may stand. `known` are names, in lower case, that the register has itself: they are none."""
    for start, end in [*_introduced(text), *_written(text)]:
        if not _is_known(text[start:end], known):
            yield start, end


def _is_known(name: str, known: Collection[str]) -> bool:
    lower = name.lower()
    return bool(known) and (lower in known or lower.removesuffix("s") in known)


# By what stands before it


def _introduced(text: str) -> Iterator[Span]:
    for found in CALLED.finditer(text):
        first = WORD.match(found["name"])
        of_a_thing = _is_of_a_thing(text[max(0, found.start() - 60) : found.start()])
        if first and (not of_a_thing or is_given(first[0])):
            yield from _with_further(found)
    for found in CALLED_SMALL.finditer(text):
        if is_given(found["name"]) and not is_word_too(found["name"]):
            yield found.span("name")
    for found in SMALL.finditer(text):
        genitive = found[0][:-1] if found[0].endswith("s") and len(found[0]) > 5 else found[0]
        if {found[0], genitive} & common_given_names() and not is_thing(found[0]):
            yield found.span()
    for found in ROLE.finditer(text):
        if found["role"].lower() in words_of("roles") and not is_noun(found["name"]) and not found["name"].isupper():
            yield from _with_further(found)
    for found in ASKED.finditer(text):
        first = found["name"].split()[0]
        if is_given(first) and not first.isupper():
            yield from _with_further(found)
    for pattern in (KIN, OURS):
        for found in pattern.finditer(text):
            yield from _with_further(found)
    for found in LIVES.finditer(text):
        yield found.span("name")
    for found in INITIAL.finditer(text):
        surname, begins = found["name"], found.start() == 0 or text[found.start() - 1] == "\n"
        if not is_thing(surname) and (is_surname(surname) or not begins):
            yield found.span()


def _with_further(found: re.Match[str]) -> Iterator[Span]:
    """Yield the name that a pattern met and those that are listed with it: heter Lisa, Kalle och Per."""
    match: re.Match[str] | None = found
    for _ in range(MOST):
        if match is None or _is_place(match["name"].split()[0]) or _goes_on(match) or _is_anothers(match):
            return
        yield match.span("name")
        match = FURTHER.match(found.string, match.end("name"))
        if match and is_noun(match["name"].split()[0]) and not is_given(match["name"].split()[0]):
            return


def _is_place(word: str) -> bool:
    return is_thing(word) and not is_given(word)


def _is_anothers(found: re.Match[str]) -> bool:
    """Whether the name is a street's or a firm's: Per Albins stig, Svenssons Bygg."""
    things, name = words_of("of_a_thing"), found["name"]
    after = WORD.match(found.string, found.end("name") + 1)
    if " " in name and name.split()[-1].lower() in things:
        return True
    return name.endswith("s") and after is not None and after[0].lower() in things


def _goes_on(found: re.Match[str]) -> bool:
    """Whether the word is the beginning of something else: IMG_2026, AB1."""
    after = found.string[found.end("name") : found.end("name") + 1]
    return after.isdigit() or after in {"_", "@"}


PRONOUNS = frozenset({"han", "hon", "hen", "dem", "de", "som", "jag"})
BETWEEN = frozenset({"som", "här", "där", "nu", "i", "folkmun", "ofta", "vi", "ungdomarna", "ibland", "också"})


def _is_of_a_thing(before: str) -> bool:
    """Whether what is called so is a place or a thing, and no person is told of: "Parken som ", "Lekplatsen "."""
    words = WORD.findall(before[max(before.rfind(sign) for sign in ".!?\n") + 1 :].lower())
    while words and words[-1] in BETWEEN:
        words.pop()
    if not words or set(words) & (words_of("roles") | PRONOUNS):
        return False
    return words[-1].endswith(endings_of("called"))


# By how it is written


def _written(text: str) -> Iterator[Span]:
    words = _words(text)
    for first, last in _runs(words):
        run = words[first:last]
        before = words[first - 1].text if first and run[0].follows else ""
        after = words[last].text if last < len(words) and words[last].follows else ""
        yield from _in_run(run, before.lower(), after.lower())


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    end = 0
    for found in WORD.finditer(text):
        between = text[end : found.start()]
        begins = not words or any(sign in ".!?…\n•*" for sign in between)
        words.append(Word(found[0], found.start(), found.end(), begins, between in {" ", "  "}))
        end = found.end()
    return words


def _runs(words: list[Word]) -> Iterator[tuple[int, int]]:
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


def _in_run(run: list[Word], before: str, after: str) -> Iterator[Span]:
    if _is_of_something(run, after):
        return
    place = 0
    while place < len(run):
        length = _length(run[place : place + LONGEST], before if place == 0 else run[place - 1].text.lower())
        if not length and len(run) == 1 and after in words_of("says"):
            length = int(is_given(run[0].text))
        if length:
            yield run[place].start, run[place + length - 1].end
        place += max(length, 1)


STREETS = ("gatan", "gata", "vägen", "väg", "torget", "torg", "gränd", "allé", "stigen", "esplanaden")


def _is_of_something(run: list[Word], after: str) -> bool:
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
    return run[-1].text.endswith("s") and after in words_of("of_a_thing")


def _length(words: list[Word], before: str) -> int:
    """Return how many of the words, from the first, are a name; 0 where they are none."""
    first = words[0]
    if is_thing(first.text) and not is_given(first.text):
        return 0
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


def _are_unknown(words: list[Word]) -> bool:
    """Whether words that are written large in a sentence, and are in no list, may be a name: Xhevdet Gjokaj."""
    large = not words[0].begins and not any(len(word.text) < 3 or word.text.isupper() for word in words)
    return large and not is_noun(words[-1].text)


def _tail(words: list[Word]) -> int:
    """Return how many words, from the first, may belong to a name that begins with it."""
    length = 1
    while length < len(words) and _may_belong(words[length].text):
        length += 1
    while length > 1 and words[length - 1].text in PARTICLES:
        length -= 1
    return length


def _may_belong(word: str) -> bool:
    return len(word) == 1 or word in PARTICLES or not is_thing(word) or is_listed_surname(word)


def _length_of_given(first: Word, after: str, tail: int, before: str) -> int:
    is_word = is_word_too(first.text)
    if re.search("-[a-zåäö]", after):
        return 0  # Nils Holgersson-undersökningen
    if _names_a_thing(before) or (tail == 1 and (is_word or is_thing(first.text))):
        return 0
    return 0 if is_word and tail > 1 and is_noun(after) and not is_surname(after) else tail


def _length_in_capitals(words: list[Word]) -> int:
    """Where all is written in capitals only a given name with a surname says anything."""
    pair = len(words) > 1 and is_given(words[0].text) and is_surname(words[1].text)
    return 2 if pair and not is_word_too(words[0].text) else 0


def _is_lone_surname(word: Word) -> bool:
    if is_word_too(word.text) or word.text.isupper() or is_thing(word.text):
        return False
    return word.text.endswith(("sson", "ssons", "ović", "czyk")) or (not word.begins and is_listed_surname(word.text))


def _names_a_thing(before: str) -> bool:
    """Whether the word before says that what follows is what a thing, or a king, is called: restaurang Bella Napoli."""
    return before in words_of("before_a_thing") or (bool(before) and before.endswith(endings_of("called")))
