"""A table as a file: for Excel a workbook, for other programs CSV, both without formulas of somebody else's.

In a CSV that Excel opens it turns into a day or a number what looks like one, as 2026-11, 12/11, 0045 or 1E5.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What Excel takes for the beginning of a formula, or leaves out before one."""
CSV = "text/csv; charset=utf-8"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell; the file does not open with more."""
WIDEST = 60

Cell = str | int | date | None


@dataclass(frozen=True)
class TableFile:
    """A table to download: its name, the headings of its columns, and its rows."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def as_csv(self) -> bytes:
        """The table as CSV, a day as 2026-11-29."""
        return as_csv([self.headings, *(["" if cell is None else str(cell) for cell in row] for row in self.rows)])

    def as_excel(self) -> bytes:
        """The table as a workbook: text is text whatever it begins with, a day a day, a number a number."""
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
            book.set_properties({"created": datetime.combine(timezone.localdate(), time())})  # alike all day
            head, text = book.add_format({"bold": True, "valign": "top"}), book.add_format({"valign": "top"})
            sheet = book.add_worksheet()
            for column, heading in enumerate(self.headings):
                sheet.set_column(column, column, self._width(column))
                sheet.write_string(0, column, heading, head)
            for number, row in enumerate(self.rows, start=1):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, text)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(self.rows), 1), len(self.headings) - 1)
        return file.getvalue()

    def response(self, kind: str) -> HttpResponse:
        """The table as a file to download, of the kind CSV or EXCEL."""
        content, ending = (self.as_csv(), "csv") if kind == CSV else (self.as_excel(), "xlsx")
        return _download(content, f"{self.name}.{ending}", kind)

    def _width(self, column: int) -> int:
        """The width of a column in characters: of its longest cell, as far as the widest."""
        longest = max((len(str(row[column])) for row in self.rows if row[column] is not None), default=0)
        return min(max(longest, len(self.headings[column]) + 3) + 1, WIDEST)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, text: object) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, cell[:LONGEST_CELL], text)


def harmless(cell: str) -> str:
    """The cell as text: Excel runs what begins as a formula, also out of a file of somebody else's words."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) or cell.startswith(FORMULA) else cell


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows with semicolons, and the mark by which Excel knows UTF-8."""
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows([*map(harmless, row)] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def csv_response(rows: Iterable[Sequence[str]], name: str) -> HttpResponse:
    """The rows as a file to download under that name."""
    return _download(as_csv(rows), name, CSV)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
