"""What stands in a document, read by a library that did not write it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from pypdf import PdfReader

PDF = "application/pdf"


def words_of(response: HttpResponse) -> str:
    """The text that a response carries, of whatever kind it is."""
    if response.get("Content-Type") == PDF:
        return pdf_text(response.content)
    return response.content.decode()


def pdf_text(content: bytes) -> str:
    """The pages' text in the order of the file, one line for each on the paper."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def tags(content: bytes) -> list[str]:
    """The structure that a screen reader is told, from the top: H1, P, Table, TR, TH …"""
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    return list(_tags_below(root["/StructTreeRoot"]))


def _tags_below(element: Any) -> Iterator[str]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(inner, dict) and "/S" in inner:
            yield str(inner["/S"])[1:]
            yield from _tags_below(inner)


def fonts(content: bytes) -> dict[str, bool]:
    """Each font of the pages, and whether it lies in the file."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index,union-attr]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return found
