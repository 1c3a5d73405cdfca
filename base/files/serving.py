"""How a file is sent to a browser: as what it is, run by nobody."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from base.files.attachment import Attachment

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
"""Of a file that a browser shows: whatever it is, it has no scripts, no address and no way to ours."""


def served(attachment: Attachment) -> HttpResponse:
    """The response with the file: shown where a browser can, else saved, under its own name.

    Raises Http404 when somebody erases it at the same moment.
    """
    kind, content = attachment.file_kind, b"".join(attachment.content())
    if len(content) != attachment.size:
        raise Http404
    response = HttpResponse(content, content_type=kind.media_type)
    response["Content-Disposition"] = content_disposition_header(not kind.is_shown, attachment.name) or ""
    response["Content-Length"] = str(attachment.size)
    response["Content-Security-Policy"] = POLICY
    return response
