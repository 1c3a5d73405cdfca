"""The same document for Word: what python-docx and the bare XML read back."""

import gc
import io
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree
from PIL import Image

from base.documents.tree import Block, Facts, Mark, Paragraph, Sender, Subheading
from base.documents.word import word
from tests.base.documents.documents import TYPED, actions, document, of_every_kind
from tests.base.documents.reading import word_text
from tests.the import the


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> Any:
    return etree.fromstring(ZipFile(io.BytesIO(content)).read(f"word/{name}.xml"))


def test_the_text_comes_in_the_order_of_the_paper() -> None:
    body = opened(word(of_every_kind()))

    assert [line.text for line in body.paragraphs if line.text] == [
        "Trygghet Vetlanda",
        "Minnesanteckningar",
        "Möte 25 november 2026",
        "Tid\tOnsdag 25 november 2026, 13.00",
        "Plats\tSessionssalen",
        "Närvaro",
        "6. Nya ärenden",
        "6.1 Mörkt i tunneln",
        "Ärendet är nytt.",
        "Första raden.\nAndra raden.",
        "Beslut 2026-14: Gruppen föreslår Tekniska att laga lampan.",
        "Beslut 2026-15, struket: Gruppen noterar informationen.",
    ]
    assert [[cell.text for cell in row.cells] for row in body.tables[0].rows] == [
        ["Organisation", "Närvarande"],
        ["Räddningstjänsten", "Omar Prov, ordinarie"],
    ]


def test_headings_are_headings() -> None:
    lines = [(the(the(line.style).name), line.text) for line in opened(word(of_every_kind())).paragraphs]

    assert [(style, text) for style, text in lines if style.startswith("Heading")] == [
        ("Heading 1", "Minnesanteckningar"),
        ("Heading 2", "Närvaro"),
        ("Heading 2", "6. Nya ärenden"),
        ("Heading 3", "6.1 Mörkt i tunneln"),
    ]


def test_it_tells_its_title_sender_and_language() -> None:
    content = word(of_every_kind())
    about = opened(content).core_properties

    assert (about.title, about.author) == ("Minnesanteckningar, Möte 25 november 2026", "Trygghet Vetlanda")
    assert about.language == "sv-SE"
    assert {spoken.get(qn("w:val")) for spoken in part(content, "styles").iter(qn("w:lang"))} == {"sv-SE"}


def test_the_table_head_comes_again_and_rows_stay_whole() -> None:
    rows = opened(word(document(actions(40)))).tables[0].rows

    assert [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in rows] == [True] + [False] * 40
    assert all(row._tr.findall(f".//{qn('w:cantSplit')}") for row in rows)


@pytest.mark.parametrize("typed", [TYPED, "x" * 10_000, "李明", "Första\nAndra"])
def test_what_was_typed_stands_as_it_was(typed: str) -> None:
    assert typed in [line.text for line in opened(word(document(Paragraph(typed)))).paragraphs]


def test_what_no_file_can_hold_is_left_out() -> None:
    assert "pling och" in word_text(word(document(Paragraph("pling\a\x1b och\ufffe \ud83d"))))


@pytest.mark.parametrize("newer", ["\U0001fae8", "\ue000"])
def test_a_sign_that_python_does_not_know_stands_as_it_was(newer: str) -> None:
    assert f"a{newer}b" in word_text(word(document(Paragraph(f"a{newer}b"))))


def test_what_was_decided_has_a_bar_beside_it() -> None:
    lines = opened(word(document(Paragraph("Laga lampan.", lead="Beslut 1:"), Paragraph("Anteckning")))).paragraphs

    barred = [line.text for line in lines if line._p.findall(f".//{qn('w:pBdr')}/{qn('w:left')}")]
    assert barred == ["Beslut 1: Laga lampan."]


def test_what_is_struck_has_a_thin_bar_and_its_words_are_struck_through() -> None:
    told = document(Paragraph("Laga lampan.", lead="Beslut 1:"), Paragraph("Byt den.", lead="Beslut 2:", struck=True))
    stands, struck = [line for line in opened(word(told)).paragraphs if line.text.startswith("Beslut")]

    bars = [line._p.find(f".//{qn('w:pBdr')}/{qn('w:left')}").get(qn("w:sz")) for line in (stands, struck)]
    assert bars == ["18", "4"]
    assert [bool(line.runs[-1].font.strike) for line in (stands, struck)] == [False, True]
    assert [line.runs[0].bold for line in (stands, struck)] == [True, False]


def test_what_is_said_of_a_text_stands_on_the_page_of_the_text() -> None:
    told = document(Paragraph("Nytt.", soft=True, leads_on=True), Paragraph("Anteckning", soft=True))

    kept = [line.text for line in opened(word(told)).paragraphs if line.paragraph_format.keep_with_next]

    assert kept == ["Nytt."]


def test_no_line_and_no_row_stands_alone_on_a_page() -> None:
    paper = opened(word(document(actions(4))))

    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in paper.tables[0].rows]
    assert kept == [True, None, None, True, None]
    assert paper.styles["Normal"].paragraph_format.widow_control


def test_a_draft_says_so_first_and_on_the_pages_that_follow() -> None:
    draft = opened(word(document(mark=Mark("UTKAST", "Inte fastställt."))))

    assert "UTKAST  Inte fastställt." in [line.text for line in draft.paragraphs]
    assert draft.sections[0].header.paragraphs[0].text.endswith("\tUTKAST")
    assert "UTKAST" not in word_text(word(document()))


def test_the_logotype_stands_in_line_with_the_text_and_is_told_of() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 100)).save(picture, "PNG")
    paper = opened(word(document(sender=Sender("Trygghet Vetlanda", picture.getvalue()))))

    [logotype] = paper.inline_shapes
    assert [logotype._inline.get(side) for side in ("distL", "distR")] == ["0", "0"]
    assert logotype._inline.docPr.get("descr") == "Logotyp: Trygghet Vetlanda"


def test_pages_are_counted() -> None:
    content = word(document())
    fields = [
        field.get(qn("w:instr"))
        for foot in ("footer1", "footer2")
        for field in part(content, foot).iter(qn("w:fldSimple"))
    ]

    assert fields == ["PAGE", "NUMPAGES"] * 2


def test_a_long_document_is_not_searched_for_its_end_at_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    search = BaseOxmlElement.first_child_found_in

    def counted(element: Any, *tags: str) -> Any:
        searched.append(element.tag)
        return search(element, *tags)

    def searches(items: int) -> int:
        searched.clear()
        item: list[Block] = [Subheading("6.1 Mörkt"), Paragraph("Nytt.", soft=True), Facts((("Tid", "13"),))]
        word(document(*item * items))
        return searched.count(qn("w:body"))

    monkeypatch.setattr(BaseOxmlElement, "first_child_found_in", counted)
    assert searches(1) == searches(20)


def test_nothing_of_it_stays_in_memory() -> None:
    gc.disable()  # what Python does in its own time
    try:
        word(of_every_kind())
        left = [one for one in gc.get_objects() if issubclass(type(one), Document)]  # a lazy one is not woken
    finally:
        gc.enable()

    assert left == []
