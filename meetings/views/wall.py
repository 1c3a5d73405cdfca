"""The meeting on the projector, and where on the agenda those who write are."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from meetings import rules
from meetings.views.meeting import get_run_meeting
from meetings.views.room import get_item
from meetings.wall import Wall
from meetings.where_now import tell_where
from members.access import MemberRequest, ensure


@require_safe
def wall(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    shown = Wall.of(meeting, request.user) if meeting.is_under_way else None
    context = {"meeting": meeting, "wall": shown, "shows_note": request.GET.get("noteringar") == "1"}
    return render(request, "meetings/wall.html", context)


@require_POST
def wall_show(request: MemberRequest, pk: int) -> JsonResponse:
    """Let the wall follow to the item; asked by a script where somebody writes."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    if item.meeting.is_under_way:
        tell_where(item)
    return JsonResponse({"shown": item.meeting.is_under_way})
