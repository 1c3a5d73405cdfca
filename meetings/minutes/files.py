"""The files of the minutes: made and stored once for each frozen version, then served byte for byte.

What is read otherwise than it was frozen is made when it is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from hashlib import sha256

from django.db import transaction

from base.documents.pdf import pdf
from base.documents.tree import Document
from base.documents.word import word
from meetings import letterhead
from meetings.minutes.document import draft_document, minutes_document
from meetings.minutes.editions import Edition
from meetings.models import Meeting, Minutes, MinutesFile

Kind = MinutesFile.Kind
MAKERS: dict[MinutesFile.Kind, Callable[[Document], bytes]] = {Kind.PDF: pdf, Kind.WORD: word}

REMEMBERED = 1_000
_sums: dict[str, str] = {}
"""The sum of each PDF that is not kept, by that of what it says: no words are kept."""

logger = logging.getLogger(__name__)


def keep_files(minutes: Minutes) -> bool:
    """Make and store each file that the version lacks; False when one could not be made.

    What a meeting decided is the content, and a room of people has been told that it is closed: a fault in the setting
    of a page is logged and undoes nothing. Until somebody tries again the document is made each time it is asked for.
    """
    made = [_keep(minutes, kind) for kind in Kind]  # each is tried, also when another fails
    return all(made)


def keep_files_on_commit(minutes: Minutes) -> None:
    """Make them when the version is saved; what goes wrong then is logged, and hinders neither it nor the answer."""
    transaction.on_commit(lambda: keep_files(minutes), robust=True)  # Django names it in the log: a partial has no name


def edition_file(edition: Edition, kind: MinutesFile.Kind) -> bytes:
    """The file to serve: the stored bytes of a version that is read as it was frozen, else made now."""
    kept = edition.is_original and edition.minutes.files.filter(kind=kind).first()
    return bytes(kept.content) if kept else MAKERS[kind](minutes_document(edition))


def kept_pdf_sum(edition: Edition) -> str:
    """The SHA-256 of the PDF that is kept of a version; empty where none is, or something of it is hidden.

    It is read `with_pdf_digest`.
    """
    return (edition.is_original and getattr(edition.minutes, "pdf_digest", None)) or ""


def pdf_sums(editions: Iterable[Edition]) -> dict[int, str]:
    """The SHA-256 of each edition's PDF, by the id of its version; empty of an original that has no kept file.

    The versions are read `with_pdf_digest`. A PDF that is made when it is asked for is the same as long as it says the
    same, so its sum is worked out once.
    """
    sums: dict[int, str] = {}
    sender = None
    for edition in editions:
        if edition.is_original:
            sums[edition.minutes.pk] = kept_pdf_sum(edition)
        else:
            sender = sender or letterhead.sender()
            sums[edition.minutes.pk] = _sum_of(minutes_document(edition, sender))
    return sums


def _sum_of(document: Document) -> str:
    said = sha256(repr(document).encode()).hexdigest()
    if said not in _sums:
        if len(_sums) >= REMEMBERED:
            _sums.clear()
        try:
            with transaction.atomic():
                _sums[said] = sha256(MAKERS[Kind.PDF](document)).hexdigest()
        except Exception:
            logger.exception("A PDF of minutes could not be made")
            return ""
    return _sums[said]


def draft_file(meeting: Meeting, kind: MinutesFile.Kind) -> bytes:
    return MAKERS[kind](draft_document(meeting))


def _keep(minutes: Minutes, kind: MinutesFile.Kind) -> bool:
    try:
        with transaction.atomic():
            if not minutes.files.filter(kind=kind).exists():
                MinutesFile.keep(minutes, kind, MAKERS[kind](minutes_document(Edition.original(minutes))))
    except Exception:
        logger.exception("Version %s of meeting %s has no %s", minutes.version, minutes.meeting.number, kind)
        return False
    return True
