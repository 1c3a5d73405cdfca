"""The views of the minutes: the page, and what is loaded for it and for the documents."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from meetings import rules
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.left_out import left_out_for
from meetings.minutes.originals import versions_for
from meetings.minutes.reading import NO_ACTIONS, draft_view, frozen_view
from meetings.models import Meeting, Minutes
from meetings.views.meeting import get_meeting
from meetings.views.meeting_page import after_closing
from members.access import MemberRequest


def get_minutes(request: MemberRequest, pk: int) -> tuple[Meeting, list[Edition]]:
    """The meeting and its versions as they are read, the latest first.

    None only where the member may read the draft of the first.
    """
    meeting = get_meeting(request, pk)
    versions = Minutes.objects.visible_to(request.user).of(meeting).latest_first().with_pdf_digest()
    hidden = Hidden.by_restriction()
    editions = [Edition.of(minutes, hidden) for minutes in versions]
    if not editions and not rules.may_read_draft(request.user, meeting):
        raise Http404
    return meeting, editions


def get_version(request: MemberRequest, meeting: Meeting, version: int) -> Minutes:
    return get_object_or_404(Minutes.objects.visible_to(request.user).of(meeting).latest_first(), version=version)


@require_safe
def minutes_detail(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, editions = get_minutes(request, pk)
    is_draft = rules.may_read_draft(request.user, meeting)
    left_out = left_out_for(request.user, meeting, editions)
    context = {
        "meeting": meeting,
        "minutes": None if is_draft else editions[0].minutes,
        "minutes_view": draft_view(meeting) if is_draft else frozen_view(editions[0]),
        "no_actions": NO_ACTIONS,
        "left_out": left_out,
        "in_original": [issue for issue in left_out if vars(issue)["is_in_original"]],
        "versions": versions_for(request.user, editions),
        "may_keep": rules.may_run_meeting(request.user, meeting),
        "after_closing": after_closing(request.user, meeting),
        "may_unclose": rules.may_unclose_meeting(request.user, meeting),
    }
    return render(request, "meetings/minutes_detail.html", context)
