"""The lines of the log, for a program and for a terminal. A line tells of no person but by her number.

What anybody typed may stand in the message of an exception: a trace tells its type and its place, and the message of
those kinds alone that speak of our code.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import django.db
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist
from django.utils import timezone

from base.logs.requests import address_asked_from, asked

SPEAK_OF_CODE = (
    *(AttributeError, ImportError, MemoryError, NameError, NotImplementedError, OSError, RecursionError, TypeError),
    *(ImproperlyConfigured, TemplateDoesNotExist),
)
OF_THE_DATABASE = (django.db.Error, psycopg.Error)
OF_VALUES = (django.db.DataError, psycopg.DataError)
"""In these the quoted words are what was to be stored; in the database's others they are names of tables and rules."""
QUOTED = re.compile('".*"')
VALUE = re.compile(r"\bbut got .*")


class JsonLines(logging.Formatter):
    """One JSON object for each record, and nothing in it breaks the line."""

    def format(self, record: logging.LogRecord) -> str:
        return escaped(json.dumps(facts(record), ensure_ascii=False, default=str))


class PlainLines(logging.Formatter):
    """The same for a terminal: the words first, name=value after them, and a trace below as one is used to it."""

    def format(self, record: logging.LogRecord) -> str:
        told = facts(record)
        trace = told.pop("trace", "")
        first = [str(told.pop(name)) for name in ("time", "level", "logger", "event", "message") if name in told]
        line = " ".join([*first, *(f"{name}={value}" for name, value in told.items() if value is not None)])
        return "\n".join([escaped(line), *map(escaped, trace.splitlines())])


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """All that the line of a record tells, in its order."""
    told = vars(record).get("told") or {"message": record.getMessage()}
    line = {
        "time": datetime.fromtimestamp(record.created, timezone.get_default_timezone()).isoformat("T", "milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        **told,
    }
    by = vars(record).get("asked") or asked()  # what is told after a commit was asked for before it
    line |= {name: value for name, value in by.items() if name not in line}
    if vars(record).get("tells_address"):
        line["address"] = address_asked_from()
    if record.exc_info and record.exc_info[1]:
        line["trace"] = "".join(_trace(record.exc_info[1])).rstrip()
    return line


def escaped(text: str) -> str:
    """The text with every sign that cannot be seen as its number: none of them ends a line or rewrites a terminal."""
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text)


def what_went_wrong(error: BaseException) -> str:
    """The type of the exception, with its message where that speaks of code and not of what somebody wrote."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    message = _message(error)
    return f"{name}: {message}" if message else name


def _message(error: BaseException) -> str:
    first_line = str(error).partition("\n")[0]  # PostgreSQL quotes the row in the lines that follow
    if isinstance(error, OF_VALUES):
        return QUOTED.sub('"…"', first_line)
    if isinstance(error, OF_THE_DATABASE):
        return first_line
    return VALUE.sub("but got …", first_line) if isinstance(error, SPEAK_OF_CODE) else ""


def _trace(error: BaseException) -> Iterator[str]:
    """The trace of the exception, after those of the ones that led to it."""
    if error.__cause__:
        yield from _trace(error.__cause__)
        yield "\nwhich caused:\n\n"
    elif error.__context__ and not error.__suppress_context__:
        yield from _trace(error.__context__)
        yield "\nand while that was handled:\n\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{what_went_wrong(error)}\n"
