"""What is taken home from a meeting: its minutes and its agenda, as a PDF to keep and as Word to edit on."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from base.documents.pdf import pdf
from base.documents.word import word
from base.ui.downloads import download
from meetings.agenda.document import agenda_document
from meetings.letterhead import agenda_name, minutes_name
from meetings.minutes.document import minutes_document
from meetings.minutes.printing import printed
from meetings.models import Minutes
from meetings.views.closing import get_minutes
from meetings.views.meeting import get_meeting
from members.access import MemberRequest


@require_GET
def minutes_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, minutes = get_minutes(request, pk)
    return download(printed(meeting, minutes), f"{minutes_name(meeting, minutes)}.pdf")


@require_GET
def minutes_version_pdf(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """Also one that a later version has replaced: it lies with those it was sent to."""
    meeting = get_meeting(request, pk)
    minutes = get_object_or_404(Minutes.objects.visible_to(request.user).of(meeting), version=version)
    return download(printed(meeting, minutes), f"{minutes_name(meeting, minutes)}.pdf")


@require_GET
def minutes_word(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, minutes = get_minutes(request, pk)
    return download(word(minutes_document(meeting, minutes)), f"{minutes_name(meeting, minutes)}.docx")


@require_GET
def agenda_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    return download(pdf(agenda_document(meeting, request.user)), f"{agenda_name(meeting)}.pdf")


@require_GET
def agenda_word(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    return download(word(agenda_document(meeting, request.user)), f"{agenda_name(meeting)}.docx")
