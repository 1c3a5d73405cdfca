"""A PDF, written anew without what acts by itself or hides in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from base.files.apart.refusing import BROKEN, Made, RefusedError

LOCKED = "PDF-filen är skyddad med lösenord. Spara den utan lösenord och välj den igen."
PORTFOLIO = "PDF-filen är en samling av andra filer. Lägg till filerna i den var för sig."
NO_FILES_INSIDE = "Filer som låg inuti PDF-filen följde inte med. Lägg till dem var för sig."
NO_SIGNATURE = "Den elektroniska underskriften gäller bara originalet. Spara det."
NOT_ALL_OF_FORM = "Formulär i PDF-filen visas, men räknar och skickar inte."

ACTING = {"/AA", "/OpenAction", "/JS", "/JavaScript"}
"""What is done when something is opened, shown or clicked."""
HIDING = {"/EF", "/EmbeddedFiles", "/AF", "/RichMediaContent", "/RichMediaSettings", "/XFA", "/Collection"}
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"),
    *("/RichMediaExecute", "/GoTo3DView"),
}
"""Those that reach out of the document; a link to an address and to another page of it stay."""
SCHEMES = ("http:", "https:", "mailto:", "tel:")
ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


def pdf(content: bytes) -> Made:
    """The document without scripts, actions that reach out of it, and files within. Raises RefusedError."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return _made(document)
    except pikepdf.PasswordError as fault:
        raise RefusedError(LOCKED) from fault
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, RuntimeError, KeyError) as fault:
        raise RefusedError(BROKEN) from fault


def _made(document: pikepdf.Pdf) -> Made:
    if "/Collection" in document.Root:
        raise RefusedError(PORTFOLIO)
    if not len(document.pages):
        raise RefusedError(BROKEN)
    met: set[str] = set()
    for holder in _dictionaries(document):
        met |= _disarm(holder)
    file = io.BytesIO()
    document.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    told = [
        (NO_FILES_INSIDE, met & {"/EF", "/EmbeddedFiles", "/FileAttachment"}),
        (NOT_ALL_OF_FORM, met & {"/XFA", "/SubmitForm"}),
        (NO_SIGNATURE, "/Sig" in met),
    ]
    return Made("pdf", file.getvalue(), [sentence for sentence, is_told in told if is_told])


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Yield each dictionary of the document, also those that stand inside others."""
    waiting: list[Any] = [document.trailer, *document.objects]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary | Stream):
            yield one
            waiting += [part for _, part in one.items() if _stands_inside(part)]
        elif isinstance(one, Array):
            waiting += [part for part in one if _stands_inside(part)]


def _stands_inside(part: Any) -> bool:
    """Whether it is a part of what holds it; what is pointed at is met by itself."""
    return isinstance(part, Dictionary | Stream | Array) and not part.is_indirect


def _disarm(holder: Any) -> set[str]:
    """Take out of the dictionary what acts and what hides, and tell which of it there was."""
    met = {str(key) for key in holder.keys() if str(key) in ACTING | HIDING}  # noqa: SIM118  no dict of Python's
    for key in met:
        del holder[key]
    if holder.get("/FT") == Name.Sig and "/V" in holder:
        met.add("/Sig")
    action = str(holder.get("/S", ""))
    if action in ACTIONS or (action == "/URI" and not _leads_to_address(holder)):
        met.add(action)
        for key in list(holder.keys()):
            del holder[key]
    if isinstance(holder.get("/Annots"), Array):
        kept = [one for one in holder["/Annots"] if _kind_of(one) not in ANNOTATIONS]
        met |= {_kind_of(one) for one in holder["/Annots"]} & ANNOTATIONS
        holder["/Annots"] = Array(kept)
    return met


def _leads_to_address(link: Any) -> bool:
    return str(link.get("/URI", "")).strip().lower().startswith(SCHEMES)


def _kind_of(annotation: Any) -> str:
    return str(annotation.get("/Subtype", "")) if isinstance(annotation, Dictionary) else ""
