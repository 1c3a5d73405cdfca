"""Sets the same document as a Word file to edit: real headings, lists of facts and tables, Swedish spelling."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable
from typing import Any

import docx
from docx.shared import Cm

from base.documents import word_look as look
from base.documents.tree import Document, Facts, Paragraph, Subheading, Table, as_text

FACT_NAMES = Cm(3.8)
LOGOTYPE = (Cm(8), Cm(1.5))
LONG = 900
"""A cell of more signs than this may go on over a page; a shorter row stays whole."""


def word(document: Document) -> bytes:
    """The document as the bytes of a Word file."""
    content = _written(document)
    gc.collect()  # what python-docx has built points at itself in circles: some megabytes for each document
    return content


def _written(document: Document) -> bytes:
    paper = docx.Document()
    look.dress(paper)
    _describe(paper, document)
    look.head_and_foot(paper, document)
    body = WordBody(paper)
    _letterhead(body, document)
    for block in document.blocks:
        SETTERS[type(block)](body, block)
    body.end()
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


class WordBody:
    """The body of a Word file while it is written, from its first line to its last, each in the same time.

    python-docx looks for the end of the body, and for what the styles are called, anew for each line: 6 000 points took
    forty seconds, and now five. Each line is put before a last one, which goes when all is written.
    """

    def __init__(self, paper: Any) -> None:
        self.paper, self.last = paper, paper.add_paragraph()
        self.style_ids = {name: paper.styles[name].style_id for name in look.STYLES}

    def line(self, style: str = look.NORMAL) -> Any:
        line = self.last.insert_paragraph_before()
        if style != look.NORMAL:
            line._p.style = self.style_ids[style]
        return line

    def heading(self, text: str, level: int) -> None:
        self.line(f"Heading {level}").add_run(text)

    def table(self, rows: int, columns: int) -> Any:
        grid = self.paper.add_table(rows, columns)
        self.last._p.addprevious(grid._tbl)
        return grid

    def end(self) -> None:
        self.last._p.getparent().remove(self.last._p)


def _describe(paper: Any, document: Document) -> None:
    """Set the file's properties: title, author, language, dates."""
    about = paper.core_properties
    about.title = f"{as_text(document.title)}, {as_text(document.about)}"
    about.author = about.last_modified_by = as_text(document.sender.name)
    about.created = about.modified = document.made_at
    about.language, about.comments = look.LANGUAGE, ""


def _letterhead(body: WordBody, document: Document) -> None:
    sender = body.line(look.WORDMARK)
    if document.sender.logotype:
        _picture(sender, document.sender.logotype, f"Logotyp: {as_text(document.sender.name)}")
    else:
        sender.add_run(as_text(document.sender.name))
    body.heading(as_text(document.title), level=1)
    body.line(look.SOFT).add_run(as_text(document.about))
    if document.mark:
        line = body.line()
        look.mark(line, document.mark)
        line.add_run(f"  {as_text(document.mark.why)}")


def _picture(line: Any, png: bytes, description: str) -> None:
    """Add the logotype: 1.5 cm high, or lower where it would be wider than 8 cm."""
    picture = line.add_run().add_picture(io.BytesIO(png), height=LOGOTYPE[1])
    if picture.width > LOGOTYPE[0]:
        picture.height = int(picture.height * LOGOTYPE[0] / picture.width)
        picture.width = LOGOTYPE[0]
    picture._inline.docPr.set("descr", description)
    for side in ("distT", "distB", "distL", "distR"):  # unsaid, some programs leave room beside it
        picture._inline.set(side, "0")


def _heading(body: WordBody, heading: Subheading) -> None:
    body.heading(as_text(heading.text), level=heading.level)


def _paragraph(body: WordBody, paragraph: Paragraph) -> None:
    line = body.line(look.SOFT if paragraph.soft else look.NORMAL)
    if paragraph.lead:
        look.mark_with_a_bar(line, struck=paragraph.struck)
        line.add_run(f"{as_text(paragraph.lead)} ").bold = not paragraph.struck
    if paragraph.leads_on:
        line.paragraph_format.keep_with_next = True
    line.add_run(as_text(paragraph.text)).font.strike = paragraph.struck or None


def _facts(body: WordBody, facts: Facts) -> None:
    for name, value in facts.rows:
        line = body.line()
        line.paragraph_format.tab_stops.add_tab_stop(FACT_NAMES)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = FACT_NAMES, -FACT_NAMES
        line.paragraph_format.space_after = look.CLOSE
        line.add_run(as_text(name)).bold = True
        line.add_run(f"\t{as_text(value)}")


def _table(body: WordBody, table: Table) -> None:
    grid = body.table(rows=1 + len(table.rows), columns=len(table.columns))
    look.rule(grid, [column.share for column in table.columns])
    titles = tuple(column.title for column in table.columns)
    look.keep_together(grid)
    for row, cells in zip(grid.rows, (titles, *table.rows), strict=True):
        if max(map(len, cells)) < LONG:
            look.keep_whole(row)
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run(as_text(text)).bold = cells is titles
    look.head(grid.rows[0])
    body.line()


SETTERS: dict[type, Callable[[WordBody, Any], None]] = {
    Subheading: _heading,
    Paragraph: _paragraph,
    Facts: _facts,
    Table: _table,
}
