"""A sheet with a row for each organisation: the ordinarie and the ersättare beside each other are two people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from members.group_import.planning import GroupImport
from members.models import Seat
from tests.base.imports.workbooks import workbook
from tests.members.importing import bring_in, read, review, words_of

pytestmark = pytest.mark.django_db

HEADINGS = ["Organisation", "Ordinarie", "E-post ordinarie", "Ersättare", "E-post ersättare"]
KIM, ALEX = ["Kim Skiss", "kim@exempel.se"], ["Alex Utkast", "alex@exempel.se"]


def sheet(*rows: list[str], headings: list[str] = HEADINGS) -> bytes:
    return workbook(headings, *rows)


def seats() -> set[tuple[str, str, str]]:
    seated = Seat.objects.filter(organisation__name="Hamnbolaget AB").select_related("member", "organisation")
    return {(seat.member.name, seat.member.email, seat.role) for seat in seated}


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        ["Förvaltning", "Ordinarie", "E-post", "Ersättare", "E-post"],
        ["Bolag", "Ordinarie ledamot", "E-post (ordinarie)", "Suppleant", "E-post (suppleant)"],
    ],
)
def test_both_get_their_seats_and_a_second_time_nothing_is_done(as_coordinator: Client, headings: list[str]) -> None:
    file = sheet(["Hamnbolaget AB", *KIM, *ALEX], headings=headings)

    bring_in(as_coordinator, read(as_coordinator, file=file))

    assert seats() == {("Kim Skiss", "kim@exempel.se", "ordinary"), ("Alex Utkast", "alex@exempel.se", "deputy")}
    again = GroupImport().plan(read(as_coordinator, file=file).sheet_rows)
    assert [(row.steps, row.told, row.wrong, row.left) for row in again.rows] == [([], [], [], [])] * 2


@pytest.mark.parametrize("is_merged", [True, False])
def test_headings_in_two_rows_are_read_together(as_coordinator: Client, is_merged: bool) -> None:
    """Ordinarie stands over Namn and E-post, and Ersättare over the next two."""

    def above(book: Any, sheet: Any) -> None:
        if is_merged:
            sheet.merge_range(0, 0, 0, 4, "Gruppen 2026")
            sheet.merge_range(1, 0, 2, 0, "Organisation")
            sheet.merge_range(1, 1, 1, 2, "Ordinarie")
            sheet.merge_range(1, 3, 1, 4, "Ersättare")

    upper = [None, "Ordinarie", None, "Ersättare", None]
    lower = ["Organisation", "Namn", "E-post", "Namn", "E-post"]
    content = workbook(["Gruppen 2026"], upper, lower, ["Hamnbolaget AB", *KIM, *ALEX], change=above)
    found = read(as_coordinator, file=content)

    columns = words_of(as_coordinator.get(f"{review(found)}kolumner/"))
    assert '<th role="rowheader" scope="row">Ordinarie Namn</th>' in columns
    assert "Rad 1 (Gruppen 2026) står ovanför rubrikerna och läses inte in." in words_of(
        as_coordinator.get(review(found))
    )
    bring_in(as_coordinator, found)
    assert seats() == {("Kim Skiss", "kim@exempel.se", "ordinary"), ("Alex Utkast", "alex@exempel.se", "deputy")}


def test_each_has_her_own_errors(as_coordinator: Client) -> None:
    file = sheet(["Hamnbolaget AB", *KIM, "Alex Utkast", "alex.exempel.se"], ["Torgbolaget AB", "", "", "Vakant", ""])

    plan = GroupImport().plan(read(as_coordinator, file=file).sheet_rows)

    assert [(row.number, row.name) for row in plan.rows] == [
        (2, "Kim Skiss, Hamnbolaget AB"),
        (2, "Alex Utkast, Hamnbolaget AB"),
        (3, "Torgbolaget AB"),
    ]
    assert [len(row.wrong) for row in plan.rows] == [0, 1, 0]
    assert plan.wrong[0].wrong[0].startswith("E-post: ")


def test_one_who_is_both_is_wrong_and_one_who_is_it_twice_is_entered_once(as_coordinator: Client) -> None:
    twice = ["Hamnbolaget AB", *KIM, "", ""]
    both = GroupImport().plan(read(as_coordinator, file=sheet(["Hamnbolaget AB", *KIM, *KIM])).sheet_rows)
    assert {told for row in both.rows for told in row.wrong} == {
        "Kim Skiss, Hamnbolaget AB står med olika roll eller dag: rad 2. Behåll en av dem."
    }

    bring_in(as_coordinator, read(as_coordinator, file=sheet(twice, twice)))

    assert seats() == {("Kim Skiss", "kim@exempel.se", "ordinary")}


def test_a_merged_organisation_stands_in_both_of_its_rows(as_coordinator: Client) -> None:
    file = workbook(
        HEADINGS,
        [None, *KIM, None, None],
        [None, None, None, *ALEX],
        change=lambda book, sheet: sheet.merge_range("A2:A3", "Hamnbolaget AB"),
    )

    bring_in(as_coordinator, read(as_coordinator, file=file))

    assert {role for _, _, role in seats()} == {"ordinary", "deputy"}
