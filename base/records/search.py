"""Search in Swedish: the generated columns of a searchable row, and the conditions that find it.

PostgreSQL's Swedish stemming neither splits compounds nor joins all forms of a word, so a row keeps its words
twice: as a vector and as plain lower-case text.
"""

import re
from collections.abc import Iterator
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower

from base.swedish.text import normalize_line


def searchable_vector(*fields: str) -> models.GeneratedField:
    """A generated column: the fields' words, stemmed as Swedish."""
    return models.GeneratedField(
        expression=SearchVector(*fields, config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def searchable_text(*fields: str) -> models.GeneratedField:
    """A generated column: the fields' text in lower case, for words inside compounds and for misspellings."""
    parts: list[str | Value] = [fields[0]]
    for field in fields[1:]:
        parts += [Value(" "), field]
    return models.GeneratedField(
        expression=Lower(Concat(*parts, output_field=models.TextField())),
        output_field=models.TextField(),
        db_persist=True,
        editable=False,
    )


# Finding

FEW = 5  # hits enough for not looking any wider
MOST = 1_000  # hits that nobody looks through: a step stops there
LONGEST = 200
SHORTEST_INSIDE = 3
SHORTEST_ALIKE = 5

NUMBER = re.compile(r"#?(?:(20\d\d)\s*[-–/]\s*)?([1-9]\d{0,5})")
LONE_MINUS = re.compile(r"-(?![^\W_]|\")")
"""A minus with nothing after it to be without: of some thirty in a row PostgreSQL cannot make a question."""
VOWELS = "aeiouyåäö"


def number_in(words: str) -> Q | None:
    """The condition that finds an issue by "2026-41" or "41"; None when the words are no number."""
    match = NUMBER.fullmatch(words)
    if not match:
        return None
    year, serial = match.groups()
    return Q(year=year, serial=serial) if year else Q(serial=serial)


def plain(words: str) -> str:
    """The searched words, normalized as the texts are kept and safe for the database."""
    return normalize_line(words.replace("\x00", " "))[:LONGEST].rstrip()


def strict_to_loose(words: str) -> Iterator[Q]:
    """Yields conditions on a searchable row, each looser than the one before: its words, inside its words, alike.

    Only the first understands `"exact phrase"` and `-without`; where these stand, the others keep quiet.
    """
    asked = LONE_MINUS.sub(" ", words)
    yield Q(search_vector=SearchQuery(asked, config="swedish", search_type="websearch"))
    loose = [word for word in re.findall(r"\w+", words.lower()) if len(word) >= SHORTEST_INSIDE]
    if loose and not re.search(r'"|(^|\s)-\w', words):
        yield reduce(and_, map(_inside, loose))
        yield reduce(and_, map(_alike, loose))


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
