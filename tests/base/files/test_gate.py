"""What passes the gate for files is made anew; what does not is refused in a sentence that says what to do instead."""

import io
import zipfile
from typing import Any

import pikepdf
import pypdf
import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from base.files.gate import ClearedFile, clear
from tests.base.files import made

TAKEN = (
    "Det går att lägga till PDF, bilder (JPEG, PNG, WebP, HEIC) "
    "och dokument från Word, Excel, PowerPoint och LibreOffice."
)
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EXTERNAL = '<Relationship Id="r1" Type="{}/{}" Target="{}" TargetMode="External"/>'


def refusal(content: bytes, name: str = "fil.pdf") -> str:
    with pytest.raises(ValidationError) as refused:
        clear(content, name)
    [sentence] = refused.value.messages
    return sentence


def image_of(cleared: ClearedFile) -> Image.Image:
    return Image.open(io.BytesIO(cleared.content))


# PDF


def test_a_pdf_is_kept_with_its_words() -> None:
    cleared = clear(made.pdf(), "Lägesbild.PDF")

    assert (cleared.name, cleared.kind, cleared.notes, cleared.position) == ("Lägesbild.pdf", "pdf", (), None)
    assert pypdf.PdfReader(io.BytesIO(cleared.content)).pages[0].extract_text() == "Belysning 7"


def test_the_same_pdf_becomes_the_same_bytes() -> None:
    content = made.pdf()

    assert clear(content, "a.pdf").content == clear(content, "b.pdf").content


def test_a_pdf_loses_what_acts_by_itself_and_keeps_its_links() -> None:
    cleared = clear(made.pdf(made.scripted), "a.pdf")

    with pikepdf.open(io.BytesIO(cleared.content)) as document:
        root, page = document.Root, document.pages[0].obj
        actions = [dict(one.A).get("/S") for one in page.Annots]
        plain = b"".join(one.unparse(resolved=True) for one in document.objects if not isinstance(one, pikepdf.Stream))
    assert ["/OpenAction" in root, "/AA" in page, "/JavaScript" in root.Names, "/XFA" in root.AcroForm] == [False] * 4
    assert [action and str(action) for action in actions] == [None, "/URI", None]
    assert [word for word in (b"JavaScript", b"alert", b"cmd.exe", b"Launch", b"javascript:") if word in plain] == []
    assert cleared.notes == ("Formulär i PDF-filen visas, men räknar och skickar inte.",)


def test_a_pdf_loses_the_files_in_it_and_says_so() -> None:
    cleared = clear(made.pdf(made.with_file_inside), "a.pdf")

    assert b"hemligt program" not in _unpacked(cleared.content)
    assert cleared.notes == ("Filer som låg inuti PDF-filen följde inte med. Lägg till dem var för sig.",)


def _unpacked(content: bytes) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(
            file, stream_decode_level=pikepdf.StreamDecodeLevel.all, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    return file.getvalue()


def test_a_pdf_that_is_also_something_else_is_only_a_pdf_afterwards() -> None:
    page, archive = made.pdf(), made.zipped({"a.exe": b"MZ"})
    in_a_comment = page.replace(b"\n", b"\n%" + HTML + b"\n", 1)

    assert b"<script>" not in clear(in_a_comment, "a.pdf").content
    assert b"PK\x03\x04" not in clear(page + archive, "a.pdf").content
    assert refusal(HTML + page) == f"Filen är en webbsida. Skriv ut den som PDF. {TAKEN}"


def test_a_pdf_with_a_password_is_refused_and_one_that_only_forbids_printing_is_not() -> None:
    locked = made.pdf(encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))
    no_printing = pikepdf.Encryption(user="", owner="x", allow=pikepdf.Permissions(print_highres=False))

    assert refusal(locked) == "PDF-filen är skyddad med lösenord. Spara den utan lösenord och välj den igen."
    assert clear(made.pdf(encryption=no_printing), "a.pdf").kind == "pdf"


def test_a_portfolio_is_refused() -> None:
    def collect(document: pikepdf.Pdf) -> None:
        document.Root.Collection = pikepdf.Dictionary()

    assert refusal(made.pdf(collect)) == "PDF-filen är en samling av andra filer. Lägg till filerna i den var för sig."


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000, made.photograph()[:300]])
def test_a_broken_file_is_refused(content: bytes) -> None:
    broken = "Filen går inte att läsa, den är trasig eller avbruten. Öppna den, spara den på nytt och välj den igen."

    assert refusal(content) == broken


# Pictures


def test_a_photograph_is_turned_and_says_nothing_of_itself() -> None:
    cleared = clear(made.photograph(), "IMG_0001.JPG")

    image = image_of(cleared)
    assert (cleared.name, cleared.kind, image.size) == ("IMG_0001.jpg", "jpeg", (40, 60))
    top, bottom = image.getpixel((20, 5)), image.getpixel((20, 55))
    assert (isinstance(top, tuple) and top[0] > 200, isinstance(bottom, tuple) and bottom[2] > 200) == (True, True)
    assert dict(image.getexif()) == {}
    assert [word for word in (b"hemlig", b"Exif", b"GPS") if word in cleared.content] == []


