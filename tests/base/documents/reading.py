"""What stands in a document, read by a library that did not write it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from base.documents.table_file import EXCEL
from meetings.views.documents import KINDS
from tests.pages import Response

SIGNS = {qn("w:t"): "", qn("w:tab"): "\t", qn("w:br"): "\n"}


def words_of(response: Response) -> str:
    """The text that a response carries, of whatever kind it is."""
    kind = response.headers.get("Content-Type")
    if kind == KINDS["pdf"]:
        return pdf_text(response.content)
    if kind == "application/zip":
        streamed: Any = response
        return package_text(b"".join(streamed.streaming_content))
    if kind == EXCEL:
        return "\n".join(str(cell) for row in workbook_rows(response.content) for cell in row)
    return word_text(response.content) if kind == KINDS["docx"] else response.content.decode(errors="ignore")


def package_text(content: bytes) -> str:
    """All that the files of a package say: its PDFs, and what tells of them."""
    with ZipFile(io.BytesIO(content)) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    return "\n".join(pdf_text(file) if is_paper(name, file) else file.decode(errors="ignore") for name, file in files)


def is_paper(name: str, content: bytes) -> bool:
    """Whether it is a PDF that one can read, and not only called so."""
    return name.endswith(".pdf") and b"%%EOF" in content


def workbook_rows(content: bytes) -> list[list[Any]]:
    """The cells of its first sheet, row by row."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def pdf_text(content: bytes) -> str:
    """The pages' text in the order of the file, one line for each on the paper."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def tags(content: bytes) -> list[str]:
    """The structure that a screen reader is told, from the top: H1, P, Table, TR, TH …"""
    return [str(element["/S"])[1:] for element in structure(content)]


def told_of_pictures(content: bytes) -> list[str]:
    return [str(element["/Alt"]) for element in structure(content) if element["/S"] == "/Figure"]


def structure(content: bytes) -> list[Any]:
    """Every element that a screen reader is told, from the top."""
    return list(_below(root_of(content)["/StructTreeRoot"]))


def root_of(content: bytes) -> Any:
    """Where everything in a PDF hangs."""
    return PdfReader(io.BytesIO(content)).trailer["/Root"]


def _below(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(inner, dict) and "/S" in inner:
            yield inner
            yield from _below(inner)


def fonts(content: bytes) -> dict[str, bool]:
    """Each font of the pages, and whether it lies in the file."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return found


def word_text(content: bytes) -> str:
    """Every piece of text in a Word file, its heads and feet too, a line for each paragraph."""
    file = ZipFile(io.BytesIO(content))
    parts = [etree.fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xml")]
    lines = [line for part in parts for line in part.iter(qn("w:p"))]
    return "\n".join("".join(SIGNS.get(sign.tag) or sign.text or "" for sign in line.iter(*SIGNS)) for line in lines)
