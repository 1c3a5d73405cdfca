"""Names that are known: how they are recognised where they stand, and that nobody else is taken for one of them."""

from __future__ import annotations

from time import process_time

import pytest

from base.swedish.guard import Found, Kind, KnownNames, find

KNOWN = KnownNames(["Maja Exempel", "Räddningstjänsten Vetlanda", "Ann-Sofie af Prov", "Kevin Andersson", ""])


def told(text: str) -> list[str]:
    return [text[one.start : one.end] for one in KNOWN.without(text, find(text))]


@pytest.mark.parametrize(
    "written",
    [
        "Det sa Maja Exempel till oss.",
        "Enligt Maja Exempels mejl är det mörkt.",
        "DET SA KEVIN ANDERSSON",
        "Vi träffade Maja\nExempel där.",
        "Vi träffade Maja  Exempel där.",
        "Ring Ann‑Sofie af Prov i morgon.",  # the hyphen that does not break
        "İİİ 🙂 Det sa Maja Exempel.",  # in small letters the first are two signs each
    ],
)
def test_a_known_name_is_not_told_however_it_is_written(written: str) -> None:
    assert find(written)
    assert told(written) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Det sa Maja Larsson till oss.", "Maja Larsson"),
        ("Det sa Kevin Exempel till oss.", "Kevin Exempel"),
        ("Hon heter Maja.", "Maja"),
        ("Det sa Maja Exempel Larsson till oss.", "Maja Exempel Larsson"),
        ("Det sa Lars Maja Exempel till oss.", "Lars Maja Exempel"),
    ],
)
def test_who_has_a_part_of_a_known_name_is_told_of(text: str, name: str) -> None:
    assert told(text) == [name]


def test_of_several_only_the_known_is_left_out() -> None:
    assert told("Maja Exempel talade med Kevin Larsson och Sara Berg.") == ["Kevin Larsson", "Sara Berg"]


def test_a_number_beside_a_known_name_is_told_all_the_same() -> None:
    assert told("Maja Exempel, 0701740605") == ["0701740605"]


def test_without_any_names_everything_that_is_found_is_told() -> None:
    text = "Det sa Maja Exempel till oss."

    assert KnownNames([]).without(text, find(text)) == find(text)


def test_a_name_without_a_letter_that_a_recogniser_tells_of_is_nobodys() -> None:
    assert KNOWN.without("Maja !!", [Found(Kind.NAME, 5, 7)]) == [Found(Kind.NAME, 5, 7)]


def test_many_names_of_which_many_are_nearly_known_take_no_long_time() -> None:
    known = KnownNames(f"Kevin Vetlanda{number}" for number in range(2_000))
    text = "Kevin Larsson, " * 1_300  # as long as any text

    begun = process_time()
    left = known.without(text, find(text))

    assert (len(left), process_time() - begun < 3) == (1_300, True)
