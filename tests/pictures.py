"""Pictures to send in, good and bad."""

import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 200), mode: str = "RGB", **saved: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "L" else 90).save(file, kind, **saved)
    return file.getvalue()


def sent(content: bytes, name: str = "logotyp.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """A good PNG with one piece more, right after its head."""
    head = 33
    return picture()[:head] + chunk(kind, content) + picture()[head:]


Entry = tuple[int, int, int, bytes]
"""Of a camera: the number of the tag, of its type, how many values, and they."""


def tag(number: int, kind: int, content: bytes, *, count: int | None = None) -> Entry:
    """One entry; `count` is one, or as many as the letters."""
    return number, kind, count or (len(content) if kind == 2 else 1), content


def photograph(*entries: Entry) -> bytes:
    """A JPEG of 400 × 200 with just these entries, right or wrong."""
    rows, values, start = b"", b"", 8 + 2 + 12 * len(entries) + 4
    for number, kind, count, content in sorted(entries):
        place = content.ljust(4, b"\0") if len(content) <= 4 else struct.pack("<I", start + len(values))
        values += content if len(content) > 4 else b""
        rows += struct.pack("<HHI", number, kind, count) + place
    head = b"II*\0" + struct.pack("<IH", 8, len(entries))
    return picture("JPEG", exif=b"Exif\0\0" + head + rows + bytes(4) + values)


def bomb(width: int, height: int) -> bytes:
    """A PNG of some bytes that says it is as large as that."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
