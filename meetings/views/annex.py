"""The restricted annex of the minutes: for those named, each opening kept and told."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from base.documents.pdf import pdf
from base.documents.word import word
from issues.opening import ANNEX, tell_all_opened
from meetings import rules
from meetings.letterhead import annex_name
from meetings.minutes.annex import (
    NUMBERED,
    TITLE,
    WHAT_IT_MEANS,
    ReadPart,
    annex_document,
    annex_view,
    parts_of_draft,
    parts_read,
)
from meetings.minutes.left_out import left_out_for
from meetings.minutes.reading import draft_view, frozen_view
from meetings.minutes.shown import MinutesView
from meetings.models import Meeting
from meetings.views.documents import download
from meetings.views.minutes import get_minutes
from members.access import MemberRequest


def open_annex(request: MemberRequest, pk: int) -> tuple[Meeting, MinutesView, list[ReadPart]]:
    """What the member reads of it, which she now opens. Raises Http404 where that is nothing."""
    meeting, editions = get_minutes(request, pk)
    left_out = left_out_for(request.user, meeting, editions)
    is_draft = rules.may_read_draft(request.user, meeting)
    parts = parts_of_draft(meeting, left_out) if is_draft else parts_read(request.user, meeting, editions, left_out)
    if not parts:
        raise Http404
    tell_all_opened(request, ANNEX, [part.issue for part in parts])
    minutes_view = draft_view(meeting) if is_draft else frozen_view(editions[0])
    return meeting, annex_view(minutes_view, parts), parts


@never_cache
@require_safe
def annex(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, view, parts = open_annex(request, pk)
    context = {
        "meeting": meeting,
        "minutes_view": view,
        "title": TITLE,
        "numbered": NUMBERED,
        "what_it_means": WHAT_IT_MEANS if any(part.issue.restricted for part in parts) else "",
    }
    return render(request, "meetings/annex.html", context)


@never_cache
@require_safe
def annex_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, view, parts = open_annex(request, pk)
    return download(pdf(annex_document(view, parts)), f"{annex_name(meeting)}.pdf")


@never_cache
@require_safe
def annex_word(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, view, parts = open_annex(request, pk)
    return download(word(annex_document(view, parts)), f"{annex_name(meeting)}.docx")
