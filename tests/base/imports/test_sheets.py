"""A workbook with several sheets: each that is seen and has rows is kept, and the others are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from base.imports.columns import SheetColumn, best_table
from base.imports.table import ReadBook, ReadTable, read_book
from tests.base.imports.workbooks import of_libreoffice, workbook

ROW = ["Åsa Prov", "asa@exempel.se"]
TOO_FAR = "Det går längre ner eller åt höger än en tabell får. Ta bort rader och celler som inte ska läsas in."
SCRIPT = "<script>alert('😀')<_script>"


def read(content: bytes, most_rows: int = 100) -> ReadBook:
    return read_book(content, most_rows=most_rows)


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        read(content)
    return str(refused.value.message)


def with_sheets(**rows: list[list[Any]]) -> Callable[[Any, Any], None]:
    """Sheets after the first, each with its rows."""

    def change(book: Any, sheet: Any) -> None:
        for name, cells in rows.items():
            added = book.add_worksheet(name)
            for number, row in enumerate(cells):
                added.write_row(number, 0, row)

    return change


def test_each_sheet_that_is_seen_and_has_rows_is_kept() -> None:
    content = workbook(["Kim Prov"], change=with_sheets(Tomt=[], Nya=[["Bo Prov"], ["Åsa Prov"]]))

    assert read(content) == ReadBook(
        [ReadTable([(1, ["Kim Prov"])], name="Gruppen"), ReadTable([(1, ["Bo Prov"]), (2, ["Åsa Prov"])], name="Nya")]
    )


def test_a_hidden_sheet_is_not_read_and_told() -> None:
    def hide(book: Any, sheet: Any) -> None:
        with_sheets(Listor=[["Dold"]], Mer=[["Dold"]])(book, sheet)
        book.worksheets()[1].hide()
        book.worksheets()[2].very_hidden()
        book.add_chartsheet("Diagram")

    kept = read(workbook(ROW, change=hide))

    assert kept == ReadBook([ReadTable([(1, ROW)], name="Gruppen")], ["Dolda blad är inte lästa: ”Listor” och ”Mer”."])


def test_a_book_whose_rows_are_all_hidden_is_told_what_to_do() -> None:
    def hide(book: Any, sheet: Any) -> None:
        book.add_worksheet("Tomt").activate()
        sheet.hide()

    assert refusal(workbook(ROW, change=hide)) == (
        "Bladen med rader är dolda. Visa i Excel det som ska läsas in, spara och välj filen igen."
    )


def test_a_sheet_that_is_too_much_is_told_and_the_others_are_read() -> None:
    def change(book: Any, sheet: Any) -> None:
        with_sheets(Långt=[["x"]] * 200, Brett=[["x"] * 61], Borta=[["x"]])(book, sheet)
        book.worksheets()[3].write(1_048_575, 0, "långt ner")

    kept = read(workbook(ROW, change=change))

    assert [table.name for table in kept.tables] == ["Gruppen"]
    assert kept.notes == [
        "Bladet ”Långt” är inte läst. Tabellen har fler än 100 rader. Dela upp den och läs in en del i taget.",
        "Bladet ”Brett” är inte läst. Tabellen har fler än 60 kolumner. Ta bort dem som inte ska läsas in.",
        f"Bladet ”Borta” är inte läst. {TOO_FAR}",
    ]


def test_all_the_sheets_together_have_no_more_text_than_one_may() -> None:
    much = [["x" * 19_000] * 50] * 4  # nearly four million signs

    kept = read(workbook(ROW, change=with_sheets(Ett=much, Två=much, Tre=[ROW])))

    assert [table.name for table in kept.tables] == ["Gruppen", "Ett", "Tre"]
    assert kept.notes[0].startswith("Bladet ”Två” är inte läst. Tabellen har för mycket text.")


def test_of_three_hundred_sheets_the_first_are_read() -> None:
    kept = read(workbook(ROW, change=with_sheets(**{f"Blad {number}": [ROW] for number in range(300)})))

    assert [table.name for table in kept.tables] == ["Gruppen", *(f"Blad {number}" for number in range(19))]
    [told] = kept.notes
    assert told == (
        "Bara de 20 första bladen med rader är lästa, "
        "inte ”Blad 19”, ”Blad 20”, ”Blad 21”, ”Blad 22”, ”Blad 23” och 276 till."
    )


def test_a_sheet_of_a_million_rows_with_nothing_in_them_is_an_empty_sheet() -> None:
    def blank(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        empty = book.add_worksheet("Tomt")
        empty.set_column(0, 9, 20, bold)
        for number in (0, 1_048_575):
            empty.set_row(number, 15, bold)
            empty.write_blank(number, 0, None, bold)

    assert read(workbook(ROW, change=blank)) == ReadBook([ReadTable([(1, ROW)], name="Gruppen")])


@pytest.mark.parametrize("name", [SCRIPT, "👩‍👩‍👧‍👦 gruppen 2026", "x" * 31, "\u202eneppurg"])
def test_a_sheet_may_be_called_anything(name: str) -> None:
    kept = read(workbook(ROW, change=with_sheets(**{name: [ROW]})))

    assert kept.tables[1].name == name.replace("\u202e", "")


def test_a_name_that_goes_on_and_on_is_cut() -> None:
    content = of_libreoffice(ROW, name="Blad" * 1_000)

    assert read(content).tables[0].name == "Blad" * 15


# Which is looked at

COLUMNS = (SheetColumn("name", "Namn"), SheetColumn("email", "E-post"), SheetColumn("title", "Titel"))


@pytest.mark.parametrize(
    ("tables", "best"),
    [
        ([[["Så fyller du i"], ["Namn"]], [["Namn", "E-post"], ROW]], 1),
        ([[["Namn", "Titel"], ROW], [["Mer", "E-post"], ROW]], 1),
        ([[["Namn", "E-post", "Titel"]], [["Namn", "E-post"], ROW]], 1),
        ([[["Namn", "E-post"], ROW], [["Namn", "E-post"], ROW]], 0),
        ([[["Ett"], ["två"]], [["Tre"], ["fyra"]]], 0),
    ],
    ids=["instructions first", "one with what is needed", "headings alone", "equals", "none"],
)
def test_the_sheet_whose_headings_are_recognised_best_is_looked_at(tables: list[list[list[str]]], best: int) -> None:
    assert best_table([ReadTable(list(enumerate(rows, 1))) for rows in tables], COLUMNS, {"email"}) == best
