"""A picture, drawn anew: turned as it was taken, without anything but its dots."""

from __future__ import annotations

import io
import math
import warnings
from typing import Any

import pi_heif
from PIL import ExifTags, Image, ImageCms, ImageOps

from base.files.apart.refusing import BROKEN, Made, RefusedError

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
"""The one of JPEG opens the MPO of telephones too."""
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 4_096
"""Dots: a drawing in A3 can be read."""
QUALITY = 82
LARGEST_PNG = 4 * 1024 * 1024
"""A larger one is a photograph, which JPEG is made for."""
TOO_MANY = "Bilden har fler än 64 miljoner bildpunkter. Spara den mindre och välj den igen."


def picture(content: bytes) -> Made:
    """The picture as JPEG, or as PNG where it was one and is not too heavy. Raises RefusedError."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pi_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            return _made(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
        raise RefusedError(TOO_MANY) from fault
    except MemoryError:
        raise
    except Exception as fault:  # each format has its own faults, of many kinds
        raise RefusedError(BROKEN) from fault


def _made(image: Image.Image) -> Made:
    was_png = image.format == "PNG"
    if image.width * image.height > MOST_PIXELS:  # the libraries of some formats do not ask
        raise Image.DecompressionBombError
    position = _position(image)
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    fresh = _without_all_else(_eight_bits(image))
    if was_png and len(drawn := _saved(fresh, "PNG", optimize=True)) <= LARGEST_PNG:
        return Made("png", drawn, position=position)
    return Made("jpeg", _saved(fresh, "JPEG", quality=QUALITY), position=position)


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture with eight bits for each colour; Pillow would make what is above them white."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda dot: dot / 256).convert("L")
    return image


def _without_all_else(image: Image.Image) -> Image.Image:
    """The dots on a new white sheet: to turn and save it keeps comments, profiles and what others have added."""
    small = image.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = _in_common_colours(ImageOps.exif_transpose(small))
    fresh = Image.new("L" if turned.mode in {"1", "L"} else "RGB", turned.size, "white")
    if "A" in turned.getbands() or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        fresh.paste(clear.convert(fresh.mode), mask=clear.getchannel("A"))
    else:
        fresh.paste(turned.convert(fresh.mode))
    return fresh


def _in_common_colours(image: Image.Image) -> Image.Image:
    """The picture in sRGB, where it says what its colours are and the profile can be read."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        of_the_picture = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, of_the_picture, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def _position(image: Image.Image) -> tuple[float, float] | None:
    """Where it was taken, when it says so and that is a place on the earth."""
    try:
        said = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        north = _degrees(said[ExifTags.GPS.GPSLatitude], said.get(ExifTags.GPS.GPSLatitudeRef) == "S")
        east = _degrees(said[ExifTags.GPS.GPSLongitude], said.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    except Exception:  # telephones and programs write what they like there
        return None
    is_a_place = math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180
    return (round(north, 6), round(east, 6)) if is_a_place and (north or east) else None


def _degrees(parts: Any, is_negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    whole = degrees + minutes / 60 + seconds / 3600
    return -whole if is_negative else whole
