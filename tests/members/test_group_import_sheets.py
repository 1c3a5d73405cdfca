"""The group from a workbook with several sheets: the right one is guessed, and another can be chosen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from base.imports.models import Import
from tests.base.imports.workbooks import workbook
from tests.members.importing import bring_in, read, review, words_of

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert('😀')<_script>"


def of_three_sheets(client: Client) -> Import:
    """Instructions, last year's group and this year's, in which Kim has come with a phone."""

    def more(book: Any, sheet: Any) -> None:
        for name, person in ((SCRIPT, ["Alex Utkast", "alex@exempel.se"]), ("2026", ["Kim Skiss", "kim@exempel.se"])):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Namn", "E-post", *(["Titel"] if name == "2026" else [])])
            sheet.write_row(1, 0, person)
            sheet.write_row(3, 0, person)

    return read(client, file=workbook(["Så fyller du i tabellen"], ["Skriv en rad för var och en"], change=more))


def columns(found: Import, sheet: str = "") -> str:
    return f"{review(found)}kolumner/{sheet}"


def test_the_sheet_with_the_most_that_is_recognised_is_read_and_the_page_says_so(as_coordinator: Client) -> None:
    found = of_three_sheets(as_coordinator)

    page = words_of(answer := as_coordinator.get(columns(found)))

    assert '<option value="1">Gruppen (1 rad)</option>' in page
    assert f'<option value="2">{escape(SCRIPT)} (2 rader)</option>' in answer.content.decode()
    assert '<option value="3" selected>2026 (2 rader)</option>' in page
    assert "Bladet ”2026” läses in, inte de andra två." in words_of(as_coordinator.get(review(found)))


def test_another_sheet_is_chosen_and_brought_in(as_coordinator: Client) -> None:
    found = of_three_sheets(as_coordinator)

    page = as_coordinator.get(columns(found, "?blad=2"))
    assert "alex@exempel.se" in words_of(page)
    found.refresh_from_db()
    assert (found.sheet, found.keys) == (2, ["name", "email", "title"])  # to look changes nothing
    form = page.context["form"]
    sent = {"column_0": "name", "column_1": "email", "has_headings": "on", "key": form["key"].value()}
    assert as_coordinator.post(columns(found, "?blad=2"), sent)["Location"] == review(found)

    found.refresh_from_db()
    assert [row.cells["name"] for row in found.sheet_rows] == ["Alex Utkast", "Alex Utkast"]
    bring_in(as_coordinator, found)
    found.refresh_from_db()
    assert (found.outcome, found.content) == ({"members_new": 1}, {"tables": [], "notes": []})


def test_what_is_said_of_the_columns_is_said_of_the_sheet_that_was_shown(as_coordinator: Client) -> None:
    """Two tabs, each with a sheet of its own."""
    found = of_three_sheets(as_coordinator)
    page = as_coordinator.get(columns(found)).content.decode()
    assert 'action="?blad=3"' in page
    as_coordinator.post(columns(found, "?blad=2"), {"column_0": "name", "column_1": "email", "has_headings": "on"})

    sent = {"column_0": "name", "column_1": "email", "column_2": "", "has_headings": "on"}
    as_coordinator.post(columns(found, "?blad=3"), sent)

    found.refresh_from_db()
    assert (found.sheet, found.keys) == (2, ["name", "email", ""])


@pytest.mark.parametrize("number", ["0", "4", "-1", "två", "²", "9" * 40])
def test_a_sheet_that_is_not_there_is_the_one_that_is_read(as_coordinator: Client, number: str) -> None:
    found = of_three_sheets(as_coordinator)

    assert '<option value="3" selected>' in words_of(as_coordinator.get(columns(found, f"?blad={number}")))


def test_one_sheet_is_no_choice(as_coordinator: Client) -> None:
    found = read(as_coordinator, file=workbook(["Namn", "E-post"], ["Kim Skiss", "kim@exempel.se"]))

    assert "Byt blad" not in words_of(as_coordinator.get(columns(found)))
    assert "Bladet ”" not in words_of(as_coordinator.get(review(found)))
