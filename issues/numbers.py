import re

NUMBER = r"20\d\d-[1-9]\d{0,5}"


def is_number(typed: str) -> bool:
    """Whether it is written as an issue's number is: 2026-41."""
    return bool(re.fullmatch(NUMBER, typed, re.ASCII))


class NumberConverter:
    """An issue's number in an address: `2026-41`."""

    regex = NUMBER

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
