"""The view that takes a meeting on paper out of the register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from meetings.forms.removing import RemoveEntryForm
from meetings.removing import NOT_ON_PAPER, HangsOnIt
from meetings.texts.meeting import time_and_place
from meetings.views.meeting import get_run_meeting
from members.access import MemberRequest


@require_safe_or_post
def meeting_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """What goes with it and what stays, with the button that takes it out."""
    meeting = get_run_meeting(request, pk)
    form = RemoveEntryForm(posted(request), meeting=meeting, by=request.user)
    if response := save_once(request, form):
        return response
    if not (meeting.is_closed and meeting.is_on_paper):
        messages.error(request, " ".join(form.sentences) or (NOT_ON_PAPER if meeting.is_closed else meeting.refusal()))
        return redirect(meeting)
    context = {"meeting": meeting, "form": form, "when": time_and_place(meeting)}
    return render(request, "meetings/meeting_remove.html", context | {"hangs": HangsOnIt.of(meeting, request.user)})