def test_the_position_of_a_photograph_is_offered() -> None:
    assert clear(made.photograph(), "a.jpg").position == (57.4282, 15.085)


@pytest.mark.parametrize("latitude", [(IFDRational(0, 0), 0.0, 0.0), (57.0, 25.0), 57.5, (97.0, 0.0, 0.0)])
def test_a_position_that_is_none_is_not(latitude: Any) -> None:
    assert clear(made.photograph(latitude), "a.jpg").position is None


def test_a_picture_with_something_after_it_is_only_a_picture_afterwards() -> None:
    cleared = clear(made.picture() + made.zipped({"a.exe": b"MZ"}), "a.jpg")

    assert (b"PK\x03\x04" in cleared.content, image_of(cleared).size) == (False, (60, 40))


@pytest.mark.parametrize(
    ("form", "name", "kind"), [("PNG", "a.png", "png"), ("WEBP", "a.jpg", "jpeg"), ("MPO", "a.jpg", "jpeg")]
)
def test_a_picture_is_kept_as_png_where_it_was_one_and_else_as_jpeg(form: str, name: str, kind: str) -> None:
    cleared = clear(made.picture(form), "a.webp")

    assert (cleared.name, cleared.kind, image_of(cleared).format) == (name, kind, kind.upper())


def test_what_is_seen_through_in_a_picture_becomes_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 0)).save(file, "PNG")

    assert image_of(clear(file.getvalue(), "a.png")).getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_with_sixteen_bits_keeps_its_greys() -> None:
    file = io.BytesIO()
    Image.new("I;16", (9, 9), 0x8000).save(file, "PNG")

    assert image_of(clear(file.getvalue(), "a.png")).getpixel((4, 4)) == 128


def test_a_large_picture_becomes_smaller() -> None:
    assert image_of(clear(made.picture(size=(6000, 3000)), "a.jpg")).size == (4096, 2048)


def test_a_picture_of_more_dots_than_anybody_takes_is_refused() -> None:
    told = "Bilden har fler än 64 miljoner bildpunkter. Spara den mindre och välj den igen."

    assert [refusal(made.png_of(30_000, 30_000)), refusal(made.png_of(9_000, 8_000))] == [told, told]


def test_what_says_it_is_heic_and_is_not_is_refused() -> None:
    assert refusal(b"\0\0\0\x18ftypheic" + bytes(600)).startswith("Filen går inte att läsa")


# Documents of office programs


def test_a_document_of_word_is_kept_with_its_words() -> None:
    cleared = clear(made.of_word(), "Avtal.docx")

    assert (cleared.name, cleared.kind) == ("Avtal.docx", "docx")
    with zipfile.ZipFile(io.BytesIO(cleared.content)) as package:
        assert "Belysning 7" in package.read("word/document.xml").decode()


@pytest.mark.parametrize(("of", "kind"), [("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp")])
def test_a_document_of_libreoffice_is_kept_with_its_kind_first(of: str, kind: str) -> None:
    cleared = clear(made.of_libreoffice(of), "a")

    assert (cleared.name, cleared.content[30:38]) == (f"a.{kind}", b"mimetype")


def test_what_stands_before_and_after_a_package_does_not_come_along() -> None:
    cleared = clear(made.of_word() + HTML, "a.docx")

    assert b"<script>" not in cleared.content


MACROS = "Filen innehåller makron. Spara den utan makron (docx, xlsx eller pptx) eller som PDF."
EMBEDDED = "Filen har ett program eller ett inbäddat objekt i sig. Spara den som PDF och välj den."
REACHES_OUT = "Filen hämtar innehåll från andra filer eller från nätet. Spara den som PDF och välj den."
LOCKED = "Filen är skyddad med lösenord. Ta bort lösenordet, spara och välj den igen."
OLD = "Filen är sparad i ett äldre format (doc, xls eller ppt). Spara den som PDF, docx, xlsx eller pptx."
LISTENS = b'<office:document-content><script:event-listener script:language="ooo:script"/></office:document-content>'
LOADS = b'<draw:image xlink:href="https://spion.example/a.png" xlink:type="simple" xlink:actuate="onLoad"/>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (made.package(word_in_vbaProject__bin=b"x"), MACROS),
        (made.of_libreoffice(Basic_in_script__xml=b"x"), MACROS),
        (made.of_libreoffice(styles__xml=LISTENS), MACROS),
        (made.package(word_in_embeddings_in_oleObject1__bin=b"x"), EMBEDDED),
        (made.package(word_in_media_in_image1__png=b"MZ"), EMBEDDED),
        (made.package(word_in_activeX_in_activeX1__xml=b"x"), EMBEDDED),
        (made.package(word_in_embeddings_in_a__docx=made.package(word_in_vbaProject__bin=b"x")), MACROS),
        (made.of_libreoffice(ObjectReplacements_in_a=b"\xd0\xcf\x11\xe0"), EMBEDDED),
        (made.package(word_in_document__xml=b"<w:instrText>DDEAUTO c:\\x</w:instrText>"), REACHES_OUT),
        (made.package(xl_in_externalLinks_in_externalLink1__xml=b"x"), REACHES_OUT),
        (made.of_libreoffice(styles__xml=LOADS), REACHES_OUT),
        (b"\xd0\xcf\x11\xe0" + bytes(900), OLD),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    ],
)
def test_what_acts_or_reaches_out_in_a_document_is_refused(content: bytes, told: str) -> None:
    assert refusal(content) == told


