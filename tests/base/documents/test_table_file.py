"""A table as a file: what a Swedish Excel opens, and no formula out of what somebody wrote."""

import io
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone

from base.documents.table_file import CSV, EXCEL, LONGEST_CELL, Cell, TableFile
from tests.base.documents.reading import workbook_rows

HOSTILE = ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"]


def sheet(*cells: Cell) -> TableFile:
    return TableFile("Åtgärder", ["Rubrik"] * len(cells), [cells])


def cells_of(workbook: bytes) -> list[Any]:
    [row] = workbook_rows(workbook)[1:]
    return row


def test_csv_has_the_mark_semicolons_and_days_as_we_write_them() -> None:
    assert sheet("Å;ä", date(2026, 11, 29), 12, None).as_csv() == (
        b"\xef\xbb\xbfRubrik;Rubrik;Rubrik;Rubrik\r\n" + '"Å;ä";2026-11-29;12;\r\n'.encode()
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_what_begins_as_a_formula_is_text(words: str) -> None:
    as_csv, workbook = sheet(words).as_csv().decode("utf-8-sig"), sheet(words).as_excel()

    assert as_csv.split("\r\n", 1)[1].lstrip('"').startswith(f"'{words}")
    assert cells_of(workbook)[0].strip() == words.strip()
    assert b"<f>" not in _of_sheet(workbook)


def _of_sheet(workbook: bytes) -> bytes:
    return ZipFile(io.BytesIO(workbook)).read("xl/worksheets/sheet1.xml")


def test_a_workbook_has_days_numbers_and_words() -> None:
    row = cells_of(sheet("Laga grinden", date(2026, 11, 29), 2027, None, "00123", "https://exempel.se").as_excel())

    assert row == ["Laga grinden", date(2026, 11, 29), 2027, "", "00123", "https://exempel.se"]


def test_a_workbook_tells_no_more_of_when_it_was_made_than_the_day() -> None:
    properties = ZipFile(io.BytesIO(sheet("Ord").as_excel())).read("docProps/core.xml")

    assert f"{timezone.localdate()}T00:00:00Z".encode() in properties


def test_a_long_text_does_not_break_the_workbook() -> None:
    assert cells_of(sheet("å" * 40_000).as_excel()) == ["å" * LONGEST_CELL]


def test_a_table_without_rows_has_its_headings() -> None:
    empty = TableFile("Åtgärder", ["Ärende", "Åtgärd"], [])

    assert empty.as_csv().decode("utf-8-sig") == "Ärende;Åtgärd\r\n"
    assert workbook_rows(empty.as_excel()) == [["Ärende", "Åtgärd"]]


@pytest.mark.parametrize(("kind", "ending"), [(CSV, "csv"), (EXCEL, "xlsx")])
def test_the_file_has_its_name_and_kind(kind: str, ending: str) -> None:
    response = sheet("Ord").response(kind)

    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''%C3%85tg%C3%A4rder.{ending}"
