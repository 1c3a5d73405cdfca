"""Small sheets as the programs of others make them."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter


def workbook(*rows: Sequence[Any], change: Callable[[Any, Any], None] | None = None) -> bytes:
    """An Excel workbook with the rows in its first sheet; `change` does more to the book and the sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd", "strings_to_urls": False})
    sheet = book.add_worksheet("Gruppen")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is not None:
                sheet.write(number, place, value)
    if change:
        change(book, sheet)
    book.close()
    return file.getvalue()


def of_libreoffice(*rows: Sequence[str], name: str = "Blad1") -> bytes:
    """An OpenDocument sheet with the rows."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    table = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes = b"") -> bytes:
    """The package with one part more."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return file.getvalue()


OF_AN_OLD_EXCEL = zlib.decompress(
    base64.b64decode(
        "eNrtWE1oE0EU/maTND+2aVJToRXCUrBqrQfx4qXdKtjgwRA9qIigaRNraboJm1rQi9WaoyB4UrwUevFS9eIPetCD4EGo6EEQhETx1IMIKh7arG9e"
        "djXVHhrQojLfMt+8ffNm5mXf/GTm+Xy0PHO7s4Kf0A8PqnYQTXU6QSnovkRA5bYtRTcPULIV/ikEAxTIJh8etDzzyxjKeFeg4Zb3MTHwltIxFJDM"
        "m1l9DbGHfUgL6UMfscB10oTRwV61MQ8zr2e+yZYPmQdYc4m5j2zL4ijmjWTPLmcUH9G6uCwM2e5drvOaNTvQjqdyFJ+7LGq2Puy2RtO5v7Mg7m3G"
        "LChuiayZtdK5MmIUwFl8tnXgkztTH+lKv7Z6AdJ/Xa73r6C/onmBKdgneICX0IoPHlniR8I6XShkzUXsA5m4KZkeN9cBg1+syXRuwhw1R2jJfVJM"
        "6ykrPxkHDr23Mtv1/PApPT9ezFsjxZM/LLNmSC7fPN0jy6Z7C0+DZuIMeSDlKE+GCC3oizc+vtg/lDKOs2aKl/jaRrBJ+g4b52UNqhzmEu079zBv"
        "Y77ArW5kuZM5RkOY8u5UuyMMTrPNRS7tpn52Ml4am+vkLSSXFg7ci5feGVtJnktUzsbmXhkz6KKNKUP15TONXtErrl2VuG+4uXAWjTfMHb8sIAEt"
        "4vhuO7tdK5YQYjHKXHuTX0c49mIFe8H2mmMv2F4GtV9rwx3+PAN1W2oICgoKCgoKCgoKCmsI4fxd9zinDJ9zKPA79zpLlKrqmuS/xUHk6Zmgg+le"
        "mJRbONPQ+NkAn3DbEqus494XShym3i2MYYj9GGt4/NKhTtT/nlVXjPy+KdRo/9VG/PzD/X8D/8XUEQ=="
    )
)
"""A workbook as Excel wrote it until 2003, with headings and one row; no library that we have writes such."""
