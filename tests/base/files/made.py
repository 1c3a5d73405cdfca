"""Small files as the programs of others make them, and as somebody would make them who means ill."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import docx
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name
from PIL import ExifTags, Image

from base.files.gate import ClearedFile
from base.files.kinds import FileKind

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OF_WORD = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **options: Any) -> bytes:
    """A PDF of one page with the words Belysning 7; `change` does more to it."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = document.make_stream(b"BT /F1 12 Tf 72 720 Td (Belysning 7) Tj ET")
    if change:
        change(document)
    file = io.BytesIO()
    document.save(file, **options)
    return file.getvalue()


def scripted(document: pikepdf.Pdf) -> None:
    """A script when it is opened, one for a page, one by name, one in a field, and a button that starts a program."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert('hej')")
    document.Root.OpenAction = document.make_indirect(script)
    document.pages[0].obj.AA = Dictionary(O=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
    launch = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    launch.A = Dictionary(S=Name.Launch, F="cmd.exe", Next=script)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    link.A = Dictionary(S=Name.URI, URI="https://www.example.se/")
    bad = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    bad.A = Dictionary(S=Name.URI, URI="javascript:alert(1)")
    document.pages[0].obj.Annots = Array([launch, link, bad])
    field = Dictionary(FT=Name.Tx, T="Summa", AA=Dictionary(C=script))
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]), XFA="<xdp/>")


def with_file_inside(document: pikepdf.Pdf) -> None:
    document.attachments["lista.exe"] = b"MZ hemligt program"


def of_word(text: str = "Belysning 7") -> bytes:
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def package(**parts: bytes) -> bytes:
    """A package of Word with its main part and these; a dot in a name is written __, a slash as _in_."""
    named = {name.replace("_in_", "/").replace("__", "."): part for name, part in parts.items()}
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>", **named})


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return file.getvalue()


def of_libreoffice(kind: str = "text", **parts: bytes) -> bytes:
    named = {name.replace("_in_", "/").replace("__", "."): part for name, part in parts.items()}
    content = {"content.xml": b"<office:document-content/>", "META-INF/manifest.xml": b"<manifest/>"}
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), **content, **named})


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture that is red to the left and blue to the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def photograph(latitude: Any = (57.0, 25.0, 41.52), **more: Any) -> bytes:
    """A picture as a telephone takes it: lying on its side, with where, when, by which telephone, and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "Telefon hemlig"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", latitude
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (15.0, 5.0, 6.0)
    return picture(exif=exif, comment=b"hemlig kommentar", **more)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many dots, and has none of them worth a byte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    dots = zlib.compress(bytes(min(width * height * 3, 5_000_000)))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


CALM = pdf(deterministic_id=True)
"""Of a page that says Belysning 7."""


def passed(name: str = "Lägesbild.pdf", content: bytes = b"") -> ClearedFile:
    """A file as the gate lets it through, for what is not about the gate."""
    return ClearedFile(name, FileKind.PDF, content or CALM)


def chosen(name: str = "Lägesbild.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, pdf() if content is None else content)
