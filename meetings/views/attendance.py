"""The views of the attendance: who says before a meeting that she comes, and who is there at it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from issues.way_back import leading_back, way_back
from meetings import rules
from meetings.attendance import noted_or_seated, rows
from meetings.forms.attendance import AttendanceSheet
from meetings.forms.call_answer import CallAnswerForm
from meetings.models import Presence
from meetings.models.approval import may_choose
from meetings.officers import officers_to_note
from meetings.parts import parts_of
from meetings.texts.attendance import attendance_summary
from meetings.texts.correcting import correction_told
from meetings.texts.meeting import time_and_place
from meetings.views.meeting import get_meeting, get_run_meeting
from members.access import MemberRequest, ensure


@require_safe_or_post
def call_answer(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = ensure(rules.may_answer_call, request.user, get_meeting(request, pk))
    of_another = "annan" in request.GET or request.POST.get("member", f"{request.user.pk}") != f"{request.user.pk}"
    is_for_another = of_another and rules.may_answer_for_others(request.user, meeting)
    form = CallAnswerForm(posted(request), meeting=meeting, by=request.user, is_for_another=is_for_another)
    if form.is_bound and form.is_valid() and not form.may_be_hers:
        raise PermissionDenied
    context = {"form": form, "meeting": meeting, "when": time_and_place(meeting)}
    return save_once(request, form) or render(request, "meetings/call_answer.html", context)


@require_safe_or_post
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    if meeting.is_cancelled and request.method != "POST":
        return redirect(meeting)
    table = rows(meeting)
    parts, current = parts_of(meeting, request.user)
    beside = list(Presence.objects.beside().at(meeting))
    beside += officers_to_note(meeting, noted_or_seated(table), beside)
    sheet = AttendanceSheet(posted(request), meeting=meeting, table=table, beside=beside, by=request.user, parts=parts)
    sheet.way_back = way_back(request)
    if response := save_once(request, sheet, then=leading_back(request)):
        return response
    if sheet.is_bound:  # refused, perhaps for what another has noted meanwhile
        table = rows(meeting)
        sheet.show_anew(table)
    sheet.current = current
    context = {
        "meeting": meeting,
        "attendance": attendance_summary(table, meeting),
        "sheet": sheet,
        "unnoted": sum(not row.is_noted for row in table),
        "corrects": correction_told(meeting),
        "may_choose_approvers": may_choose(meeting, request.user.group),
        "may_note": meeting.is_coming or meeting.is_open,
    }
    return render(request, "meetings/attendance.html", context)
