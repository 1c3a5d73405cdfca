"""The numbers to dial in what somebody wrote as her telephone."""

import pytest

from base.swedish.phones import phone_parts

NUMBERS = {
    "0383-971 00": ["+4638397100"],
    "+46 (0)383-971 00": ["+4638397100"],
    "+46(0)70-123 45 67": ["+46701234567"],
    "+46 383 971 00": ["+4638397100"],
    "0046 383-971 00": ["+4638397100"],
    "(0383) 971 00": ["+4638397100"],
    "0383–971 00": ["+4638397100"],
    "0383\N{NON-BREAKING HYPHEN}971\N{NO-BREAK SPACE}00": ["+4638397100"],
    "0771-414 400": ["+46771414400"],
    "+47 22 33 44 55": ["+4722334455"],
    "0383-971 00, 070-123 45 67": ["+4638397100", "+46701234567"],
    "0383-971 00/070-123 45 67": ["+4638397100", "+46701234567"],
    "0383-971 00 eller 070-123 45 67": ["+4638397100", "+46701234567"],
    "växel 0383-971 00": ["+4638397100"],
    "0383-971 00 ankn 12": ["+4638397100"],
    "0383-971 00 ext 12": ["+4638397100"],
    "0383-971 00 kl 8-16": ["+4638397100"],
    "112": ["112"],
    "114 14": ["11414"],
    "1177": ["1177"],
}
NONE = (
    "",
    "ring växeln",
    "971 00",
    "97100",
    "383-971 00",
    "0383-971 00-05",
    "ankn 112",
    "12345",
    "2026-11-25",
    "+",
    "0" * 40,
)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_dialled_as_it_was_meant(text: str) -> None:
    assert [part.number for part in phone_parts(text) if part.number] == NUMBERS[text]


@pytest.mark.parametrize("text", NONE)
def test_what_may_be_no_number_is_not_dialled(text: str) -> None:
    assert [part.number for part in phone_parts(text) if part.number] == []


@pytest.mark.parametrize("text", [*NUMBERS, *NONE])
def test_nothing_that_was_written_is_left_out(text: str) -> None:
    assert "".join(part.words for part in phone_parts(text)) == text
