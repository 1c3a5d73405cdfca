"""The page of one item in the room, also when its form was refused."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from issues.rules import may_reopen_issue
from meetings import rules, texts
from meetings.agenda.building import agenda
from meetings.attendance import rows
from meetings.forms.item import ItemForm
from meetings.item_background import background, beside
from meetings.models import AgendaItem, Decision, Meeting
from meetings.room import RoomPosition
from members.access import MemberRequest
from members.models import Member


def item_page(request: MemberRequest, item: AgendaItem, form: ItemForm) -> HttpResponse:
    member, meeting = request.user, item.meeting
    position = RoomPosition(agenda(meeting, member), item)
    context = {
        "item": item,
        "meeting": meeting,
        "known": background(item, member),
        "form": form,
        "may_write": rules.may_write_in_meeting(member, meeting) or form.is_bound,
        "may_reopen": item.issue and may_reopen_issue(member, item.issue),
        "may_close": rules.may_write_in_meeting(member, meeting),
        "position": position,
        "beside": beside(position, member),
        **_written(member, item),
        **_here(member, meeting),
    }
    return render(request, "meetings/item_detail.html", context)


def _written(member: Member, item: AgendaItem) -> dict[str, Any]:
    """The note and the decisions, for those who may read them: a draft is for those who write it."""
    if not rules.may_read_notes(member, item.meeting):
        return {}
    return {"note": item.note, "decisions": Decision.objects.visible_to(member).of(item)}


def _here(member: Member, meeting: Meeting) -> dict[str, Any]:
    if not rules.may_see_who_comes(member, meeting):
        return {}
    table = rows(meeting)
    return {
        "attendance": texts.attendance_summary(table, meeting),
        "rows": table,
        "unnoted": sum(not row.is_noted for row in table),
    }
