"""Cells as a sheet keeps them, read as people wrote them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from base.swedish.text import normalize_line

EXCEL_BEGINS = date(1899, 12, 30)


def bare(cell: str) -> str:
    """The words without the apostrophe by which a sheet keeps a number as text: '0701740605."""
    return normalize_line(cell).lstrip("'’")


def day_as_written(cell: str) -> str:
    """The words of a cell with a day: of one that a sheet keeps as the days since 1900, or with an hour, the day."""
    words = bare(cell)
    if days := re.fullmatch(r"([345]\d{4})(?:[.,]0+)?", words):
        return (EXCEL_BEGINS + timedelta(days=int(days[1]))).isoformat()
    return re.sub(r"[ T]00:00(:00([.,]0+)?)?$", "", words)
