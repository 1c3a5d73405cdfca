"""What people write in the cells of the group's sheet, and what programs make of it."""

from __future__ import annotations

from datetime import date

import pytest

from base.imports.columns import SheetRow
from members.group_import.cells import GroupRow, dialled, read_row
from members.models import Organisation, Seat

TODAY = date(2026, 11, 28)


def row(**cells: str) -> GroupRow:
    """A row with these cells, with nothing wrong in them."""
    whole = {"organisation": "Hamnen", "name": "Kim Skiss", "email": "kim@exempel.se"} | cells
    read = read_row(SheetRow(2, whole), today=TODAY)
    assert read.wrong == []
    return read


def wrong(**cells: str) -> list[str]:
    """What is wrong in a row with these cells."""
    whole = {"organisation": "Hamnen", "name": "Kim Skiss", "email": "kim@exempel.se"} | cells
    return read_row(SheetRow(2, whole), today=TODAY).wrong


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("701740605", "0701740605"),
        ("701740605.0", "0701740605"),
        ("46701740605", "+46701740605"),
        ("38397100", "038397100"),
        ("0701740605", "0701740605"),
        ("070-174 06 05 (växel)", "070-174 06 05 (växel)"),
        ("112", "112"),
        ("'0701740605", "0701740605"),
        ("’070-174 06 05", "070-174 06 05"),
        ("'+46701740605", "+46701740605"),
        ("", ""),
    ],
)
def test_a_number_has_the_nought_that_a_sheet_took(cell: str, number: str) -> None:
    assert row(phone=cell).phone == number


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-01-15", date(2026, 1, 15)),
        ("2026\u201301\u201315", date(2026, 1, 15)),
        ("20260115", date(2026, 1, 15)),
        ("15/1 2026", date(2026, 1, 15)),
        ("15 januari 2026", date(2026, 1, 15)),
        ("2026-01-15 00:00", date(2026, 1, 15)),
        ("2026-01-15T00:00:00", date(2026, 1, 15)),
        ("2026-01-15 00:00:00.000", date(2026, 1, 15)),
        ("'2026-01-15", date(2026, 1, 15)),
        ("46037", date(2026, 1, 15)),
        ("46037.0", date(2026, 1, 15)),
        ("46037,00", date(2026, 1, 15)),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_and_sheets_write_it(cell: str, day: date | None) -> None:
    assert row(since=cell).since == day


@pytest.mark.parametrize(
    "cell",
    [
        "Kim@Exempel.SE",
        "Kim Skiss <kim@exempel.se>",
        "mailto:kim@exempel.se",
        " kim@exempel.se.",
        "kim@exempel.se;",
        "kim@exempel.se,",
        "(kim@exempel.se)",
        "<kim@exempel.se>;",
        "'kim@exempel.se'",
        "Skiss, Kim (Hamnen) <kim@exempel.se>; ",
        '"Kim Skiss" <mailto:kim@exempel.se>',
        "Kim Skiss (kim@exempel.se)",
        "kim@exempel.se (arbetet)",
    ],
)
def test_an_address_is_read_as_it_is_copied(cell: str) -> None:
    assert row(email=cell).email == "kim@exempel.se"


@pytest.mark.parametrize(
    "cell",
    [
        "kim@exempel.se; bo@exempel.se",
        "Kim <kim@exempel.se>; Bo <bo@exempel.se>",
        "kim@exempel.se (bo@exempel.se)",
        "gäller inte: kim@exempel.se",
        "kim exempel.se",
    ],
)
def test_nobody_guesses_which_of_two_addresses_is_meant(cell: str) -> None:
    [told] = wrong(email=cell)
    assert told.startswith("E-post: ")


