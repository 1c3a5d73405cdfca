"""The kinds of file that are kept: pictures as they were drawn anew, documents as they were packed anew."""

from __future__ import annotations

from django.db import models

ACCEPT = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,image/jpeg,image/png,image/webp,image/heic,image/heif"
"""What a browser offers to choose among, and a telephone its camera. What a file is, its content tells."""

OPENXML = "application/vnd.openxmlformats-officedocument"
OPENDOCUMENT = "application/vnd.oasis.opendocument"


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    JPEG = "jpeg", "bild"
    PNG = "png", "bild"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PPTX = "pptx", "PowerPoint"
    ODT = "odt", "textdokument"
    ODS = "ods", "kalkylblad"
    ODP = "odp", "presentation"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def suffix(self) -> str:
        return ".jpg" if self == FileKind.JPEG else f".{self.value}"

    @property
    def is_picture(self) -> bool:
        return self in {FileKind.JPEG, FileKind.PNG}

    @property
    def is_shown(self) -> bool:
        """Whether a browser shows it; the others are saved and opened by their programs."""
        return self.is_picture or self == FileKind.PDF


MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: f"{OPENXML}.wordprocessingml.document",
    FileKind.XLSX: f"{OPENXML}.spreadsheetml.sheet",
    FileKind.PPTX: f"{OPENXML}.presentationml.presentation",
    FileKind.ODT: f"{OPENDOCUMENT}.text",
    FileKind.ODS: f"{OPENDOCUMENT}.spreadsheet",
    FileKind.ODP: f"{OPENDOCUMENT}.presentation",
}
