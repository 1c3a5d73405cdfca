NUMBER = r"20\d\d-[1-9]\d{0,5}"


class NumberConverter:
    """An issue's number in an address: `2026-41`."""

    regex = NUMBER

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
