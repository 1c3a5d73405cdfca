"""The files of the minutes: made and stored once for each frozen version, then served byte for byte."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction

from base.documents.pdf import pdf
from base.documents.tree import Document
from base.documents.word import word
from meetings.minutes.document import minutes_document, original_document
from meetings.models import Meeting, Minutes, MinutesFile

Kind = MinutesFile.Kind
MAKERS: dict[MinutesFile.Kind, Callable[[Document], bytes]] = {Kind.PDF: pdf, Kind.WORD: word}

logger = logging.getLogger(__name__)


def keep_files(minutes: Minutes) -> bool:
    """Make and store each file that the version lacks; False when one could not be made.

    What a meeting decided is the content, and a room of people has been told that it is closed: a fault in the setting
    of a page is logged and undoes nothing. Until somebody tries again the document is made each time it is asked for.
    """
    made = [_keep(minutes, kind) for kind in Kind]  # each is tried, also when another fails
    return all(made)


def minutes_file(meeting: Meeting, minutes: Minutes | None, kind: MinutesFile.Kind) -> bytes:
    """The file to serve: the stored bytes where there are any, else made from the version, its copy or the draft."""
    if minutes and not minutes.masked_copy:
        return original_file(minutes, kind)
    return MAKERS[kind](minutes_document(meeting, minutes))


def original_file(minutes: Minutes, kind: MinutesFile.Kind) -> bytes:
    """The file of a version as it was frozen, whatever has been masked in it since."""
    kept = minutes.files.filter(kind=kind).first()
    return bytes(kept.content) if kept else MAKERS[kind](original_document(minutes))


def _keep(minutes: Minutes, kind: MinutesFile.Kind) -> bool:
    try:
        with transaction.atomic():
            if not minutes.files.filter(kind=kind).exists():
                MinutesFile.keep(minutes, kind, MAKERS[kind](original_document(minutes)))
    except Exception:
        logger.exception("Version %s of meeting %s has no %s", minutes.version, minutes.meeting.number, kind)
        return False
    return True
