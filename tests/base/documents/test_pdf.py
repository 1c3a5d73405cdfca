"""A document as a PDF: what is read back from it by another library than the one that wrote it."""

import io
import os
import re
import signal
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from base.documents import pdf as setting
from base.documents.pdf import PROGRAM, pdf
from base.documents.tree import Mark, Paragraph, Subheading, Table, as_text
from tests.base.documents.documents import TYPED, actions, document, of_every_kind
from tests.base.documents.reading import fonts, pdf_text, root_of, structure, tags


def test_it_says_that_it_is_for_the_archive_and_for_everybody() -> None:
    info = PdfReader(io.BytesIO(pdf(of_every_kind()))).xmp_metadata

    assert info is not None
    said = dict(re.findall(r"<(pdf\w+:\w+)>([^<]*)<", info.stream.get_data().decode()))
    assert said["pdfaid:part"] == "2"
    assert said["pdfaid:conformance"] == "A"
    assert said["pdfuaid:part"] == "1"


def test_it_tells_its_title_sender_day_and_language() -> None:
    content = pdf(of_every_kind())
    reader = PdfReader(io.BytesIO(content))

    assert reader.metadata is not None
    assert reader.metadata.title == "Minnesanteckningar, Möte 25 november 2026"
    assert reader.metadata.author == "Trygghet Vetlanda"
    assert f"{reader.metadata.creation_date:%Y-%m-%d}" == "2026-11-25"
    assert root_of(content)["/Lang"] == "sv-SE"
    assert root_of(content)["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_screen_reader_is_told_headings_facts_and_tables() -> None:
    told = [tag for tag in tags(pdf(of_every_kind())) if tag not in {"Span", "NonStruct", "Div"}]

    assert [tag for tag in told if tag.startswith("H")] == ["H1", "H2", "H2", "H3"]
    table = told[told.index("Table") :]
    assert [tag for tag in table if tag.startswith("T")] == [
        "Table",
        "THead",
        "TR",
        "TH",
        "TH",
        "TBody",
        "TR",
        "TD",
        "TD",
    ]
    assert told.count("L") == 1


def test_a_head_cell_says_that_it_heads_its_column() -> None:
    scopes = [element["/A"][0]["/Scope"] for element in structure(pdf(of_every_kind())) if element["/S"] == "/TH"]

    assert scopes == ["/Column", "/Column"]


def test_the_archive_is_told_what_the_colours_mean() -> None:
    [intent] = root_of(pdf(of_every_kind()))["/OutputIntents"]

    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent.get_object()


def test_the_text_comes_in_the_order_of_the_paper() -> None:
    assert pdf_text(pdf(of_every_kind())).splitlines() == [
        "Trygghet Vetlanda",
        "Minnesanteckningar",
        "Möte 25 november 2026",
        "Tid Onsdag 25 november 2026, 13.00",
        "Plats Sessionssalen",
        "Närvaro",
        "Organisation Närvarande",
        "Räddningstjänsten Omar Prov, ordinarie",
        "6. Nya ärenden",
        "6.1 Mörkt i tunneln",
        "Ärendet är nytt.",
        "Första raden.",
        "Andra raden.",
        "Beslut 2026-14: Gruppen föreslår Tekniska att laga lampan.",
        "Beslut 2026-15, struket: Gruppen noterar informationen.",
        "Trygghet Vetlanda Sida 1 av 1",
    ]


def test_every_font_lies_in_the_file() -> None:
    lying_in_it = fonts(pdf(document(Paragraph(TYPED))))

    assert all(lying_in_it.values())
    assert {re.sub(r"^/\w+\+|-.*", "", name) for name in lying_in_it} == {"NotoSans", "LibertinusSerif", "NotoEmoji"}


def test_what_was_typed_is_text_and_never_markup() -> None:
    read = pdf_text(pdf(document(Paragraph(TYPED))))

    assert TYPED in read.replace(" \n", " ")


@pytest.mark.parametrize("place", ["title", "about"])
def test_nor_is_it_markup_in_the_head_of_the_document(place: str) -> None:
    assert "#panic() $ * <a>" in pdf_text(pdf(document(**{place: "#panic() $ * <a>"})))


def test_nor_is_it_markup_in_its_mark() -> None:
    read = pdf_text(pdf(document(mark=Mark("#panic()", "$ * <a>"))))

    assert " ".join(read.split()).count("#panic() $ * <a>") == 1


@pytest.mark.parametrize("blocks", [[Paragraph("x" * 3000)], [Table(actions(1).columns, (("x" * 900,) * 4,))]])
def test_a_word_that_no_line_holds_is_broken_and_loses_nothing(blocks: list[Paragraph]) -> None:
    read = pdf_text(pdf(document(*blocks)))

    assert read.count("x") == sum(len(cell) for block in blocks for cell in getattr(block, "rows", [["x" * 3000]])[0])
    assert max(map(len, read.splitlines())) < 140


def test_a_cell_longer_than_a_page_goes_on_over_it() -> None:
    words = " ".join(f"ord{n}" for n in range(2000))

    read = pdf_text(pdf(document(Table(actions(1).columns, (("2026-1", words, "Polisen", "snart"),)))))

    assert [word for word in words.split() if word not in read.split()] == []


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Jag heter 李明 och bor här", "Jag heter ⬚⬚ och bor här"),
        ("pling\a\x1b och \ud83d", "pling och"),
        ("gång\N{SOFT HYPHEN}tunneln", "gångtunneln"),
        ("Va\N{COMBINING RING ABOVE}rga\N{COMBINING RING ABOVE}rda", "Vårgårda"),
        ("avslås \N{RIGHT-TO-LEFT OVERRIDE}inte\N{POP DIRECTIONAL FORMATTING} i dag", "avslås inte i dag"),
        ("Привет, ∑ ≤ √2 → ½ €", "Привет, ∑ ≤ √2 → ½ €"),
        ("ordet שלום på dörren", "ordet שלום på dörren"),
        ("familjen 👨‍👩‍👧 och 🚓", "familjen 👨‍👩‍👧 och 🚓"),
    ],
)
def test_what_no_font_has_gives_no_fault(typed: str, stands: str) -> None:
    assert stands in pdf_text(pdf(document(Paragraph(typed))))


SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
TOLD = "⬚ står för ett tecken som en PDF för arkivet inte kan visa. Det finns kvar i registret."


@pytest.mark.parametrize(
    "whole", ["🇸🇪", "🇸🇪🇫🇮🇳🇴", SCOTLAND, "👨‍👩‍👧", "👍🏽", "👩🏿‍🚒", "1️⃣", "#⃣", "❤️", "☀︎", "q̈", "🫨", "e\u0301\u0323"]
)
def test_what_is_made_of_several_signs_keeps_its_parts(whole: str) -> None:
    read = pdf_text(pdf(document(Subheading(f"Före {whole} efter"), Paragraph(f"Före {whole} efter"))))

    shown = re.sub("[\\ufe0e\\ufe0f]", "", unicodedata.normalize("NFC", whole))  # how a sign is drawn is no sign
    assert TOLD not in read
    assert [shown in re.sub("[\\ufe0e\\ufe0f]", "", line) for line in read.splitlines() if "Före" in line] == [True] * 2


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("a👩‍\ue000b", "a⬚⬚b"),
        ("a\ue000‍👩b", "a⬚⬚b"),
        ("a中\u0308b", "a⬚⬚b"),
        ("a\U0010fff0🏽b", "a⬚⬚b"),
    ],
)
def test_what_is_made_of_several_signs_is_never_left_in_half(typed: str, stands: str) -> None:
    read = pdf_text(pdf(document(Paragraph(typed))))

    assert stands in read
    assert TOLD in read


def test_letters_that_nobody_sees_hide_no_text() -> None:
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "avslås")

    assert as_text(f"Bifalls{hidden}. 🏴{hidden} {SCOTLAND}") == f"Bifalls. 🏴 {SCOTLAND}"


@pytest.mark.parametrize(
    ("first", "last"), [(0x1E00, 0x1EFF), (0x400, 0x4FF), (0x2190, 0x21FF), (0x1F600, 0x1F64F), (0x4E00, 0x4E90)]
)
def test_one_sign_that_no_font_has_takes_no_other_of_its_script_with_it(first: int, last: int) -> None:
    kept = "".join(map(chr, range(first, last))) + "”–€…’—•½"
    read = pdf_text(pdf(document(Paragraph(f"{kept} \U0010fffd")))).replace("\n", "")
    alone = pdf_text(pdf(document(Paragraph(kept)))).replace("\n", "")

    assert read.count("⬚") == alone.count("⬚") + (1 if TOLD in alone else 2)
    assert "”–€…’—•½" in read


def test_lines_of_a_script_from_the_right_come_in_their_order() -> None:
    read = pdf_text(pdf(document(Paragraph("Först\nשלום 2026-41, 13.00\n\u202eSist"))))

    assert read.index("Först") < read.index("2026-41") < read.index("13.00") < read.index("Sist")


def test_it_says_when_something_could_not_be_shown() -> None:
    assert TOLD in pdf_text(pdf(document(Paragraph("Jag heter 李明"))))
    assert TOLD not in pdf_text(pdf(document(Paragraph("Jag heter Åsa 👍"))))


def test_what_is_said_of_a_text_stands_on_the_page_of_the_text() -> None:
    for lines in range(35, 50):
        filled = Paragraph("\n".join(["rad"] * lines))
        passing = Paragraph("Nytt sedan i går.", soft=True, leads_on=True)
        told = document(filled, Subheading("6. Nya"), passing, Paragraph("Anteckningen"))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(told))).pages]

        assert [("Nytt sedan" in page) for page in pages] == [("Anteckningen" in page) for page in pages]


