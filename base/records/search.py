"""Search in Swedish: the generated columns of a searchable row, and the conditions that find it.

PostgreSQL's Swedish stemming neither splits compounds nor joins all forms of a word, so a row keeps its words
twice: as a vector and as plain lower-case text.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower

from base.swedish.stop_words import STOP_WORDS
from base.swedish.text import DASHES, normalize_line

SEPARATORS = string.punctuation + DASHES[1:] + "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}…·•”“„»«’‘‚"
"""Signs that end a word, in a text and in what is asked. PostgreSQL would take some with the words beside them for a
host, a path, an address or a number below nought, and find none of the words: linbanan.Det, skolan/torget, 2026-41."""
SPACES = " " * len(SEPARATORS)


def searchable_vector(*fields: str) -> models.GeneratedField:
    """A generated column: the fields' words, stemmed as Swedish."""
    signs = (Value(SEPARATORS), Value(SPACES))
    words = Func(_joined(fields), *signs, function="translate", output_field=models.TextField())
    return models.GeneratedField(
        expression=SearchVector(words, config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def searchable_text(*fields: str) -> models.GeneratedField:
    """A generated column: the fields' text in lower case, for words inside compounds and for misspellings."""
    return models.GeneratedField(
        expression=Lower(_joined(fields)),
        output_field=models.TextField(),
        db_persist=True,
        editable=False,
    )


def _joined(fields: Sequence[str]) -> Concat | F:
    if len(fields) == 1:
        return F(fields[0])
    parts: list[str | Value] = [fields[0]]
    for field in fields[1:]:
        parts += [Value(" "), field]
    return Concat(*parts, output_field=models.TextField())


# Finding

COUNTED = 50
"""Hits enough for not looking for what is only alike, and where a search over everything ends: beyond this one writes
another word instead of reading on."""
MOST = 1_000  # hits that nobody looks through: a step stops there
LONGEST = 200
SHORTEST_INSIDE = 3
SHORTEST_ALIKE = 5

ISSUE, DECISION = "ärende", "beslut"
NUMBER = re.compile(rf"(?i:({ISSUE}|{DECISION})(?:t|et)?\s+)?#?(?:(20\d\d)\s*[{DASHES}/]\s*)?([1-9]\d{{0,5}})")
QUOTES = dict.fromkeys(map(ord, "”“„»«"), '"')
"""What a phone makes of the quotation mark."""
ASKED = re.compile(r'([^\s"]*)"([^"]*)"?|([^\s"]+)')
"""A phrase with what stands before it, or what stands between blanks."""
BETWEEN = str.maketrans(SEPARATORS, SPACES)
VOWELS = "aeiouyåäö"


def content_words(words: str) -> list[str]:
    """The words asked for that say what it is about, each once; none where a phrase is asked for or one left out."""
    asked = dict.fromkeys(re.findall(r"\w+", words.lower()))
    telling = [word for word in asked if len(word) >= SHORTEST_INSIDE and word not in STOP_WORDS]
    return [] if _is_exact(words) else telling


def has_word(word: str) -> Q:
    """The condition that a searchable row has the word, also in another form or inside a compound."""
    return Q(search_vector=SearchQuery(Value(word), config="swedish")) | _inside(word)


@dataclass(frozen=True)
class AskedNumber:
    """A number that is asked for: `of` what, where that stands before it; `year` is empty where it is not said."""

    of: str
    year: str
    serial: str

    @property
    def condition(self) -> Q:
        return Q(year=self.year, serial=self.serial) if self.year else Q(serial=self.serial)


def asked_number(words: str) -> AskedNumber | None:
    """The number in "2026-41", "2026–41", "41", "ärende 41" or "Beslut 2026-41"; None when the words are no number."""
    match = NUMBER.fullmatch(words)
    return AskedNumber((match[1] or "").lower(), match[2] or "", match[3]) if match else None


def number_in(words: str) -> Q | None:
    """The condition that finds an issue by its number; None when the words are no number, or that of something else."""
    asked = asked_number(words)
    return asked.condition if asked and asked.of in {"", ISSUE} else None


def plain(words: str) -> str:
    """The searched words, normalized as the texts are kept and safe for the database."""
    return normalize_line(words.replace("\x00", " "))[:LONGEST].rstrip()


def strict_to_loose(words: str) -> Iterator[tuple[Q, int]]:
    """Yields conditions on a searchable row, each looser than the one before: its words, inside its words, alike.

    A sign that is no word to PostgreSQL, as 🇸🇪 or §, is looked for as it stands, beside each of them; without any word
    it is the only step.

    With each the number of rows that it may fill a list up to. Never how many must be found for not asking it at all:
    then one more hit would make the list shorter. Only the first understands `"exact phrase"` and `-without`; where
    these stand, the others keep quiet.
    """
    asked = list(_asked(words))
    signs = reduce(and_, _signs(asked), Q())
    if signs and not re.search(r"\w", words):
        yield signs, MOST
        return
    yield Q(search_vector=SearchQuery(" ".join(asked), config="swedish", search_type="websearch")) & signs, MOST
    loose = [word for word in re.findall(r"\w+", words.lower()) if len(word) >= SHORTEST_INSIDE]
    if loose and not _is_exact(words):
        yield reduce(and_, map(_inside, loose), signs), MOST
        yield reduce(and_, map(_alike, loose), signs), COUNTED


def _asked(words: str) -> Iterator[str]:
    """Yields each word and phrase as PostgreSQL is asked for it: without signs, in quotation marks.

    `3.5` is a phrase as it is in a text, and of minuses alone, some thirty in a row, it could make no question.
    """
    for before, phrase, alone in ASKED.findall(words.translate(QUOTES)):
        if alone.lower() == "or":
            yield alone
            continue
        minus = "-" if (before or alone).startswith(tuple(DASHES)) else ""
        for asked in (alone, before, phrase):
            if parts := asked.translate(BETWEEN).split():
                yield f'{minus}"{" ".join(parts)}"'


def _signs(asked: Sequence[str]) -> Iterator[Q]:
    """Yields the condition of each sign asked for or to be left out; none where one may choose (or)."""
    if any(one.lower() == "or" for one in asked):
        return
    for one in asked:
        if not re.search(r"\w", one):
            has = reduce(and_, (Q(search_text__contains=sign) for sign in one.lower().strip('-"').split()))
            yield ~has if one.startswith("-") else has


def _is_exact(words: str) -> bool:
    """Whether a phrase is asked for, or something to be left out."""
    return bool(re.search(rf'"|(^|\s)[{DASHES}]\w', words.translate(QUOTES)))


def _inside(word: str) -> Q:
    """The condition that the text contains the word, in any of its forms."""
    return reduce(or_, (Q(search_text__contains=form) for form in forms(word)))


def _alike(word: str) -> Q:
    """The condition that the text has a similar word, by trigrams: other endings, misspellings.

    How many letters is `ALIKE` in the settings, for only the connection's own threshold can use the index.
    """
    if len(word) < SHORTEST_ALIKE:
        return _inside(word)
    return _inside(word) | Q(search_text__trigram_word_similar=word)


def forms(word: str) -> set[str]:
    """The word, and its stem where Swedish drops an e, to look for both: cykel, cykl(ar); klotter, klottr(et)."""
    swallowed = re.sub(rf"([^{VOWELS}])e([lnr])$", r"\1\2", word)
    put_back = re.sub(rf"([^{VOWELS}])([lnr])(ar|or|er|arna|orna|et|en)$", r"\1e\2", word)
    return {word, swallowed, put_back}
