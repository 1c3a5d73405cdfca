"""The views that close a meeting, and what can be done within ten minutes of it: undo, or send at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from meetings.approvers import approvers_of, struck_approvers
from meetings.attendance import rows_and_others
from meetings.closing_mails import mails_of_closing
from meetings.foreseen import preview
from meetings.forms.closing import MeetingCloseForm, MeetingUncloseForm, SendNowForm
from meetings.minutes.writing import attendance_content
from meetings.models import Meeting
from meetings.models.approval import may_choose
from meetings.texts.approving import nobody_chosen, to_be_struck
from meetings.views.meeting import get_run_meeting
from members.access import MemberRequest
from members.models import Group


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
        "unapproved": _unapproved(meeting, attendance_content(meeting, table, guests), request.user.group),
        "usual_due": request.user.group.answer_due(),
    }
    return render(request, "meetings/meeting_close.html", context)


def _unapproved(meeting: Meeting, content: dict[str, Any], group: Group) -> str:
    """Who is chosen and may not approve what the minutes would say, and that nobody is; empty where neither is so."""
    chosen = approvers_of(meeting)
    struck = struck_approvers(chosen, content)
    told = [to_be_struck(*one) for one in struck]
    is_nobody = len(struck) == len(chosen) and may_choose(meeting, group)
    return " ".join([*told, nobody_chosen(group.minutes)] if is_nobody else told)


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
