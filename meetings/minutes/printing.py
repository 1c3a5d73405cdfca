"""The minutes as a PDF: made once, when a version is frozen, and then handed out as those very bytes."""

from __future__ import annotations

import logging

from django.db import transaction

from base.documents.pdf import pdf
from meetings.minutes.document import minutes_document
from meetings.models import Meeting, Minutes

logger = logging.getLogger(__name__)


def print_once(minutes: Minutes) -> bytes | None:
    """The PDF to keep with a version, or None when it could not be made.

    A room full of people waits for the meeting to close, and what they decided is the content: a fault in the setting
    of a page must not undo it. Such a version is printed from its content when somebody asks for it.
    """
    try:
        with transaction.atomic():
            return pdf(minutes_document(minutes.meeting, minutes))
    except Exception:
        logger.exception("The minutes of meeting %s were frozen without a PDF", minutes.meeting.number)
        return None


def printed(meeting: Meeting, minutes: Minutes | None) -> bytes:
    """What is handed out: the frozen bytes where there are any."""
    if minutes and minutes.pdf_digest:
        return bytes(minutes.pdf or b"")
    return pdf(minutes_document(meeting, minutes))
