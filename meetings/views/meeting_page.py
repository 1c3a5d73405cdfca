"""The context of a meeting's page, also when a form on it was refused."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from base.ui.undo import tells_of
from meetings import rules
from meetings.agenda.appended import appendices_of, set_aside_of
from meetings.agenda.building import Extent, agenda
from meetings.agenda.lines import AgendaHeading, mark_late
from meetings.appendices import put_at_lines
from meetings.attendance import AttendanceRow, rows_and_others
from meetings.called_presenters import put_calls_at_lines
from meetings.calling import Call, CallTakenBack, called_on_first_day, calls_at, calls_of, causes_of_calling_off
from meetings.forms.agenda_add import AgendaAddForm
from meetings.forms.calling_off import undo_of_calling_off
from meetings.forms.meeting import MeetingStartForm
from meetings.missing import lines_without
from meetings.models import AgendaItem, Decision, Meeting, Minutes
from meetings.round import Round
from meetings.texts import meeting as texts
from meetings.texts.attendance import (
    attendance_summary,
    called_later,
    hanging_on,
    not_mailed,
    own_answer,
    who_is_missing,
)
from meetings.texts.calling import when_called, who_took_it_back
from meetings.texts.calling_off import after_calling_off, called_off, is_called_off
from meetings.texts.correcting import unsaved_correction
from meetings.where_now import item_now
from members.access import MemberRequest
from members.models import Member, MinutesWords


def meeting_page(request: MemberRequest, meeting: Meeting, **refused: Any) -> HttpResponse:
    """The meeting's page; `refused` is a form that comes back with what was typed."""
    if meeting.is_cancelled:
        return _called_off_page(request, meeting, **refused)
    call, undone = calls_of(meeting)
    plan = _agenda(request.user, meeting, call and call.at, is_read="ordna" not in request.GET)
    if rules.may_run_meeting(request.user, meeting) and not meeting.is_closed:
        put_calls_at_lines(
            meeting,
            [line for heading in plan["headings"] for line in heading.lines],
            is_called=bool(call and call.addressed_at),
        )
    ways_on = _ways_on(request.user, meeting)
    minutes = ways_on.get("minutes")
    context = {
        "meeting": meeting,
        "when": texts.time_and_place(meeting),
        "unsaved": minutes and unsaved_correction(meeting, minutes.called, request.user),
        **plan,
        **_appendices(request.user, meeting, plan["headings"]),
        **ways_on,
        **_round(request.user, meeting),
        **_who_comes(request.user, meeting, plan["headings"]),
        **_ordering(request, meeting, plan["headings"]),
        **_may(request.user, meeting),
        **_start(request, meeting),
        **_call(request.user, meeting, call, undone),
        "after_closing": after_closing(
            request.user, meeting, minutes.called if minutes else request.user.group.minutes
        ),
        **refused,
    }
    return render(request, "meetings/meeting_detail.html", context)


def after_closing(member: Member, meeting: Meeting, called: MinutesWords) -> str:
    """Whether the closing can be undone and until when, to those who run the meeting."""
    return texts.after_closing(meeting, called, timezone.now()) if rules.may_run_meeting(member, meeting) else ""


def _called_off_page(request: MemberRequest, meeting: Meeting, **refused: Any) -> HttpResponse:
    """Who called it off and why, and what became of what stood on its agenda, as far as the member may see it."""
    # With their issues: what is restricted tells when it is read, and the page is not stored.
    items = AgendaItem.objects.visible_to(request.user).select_related("meeting", "issue")
    minutes = Minutes.objects.visible_to(request.user).of(meeting).latest_first()
    waits, may_reinstate = meeting.topics_moved_to is None, rules.may_reinstate_meeting(request.user, meeting)
    has_undo = tells_of(request, undo_of_calling_off(meeting))
    is_told = causes_of_calling_off(meeting).exists()
    context = {
        "meeting": meeting,
        "minutes": meeting.is_on_paper and minutes.first(),
        "when": texts.time_and_place(meeting),
        "headline": is_called_off(meeting),
        "called_off": called_off(meeting),
        "moved": items.filter(moved_from=meeting, removed=False).order_by("pk"),
        "waiting": items.at(meeting).to_move_on() if waits else [],
        "numbered": appendices_of(meeting, request.user),
        "after": rules.may_run_meeting(request.user, meeting)
        and after_calling_off(meeting, timezone.now(), is_told=is_told),
        "may_reinstate": may_reinstate and not has_undo,
        "may_send_now": may_reinstate and is_told,
        "may_plan": not may_reinstate
        and rules.may_plan_meeting(request.user)
        and not Meeting.objects.coming().exists(),
        **refused,
    }
    return render(request, "meetings/meeting_called_off.html", context)


def _may(member: Member, meeting: Meeting) -> dict[str, bool]:
    """What the member may do with the meeting in its state, for the template."""
    return {
        "may_start": rules.may_start_meeting(member, meeting),
        "may_unstart": rules.may_unstart_meeting(member, meeting),
        "may_unclose": rules.may_unclose_meeting(member, meeting),
        "may_call_off": rules.may_call_off_meeting(member, meeting),
        "may_remove": rules.may_remove_entry(member, meeting),
        "may_change": rules.may_change_meeting(member, meeting),
        "may_write": rules.may_write_in_meeting(member, meeting),
    }


