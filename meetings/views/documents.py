"""The downloads of a meeting: its minutes and its agenda, as PDF and as Word."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from base.documents.pdf import pdf
from base.documents.word import word
from meetings.agenda.document import agenda_document
from meetings.letterhead import agenda_name, minutes_name
from meetings.minutes.files import Kind, keep_files, minutes_file
from meetings.models import Meeting, Minutes
from meetings.views.closing import get_minutes
from meetings.views.meeting import get_meeting, get_run_meeting
from members.access import MemberRequest


def get_version(request: MemberRequest, meeting: Meeting, version: int) -> Minutes:
    return get_object_or_404(Minutes.objects.visible_to(request.user).of(meeting).latest_first(), version=version)


@require_safe
def minutes_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, minutes = get_minutes(request, pk)
    return download(minutes_file(meeting, minutes, Kind.PDF), f"{minutes_name(meeting, minutes)}.pdf")


@require_safe
def minutes_version_pdf(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """The PDF of one version, also a replaced one: it lies with those it was sent to."""
    meeting = get_meeting(request, pk)
    minutes = get_version(request, meeting, version)
    return download(minutes_file(meeting, minutes, Kind.PDF), f"{minutes_name(meeting, minutes)}.pdf")


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
def minutes_word(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, minutes = get_minutes(request, pk)
    return download(minutes_file(meeting, minutes, Kind.WORD), f"{minutes_name(meeting, minutes)}.docx")


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
