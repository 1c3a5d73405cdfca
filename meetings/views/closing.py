"""The views that close a meeting, and what can be done within ten minutes of it: undo, or send at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from meetings.approvers import approvers_of
from meetings.attendance import rows_and_others
from meetings.closing_mails import mails_of_closing
from meetings.foreseen import preview
from meetings.forms.closing import MeetingCloseForm, MeetingUncloseForm, SendNowForm
from meetings.models.approval import may_choose
from meetings.texts.approving import nobody_chosen
from meetings.views.meeting import get_run_meeting
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
    foreseen = preview(meeting, request.user)
    table, guests = rows_and_others(meeting)
    form.initial["seen"] = foreseen.seen
    context = {
        "meeting": meeting,
        "form": form,
        "foreseen": foreseen,
        "mails": mails_of_closing(meeting, foreseen, request.user),
        "rows": table,
        "guests": guests,
        "unapproved": nobody_chosen(request.user.group.minutes)
        if may_choose(meeting, request.user.group) and not approvers_of(meeting)
        else "",
        "usual_due": request.user.group.answer_due(),
    }
    return render(request, "meetings/meeting_close.html", context)


@require_POST
def meeting_unclose(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingUncloseForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, meeting)


@require_POST
def meeting_send_now(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = SendNowForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, meeting)
