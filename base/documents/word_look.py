"""The styles of a Word document: the PDF's look in the fonts that every Word has, and what python-docx lacks."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from base.documents.tree import Document, Mark, as_text

LANGUAGE = "sv-SE"
WORKS, SPEAKS = "Calibri", "Cambria"
INK, QUIET = RGBColor(0x16, 0x24, 0x28), RGBColor(0x46, 0x56, 0x59)
SPRUCE, BRICK = RGBColor(0x08, 0x4D, 0x4B), RGBColor(0x8A, 0x3D, 0x10)
HAIRLINE = {"val": "single", "sz": "4", "space": "0", "color": "D8DAD4"}
HEAVY = {"val": "single", "sz": "8", "space": "0", "color": str(INK)}
SPRUCE_BAR = {"val": "single", "sz": "18", "space": "7", "color": str(SPRUCE)}
THIN_BAR = SPRUCE_BAR | {"sz": "4", "color": str(QUIET)}
BAR = Cm(0.35)

# Names of styles; SOFT and WORDMARK are our use of what every Word has in the reader's own language.
NORMAL, SOFT, WORDMARK = "Normal", "Subtitle", "Title"
STYLES = {
    NORMAL: (WORKS, 10.5, INK, False),
    SOFT: (WORKS, 10.5, QUIET, False),
    WORDMARK: (SPEAKS, 14, SPRUCE, True),
    "Heading 1": (SPEAKS, 24, INK, True),
    "Heading 2": (SPEAKS, 15, INK, True),
    "Heading 3": (WORKS, 11, INK, True),
    "Header": (WORKS, 9, QUIET, False),
    "Footer": (WORKS, 9, QUIET, False),
}
A4, SIDE, ENDS = (Cm(21), Cm(29.7)), Cm(2.4), Cm(2.3)
WIDTH = A4[0] - 2 * SIDE
CLOSE = Pt(2)
"""Between lines that belong together."""


def dress(paper: Any) -> None:
    """Set the page to A4 and the styles to our fonts and colours, with Swedish for the spelling and the voice."""
    page = paper.sections[0]
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = SIDE
    page.top_margin = page.bottom_margin = ENDS
    for name, (font, size, colour, bold) in STYLES.items():
        _set_style(paper.styles[name], font, size, colour, bold=bold)
    paper.styles[NORMAL].paragraph_format.space_after = Pt(6)
    paper.styles[NORMAL].paragraph_format.widow_control = True
    for level, above in ((1, 12), (2, 18), (3, 12)):
        air = paper.styles[f"Heading {level}"].paragraph_format
        air.space_before, air.space_after = Pt(above), Pt(4)
    for name in ("Header", "Footer"):
        stops = paper.styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    spoken = paper.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    spoken.set(qn("w:val"), LANGUAGE)


def head_and_foot(paper: Any, document: Document) -> None:
    """Write header and footer: which document it is, a draft's mark, the page's number; the first bears no name."""
    page = paper.sections[0]
    page.different_first_page_header_footer = True
    sender = as_text(document.sender.name)
    line = page.header.paragraphs[0]
    line.add_run(f"{sender}. {as_text(document.title)}, {as_text(document.about)}\t")
    if document.mark:
        mark(line, document.mark)
    for foot in (page.footer, page.first_page_footer):
        foot.paragraphs[0].add_run(f"{as_text(document.sender.foot)}\tSida ")
        _count(foot.paragraphs[0], "PAGE")
        foot.paragraphs[0].add_run(" av ")
        _count(foot.paragraphs[0], "NUMPAGES")


def mark(line: Any, mark: Mark) -> None:
    word = line.add_run(as_text(mark.word))
    word.bold, word.font.color.rgb = True, BRICK


def rule(grid: Any, shares: list[int]) -> None:
    """Draw hairlines between a table's rows, its text in line with the page's, and give the columns their shares."""
    grid.autofit = False
    facts = grid._tbl.tblPr  # Word refuses a file where these stand in another order
    facts.find(qn("w:tblLayout")).addprevious(
        _element("w:tblBorders", *(_element(f"w:{edge}", **HAIRLINE) for edge in ("bottom", "insideH")))
    )
    facts.find(qn("w:tblLook")).addprevious(_element("w:tblCellMar", _element("w:left", w="0", type="dxa")))
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = int(WIDTH * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width
            cell.paragraphs[0].paragraph_format.space_before = CLOSE
            cell.paragraphs[0].paragraph_format.space_after = CLOSE


def keep_together(grid: Any) -> None:
    """Let neither the head nor the last row stand alone on a page."""
    for row in {0, max(0, len(grid.rows) - 2)}:
        for cell in grid.rows[row].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def head(row: Any) -> None:
    """Mark the first row as the table's header: ruled off from the others, and repeated on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for cell in row.cells:
        cell._tc.get_or_add_tcPr().append(_element("w:tcBorders", _element("w:bottom", **HEAVY)))


def mark_with_a_bar(line: Any, *, struck: bool = False) -> None:
    """Draw a bar beside a paragraph: by it a decision is found when one leafs through the pages. That of what is struck
    is thin.
    """
    line.paragraph_format.left_indent = BAR
    facts = line._p.get_or_add_pPr()  # Word refuses a file where these stand in another order
    facts.find(qn("w:ind")).addprevious(_element("w:pBdr", _element("w:left", **(THIN_BAR if struck else SPRUCE_BAR))))


def _set_style(style: Any, font: str, size: float, colour: RGBColor, *, bold: bool) -> None:
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), colour
    style.font.bold, style.font.italic = bold, False
    fonts = style.element.rPr.rFonts
    fonts.attrib.clear()  # the theme's fonts would go before ours
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    for ornament in [*style.element.iter(qn("w:pBdr")), *style.element.rPr.findall(qn("w:spacing"))]:
        ornament.getparent().remove(ornament)


def _count(line: Any, field: str) -> None:
    """Add a field that Word computes: PAGE or NUMPAGES."""
    line._p.append(_element("w:fldSimple", line.add_run("1")._r, instr=field))


def _element(name: str, *inner: Any, **attributes: str) -> Any:
    element = OxmlElement(name)
    element.extend(inner)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
