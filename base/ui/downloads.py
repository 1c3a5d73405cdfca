"""Sending a file to the browser under a name that says what it is."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(content: bytes, name: str) -> HttpResponse:
    """The response that saves the content as a file; `name` has its ending, which says which kind it is."""
    response = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
