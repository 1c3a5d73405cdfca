"""The views that close and reopen a meeting, and show its minutes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from meetings import rules
from meetings.attendance import rows
from meetings.closing import preview
from meetings.forms.closing import MeetingCloseForm, MeetingUncloseForm
from meetings.minutes.reading import NO_ACTIONS, draft_view, frozen_view
from meetings.models import Meeting, Minutes
from meetings.views.meeting import get_meeting, get_run_meeting
from members.access import MemberRequest


@require_safe_or_post
def meeting_close(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingCloseForm(posted(request), meeting=meeting, by=request.user)
    if response := save_once(request, form):
        return response
    if not meeting.is_under_way:  # there is nothing to foresee: the old page is told so on the meeting's own
        if form.is_bound:
            messages.error(request, meeting.refusal())
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "foreseen": preview(meeting, request.user),
        "rows": rows(meeting),
        "usual_due": request.user.group.answer_due(),
    }
    return render(request, "meetings/meeting_close.html", context)


@require_POST
def meeting_unclose(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingUncloseForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, meeting)


def get_minutes(request: MemberRequest, pk: int) -> tuple[Meeting, Minutes | None]:
    """The meeting and its latest version; no version where the member may read the draft of the next one."""
    meeting = get_meeting(request, pk)
    if rules.may_read_draft(request.user, meeting):
        return meeting, None
    minutes = Minutes.objects.visible_to(request.user).of(meeting).latest_first().first()
    if not minutes:
        raise Http404
    return meeting, minutes


@require_safe
def minutes_detail(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, minutes = get_minutes(request, pk)
    context = {
        "meeting": meeting,
        "minutes": minutes,
        "minutes_view": frozen_view(minutes) if minutes else draft_view(meeting),
        "no_actions": NO_ACTIONS,
        "versions": Minutes.objects.visible_to(request.user).of(meeting).latest_first().with_pdf_digest(),
        "may_keep": rules.may_run_meeting(request.user, meeting),
    }
    return render(request, "meetings/minutes_detail.html", context)
