"""A picture from outside becomes one of our own, or a sentence about why not."""

import io
import struct
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile, PngInfo

from base.ui.pictures import as_png
from tests.pictures import Entry, bomb, photograph, picture, sent, tag

LARGEST = (1200, 600)


def reopened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(as_png(sent(content), largest=LARGEST)))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_png_of_any_make_comes_out_as_one_of_ours(mode: str) -> None:
    content = io.BytesIO()
    Image.new(mode, (40, 20)).save(content, "PNG")

    made = reopened(content.getvalue())

    assert (made.format, made.size) == ("PNG", (40, 20))
    assert made.mode == ("RGBA" if mode in {"RGBA", "LA"} else "RGB")


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_becomes_a_png(mode: str) -> None:
    content = io.BytesIO()
    Image.new(mode, (40, 20)).save(content, "JPEG")

    assert (reopened(content.getvalue()).format, reopened(content.getvalue()).mode) == ("PNG", "RGB")


def test_nothing_but_the_dots_is_kept() -> None:
    words, exif = PngInfo(), Image.Exif()
    words.add_text("Comment", "HEMLIGT")
    exif[0x010E] = "HEMLIGT"
    content = picture(pnginfo=words, exif=exif, icc_profile=b"HEMLIGT")
    assert content.count(b"HEMLIGT") >= 2

    made = as_png(sent(content), largest=LARGEST)

    assert b"HEMLIGT" not in made
    assert Image.open(io.BytesIO(made)).info == {}


def test_a_picture_taken_on_its_side_stands_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    assert reopened(picture("JPEG", (400, 200), exif=exif)).size == (200, 400)


ON_ITS_SIDE = tag(0x0112, 3, struct.pack("<H", 6))


@pytest.mark.parametrize(
    "broken",
    [
        tag(0x011A, 2, b"72\0"),
        tag(0x011A, 11, struct.pack("<f", 72.5)),
        tag(0x011A, 12, struct.pack("<d", float("nan"))),
        tag(0x8769, 2, b"ab\0"),
        tag(0x8769, 5, struct.pack("<II", 1, 1)),
        tag(0x8825, 2, b"ab\0"),
        tag(0x010F, 1, b"Canon", count=5),
        tag(0x0132, 3, b"\1\0"),
        tag(0xA005, 2, b"x\0\0"),
    ],
    ids=[
        "resolution in letters",
        "resolution as float",
        "resolution that is no number",
        "pointer in letters",
        "pointer as fraction",
        "place in letters",
        "make in bytes",
        "short date",
        "interoperability in letters",
    ],
)
def test_it_stands_up_whatever_else_its_camera_wrote(broken: Entry) -> None:
    assert reopened(photograph(ON_ITS_SIDE, broken)).size == (200, 400)


@pytest.mark.parametrize(
    "unread",
    [tag(0x0112, 2, b"6\0"), tag(0x0112, 3, struct.pack("<H", 99)), tag(0x0112, 5, struct.pack("<II", 6, 0))],
    ids=["in letters", "no such way", "fraction of nothing"],
)
def test_it_is_taken_as_it_lies_when_it_cannot_be_read_how_it_was_held(unread: Entry) -> None:
    assert reopened(photograph(unread)).size == (400, 200)


@pytest.mark.parametrize("raised", [struct.error, TypeError, KeyError, IndexError, ZeroDivisionError])
def test_whatever_the_library_raises_of_its_tags_the_picture_is_taken(
    raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(exif: Image.Exif, content: bytes) -> None:
        raise raised

    content = photograph(ON_ITS_SIDE)
    monkeypatch.setattr(Image.Exif, "load", stumbles)
    monkeypatch.setattr(JpegImageFile, "_read_dpi_from_exif", lambda picture: None)  # takes most of it itself

    assert reopened(content).size == (400, 200)


@pytest.mark.parametrize("raised", [struct.error, TypeError, KeyError, IndexError, MemoryError])
def test_whatever_the_library_raises_of_its_dots_is_refused_in_words(
    raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(*args: Any) -> None:
        raise raised

    content = picture()
    monkeypatch.setattr(PngImageFile, "load_prepare", stumbles)

    with pytest.raises(ValidationError, match="Bilden går inte att läsa, filen är trasig"):
        as_png(sent(content), largest=LARGEST)


def test_it_is_made_no_larger_than_there_is_use_for() -> None:
    assert reopened(picture(size=(4000, 1000))).size == (1200, 300)
    assert reopened(picture(size=(3000, 1))).size == (1200, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a", "Filen är ingen bild i PNG eller JPEG."),
        (b"", "Filen är ingen bild i PNG eller JPEG."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Filen är ingen bild i PNG eller JPEG."),
        (picture("GIF"), "Filen är ingen bild i PNG eller JPEG."),
        (picture()[:-30], "Bilden går inte att läsa, filen är trasig."),
        (picture("JPEG")[:400], "Bilden går inte att läsa, filen är trasig."),
        (bomb(6000, 6000), "Bilden har för många bildpunkter. Den får ha högst 25 miljoner."),
        (bomb(12_000, 12_000), "Bilden har för många bildpunkter."),
        (bomb(60_000, 60_000), "Bilden har för många bildpunkter."),
        (picture() + b"\0" * 2_200_000, "Bilden är 2,1\xa0MB. Den får vara högst 2,0\xa0MB."),
    ],
    ids=[
        "gif",
        "empty",
        "svg",
        "real gif",
        "cut png",
        "cut jpeg",
        "bomb",
        "bomb that warns",
        "bomb that errs",
        "heavy",
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        as_png(sent(content), largest=LARGEST)

    assert refused.value.message.startswith(sentence)
