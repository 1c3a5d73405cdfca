"""Sets the same document as a Word file to edit: real headings, lists of facts and tables, Swedish spelling."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.shared import Cm

from base.documents import word_look as look
from base.documents.tree import Document, Facts, Paragraph, Subheading, Table, as_text

FACT_NAMES = Cm(3)
LOGOTYPE = (Cm(8), Cm(1.5))
LONG = 900
"""A cell of more signs than this may go on over a page; a shorter row stays whole."""


def word(document: Document) -> bytes:
    paper = docx.Document()
    look.dress(paper)
    _describe(paper, document)
    look.head_and_foot(paper, document)
    _letterhead(paper, document)
    for block in document.blocks:
        SETTERS[type(block)](paper, block)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _describe(paper: Any, document: Document) -> None:
    """Set the file's properties: title, author, language, dates."""
    about = paper.core_properties
    about.title = f"{as_text(document.title)}, {as_text(document.about)}"
    about.author = about.last_modified_by = as_text(document.sender.name)
    about.created = about.modified = document.made_at
    about.language, about.comments = look.LANGUAGE, ""


def _letterhead(paper: Any, document: Document) -> None:
    sender = paper.add_paragraph(style=look.WORDMARK)
    if document.sender.logotype:
        _picture(sender, document.sender.logotype, f"Logotyp: {as_text(document.sender.name)}")
    else:
        sender.add_run(as_text(document.sender.name))
    paper.add_heading(as_text(document.title), level=1)
    paper.add_paragraph(as_text(document.about), style=look.SOFT)
    if document.draft:
        line = paper.add_paragraph()
        look.mark_as_draft(line)
        line.add_run(f"  {as_text(document.draft)}")


def _picture(line: Any, png: bytes, description: str) -> None:
    """Add the logotype: 1.5 cm high, or lower where it would be wider than 8 cm."""
    picture = line.add_run().add_picture(io.BytesIO(png), height=LOGOTYPE[1])
    if picture.width > LOGOTYPE[0]:
        picture.height = int(picture.height * LOGOTYPE[0] / picture.width)
        picture.width = LOGOTYPE[0]
    picture._inline.docPr.set("descr", description)
    for side in ("distT", "distB", "distL", "distR"):  # unsaid, some programs leave room beside it
        picture._inline.set(side, "0")


def _heading(paper: Any, heading: Subheading) -> None:
    paper.add_heading(as_text(heading.text), level=heading.level)


def _paragraph(paper: Any, paragraph: Paragraph) -> None:
    line = paper.add_paragraph(style=look.SOFT if paragraph.soft else None)
    if paragraph.lead:
        look.mark_with_a_bar(line)
        line.add_run(f"{as_text(paragraph.lead)} ").bold = True
    if paragraph.leads_on:
        line.paragraph_format.keep_with_next = True
    line.add_run(as_text(paragraph.text))


def _facts(paper: Any, facts: Facts) -> None:
    for name, value in facts.rows:
        line = paper.add_paragraph()
        line.paragraph_format.tab_stops.add_tab_stop(FACT_NAMES)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = FACT_NAMES, -FACT_NAMES
        line.paragraph_format.space_after = look.CLOSE
        line.add_run(as_text(name)).bold = True
        line.add_run(f"\t{as_text(value)}")


def _table(paper: Any, table: Table) -> None:
    grid = paper.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    look.rule(grid, [column.share for column in table.columns])
    titles = tuple(column.title for column in table.columns)
    for row, cells in zip(grid.rows, (titles, *table.rows), strict=True):
        if max(map(len, cells)) < LONG:
            look.keep_whole(row)
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run(as_text(text)).bold = cells is titles
    look.head(grid.rows[0])
    paper.add_paragraph()


SETTERS: dict[type, Callable[[Any, Any], None]] = {
    Subheading: _heading,
    Paragraph: _paragraph,
    Facts: _facts,
    Table: _table,
}