def test_an_address_may_have_an_apostrophe() -> None:
    assert row(email="Kim O'Prov <kim.o'prov@exempel.se>").email == "kim.o'prov@exempel.se"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("070-174 06 05", "+46 70-174 06 05", True),
        ("070-174 06 05", "70 174 06 05", True),
        ("070-174 06 05", "+46 (0)70-174 06 05", True),
        ("070-174 06 05", "0046 70 174 06 05", True),
        ("070-174 06 05", "46701740605", True),
        ("046-12 34 56", "+46 46 12 34 56", True),
        ("046-12 34 56", "12 34 56", False),
        ("070-174 06 05", "070-174 06 06", False),
        ("+47 70 17 40 60", "047-70 17 40 60", False),
        ("+47 70 17 40 60", "0047 70174060", True),
    ],
)
def test_a_number_is_the_same_from_here_and_from_abroad(one: str, other: str, is_same: bool) -> None:
    assert (dialled(one) == dialled(other)) is is_same


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("ORDINARIE", Seat.Role.ORDINARY),
        ("Ord.", Seat.Role.ORDINARY),
        ("suppleant", Seat.Role.DEPUTY),
        ("Ersättare", Seat.Role.DEPUTY),
        ("ingen", ""),
    ],
)
def test_a_role_is_read_by_the_words_that_groups_use(cell: str, role: str) -> None:
    assert row(role=cell).role == role


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Kommunalt bolag", Organisation.Kind.COMPANY),
        ("POLIS", Organisation.Kind.POLICE),
        ("förvaltning ", Organisation.Kind.DEPARTMENT),
    ],
)
def test_a_kind_is_read_by_the_words_that_groups_use(cell: str, kind: str) -> None:
    assert row(kind=cell).kind == kind


def test_a_name_may_stand_in_two_columns() -> None:
    assert row(name="", first_name="Kim", last_name="Skiss ").name == "Kim Skiss"


# What programs have made of it


@pytest.mark.parametrize(
    "cell", ["Kim \ufffdkerström", "Kim Ã…kerstrÃ¶m", "Kim √Ökerstr√∂m", "Kim ├àkerstr├Âm", "Kim â€œPrick"]
)
def test_a_name_in_which_letters_are_lost_is_told(cell: str) -> None:
    assert wrong(name=cell) == [
        f"Namn: å, ä, ö eller andra tecken i ”{cell}” gick inte att läsa. Rätta dem i tabellen och läs in den igen."
    ]


def test_a_role_in_which_letters_are_lost_is_told_as_that() -> None:
    [told] = wrong(role="ers\ufffdttare")
    assert told.startswith("Roll: å, ä, ö eller andra tecken i ”ers\ufffdttare” gick inte att läsa.")


def test_a_name_with_foreign_letters_is_a_name() -> None:
    assert row(name="João Ängstrøm-Ñoño").name == "João Ängstrøm-Ñoño"
    assert row(name="JOÃO PÂRIS").name == "JOÃO PÂRIS"


@pytest.mark.parametrize("cell", ["4,67E+10", "4,67017E+10", "7.01741e+08", "'4,67E10"])
def test_a_number_that_a_sheet_has_shortened_is_told(cell: str) -> None:
    told = "är ett nummer som kalkylprogrammet har kortat. Skriv hela numret, till exempel 070-174 06 05."
    assert wrong(phone=cell) == [f"Telefon: ”{cell}” {told}"]


@pytest.mark.parametrize("cell", ["2026-01-15T12:30:00", "2026-01-14T23:00:00Z", "46037.5"])
def test_a_day_with_a_time_is_told(cell: str) -> None:
    assert wrong(since=cell)[0].startswith("Från och med: ")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Bostadsbolag", Organisation.Kind.COMPANY),
        ("Övriga", Organisation.Kind.OTHER),
        ("Polismyndigheten", Organisation.Kind.POLICE),
    ],
)
def test_a_kind_is_known_by_what_people_call_it(cell: str, kind: str) -> None:
    assert row(kind=cell).kind == kind


def test_a_kind_that_the_register_does_not_have_is_kept_as_it_stands() -> None:
    assert (row(kind=" Ideell  förening ").kind, row(kind=" Ideell  förening ").other_kind) == ("", "Ideell förening")
    assert row(kind="Polis").other_kind == ""
