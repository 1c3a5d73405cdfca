"""The views that call a meeting by hand, and take that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from meetings import rules
from meetings.call_foreseen import foreseen_call
from meetings.calling import calls_at
from meetings.forms.calling import MeetingCallForm, MeetingUncallForm
from meetings.texts.calling import by_itself
from meetings.views.meeting import get_run_meeting
from members.access import MemberRequest


@require_safe_or_post
def meeting_call(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingCallForm(posted(request), meeting=meeting, by=request.user)
    if response := save_once(request, form, then=lambda _: meeting.get_absolute_url()):
        return response
    foreseen = foreseen_call(meeting) if rules.may_call_meeting(request.user, meeting) else None
    if foreseen is None:  # there is nothing to foresee: the old page is told so on the meeting's own
        if form.is_bound:
            messages.error(request, " ".join(map(str, form.non_field_errors())))
        return redirect(meeting)
    otherwise = by_itself(calls_at(meeting, request.user.group), now=timezone.now())
    context = {"meeting": meeting, "form": form, "foreseen": foreseen, "otherwise": otherwise}
    return render(request, "meetings/meeting_call.html", context)


@require_POST
def meeting_uncall(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingUncallForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, meeting)
