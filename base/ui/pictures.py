"""Re-encodes an uploaded picture: its pixels are kept and nothing else."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

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
    except ValidationError:
        raise
    except Exception as error:  # a broken picture makes Pillow raise whatever it stumbles on: struct.error, KeyError, …
        raise ValidationError("Bilden går inte att läsa, filen är trasig. Spara den på nytt.") from error


def _unpacked(sent: UploadedFile[Any]) -> Image.Image:
    """The decoded picture, after checking the size that the file declares, before it takes the memory."""
    picture = Image.open(sent, formats=KINDS)
    if picture.width * picture.height > MOST_DOTS:
        raise _too_large()
    picture.load()
    return picture


def _written(picture: Image.Image, largest: tuple[int, int]) -> bytes:
    """The pixels in a new picture, upright: the old one would bring its metadata."""
    bare = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    bare.info = {}  # turning a picture, Pillow writes all its tags anew, and stumbles on the broken ones
    bare.getexif()[ExifTags.Base.Orientation] = _orientation(picture)
    upright = ImageOps.exif_transpose(bare)
    upright.thumbnail(largest)
    file = io.BytesIO()
    upright.save(file, "PNG", optimize=True)
    return file.getvalue()


def _orientation(picture: Image.Image) -> Any:
    """What the picture says of how the camera was held; that which cannot be read says nothing."""
    try:
        return picture.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # any, as in as_png
        return None


def _too_large() -> ValidationError:
    return ValidationError(f"Bilden har för många bildpunkter. Den får ha högst {MOST_DOTS // 1_000_000} miljoner.")