def _start(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """The form that starts the meeting; on another day than its own it asks first."""
    today = timezone.localdate()
    return {
        "its_day": meeting.planned_day == today,
        "has_been": meeting.planned_day < today,
        "start_form": MeetingStartForm(meeting=meeting, by=request.user),
        "start_question": "starta" in request.GET and texts.start_question(meeting, today),
        "planned_otherwise": texts.planned_otherwise(meeting),
    }


def _call(member: Member, meeting: Meeting, call: Call | None, undone: CallTakenBack | None) -> dict[str, Any]:
    """When those who are expected are called or were, for who may call them now. What waits has not been sent."""
    now = timezone.now()
    if not rules.may_call_meeting(member, meeting) or meeting.starts_at <= now:
        return {}
    goes = call.goes_at if call else calls_at(meeting, member.group)
    told = when_called(goes if call and call.has_left else None, goes, now=now)
    if undone:
        told = f"{told} {who_took_it_back(undone.by, undone.at, now=now)}"
    return {"call": told, "may_call": not call, "waiting_call": call.key if call and call.may_be_taken_back else None}


def _agenda(member: Member, meeting: Meeting, called: datetime | None, *, is_read: bool) -> dict[str, Any]:
    """The agenda with its headline; for a guest only headings with an item of hers.

    What became of earlier decisions is for her who reads it, and not while she orders its lines.
    """
    headings = agenda(meeting, member, extent=Extent.DECISIONS if is_read else Extent.LOG)
    mark_late(headings, called)
    decisions = list(Decision.with_struck.visible_to(member).at(meeting)) if meeting.is_closed else []
    if not rules.may_see_who_comes(member, meeting):
        headings = [heading for heading in headings if heading.lines]
    decided = len(decisions) if rules.may_read_minutes(member) else None
    return {
        "headings": headings,
        "headline": texts.headline(meeting, headings, decided, timezone.localdate()),
        "decisions": decisions,
    }


def _appendices(member: Member, meeting: Meeting, headings: list[AgendaHeading]) -> dict[str, Any]:
    """What is appended, at the lines too; to a samordnare whether anything is kept that stands nowhere."""
    numbered = appendices_of(meeting, member)
    put_at_lines(numbered, headings)
    may_erase = member.is_coordinator and meeting.is_closed
    return {
        "numbered": numbered,
        "may_append": rules.may_change_appendices(member, meeting),
        "set_aside": may_erase and bool(set_aside_of(meeting, member)),
    }


def _ways_on(member: Member, meeting: Meeting) -> dict[str, Any]:
    """What the page leads to: the item that is spoken of, and once the meeting has closed its minutes."""
    if meeting.is_under_way:
        return {"current": item_now(meeting, AgendaItem.objects.visible_to(member).at(meeting))}
    if meeting.is_closed:
        return {"minutes": Minutes.objects.visible_to(member).of(meeting).latest_first().first()}
    return {}


def _round(member: Member, meeting: Meeting) -> dict[str, Any]:
    """Who has reported so far; what was said when the meeting closed stands in its minutes."""
    return {"round": Round.of(meeting)} if member.is_in_group and not meeting.is_closed else {}


def _who_comes(member: Member, meeting: Meeting, headings: list[AgendaHeading]) -> dict[str, Any]:
    if not rules.may_see_who_came(member, meeting):
        return {"guests": []}
    table, guests = rows_and_others(meeting)
    may_answer_for_others = rules.may_answer_for_others(member, meeting)
    tells_of_mail = may_answer_for_others and meeting.is_planned
    missing = lines_without(table, headings) if may_answer_for_others else {}
    hanging = [(row, hanging_on(row, missing.get(row.organisation.pk, []))) for row in table]
    return {
        "rows": hanging,
        "guests": guests,
        "missing": who_is_missing(hanging) if tells_of_mail else [],
        "may_open_issues": True,
        "attendance": attendance_summary(table, meeting),
        "own": own_answer(table, member) if meeting.is_planned else None,
        "may_answer_for_others": may_answer_for_others,
        "not_mailed": not_mailed(_without_mail(table)) if tells_of_mail else "",
        "called_later": called_later(called_on_first_day(meeting, table)) if tells_of_mail else "",
    }


def _without_mail(table: list[AttendanceRow]) -> list[Member]:
    """Those who are expected, and whom the call does not reach by mail, for so they have chosen."""
    return [row.expected.member for row in table if row.expected and row.expected.member in row.without_mail]


def _ordering(request: MemberRequest, meeting: Meeting, headings: list[AgendaHeading]) -> dict[str, Any]:
    if not rules.may_order_agenda(request.user, meeting):
        return {}
    choices = [(heading.key, heading.heading.numbered) for heading in headings]
    ordering = "ordna" in request.GET
    return {
        "may_order": True,
        "planned_words": texts.planned_words(meeting, headings),
        "prepares": meeting.is_planned,
        "ordering": ordering,
        "removed": [item for heading in headings for item in heading.removed] if ordering else [],
        "add_form": AgendaAddForm(meeting=meeting, by=request.user, headings=choices),
    }
