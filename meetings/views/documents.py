"""The downloads of a meeting: its minutes and its agenda, as PDF and as Word."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from base.documents.pdf import pdf
from base.documents.word import word
from meetings import rules
from meetings.agenda.document import agenda_document
from meetings.letterhead import agenda_name, draft_name, minutes_name
from meetings.minutes.editions import Edition
from meetings.minutes.files import Kind, draft_file, edition_file, keep_files
from meetings.models import MinutesFile
from meetings.views.meeting import get_meeting, get_run_meeting
from meetings.views.minutes import get_minutes, get_version
from members.access import MemberRequest


@require_safe
def minutes_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return minutes_document(request, pk, Kind.PDF, "pdf")


@require_safe
def minutes_word(request: MemberRequest, pk: int) -> HttpResponse:
    return minutes_document(request, pk, Kind.WORD, "docx")


def minutes_document(request: MemberRequest, pk: int, kind: MinutesFile.Kind, ending: str) -> HttpResponse:
    """The latest version as it is read, or the draft for those who write it."""
    meeting, editions = get_minutes(request, pk)
    if rules.may_read_draft(request.user, meeting):
        return download(draft_file(meeting, kind), f"{draft_name(meeting)}.{ending}")
    return edition_document(editions[0], kind, ending)


@require_safe
def minutes_version_pdf(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """The PDF of one version, also a replaced one: it lies with those it was sent to."""
    minutes = get_version(request, get_meeting(request, pk), version)
    return edition_document(Edition.of(minutes), Kind.PDF, "pdf")


def edition_document(edition: Edition, kind: MinutesFile.Kind, ending: str) -> HttpResponse:
    what = "maskerad-kopia" if edition.masked_at else ""
    return download(edition_file(edition, kind), f"{minutes_name(edition.minutes, what)}.{ending}")


@require_POST
def minutes_version_files(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """Make the files that could not be made when the meeting closed."""
    minutes = get_version(request, get_run_meeting(request, pk), version)
    if keep_files(minutes):
        messages.success(request, f"PDF och Word av version {version} är sparade.")
    else:
        messages.error(request, f"Version {version} kunde inte sparas som PDF och Word. Försök igen senare.")
    return redirect(minutes)


@require_safe
def agenda_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    return download(pdf(agenda_document(meeting, request.user)), f"{agenda_name(meeting)}.pdf")


@require_safe
def agenda_word(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    return download(word(agenda_document(meeting, request.user)), f"{agenda_name(meeting)}.docx")


KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(content: bytes, name: str) -> HttpResponse:
    """The response that saves the content as a file; `name` has its ending, which says which kind it is."""
    response = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
