"""The views of the attendance: excuses before a meeting, who is there at it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import flash_refusals, posted, save_once
from base.ui.undo import flash_undoable
from issues.way_back import leading_back, way_back
from meetings import rules
from meetings.attendance import rows
from meetings.forms.attendance import AttendanceSheet
from meetings.forms.excuse import ExcuseForm
from meetings.models import AgendaItem, Heading, Presence
from meetings.texts.attendance import attendance_summary
from meetings.views.meeting import get_meeting, get_run_meeting
from members.access import MemberRequest, ensure


@require_POST
def excuse(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = ensure(rules.may_note_some_excuse, request.user, get_meeting(request, pk))
    form = ExcuseForm(request.POST, meeting=meeting, by=request.user)
    if form.is_valid():
        ensure(rules.may_excuse, request.user, form.excuse)
        with flash_refusals(request, at=form.further):
            words, url = form.save(), reverse("meetings:excuse", args=[pk])
            flash_undoable(request, words, url, at=form.further, **form.opposite)
        return redirect(form.further)
    messages.error(request, "Den personen har ingen plats i gruppen den dagen.")
    return redirect(meeting)


@require_safe_or_post
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    table, headings = rows(meeting), Heading.objects.numbered()
    sheet = AttendanceSheet(posted(request), meeting=meeting, table=table, by=request.user, headings=headings)
    sheet.way_back = way_back(request)
    if response := save_once(request, sheet, then=leading_back(request)):
        return response
    if sheet.is_bound:  # refused, perhaps for what another has noted meanwhile
        table = rows(meeting)
        sheet.show_anew(table)
    context = {
        "meeting": meeting,
        "current": AgendaItem.objects.visible_to(request.user).at(meeting).current(),
        "attendance": attendance_summary(table, meeting),
        "sheet": sheet,
        "unnoted": sum(not row.is_noted for row in table),
        "guests": Presence.objects.guests().at(meeting),
        "may_note": not meeting.is_closed,
    }
    return render(request, "meetings/attendance.html", context)
