"""The views of the attendance: excuses before a meeting, who is there at it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import flash_refusals, refused, save_once
from base.ui.undo import flash_undoable
from meetings import rules
from meetings.attendance import AttendanceRow, note_expected, rows
from meetings.forms.attendance import AttendanceSheet, GuestForm, StrikeGuestForm, left_words
from meetings.forms.excuse import ExcuseForm
from meetings.models import AgendaItem, Heading, Meeting, Presence
from meetings.texts.attendance import attendance_summary
from meetings.views.meeting import get_meeting, get_run_meeting
from members.access import MemberRequest, ensure
from members.actor import Actor


@require_POST
def excuse(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = ensure(rules.may_note_some_excuse, request.user, get_meeting(request, pk))
    form = ExcuseForm(request.POST, meeting=meeting, by=request.user)
    if form.is_valid():
        ensure(rules.may_excuse, request.user, form.excuse)
        with flash_refusals(request):
            flash_undoable(request, form.save(), reverse("meetings:excuse", args=[pk]), **form.opposite)
    else:
        messages.error(request, "Den personen har ingen plats i gruppen den dagen.")
    return redirect(meeting)


@require_safe_or_post
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    if request.method != "POST":
        return attendance_page(request, meeting)
    sheet = AttendanceSheet(request.POST, **_of(request, meeting))
    return save_once(request, sheet) or attendance_page(request, meeting, sheet)


@require_POST
def attendance_expected(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    with flash_refusals(request):
        _flash_noted(request, note_expected(meeting, by=Actor.of(request.user)))
    return redirect("meetings:attendance", meeting.pk)


@require_POST
def guest_add(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = GuestForm(request.POST, meeting=meeting, by=request.user, headings=Heading.objects.numbered())
    return save_once(request, form, then=_guests) or attendance_page(request, meeting, guest_form=form)


@require_POST
def guest_remove(request: MemberRequest, pk: int) -> HttpResponse:
    presence = get_object_or_404(Presence.objects.guests(), pk=pk)
    get_run_meeting(request, presence.meeting_id)
    form = StrikeGuestForm(request.POST, presence=presence, by=request.user)
    where_it_is_told = reverse("meetings:attendance", args=[presence.meeting_id])
    return save_once(request, form, then=lambda _: where_it_is_told) or refused(request, form, where_it_is_told)


def attendance_page(
    request: MemberRequest, meeting: Meeting, sheet: AttendanceSheet | None = None, **more: Any
) -> HttpResponse:
    """The attendance page; a `sheet` that was refused is shown as it was filled in."""
    known = _of(request, meeting)
    table: list[AttendanceRow] = known["table"]
    if sheet:
        sheet.show_anew(table)
    context = {
        "meeting": meeting,
        "current": AgendaItem.objects.visible_to(request.user).at(meeting).current(),
        "attendance": attendance_summary(table, meeting),
        "sheet": sheet or AttendanceSheet(**known),
        "unnoted": sum(not row.is_noted for row in table),
        "guests": Presence.objects.guests().at(meeting),
        "guest_form": GuestForm(meeting=meeting, by=request.user, headings=known["headings"]),
        "may_note": not meeting.is_closed,
        **more,
    }
    return render(request, "meetings/attendance.html", context)


def _of(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """What a sheet of the meeting is made of."""
    return {"meeting": meeting, "table": rows(meeting), "by": request.user, "headings": Heading.objects.numbered()}


def _guests(presence: Presence) -> str:
    return f"{reverse('meetings:attendance', args=[presence.meeting_id])}#adjungerade"


def _flash_noted(request: MemberRequest, left: list[AttendanceRow]) -> None:
    if not left:
        messages.success(request, "Alla som väntades är noterade.")
        return
    messages.warning(request, left_words(left))
