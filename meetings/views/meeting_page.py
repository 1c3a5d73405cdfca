"""The context of a meeting's page, also when a form on it was refused."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from meetings import rules
from meetings.agenda.building import agenda
from meetings.agenda.lines import AgendaHeading
from meetings.attendance import rows
from meetings.calling import called_at, calls_at
from meetings.forms.agenda import AgendaAddForm
from meetings.forms.excuse import ExcuseForm
from meetings.models import AgendaItem, Decision, Meeting, Minutes
from meetings.round import Round
from meetings.texts import meeting as texts
from meetings.texts.attendance import attendance_summary
from meetings.texts.calling import when_called
from members.access import MemberRequest
from members.models import Member


def meeting_page(request: MemberRequest, meeting: Meeting, **refused: Any) -> HttpResponse:
    """The meeting's page; `refused` is a form that comes back with what was typed."""
    plan = _agenda(request.user, meeting)
    context = {
        "meeting": meeting,
        "when": texts.time_and_place(meeting),
        **plan,
        **_ways_on(request.user, meeting),
        **_round(request.user, meeting),
        **_who_comes(request.user, meeting),
        **_ordering(request, meeting, plan["headings"]),
        **_may(request.user, meeting),
        **_start(request, meeting),
        **_call(request.user, meeting),
        **refused,
    }
    return render(request, "meetings/meeting_detail.html", context)


def _may(member: Member, meeting: Meeting) -> dict[str, bool]:
    """What the member may do with the meeting in its state, for the template."""
    return {
        "may_start": rules.may_start_meeting(member, meeting),
        "may_unstart": rules.may_unstart_meeting(member, meeting),
        "may_unclose": rules.may_unclose_meeting(member, meeting),
        "may_change": rules.may_change_meeting(member, meeting),
        "may_write": rules.may_write_in_meeting(member, meeting),
    }


def _start(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """The form that starts the meeting; on another day than its own it asks first."""
    today = timezone.localdate()
    return {
        "its_day": meeting.planned_day == today,
        "has_been": meeting.planned_day < today,
        "start_question": "starta" in request.GET and texts.start_question(meeting, today),
        "planned_otherwise": texts.planned_otherwise(meeting),
    }


def _call(member: Member, meeting: Meeting) -> dict[str, Any]:
    """When those who are expected are called or were, for who may call them now."""
    now = timezone.now()
    if not rules.may_call_meeting(member, meeting) or meeting.starts_at <= now:
        return {}
    called = called_at(meeting)
    return {"call": when_called(called, called or calls_at(meeting), now=now), "may_call": not called}


def _agenda(member: Member, meeting: Meeting) -> dict[str, Any]:
    """The agenda with its headline; for a guest only headings with an item of hers."""
    headings = agenda(meeting, member)
    decisions = list(Decision.objects.visible_to(member).at(meeting)) if meeting.is_closed else []
    if not rules.may_see_who_comes(member, meeting):
        headings = [heading for heading in headings if heading.lines]
    decided = len(decisions) if rules.may_read_minutes(member) else None
    return {
        "headings": headings,
        "headline": texts.headline(meeting, headings, decided, timezone.localdate()),
        "decisions": decisions,
    }


def _ways_on(member: Member, meeting: Meeting) -> dict[str, Any]:
    """What the page leads to: the item that is spoken of, and once the meeting has closed its minutes."""
    if meeting.is_under_way:
        return {"current": AgendaItem.objects.visible_to(member).at(meeting).current()}
    if meeting.is_closed:
        return {"minutes": Minutes.objects.visible_to(member).of(meeting).latest_first().first()}
    return {}


def _round(member: Member, meeting: Meeting) -> dict[str, Any]:
    """Who has reported so far; what was said when the meeting closed stands in its minutes."""
    return {"round": Round.of(meeting)} if member.is_in_group and not meeting.is_closed else {}


def _who_comes(member: Member, meeting: Meeting) -> dict[str, Any]:
    if not rules.may_see_who_comes(member, meeting):
        return {}
    table = rows(meeting)
    sits = any(member in (row.ordinary, row.deputy) for row in table)
    return {
        "rows": table,
        "may_open_issues": True,
        "attendance": attendance_summary(table, meeting),
        "may_say_no": meeting.is_planned and sits,
        "has_said_no": any(member in row.excused for row in table),
        "excuse_form": ExcuseForm(meeting=meeting, by=member) if rules.may_note_excuses(member, meeting) else None,
    }


def _ordering(request: MemberRequest, meeting: Meeting, headings: list[AgendaHeading]) -> dict[str, Any]:
    if not rules.may_order_agenda(request.user, meeting):
        return {}
    choices = [(heading.key, heading.heading.numbered) for heading in headings]
    ordering = "ordna" in request.GET
    return {
        "may_order": True,
        "prepares": meeting.is_planned,
        "ordering": ordering,
        "removed": [item for heading in headings for item in heading.removed] if ordering else [],
        "add_form": AgendaAddForm(meeting=meeting, by=request.user, headings=choices),
    }
