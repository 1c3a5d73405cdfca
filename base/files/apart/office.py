"""A document of Word, Excel, PowerPoint or LibreOffice: a package of parts, each looked at, packed anew."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from base.files.apart.asking import libreoffice_asks, libreoffice_listens, microsoft_asks
from base.files.apart.refusing import BROKEN, TOO_MUCH, Made, RefusedError, not_taken

MOST_PARTS = 4_000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_TIMES = 200
"""How many times as large as it is packed a part may be, if it is no small one: text becomes thirty."""
SMALL = 1024 * 1024

MACROS = "Filen innehåller makron. Spara den utan makron (docx, xlsx eller pptx) eller som PDF."
LOCKED = "Filen är skyddad med lösenord. Ta bort lösenordet, spara och välj den igen."
EMBEDDED = "Filen har ett program eller ett inbäddat objekt i sig. Spara den som PDF och välj den."
REACHES_OUT = "Filen hämtar innehåll från andra filer eller från nätet. Spara den som PDF och välj den."
OLD = "Filen är sparad i ett äldre format (doc, xls eller ppt). Spara den som PDF, docx, xlsx eller pptx."
TEMPLATE = (
    "Filen är en mall eller ett bildspel i ett format som inte tas emot. Spara den som PDF, docx, xlsx eller pptx."
)

OLD_PACKAGE = b"\xd0\xcf\x11\xe0"
PROGRAMS = (OLD_PACKAGE, b"MZ", b"\x7fELF", b"#!")
"""What parts begin with that no document needs: packages of old programs, and programs."""
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}
OF_LIBREOFFICE = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
WITH_MACROS = re.compile(r"(?i)vbaProject|vbaData|(^|/)macrosheets/|^(Basic|Scripts|Dialogs)/")
ACTIVE = re.compile(r"(?i)(^|/)activeX/|\.(html?|mht|mhtml|js|vbs|hta|exe|dll|scr|bat|cmd|lnk|jar|ole)$")
ASKS_OTHERS = re.compile(r"(?i)(^|/)(connections\.xml|externalLinks/|queryTables/)")
INSIDE = re.compile(r"(?i)(^|/)embeddings/[^/]+$")
ASKING = re.compile(r"(?i)\b(externalLink|connections|queryTable)\+xml")
"""What such a part is, whatever it is called."""
TEMPLATE_OF = re.compile(r"<(?:\w+:)?attachedTemplate\b[^>]*/>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*?/attachedTemplate\"[^>]*/>")


def office(content: bytes, *, is_inside: bool = False) -> Made:
    """The document, where nothing in it acts by itself or reaches out. Raises RefusedError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = _parts(package)
            kind = _kind_of(parts)
            made = dict(_looked_at(kind, parts, is_inside=is_inside))
            return Made(kind, _packed(package, made))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, KeyError) as fault:
        raise RefusedError(BROKEN) from fault
    except ElementTree.ParseError as fault:
        raise RefusedError(BROKEN) from fault


def old_office(content: bytes) -> RefusedError:
    """The refusal of a package of the old kind, in which newer files with a password are kept too."""
    return RefusedError(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD)


def _parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts by their names, as many and as large as they may be."""
    entries = [one for one in package.infolist() if not one.is_dir()]
    if any(one.flag_bits & 1 for one in entries):
        raise RefusedError(LOCKED)
    if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise RefusedError(TOO_MUCH)
    if any(one.file_size > SMALL and one.file_size > MOST_TIMES * max(one.compress_size, 1) for one in entries):
        raise RefusedError(TOO_MUCH)
    names = [one.filename for one in entries]
    if len({name.lower() for name in names}) < len(names) or not all(map(_is_plain, names)):
        raise RefusedError(BROKEN)
    return {one.filename: package.read(one) for one in entries}


def _is_plain(name: str) -> bool:
    steps = name.split("/")
    return "\\" not in name and "\0" not in name and not {"", ".", ".."}.intersection(steps)


def _kind_of(parts: Mapping[str, bytes]) -> str:
    if "mimetype" in parts:
        said = parts["mimetype"].decode("ascii", "replace").strip()
        if said not in OF_LIBREOFFICE:
            raise RefusedError(TEMPLATE) if "opendocument" in said else not_taken("Filen är ett packat arkiv.")
        return OF_LIBREOFFICE[said]
    if "[Content_Types].xml" not in parts:
        raise not_taken("Filen är ett packat arkiv. Packa upp det och lägg till filerna var för sig.")
    types = [one.get("ContentType", "") for one in _xml(parts["[Content_Types].xml"])]
    if any("macroEnabled" in one or "vbaProject" in one for one in types):
        raise RefusedError(MACROS)
    if any(map(ASKING.search, types)):
        raise RefusedError(REACHES_OUT)
    kinds = {MAIN_PARTS[one] for one in types if one in MAIN_PARTS}
    if len(kinds) != 1:
        raise RefusedError(TEMPLATE)
    return kinds.pop()


def _looked_at(kind: str, parts: Mapping[str, bytes], *, is_inside: bool) -> Iterator[tuple[str, bytes]]:
    """Yield each part, as it is kept."""
    for name, part in parts.items():
        if WITH_MACROS.search(name):
            raise RefusedError(MACROS)
        if INSIDE.search(name) and part.startswith(b"PK") and not is_inside:
            yield name, office(part, is_inside=True).content
            continue
        if INSIDE.search(name) or ACTIVE.search(name) or part.startswith(PROGRAMS):
            raise RefusedError(EMBEDDED)
        if ASKS_OTHERS.search(name):
            raise RefusedError(REACHES_OUT)
        if kind in OF_LIBREOFFICE.values():
            _ensure_of_libreoffice(name, part)
            yield name, part
        else:
            yield name, _of_microsoft(name, part)


def _of_microsoft(name: str, part: bytes) -> bytes:
    """The part, less the template that the document was made by: it would be fetched where it once lay."""
    if name.lower().endswith(".rels"):
        part = RELATION.sub("", part.decode()).encode()
        _xml(part)  # so that it has no entities
    elif name.lower().endswith("/settings.xml"):
        part = TEMPLATE_OF.sub("", part.decode()).encode()
    if microsoft_asks(name, part):
        raise RefusedError(REACHES_OUT)
    return part


def _ensure_of_libreoffice(name: str, part: bytes) -> None:
    if name == "META-INF/manifest.xml" and b"encryption-data" in part:
        raise RefusedError(LOCKED)
    if name.rpartition("/")[2] in {"content.xml", "styles.xml", "meta.xml"}:
        if libreoffice_listens(name, part):
            raise RefusedError(MACROS)
        if libreoffice_asks(name, part):
            raise RefusedError(REACHES_OUT)


def _xml(part: bytes) -> Iterator[ElementTree.Element]:
    """Yield the elements of a list of types or relations. What declares entities is none that a program has made."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise RefusedError(BROKEN)
    return ElementTree.fromstring(part).iter()  # noqa: S314  with little memory, and without entities


def _packed(package: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """A package with these parts alone, in their order: nothing stands before, between or after them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, package.getinfo(name).date_time)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            fresh.writestr(entry, part)
    return file.getvalue()
