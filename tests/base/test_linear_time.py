"""A wall of signs is read through in time that grows with its length alone, by whatever reads what people send.

Every pattern that stands in the house is tried, also one of tomorrow: it is found in the source. A pattern that is
made while the program runs is tried by what makes it. Measured is the time of our own process, so that a machine with
much else to do does not matter: four times the wall may take eight times as long. What takes no time is not measured.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from time import process_time
from typing import Any

import pytest
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.urls import URLPattern, URLResolver, get_resolver

from base.documents.tree import as_text
from base.records.address import MailAddressFormField, normalize_address
from base.records.freetext import FreeTextFormField
from base.records.search import number_in, plain, strict_to_loose
from base.records.search_provider import excerpt
from base.swedish.order import swedish_key
from base.swedish.passages import masked, pattern
from base.swedish.text import composed, normalize_line, normalize_text
from temagrupp.tools.terminal import ROOT

FLOORS = ("base", "members", "issues", "meetings", "demo", "temagrupp")
TAKES_A_PATTERN = {"compile", "sub", "split", "search", "match", "fullmatch", "findall", "finditer"}
TAKES_A_PATTERN |= {"RegexField", "RegexValidator", "re_path"}

SHORT = 2_500
NOTHING = 0.03
"""Seconds; the square of the longer wall takes longer than that, for any pattern."""
UNITS = [
    *(
        "a",
        "é",
        "0",
        "20",
        "A",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\u00a0",
        "\u2028",
        "-",
        "–",
        '"',
        '-"',
        "a ",
        "a-",
        "a@",
        "a.",
    ),
    *(
        "/",
        "<a",
        "&a;",
        "(",
        "_",
        "\\",
        "\u0301",
        "\u0301\u0323",
        "a\u0301\u0323",
        "\u200d",
        "👨\u200d",
        "🇸",
        "🏴",
        "\U000e0061",
    ),
    *("\ue000", "中", "ש", "\x00", "\x1b", "or ", 'url("', '@import url("', "2026-", "but got ", "belysning"),
]
BETWEEN_SIGNS = (
    " ",
    "\n",
    "-",
    "–",
    "\u200b",
    "\u3164",
    "\u0301",
    "\u20e3",
    "\u3164-",
    " \u0301",
    "(",
    "+",
    " punkt ",
    " [at] ",
)
"""What may stand between the signs of a passage."""
ENDS = ("", "!\n\x7fé")
"""A wall that ends otherwise than it stands makes a pattern go back."""


# Every pattern


def written(module: str, path: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield the patterns in the source of a module, with where each stands."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute | ast.Name)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        is_re = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re"
        if name not in TAKES_A_PATTERN or not (is_re or name[:2] in {"Re", "re"}):
            continue
        try:
            pattern = eval(compile(ast.Expression(node.args[0]), path, "eval"), vars(import_module(module)))
        except NameError:
            continue  # made while the program runs
        if isinstance(pattern, str | bytes):
            yield f"{path}:{node.lineno}", pattern


def of_the_source() -> dict[str, re.Pattern[Any]]:
    found: dict[str, re.Pattern[Any]] = {}
    for path in sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if "migrations" in name or not re.search(r"\bre\b|Regex|re_path", path.read_text()):
            continue
        module = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        found |= {where: re.compile(pattern) for where, pattern in written(module, name)}
    return found


def of_the_addresses(resolver: URLResolver | None = None) -> Iterator[tuple[str, re.Pattern[str]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        yield str(entry.pattern), entry.pattern.regex
        if isinstance(entry, URLResolver):
            yield from of_the_addresses(entry)
        else:
            assert isinstance(entry, URLPattern)


SOURCE = of_the_source()
EVERY_PATTERN = {**SOURCE, **dict(of_the_addresses())}


def took(read: Callable[[Any], object], wall: str | bytes) -> float:
    begun = process_time()
    read(wall)
    return process_time() - begun


def grows_faster(read: Callable[[Any], object], unit: Any, end: Any) -> bool:
    """Whether four times the wall take more than eight times as long, each time that it is tried."""
    wall = unit * (SHORT // len(unit))
    for _ in range(3):
        long = took(read, wall * 4 + end)
        if long < NOTHING or long < 8 * took(read, wall + end):
            return False
    return True


def walls(pattern: re.Pattern[Any]) -> Iterator[tuple[Any, Any]]:
    own = {sign for sign in str(pattern.pattern) if sign.isprintable()}
    for unit in {*UNITS, *own}:
        for end in ENDS:
            yield (unit.encode(), end.encode()) if isinstance(pattern.pattern, bytes) else (unit, end)


@pytest.mark.parametrize("where", EVERY_PATTERN)
def test_a_pattern_reads_a_wall_through_once(where: str) -> None:
    pattern = EVERY_PATTERN[where]
    ways = (pattern.search, pattern.fullmatch, pattern.findall)

    slow = [(way.__name__, unit) for unit, end in walls(pattern) for way in ways if grows_faster(way, unit, end)]

    assert slow == []


def test_a_pattern_that_goes_back_again_and_again_is_found() -> None:
    assert len(SOURCE) > 15
    assert grows_faster(re.compile(r"\w*belysning").search, "a", "")
    assert grows_faster(re.compile(r"\s+$").search, " ", "!")


# Whatever else reads what people send


def in_search(words: str) -> list[str]:
    return [str(condition) for condition, _ in strict_to_loose(plain(words))]


READERS: dict[str, Callable[[str], object]] = {
    "text": normalize_text,
    "line": normalize_line,
    "letters": composed,
    "document": as_text,
    "address": normalize_address,
    "order": swedish_key,
    "number": number_in,
    "search": in_search,
    "passage": partial(masked, pattern("a a a-a aé 0-0 (\\ belysning")),
    "person's number": partial(masked, pattern("000101-9999")),
    "phone number": partial(masked, pattern("080-000 00 00")),
    "foreign number": partial(masked, pattern("+47 000 00 000")),
    "plate": partial(masked, pattern("AAA000")),
    "address's passage": partial(masked, pattern("a.å@b.se")),
    "its pattern": lambda typed: pattern(f"ab {typed[:200]} ab"),
    "excerpt": partial(excerpt, words="belysning klotter gångtunnel aaa éé 中中中"),
    "page": linebreaksbr,
    "paragraphs": linebreaks_filter,
}


@pytest.mark.parametrize("name", READERS)
def test_what_reads_a_text_reads_a_wall_through_once(name: str) -> None:
    slow = [unit for unit in UNITS for end in ENDS if grows_faster(READERS[name], unit, end)]

    assert slow == []


def broken_off(begun: str, expression: str, wall: str) -> str:
    return masked(expression, begun + wall)


@pytest.mark.parametrize(
    "passage", ["a a", "åsa-b c", "000101-9999", "080-000 00 00", "+47 000 00 000", "AAA000", "a.å@b.se"]
)
def test_a_passage_that_breaks_off_in_a_wall_is_read_through_once(passage: str) -> None:
    slow = [
        (passage[:place], unit)
        for place in range(1, len(passage))
        for unit in BETWEEN_SIGNS
        if grows_faster(partial(broken_off, passage[:place], pattern(passage)), unit, "")
    ]

    assert slow == []


@pytest.mark.parametrize("field", [FreeTextFormField(max_length=4000), MailAddressFormField()], ids=["text", "address"])
def test_a_field_refuses_a_wall_in_the_time_that_it_takes_to_read_it(field: Any) -> None:
    def refuse(typed: str) -> None:
        with pytest.raises(Exception, match=r".|\n"):
            field.clean(f"{typed}{'x' * 5000}")

    assert [unit for unit in UNITS if grows_faster(refuse, unit, "")] == []
