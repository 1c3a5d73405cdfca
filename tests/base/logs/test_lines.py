"""A line of the log: it can be read by a program, nothing breaks it, and it holds nothing that anybody typed."""

import io
import logging
from datetime import datetime

import django.db
import psycopg
import pytest

from base.logs.lines import PlainLines, escaped, what_went_wrong
from tests.base.logs.conftest import Lines

logger = logging.getLogger("tests.lines")

NAME = "Anna Andersson"
HOSTILE = [
    *("a\r\nb", "a\nb", "a\x00b", "a\x1b[31mb", "a\x7fb", "a\x85b", "a\u2028b", "a\u2029b"),
    *("a\u202eb", "a\u200bb", "a\ufeffb", "a\U000e0041b", "a\x9bb", "a\x0bb", "a\x0cb", "a\x1cb"),
]


def test_a_line_says_when_how_grave_and_who_tells(lines: Lines) -> None:
    logger.warning("Something of ours")

    (line,) = lines()
    assert datetime.fromisoformat(line.pop("time")).utcoffset() is not None
    assert line == {"level": "WARNING", "logger": "tests.lines", "message": "Something of ours"}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_sign_breaks_a_line_or_writes_on_the_terminal(stream: io.StringIO, lines: Lines, text: str) -> None:
    logger.warning("Held %s", text)

    assert lines()[0]["message"] == f"Held {text}"
    assert stream.getvalue().removesuffix("\n").isprintable()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nor_in_the_lines_for_a_terminal(text: str) -> None:
    record = logging.LogRecord("tests", logging.WARNING, "", 0, "Held %s", (text,), None)

    assert PlainLines().format(record).isprintable()


def test_swedish_is_written_as_it_is_read() -> None:
    assert escaped("Sätt upp ”räcket” – å, ä, ö") == "Sätt upp ”räcket” – å, ä, ö"


def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("invalid literal for int(): 'Anna Andersson'"), "ValueError"),
        (KeyError("Anna Andersson"), "KeyError"),
        (RuntimeError("Texten om Anna"), "RuntimeError"),
        (UnicodeEncodeError("utf-8", "Anna", 0, 1, "no"), "UnicodeEncodeError"),
        (
            TypeError("Field 'id' expected a number but got ['Anna']."),
            "TypeError: Field 'id' expected a number but got …",
        ),
        (
            AttributeError("'NoneType' object has no attribute 'pk'"),
            "AttributeError: 'NoneType' object has no attribute 'pk'",
        ),
        (
            django.db.IntegrityError(
                'duplicate key value violates unique constraint "member_email_unique"\n'
                "DETAIL:  Key (email)=(anna@exempel.se) already exists."
            ),
            'django.db.utils.IntegrityError: duplicate key value violates unique constraint "member_email_unique"',
        ),
        (
            psycopg.errors.CheckViolation(
                'new row for relation "members_member" violates check constraint "small"\n'
                "DETAIL:  Failing row contains (1, Anna Andersson, 070-123 45 67)."
            ),
            'psycopg.errors.CheckViolation: new row for relation "members_member" violates check constraint "small"',
        ),
        (
            django.db.DataError('invalid input syntax for type integer: "Anna "den" äldre"\nLINE 1: SELECT Anna'),
            'django.db.utils.DataError: invalid input syntax for type integer: "…"',
        ),
        (
            psycopg.errors.InvalidParameterValue('time zone "Anna" not recognized'),
            'psycopg.errors.InvalidParameterValue: time zone "…" not recognized',
        ),
        (
            django.db.OperationalError("canceling statement\nCONTEXT: Anna"),
            "django.db.utils.OperationalError: canceling statement",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_trace_tells_where_and_what_kind_and_no_value(
    stream: io.StringIO, lines: Lines, error: Exception, told: str
) -> None:
    try:
        fail(error)
    except Exception:
        logger.exception("It failed")

    trace = lines()[0]["trace"].splitlines()
    assert what_went_wrong(error) == trace[-1] == told
    assert any("in fail" in line for line in trace)
    assert "Anna" not in stream.getvalue()


def test_what_led_to_a_fault_is_told_as_sparingly(stream: io.StringIO, lines: Lines) -> None:
    try:
        try:
            fail(ValueError(NAME))
        except ValueError as error:
            raise LookupError(NAME) from error
    except LookupError:
        logger.exception("It failed")

    trace = lines()[0]["trace"]
    assert trace.index("ValueError") < trace.index("which caused:") < trace.index("LookupError")
    assert NAME not in stream.getvalue()