@pytest.mark.parametrize(
    ("kind", "target", "is_taken"),
    [
        ("hyperlink", "https://www.example.se/", True),
        ("image", "https://spion.example/a.png", False),
        ("oleObject", "file:///c:/a.xls", False),
    ],
)
def test_a_document_may_have_links_and_fetch_nothing(kind: str, target: str, is_taken: bool) -> None:
    relation = EXTERNAL.format(made.OF_WORD, kind, target)
    content = made.package(word_in__rels_in_document__xml__rels=made.RELATIONS.format(relation).encode())

    assert (clear(content, "a.docx").kind == "docx") if is_taken else (refusal(content) == REACHES_OUT)


def test_the_template_that_a_document_was_made_by_is_forgotten() -> None:
    relation = EXTERNAL.format(made.OF_WORD, "attachedTemplate", "file:///G:/mallar/hemlig.dotx")
    settings_of = b'<w:settings><w:attachedTemplate r:id="r1"/><w:zoom w:percent="100"/></w:settings>'
    content = made.package(
        word_in__rels_in_settings__xml__rels=made.RELATIONS.format(relation).encode(), word_in_settings__xml=settings_of
    )

    with zipfile.ZipFile(io.BytesIO(clear(content, "a.docx").content)) as package:
        assert package.read("word/settings.xml") == b'<w:settings><w:zoom w:percent="100"/></w:settings>'
        assert b"hemlig" not in package.read("word/_rels/settings.xml.rels")


def test_a_macro_document_under_another_name_is_refused() -> None:
    types = made.WORD.replace("vnd.openxmlformats-officedocument.wordprocessingml.document", "vnd.ms-word.document")
    content = f'<Types><Override ContentType="{types.replace(".main", ".macroEnabled.main")}"/></Types>'

    assert refusal(made.zipped({"[Content_Types].xml": content.encode()}), "a.docx") == MACROS


def test_a_package_that_grows_when_it_is_unpacked_is_refused() -> None:
    told = "Filen är för stor när den packas upp. Minska den, eller spara den som PDF."
    many = {f"word/media/{number}.xml": b"" for number in range(4_001)}

    assert refusal(made.package(word_in_a__xml=bytes(200_000_000))) == told
    assert refusal(made.package(word_in_a__xml=bytes(5_000_000))) == told
    assert refusal(made.zipped(many)) == told


def test_entities_that_grow_are_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 999 + b'">]><Relationships>&b;&b;</Relationships>'

    assert refusal(made.package(word_in__rels_in_a__rels=bomb)).startswith("Filen går inte att läsa")


@pytest.mark.parametrize("name", ["../a.xml", "word\\a.xml", "/etc/passwd", "WORD/document.xml"])
def test_parts_with_names_that_lead_elsewhere_or_twice_to_the_same_are_refused(name: str) -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"", name: b""}

    assert refusal(made.zipped(parts)).startswith("Filen går inte att läsa")


# Everything else


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (SVG, "Filen är en ritning i formatet SVG. Spara den som PDF eller PNG."),
        (HTML, "Filen är en webbsida. Skriv ut den som PDF."),
        (b"MZ\x90\0", "Filen är ett program."),
        (b"#!/bin/sh\nrm", "Filen är ett program."),
        (b"GIF89a....", "Bilden är i ett format som inte tas emot. Spara den som PNG eller JPEG."),
        (b"{\\rtf1}", "Filen är i formatet RTF. Spara den som PDF eller docx."),
        (b"Hej", "Filen är av ett slag som inte tas emot."),
        (made.zipped({"a.txt": b"hej"}), "Filen är ett packat arkiv. Packa upp det och lägg till filerna var för sig."),
    ],
)
def test_what_is_of_another_kind_is_refused_whatever_it_is_called(content: bytes, what: str) -> None:
    assert refusal(content, "protokoll.pdf") == f"{what} {TAKEN}"


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == "Filen är tom. Öppna den, spara den på nytt och välj den igen."


def test_a_file_that_is_too_large_is_refused_with_its_size(settings: LazySettings) -> None:
    assert refusal(bytes(30 * 1024 * 1024)) == (
        "Filen är 30,0\xa0MB och får vara högst 20,0\xa0MB. Minska den, eller dela upp den."
    )
    settings.MOST_BYTES_OF_A_FILE = 100
    assert refusal(made.pdf()).endswith("och får vara högst 100\xa0byte. Minska den, eller dela upp den.")
