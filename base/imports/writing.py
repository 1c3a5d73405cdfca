"""Tables that people download: CSV as a Swedish Excel opens it, and without formulas of somebody else's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What Excel takes for the beginning of a formula, or leaves out before one."""


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
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
