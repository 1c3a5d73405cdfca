"""The phone numbers in what somebody wrote about how to reach her, each with what a telephone is to dial for it.

What may be none, or a part of one, is words: no link is better than one that calls somebody else.
"""

from collections.abc import Iterator
from typing import NamedTuple

from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    format_number,
    is_valid_short_number_for_region,
    parse,
)

HERE = "SE"


class PhonePart(NamedTuple):
    """Some of the text as it was written, and the number to dial; empty for what is said between numbers."""

    words: str
    number: str


def phone_parts(text: str) -> Iterator[PhonePart]:
    """Yields the text in its parts, which together are the whole of it: "0383-971 00, växel" → a number and words.

    A short number, as 112 or 114 14, is one only where nothing else is written.
    """
    if short := _short(text):
        yield PhonePart(text, short)
        return
    end = 0
    for found in PhoneNumberMatcher(text, HERE, leniency=Leniency.VALID):
        if between := text[end : found.start]:
            yield PhonePart(between, "")
        found.number.extension = None  # the exchange is asked for it: no telephone waits alike long before it
        yield PhonePart(found.raw_string, format_number(found.number, PhoneNumberFormat.E164))
        end = found.end
    if rest := text[end:]:
        yield PhonePart(rest, "")


def _short(text: str) -> str:
    digits = text.replace(" ", "")
    try:
        asked = parse(text, HERE)
    except NumberParseException:
        return ""
    return digits if digits.isdecimal() and is_valid_short_number_for_region(asked, HERE) else ""
