"""The views that call off a meeting, and take that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from meetings.calling import called_at, reached_by_call
from meetings.calling_off import moves_on
from meetings.forms.calling_off import MeetingCallOffForm, MeetingReinstateForm, SendCallingOffNowForm
from meetings.models import Meeting
from meetings.texts import calling_off as texts
from meetings.texts.meeting import time_and_place
from meetings.views.meeting import get_run_meeting
from members.access import MemberRequest
from members.models import Member


@require_safe_or_post
def meeting_call_off(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingCallOffForm(posted(request), meeting=meeting, by=request.user)
    if response := save_once(request, form):
        return response
    if not meeting.is_planned:  # there is nothing to foresee: the old page is told so on the meeting's own
        if form.is_bound:
            messages.error(request, meeting.refusal())
        return redirect(meeting)
    context = {"meeting": meeting, "form": form, **_foreseen(meeting, request.user)}
    return render(request, "meetings/meeting_call_off.html", context)


def _foreseen(meeting: Meeting, member: Member) -> dict[str, object]:
    """What happens: who is told, and which of the topics that she may see move to which meeting."""
    target, items = moves_on(meeting, member)
    is_called = called_at(meeting) is not None
    return {
        "when": time_and_place(meeting),
        "told": texts.who_is_told(reached_by_call(meeting), is_called=is_called),
        "moves": texts.what_moves(target, items),
        "items": items,
    }


@require_POST
def meeting_reinstate(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingReinstateForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, meeting)


@require_POST
def meeting_send_calling_off_now(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = SendCallingOffNowForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, meeting)
