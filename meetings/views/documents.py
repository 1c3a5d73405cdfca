"""What is taken home from a meeting: the minutes and the agenda, to keep and to edit on."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from meetings.minutes_document import minutes_document, minutes_file_name
from meetings.minutes_printing import printed
from meetings.views.closing import get_minutes
from members.access import MemberRequest
from temagrupp.documents.word import word
from temagrupp.ui.downloads import download


@require_GET
def minutes_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, minutes = get_minutes(request, pk)
    return download(printed(meeting, minutes), f"{minutes_file_name(meeting, minutes)}.pdf")


@require_GET
def minutes_word(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, minutes = get_minutes(request, pk)
    return download(word(minutes_document(meeting, minutes)), f"{minutes_file_name(meeting, minutes)}.docx")
