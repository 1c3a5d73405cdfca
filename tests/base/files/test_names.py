"""A file's name as it is shown and saved."""

import pytest

from base.files.kinds import FileKind
from base.files.names import file_name


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("Protokoll åäö.pdf", FileKind.PDF, "Protokoll åäö.pdf"),
        ("Protokoll a\u030a.pdf", FileKind.PDF, "Protokoll å.pdf"),
        ("IMG_1.HEIC", FileKind.JPEG, "IMG_1.jpg"),
        ("foto.jpeg", FileKind.JPEG, "foto.jpg"),
        ("möte 2026.11.12", FileKind.PDF, "möte 2026.11.12.pdf"),
        ("faktura.pdf.exe", FileKind.PDF, "faktura.pdf"),
        ("faktura\u202efdp.exe", FileKind.PDF, "fakturafdp.pdf"),
        ("C:\\Users\\anna\\plan.docx", FileKind.DOCX, "plan.docx"),
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ('a<b>:"c"|?*.png', FileKind.PNG, "a b c.png"),
        ("rad\r\nSet-Cookie: x.pdf", FileKind.PDF, "rad Set-Cookie x.pdf"),
        ("noll\0byte.pdf", FileKind.PDF, "noll byte.pdf"),
        ("CON.pdf", FileKind.PDF, "fil CON.pdf"),
        ("com¹.pdf", FileKind.PDF, "fil com¹.pdf"),
        ("🙂" * 100, FileKind.PDF, "🙂" * 60 + ".pdf"),
        ("", FileKind.PDF, "fil.pdf"),
        (" .pdf", FileKind.PDF, "fil.pdf"),
        ("...", FileKind.ODT, "fil.odt"),
        ("a" * 300 + ".pdf", FileKind.PDF, "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_one_that_every_system_can_save(typed: str, kind: FileKind, name: str) -> None:
    assert file_name(typed, kind) == name
    assert file_name(name, kind) == name
