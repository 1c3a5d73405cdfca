"""Over every sign there is: what the guard reads as a number, a plate or an address, masking finds, and nothing else.

In each way of writing one sign is put in place of another, or between two. Tried is each that the expression could read
somewhere, looked for among every code point there is, and each that the guard reads as another sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from typing import NamedTuple

import pytest
from django.db import connection

from base.swedish.alike import ALIKE, AS_DIGITS, MARKS, PLANES, _alike, among
from base.swedish.guard.addresses import emails, with_signs
from base.swedish.guard.folding import fold
from base.swedish.guard.numbers import Where, persons, phones, plates
from base.swedish.passages import MASK, compared, masked, number_of, pattern
from base.swedish.text import EMPTY_LETTERS

PASSES_OVER = {""}
BLANKS = {" ", "\n", "\t", "\r"}
PARTS = PASSES_OVER | BLANKS | {*"-+/()._"}
ALL = "".join(chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000)
FOLDED = {*map(chr, ALIKE), *MARKS, *map(chr, range(1, 0x100))}
BRACKETS = re.compile(r"\[(?:\\.|[^]\\])+\]")


class Spelling(NamedTuple):
    """What stands before the sign and after it, and the signs that masking is to read there."""

    before: str
    after: str
    signs: set[str]


PERSON = [
    Spelling("8", "1218-9876", {"1", "I", "l"}),
    Spelling("811218-987", "", {"6"}),
    Spelling("811218", "9876", PARTS),
    Spelling("811218 -", "9876", PARTS),
    Spelling("81121", "8-9876", PARTS),
]
PHONE = [
    Spelling("070", "174 06 05", PARTS),
    Spelling("", "70-174 06 05", {"0", "O", "o"}),
    Spelling("070-174 0", " 05", {"6"}),
    Spelling("", "46 70 174 06 05", {"+"}),
    Spelling("+46 ", "0)70-174 06 05", PARTS),
    Spelling("+46 (0", "70-174 06 05", PARTS),
]
ABROAD = [Spelling("", "47 912 34 567", {"+"}), Spelling("+47", "912 34 567", PARTS)]
PLATE = [
    Spelling("", "BC 123", {"A", "a"}),
    Spelling("A", "C 123", {"B", "b"}),
    Spelling("ABC 1", "3", {"2"}),
    Spelling("ABC", "123", PASSES_OVER | BLANKS | {"-"}),
    Spelling("A", "BC123", PASSES_OVER | BLANKS | {"-"}),
]
EMAIL = [
    Spelling("ann", ".ek@exempel.se", {"a", "A"}),
    Spelling("anna", "ek@exempel.se", {"."}),
    Spelling("anna.ek", "exempel.se", {"@"}),
    Spelling("anna.ek", "at] exempel.se", {*"([{<", *BLANKS}),
    Spelling("anna.ek@exempel [p", "nkt] se", {"u", "U"}),
    Spelling("anna.ek@exemp", "l.se", {"e", "E"}),
    Spelling("anna.ek@exempel.", "e", {"s", "S"}),
    Spelling("anna.ek@exem", "pel.se", PASSES_OVER),
]
Finder = Callable[[str], Iterator[Where]]
ONE: dict[str, tuple[list[Spelling], Finder]] = {
    "811218-9876": (PERSON, partial(persons, today=date(2026, 11, 28))),
    "070-174 06 05": (PHONE, phones),
    "+47 912 34 567": (ABROAD, phones),
    "ABC 123": (PLATE, plates),
    "anna.ek@exempel.se": (EMAIL, emails),
}
EACH = [(written, spelling) for written, (spellings, _) in ONE.items() for spelling in spellings]
NAMES = [f"{spelling.before}~{spelling.after}" for _, spelling in EACH]


def is_read(sign: str, spelling: Spelling) -> bool:
    """Whether the sign is read there, or passed over as a mark on the sign before."""
    alike = ALIKE.get(ord(sign), sign)
    passed_over = "" in spelling.signs and sign in MARKS
    is_empty = not spelling.signs.isdisjoint({"", " "}) and sign in EMPTY_LETTERS
    return alike in spelling.signs or passed_over or is_empty


@cache
def tried(expression: str) -> frozenset[str]:
    """Every sign that the expression could read somewhere, as it stands between its brackets, and what folds."""
    between = "".join(brackets[1:-1] for brackets in {*BRACKETS.findall(expression)})
    return frozenset(FOLDED.union(re.findall(f"[{between}]", ALL)))


def kernel(text: str) -> str:
    """What makes it the number, plate or address that it is, in a folded text."""
    return (
        with_signs(text).upper()
        if "@" in with_signs(text)
        else re.sub(r"[\W_]", "", text).translate(AS_DIGITS).upper()[-8:]
    )


@pytest.mark.parametrize(("written", "spelling"), EACH, ids=NAMES)
def test_masking_reads_a_sign_as_the_guard_folds_it_and_no_other(written: str, spelling: Spelling) -> None:
    expression = re.compile(pattern(written))
    signs = tried(expression.pattern)

    read = {sign for sign in signs if expression.fullmatch(f"{spelling.before}{sign}{spelling.after}")}

    assert sorted(map(ascii, read ^ {sign for sign in signs if is_read(sign, spelling)})) == []


@pytest.mark.parametrize(("written", "spelling"), EACH, ids=NAMES)
def test_what_the_guard_finds_masking_finds_and_it_cannot_come_back(written: str, spelling: Spelling) -> None:
    expression, number, missed = re.compile(pattern(written)), number_of(written), []
    for sign in FOLDED:
        text = f"Bil {spelling.before}{sign}{spelling.after} där"
        folded = fold(text)
        for _, start, end in ONE[written][1](folded.text):
            if kernel(folded.text[start:end]) == kernel(written):
                found = text[slice(*folded.span(start, end))]
                is_known = number_of(found) == number if number else compared(found) == compared(written)
                missed += [] if is_known and expression.fullmatch(found) else [ascii(sign)]

    assert missed == []


@pytest.mark.django_db
@pytest.mark.parametrize("written", ONE)
def test_the_database_reads_the_same_signs(written: str) -> None:
    spellings, signs = ONE[written][0], sorted(tried(pattern(written)))
    text = "; ".join(f"{each.before}{sign}{each.after}" for each in spellings for sign in signs)

    with connection.cursor() as cursor:
        cursor.execute("SELECT regexp_replace(%s, %s, %s, 'g')", [text, pattern(written), MASK])
        assert cursor.fetchone() == (masked(pattern(written), text),)


def test_no_other_sign_is_read_as_another() -> None:
    looked_at = {code for plane in PLANES for code in plane}
    ours = re.compile(r"[\x00-\u024f]")

    assert [s for s in ALL if ord(s) > 0x7F and ord(s) not in looked_at and ours.match(_alike(s))] == []
    assert [sign for sign in ALL if ord(sign) not in looked_at and unicodedata.category(sign)[0] == "M"] == []


def test_between_brackets_a_sign_is_only_a_sign() -> None:
    signs = "]^-\\[:.=abc&~|"

    assert re.findall(f"[{among(signs)}]", "abcd]^-\\[:.=&~|x") == list("abc]^-\\[:.=&~|")
