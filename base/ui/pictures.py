"""Re-encodes an uploaded picture: its pixels are kept and nothing else."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageOps, UnidentifiedImageError

KINDS = ("PNG", "JPEG")
HEAVIEST = 2 * 1024 * 1024
MOST_DOTS = 25_000_000
"""More than most telephones give. A small file can claim any number, and each costs four bytes when it is unpacked."""


def as_png(sent: UploadedFile[Any], *, largest: tuple[int, int]) -> bytes:
    """The picture as a PNG within `largest`, without metadata such as place or camera.

    Raises ValidationError with the sentence that says what to do instead.
    """
    weight = sent.size or 0
    if weight > HEAVIEST:
        raise ValidationError(f"Bilden är {filesizeformat(weight)}. Den får vara högst {filesizeformat(HEAVIEST)}.")
    try:
        return _written(_unpacked(sent), largest)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except UnidentifiedImageError as error:
        raise ValidationError("Filen är ingen bild i PNG eller JPEG. Spara logotypen som en sådan.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError("Bilden går inte att läsa, filen är trasig. Spara den på nytt.") from error


def _unpacked(sent: UploadedFile[Any]) -> Image.Image:
    """The decoded picture, after checking the size that the file declares, before it takes the memory."""
    picture = Image.open(sent, formats=KINDS)
    if picture.width * picture.height > MOST_DOTS:
        raise _too_large()
    return ImageOps.exif_transpose(picture)


def _written(picture: Image.Image, largest: tuple[int, int]) -> bytes:
    """The pixels in a new picture: the old one would bring its metadata."""
    bare = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    bare.thumbnail(largest)
    file = io.BytesIO()
    Image.frombytes(bare.mode, bare.size, bare.tobytes()).save(file, "PNG", optimize=True)
    return file.getvalue()


def _too_large() -> ValidationError:
    return ValidationError(f"Bilden har för många bildpunkter. Den får ha högst {MOST_DOTS // 1_000_000} miljoner.")
