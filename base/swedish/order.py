"""The order of names in a Swedish list: å, ä and ö after z, any other letter as the plain one that it is made of.

A number stands by its size: Skola 2 before Skola 10. Said from one table for rows, in SQL, and for words in hand. The
letters are moved to the code points after z and compared one by one, for PostgreSQL's ICU collations are missing from
some builds.
"""

import re
import unicodedata
from typing import Any

from django.db.models import CharField, Func
from django.db.models.expressions import Combinable

from base.swedish.text import DASHES, composed

BLANKS = f"{DASHES}/\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"  # Anna-Karin beside Anna Karin
QUOTES = "\"'”“„»«’‘‚´`"
LATIN = [chr(code) for first, beyond in ((0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(first, beyond)]
MARKS = "".join(sorted({mark for letter in LATIN for mark in unicodedata.normalize("NFD", letter)[1:]}))
"""The accents of Latin letters."""

FROM = f"åäæöøœőüűđðłħıŧŋþß{BLANKS}{QUOTES}"
TO = "{||}}}}yyddlhitnts" + " " * len(BLANKS)
"""What SQL's `translate` is told: each letter by its place; a quotation mark, which has nothing to become, goes."""

DIGITS = 20
NUMBER, WITH_NOUGHTS = "([0-9]+)", rf"{'0' * (DIGITS - 1)}\1"
LAST_DIGITS, AS_MANY = f"0*([0-9]{{{DIGITS}}})", r"\1"
"""A number gets noughts before it, and then so many are taken that twenty digits are left."""


def swedish_key(words: str) -> str:
    """The words as a sort key in Swedish order, as `swedish_order` has it."""
    moved = composed(words).lower().translate(str.maketrans(FROM[: len(TO)], TO, QUOTES))
    plain = unicodedata.normalize("NFD", moved).translate(dict.fromkeys(map(ord, MARKS)))
    return re.sub(LAST_DIGITS, AS_MANY, re.sub(NUMBER, WITH_NOUGHTS, plain))


class SwedishOrder(Func):
    """The key in one expression: Django takes each nested one apart, copies and compares it in every statement."""

    template = (
        "regexp_replace(regexp_replace(translate(normalize(translate(LOWER(%(expressions)s), %%s, %%s), NFD), "
        '%%s, %%s), %%s, %%s, %%s), %%s, %%s, %%s) COLLATE "C"'
    )
    told = (FROM, TO, MARKS, "", NUMBER, WITH_NOUGHTS, "g", LAST_DIGITS, AS_MANY, "g")
    output_field = CharField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        sql, params = super().as_sql(compiler, connection, *args, **context)
        return sql, [*params, *self.told]


def swedish_order(field: str) -> Combinable:
    """The field as a sort key in Swedish order: š as s, é as e, ü as y, æ as ä, a hyphen as a blank, 2 before 10."""
    return SwedishOrder(field)
