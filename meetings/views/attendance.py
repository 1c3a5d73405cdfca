"""The views of the attendance: excuses before a meeting, who is there at it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from base.swedish.words import listed
from base.ui.once import flash_refusals, refused, save_once
from base.ui.undo import flash_undoable
from meetings import rules
from meetings.attendance import AttendanceRow, note_expected, rows
from meetings.forms.attendance import AttendanceForm, GuestForm, Headings, StrikeGuestForm
from meetings.forms.excuse import ExcuseForm
from meetings.models import AgendaItem, Heading, Meeting, OrganisationAtMeeting, Presence
from meetings.texts.attendance import attendance_summary
from meetings.views.meeting import get_meeting, get_run_meeting
from members.access import MemberRequest, ensure
from members.actor import Actor
from members.models import Member


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


@require_safe
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    return attendance_page(request, get_run_meeting(request, pk))


@require_POST
def attendance_expected(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    with flash_refusals(request):
        _flash_noted(request, note_expected(meeting, by=Actor.of(request.user)))
    return redirect("meetings:attendance", meeting.pk)


@require_POST
def attendance_note(request: MemberRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(OrganisationAtMeeting, pk=pk)
    meeting = get_run_meeting(request, asked.meeting_id)
    row = next(row for row in rows(meeting) if row.at_meeting == asked)
    form = AttendanceForm(request.POST, row=row, by=request.user, headings=Heading.objects.numbered())
    return save_once(request, form, then=_next_to_note) or attendance_page(request, meeting, refused=form)


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
    return save_once(request, form, then=_guests) or refused(request, form, _guests(presence))


def attendance_page(
    request: MemberRequest, meeting: Meeting, refused: AttendanceForm | None = None, **more: Any
) -> HttpResponse:
    """The attendance page with a form for each organisation; `refused` is shown as it was typed."""
    table, headings = rows(meeting), Heading.objects.numbered()
    context = {
        "meeting": meeting,
        "current": AgendaItem.objects.visible_to(request.user).at(meeting).current(),
        "attendance": attendance_summary(table, meeting),
        **_forms(table, refused, request.user, headings),
        "guests": Presence.objects.guests().at(meeting),
        "guest_form": GuestForm(meeting=meeting, by=request.user, headings=headings),
        "may_note": not meeting.is_closed,
        **more,
    }
    return render(request, "meetings/attendance.html", context)


def _forms(
    table: list[AttendanceRow], refused: AttendanceForm | None, by: Member, headings: Headings
) -> dict[str, Any]:
    return {
        "rows": [(row, _form(row, refused, by, headings)) for row in table],
        "refused": refused,
        "unnoted": sum(not row.is_noted for row in table),
    }


def _form(row: AttendanceRow, refused: AttendanceForm | None, by: Member, headings: Headings) -> AttendanceForm:
    if refused and refused.row.at_meeting == row.at_meeting:
        return refused
    return AttendanceForm(row=row, by=by, headings=headings)


def _next_to_note(noted: OrganisationAtMeeting) -> OrganisationAtMeeting:
    """The next unnoted organisation below the one just noted, else itself: the roll is called from top to bottom."""
    table = list(noted.meeting.organisations.in_order())
    below = table[table.index(noted) + 1 :]
    return next((row for row in below if row.state == OrganisationAtMeeting.State.UNNOTED), noted)


def _guests(presence: Presence) -> str:
    return f"{reverse('meetings:attendance', args=[presence.meeting_id])}#adjungerade"


def _flash_noted(request: MemberRequest, left: list[AttendanceRow]) -> None:
    if not left:
        messages.success(request, "Alla som väntades är noterade.")
        return
    names = listed([str(row.organisation) for row in left])
    messages.warning(request, f"Notera {names} för sig: personen som väntas sitter redan för någon annan.")
