"""How the points of an agenda are numbered and named: 6.1 at its meeting, § 19.1 where § go on over the year."""

SIGN = "§\N{NO-BREAK SPACE}"


def point_number(heading: int, position: int = 0, *, first: int | None = None) -> str:
    """The number of a point: 6.1 and, where the meeting's first heading has § 14, § 19.1. At 0 the heading itself."""
    whole = str(heading) if first is None else f"{SIGN}{first + heading - 1}"
    return f"{whole}.{position}" if position else whole


def is_paragraph(number: str) -> bool:
    """Whether a number of a point is one of those that go on over the year."""
    return number.startswith(SIGN)


def at_point(numbers: str) -> str:
    """One or more numbers inside a sentence: punkt 6.1 · § 19.1."""
    return numbers if is_paragraph(numbers) else f"punkt {numbers}"


def at_points(numbers: str) -> str:
    """More numbers than one, first in a sentence: Punkterna 4.2 och 7.1 · § 17.2 och § 20.1."""
    return numbers if is_paragraph(numbers) else f"Punkterna {numbers}"


def points_between(first: int, last: int, *, paragraphs_from: int | None = None) -> str:
    """From one heading to another, both included: punkt 1–5 · § 14–18."""
    begin = at_point(point_number(first, first=paragraphs_from))
    return begin if first == last else f"{begin}–{last if paragraphs_from is None else paragraphs_from + last - 1}"


def titled(number: str, title: str) -> str:
    """A heading with its number: 6. Nya ärenden · § 19 Nya ärenden."""
    return f"{number} {title}" if is_paragraph(number) else f"{number}. {title}"
