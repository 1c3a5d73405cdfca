"""A table is read by what it is, in a process that may break down; what cannot be read is told in a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from base.imports import table as reading
from base.imports.table import ONLY_THE_ROWS, ReadBook, ReadTable, read_book
from tests.base.imports.workbooks import OF_AN_OLD_EXCEL, of_libreoffice, with_part, workbook

HEADINGS, ROW = ["Namn", "Förvaltning"], ["Åsa Prov", "Vård- och omsorgsförvaltningen"]
LINES = "Namn;Förvaltning\r\nÅsa Prov;Vård- och omsorgsförvaltningen\r\n"
AS_READ = [(1, HEADINGS), (2, ROW)]


def book(content: bytes, most_rows: int = 100) -> ReadBook:
    return read_book(content, most_rows=most_rows)


def read(content: bytes, most_rows: int = 100) -> ReadTable:
    """The one table that the content has."""
    [table] = book(content, most_rows).tables
    return table


def refusal(content: bytes, most_rows: int = 100) -> str:
    with pytest.raises(ValidationError) as refused:
        read(content, most_rows)
    return str(refused.value.message)


# Workbooks


def test_an_excel_workbook_is_read() -> None:
    assert read(workbook(HEADINGS, ROW)) == ReadTable(AS_READ, name="Gruppen")


def test_an_opendocument_sheet_is_read() -> None:
    assert read(of_libreoffice(HEADINGS, ROW)) == ReadTable(AS_READ, name="Blad1")


def test_a_workbook_of_an_old_excel_is_read() -> None:
    assert read(OF_AN_OLD_EXCEL).rows == AS_READ


def test_rows_have_the_numbers_that_excel_shows() -> None:
    assert [number for number, _ in read(workbook([], ["Gruppen 2026"], [], HEADINGS, [], ROW)).rows] == [2, 4, 6]


def test_days_and_numbers_are_read_as_one_writes_them() -> None:
    content = workbook([date(2026, 1, 15), datetime(2026, 1, 15, 13, 30), 707654321.0, 2.5, True, "  Prov "])

    assert read(content).rows == [(1, ["2026-01-15", "2026-01-15 13:30", "707654321", "2.5", "ja", "Prov"])]


def test_what_a_merged_cell_says_is_said_in_each_row_of_it() -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 2, 0, "Polisen")

    content = workbook(["Organisation", "Namn"], [None, "Åsa Prov"], [None, "Bo Prov"], change=merge)

    assert [cells for _, cells in read(content).rows[1:]] == [["Polisen", "Åsa Prov"], ["Polisen", "Bo Prov"]]


def test_what_is_merged_and_has_its_rows_to_itself_is_said_once() -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 2, "Gruppen 2026")
        sheet.merge_range(3, 0, 3, 1, "Bolagen")

    rows = read(workbook([], [], ["Organisation", "Namn", "Roll"], [], ["Hamnen", "Bo Prov", "ord"], change=merge)).rows

    assert [rows[0], rows[2]] == [(1, ["Gruppen 2026", "", ""]), (4, ["Bolagen", "", ""])]
    assert len(rows) == 4


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_merged_beside_something_is_said_in_each_cell(place: int) -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, place, 0, place + 1, "Ordinarie")

    [(_, cells)] = read(workbook(["Organisation", None, "Organisation"], change=merge)).rows

    assert (
        cells == ["Ordinarie", "Ordinarie", "Organisation"] if not place else ["Organisation", "Ordinarie", "Ordinarie"]
    )


def test_hidden_rows_and_formulas_without_a_value_are_told() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.write_formula(2, 0, "=A1", None, "")
        sheet.write_formula(2, 1, "=A1", None, "Namn")

    read_as = read(workbook(HEADINGS, ROW, change=change))

    assert read_as.rows == [*AS_READ, (3, ["", "Namn"])]
    assert read_as.notes == [
        "En dold rad är också läst.",
        "A3 har en formel utan värde och läses som tom. Öppna filen i Excel, rätta och spara den först.",
    ]


# What is no table


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n\0\0\0", b"\xff\xd8\xff\xe0\0\x10", b"\0\x01\x02\x03" * 90]
)
def test_a_file_of_another_kind_is_told(content: bytes) -> None:
    assert refusal(content) == (
        "Filen är ingen tabell som går att läsa. Spara den som Excel-arbetsbok (.xlsx) eller CSV, eller klistra in den."
    )


def test_a_page_that_is_called_a_sheet_is_told() -> None:
    """What some programs call Excel is a page of theirs."""
    assert refusal(b"\r\n<html><body><table><tr><td>Namn</td></tr></table></body></html>").startswith("Filen är ingen")


def test_a_word_document_is_told() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w/>")

    assert refusal(file.getvalue()).startswith("Filen är ingen tabell")


@pytest.mark.parametrize("content", [b"", b" \r\n;;\r\n", workbook(), workbook([" "])])
def test_an_empty_table_is_told(content: bytes) -> None:
    assert refusal(content) == "Det finns inga rader att läsa."


def test_a_locked_workbook_is_told() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")

    assert refusal(locked) == "Filen är skyddad med lösenord. Ta bort lösenordet i Excel, spara och välj filen igen."


def test_a_package_whose_parts_are_locked_is_told() -> None:
    content = bytearray(workbook(ROW))
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(content)).startswith("Filen är skyddad med lösenord.")


def test_a_workbook_with_macros_is_told_whatever_it_is_called() -> None:
    assert refusal(with_part(workbook(ROW), "xl/vbaProject.bin")) == (
        "Filen innehåller makron och läses inte. Spara den som vanlig Excel-arbetsbok (.xlsx)."
    )


def test_a_broken_workbook_is_told() -> None:
    whole = workbook(HEADINGS, ROW)

    assert refusal(whole[: len(whole) // 2]) == (
        "Filen går inte att läsa, den är trasig. Öppna den i Excel och spara den på nytt, eller klistra in raderna."
    )


# What is too much


def test_a_small_workbook_that_asks_for_all_memory_is_told() -> None:
    """Cells in A1 and XFD1048576: five kilobytes, and 512 gigabytes when it is laid out."""

    def far_away(book: Any, sheet: Any) -> None:
        sheet.write(1_048_575, 16_383, "långt bort")

    content = workbook(HEADINGS, change=far_away)

    assert len(content) < 6_000
    assert refusal(content) == reading.TOO_MUCH


def test_a_package_that_unpacks_to_more_than_may_be_is_told() -> None:
    content = with_part(workbook(ROW), "xl/media/image1.png", bytes(201 * 1024 * 1024))

    assert refusal(content).startswith("Filen är för stor när den packas upp.")


def test_a_program_that_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0)

    assert refusal(workbook(*[ROW] * 100)) == reading.TOO_MUCH


def test_too_many_rows_are_told() -> None:
    rows = [HEADINGS, *[ROW] * 10_000]
    lines = "\n".join(";".join(row) for row in rows)

    told = "Tabellen har fler än 1\N{NARROW NO-BREAK SPACE}000 rader. Dela upp den och läs in en del i taget."
    assert [refusal(workbook(*rows), 1_000), refusal(lines.encode(), 1_000)] == [told, told]
    assert len(read(workbook(*rows), 10_000).rows) == 10_001


def test_too_many_columns_and_too_long_a_cell_are_told() -> None:
    assert refusal(workbook([str(number) for number in range(61)])).startswith("Tabellen har fler än 60 kolumner.")
    assert refusal(workbook(HEADINGS, ["x" * 20_001])) == (
        "Rad 2 har en cell med mer än 20\N{NARROW NO-BREAK SPACE}000 tecken. Korta den."
    )


def test_a_file_that_is_too_heavy_is_told_before_it_is_read() -> None:
    assert refusal(b"x" * (3 * 1024 * 1024 + 1)).endswith(f"Den får vara högst 3,0\xa0MB. {ONLY_THE_ROWS}")


# Text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
)
def test_text_is_read_whatever_way_its_letters_are_written(encoding: str) -> None:
    assert read(LINES.encode(encoding)).rows == AS_READ


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", "    "])
def test_text_is_parted_by_what_stands_between_its_cells(separator: str) -> None:
    assert read(LINES.replace(";", separator).encode()).rows == AS_READ


def test_a_comma_in_a_cell_does_not_part_it() -> None:
    lines = 'Namn;Titel\nÅsa Prov;"Chef, trygghet"\nBo Prov;Enhetschef, vård\n'

    assert [cells[1] for _, cells in read(lines.encode()).rows] == ["Titel", "Chef, trygghet", "Enhetschef, vård"]


def test_the_line_by_which_excel_tells_the_separator_is_no_row() -> None:
    assert [cells for _, cells in read(f"sep=;\r\n{LINES}".encode()).rows] == [HEADINGS, ROW]


def test_a_cell_may_have_several_lines() -> None:
    assert read(b'Namn;Titel\n"Bo\nProv";Chef\n').rows[1] == (2, ["Bo\nProv", "Chef"])


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ('Namn;Titel\n"Åsa Prov;Chef\nBo Prov;Chef\n', 2),
        ('Namn;Titel\nÅsa Prov;Chef\n"Bo" Prov;Chef\n', 3),
        ('Namn;Titel\n"Åsa\nProv";Chef\nBo Prov;Chef "i dag"\n"Kim Prov;"Chef"\n', 4),
        ('sep=;\r\nNamn;Titel\r\n"Åsa" Prov;Chef\r\n', 2),
    ],
)
def test_the_row_of_a_quotation_mark_that_is_not_closed_is_told(lines: str, row: int) -> None:
    assert refusal(lines.encode()) == (
        f"Tabellen går inte att dela i kolumner: på rad {row} öppnas ett citattecken som inte stängs som det ska. "
        "Rätta det, eller spara som Excel-arbetsbok (.xlsx)."
    )


def test_the_row_of_a_cell_that_is_far_too_long_is_told() -> None:
    assert refusal(f"Namn;Titel\nÅsa Prov;{'å' * 200_001}\n".encode()).startswith(
        "Tabellen går inte att dela i kolumner: en cell på rad 2 har mer än"
    )


def test_what_is_pasted_may_have_quotation_marks_that_enclose_nothing() -> None:
    assert read('Namn\tTitel\nÅsa "Å" Prov\t"Chef\n'.encode()).rows[1] == (2, ['Åsa "Å" Prov', '"Chef'])


def test_a_row_that_is_shorter_is_filled() -> None:
    assert read("Namn;Titel;Telefon\nÅsa Prov\n".encode()).rows[1] == (2, ["Åsa Prov", "", ""])


# Text that is UTF-8 but for a few bytes

BROKEN = LINES.encode().replace("Åsa".encode(), "Åsa".encode("cp1252"))


def test_utf8_with_a_stray_byte_is_read_as_utf8_and_the_row_is_told() -> None:
    assert read(BROKEN) == ReadTable(
        [(1, HEADINGS), (2, ["\ufffdsa Prov", ROW[1]])], ["Ett tecken på rad 2 kunde inte läsas."]
    )


def test_utf8_that_is_cut_off_in_a_letter_is_read_as_utf8() -> None:
    assert read(b"Namn;Titel\nKim Prov;Chef\nBo \xc3") == ReadTable(
        [(1, ["Namn", "Titel"]), (2, ["Kim Prov", "Chef"]), (3, ["Bo \ufffd", ""])],
        ["Ett tecken på rad 3 kunde inte läsas."],
    )


def test_utf8_with_its_mark_and_a_stray_byte_is_read_too() -> None:
    assert read(b"\xef\xbb\xbf" + BROKEN).notes == ["Ett tecken på rad 2 kunde inte läsas."]


def test_utf8_with_letters_that_are_not_swedish_and_a_stray_byte_is_read() -> None:
    assert read("Łukasz Żak;Ćma ”ó”\nBo \udcf6;x".encode("utf-8", "surrogateescape")) == ReadTable(
        [(1, ["Łukasz Żak", "Ćma ”ó”"]), (2, ["Bo \ufffd", "x"])], ["Ett tecken på rad 2 kunde inte läsas."]
    )


def test_rows_of_another_encoding_are_told_together() -> None:
    whole = f"{ROW[0]};{ROW[1]}\n".encode()
    other = "Åsa Prov;Hamnen\n".encode("cp1252")

    assert read(whole * 12 + other * 7).notes == ["Tecken på rad 13, 14, 15, 16, 17 och 2 till kunde inte läsas."]
    assert read(whole + "Åsa Påhl;x\n".encode("cp1252")).notes == ["2 tecken på rad 2 kunde inte läsas."]


def test_text_that_is_as_much_another_encoding_as_utf8_is_refused() -> None:
    lines = "Åsa Prov;Hamnen\n".encode() + "Åsa Påhl;Räddningstjänsten\n".encode("cp1252")

    assert refusal(lines) == (
        "Filen blandar två sätt att spara å, ä och ö, så namnen går inte att läsa. Öppna den i Excel, rätta namnen "
        "och spara den som Excel-arbetsbok (.xlsx)."
    )


@pytest.mark.parametrize("words", ["JOÃO MALMÖ", "ÅSA ”GRÖNA Ä” – Ö", "São Paulo-Ö", "CAFÉ\xa0Å”", "MALMÖ"])
def test_text_of_an_old_windows_is_not_taken_for_utf8(words: str) -> None:
    assert read(f"Åsa Prov;{words}".encode("cp1252")) == ReadTable([(1, ["Åsa Prov", words])])