def test_a_heading_stands_on_the_page_of_its_first_item() -> None:
    for lines in range(36, 48, 2):
        filled = Paragraph("\n".join(["rad"] * lines))
        see, item = Paragraph("Se punkt 4.1.", leads_on=True), Subheading("6.1 Mörkt", level=3)
        told = document(
            filled, Subheading("6. Nya"), see, item, Paragraph("Anteckningen"), Subheading("7."), actions(1)
        )
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(told))).pages]

        under = [("6. Nya", "Se punkt", "6.1 Mörkt", "Anteckningen"), ("7.", "Ansvarig", "2026-1")]
        assert [[sum(words in page for words in one) in (0, len(one)) for one in under] for page in pages] == [
            [True, True] for _ in pages
        ]


def test_a_text_all_in_another_script_costs_no_search_for_each_sign() -> None:
    assert "⬚" * 40 in pdf_text(pdf(document(Paragraph("".join(map(chr, range(0x4E00, 0x5E00)))))))


def test_the_table_head_comes_again_on_every_page() -> None:
    pages = PdfReader(io.BytesIO(pdf(document(actions(60))))).pages

    assert len(pages) > 2
    assert ["Ansvarig" in page.extract_text() for page in pages] == [True] * len(pages)


def test_pages_are_counted_and_named() -> None:
    pages = PdfReader(io.BytesIO(pdf(document(actions(60))))).pages

    assert f"Sida 2 av {len(pages)}" in pages[1].extract_text()
    assert "Trygghet Vetlanda. Minnesanteckningar, Möte 25 november 2026" in pages[1].extract_text()


def test_a_draft_says_so_on_every_page() -> None:
    pages = PdfReader(io.BytesIO(pdf(document(actions(60), mark=Mark("UTKAST", "Inte fastställt."))))).pages

    assert [page.extract_text().count("UTKAST") for page in pages] == [1] * len(pages)
    assert "UTKAST" not in pdf_text(pdf(document(actions(60))))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf(of_every_kind()) == pdf(of_every_kind())


def test_several_are_set_at_once() -> None:
    with ThreadPoolExecutor(4) as readers:
        assert {*readers.map(lambda _: pdf(of_every_kind()), range(8))} == {pdf(of_every_kind())}


def test_what_sets_it_is_never_loaded_where_it_is_asked_for() -> None:
    asks = "import base.documents.pdf, sys; sys.exit('typst' in sys.modules)"

    subprocess.run([sys.executable, "-c", asks], check=True)


@pytest.mark.parametrize("newer", ["\U0001fae8", "\ue000", "\u200b", "\x1b"])
def test_a_heading_of_a_sign_that_is_unknown_or_unseen_is_no_empty_one(newer: str) -> None:
    assert any(sign in pdf_text(pdf(document(Subheading(newer)))) for sign in (newer, "⬚"))


@pytest.mark.parametrize("chinese", [1, 150])
def test_a_script_that_no_font_has_takes_no_other_with_it(chinese: int) -> None:
    kept = f"{''.join(map(chr, range(0x410, 0x450)))} – ”{''.join(map(chr, range(0x3B1, 0x3CA)))}” …"
    lacking = "".join(map(chr, range(0x4E00, 0x4E00 + chinese)))

    read = pdf_text(pdf(document(Paragraph(f"{kept} {lacking}")))).replace("\n", "")

    assert kept in read
    assert read.count("⬚") == chinese + 1  # and the line that tells of it


def test_signs_that_typst_breaks_down_over_are_dotted_squares() -> None:
    thaana = "".join(map(chr, range(0x780, 0x7B2)))

    read = pdf_text(pdf(document(Paragraph(f"Skylten {thaana} står kvar."))))

    assert f"Skylten {'⬚' * len(thaana)} står kvar." in read.replace("\n", "")
    assert "⬚ står för ett tecken" in read


def test_what_cannot_be_set_says_why() -> None:
    with pytest.raises(RuntimeError, match="skipped from heading level 1 to 3"):
        pdf(document(Subheading("6.1 Mörkt i tunneln", level=3)))


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "SECONDS", 0.001)

    with pytest.raises(RuntimeError, match="ended by signal 14"):
        pdf(of_every_kind())


def test_it_is_ended_also_when_the_server_heeds_no_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "SECONDS", 0.001)
    heeded = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        with pytest.raises(RuntimeError, match="ended by signal 14"):
            pdf(of_every_kind())
    finally:
        signal.signal(signal.SIGALRM, heeded)


def test_one_that_is_held_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "held.py"
    program.write_text("import time; time.sleep(20)")
    monkeypatch.setattr(setting, "PROGRAM", program)
    monkeypatch.setattr(setting, "SECONDS", 0.001)
    monkeypatch.setattr(setting, "SECONDS_TO_END", 0.1)

    with pytest.raises(RuntimeError, match="did not end when its time was out"):
        pdf(of_every_kind())


def test_what_is_told_to_all_of_the_servers_group_does_not_reach_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "session.py"
    program.write_text("import os; print(os.getsid(0))")
    monkeypatch.setattr(setting, "PROGRAM", program)

    assert int(pdf(of_every_kind())) != os.getsid(0)


def test_it_ends_by_itself_when_nobody_is_left_to_end_it() -> None:
    with subprocess.Popen([sys.executable, "-I", str(PROGRAM), "0", "0.01"], stdin=subprocess.PIPE) as abandoned:
        assert abandoned.wait(10) == -signal.SIGALRM
