"""How a point of an agenda is numbered, and named inside a sentence."""

import pytest

from base.swedish.points import at_point, at_points, point_number, points_between, titled


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("heading", "position", "first", "number"),
    [(6, 0, None, "6"), (6, 2, None, "6.2"), (6, 0, 14, "§ 19"), (6, 2, 14, "§ 19.2"), (1, 0, 1, "§ 1")],
)
def test_a_point_has_the_number_of_its_heading_or_its_paragraph(
    heading: int, position: int, first: int | None, number: str
) -> None:
    assert plain(point_number(heading, position, first=first)) == number


def test_a_number_is_named_inside_a_sentence() -> None:
    six, paragraph = point_number(6), point_number(6, first=14)

    assert [plain(at_point(number)) for number in (six, paragraph)] == ["punkt 6", "§ 19"]
    assert [plain(at_points(number)) for number in (six, paragraph)] == ["Punkterna 6", "§ 19"]
    assert [plain(titled(number, "Nytt")) for number in (six, paragraph)] == ["6. Nytt", "§ 19 Nytt"]


def test_a_stretch_of_headings_is_named_by_its_first_and_last() -> None:
    stretches = [(1, 5, None), (3, 3, None), (1, 5, 14), (3, 3, 14)]

    told = [plain(points_between(first, last, paragraphs_from=start)) for first, last, start in stretches]

    assert told == ["punkt 1–5", "punkt 3", "§ 14–18", "§ 16"]
