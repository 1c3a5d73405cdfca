"""The room: the meeting on the wall, one item at a time."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.typed import texts_of
from issues.opening import ITEM, tell_opened
from issues.rules import may_reopen_issue
from meetings import rules
from meetings.agenda.appended import appendices_of
from meetings.agenda.building import agenda
from meetings.appendices import put_at_lines
from meetings.attendance import rows
from meetings.forms.item import BACK, NEXT, SKIP, ItemForm
from meetings.forms.note import ItemNoteForm
from meetings.forms.round import RoundForm
from meetings.models import AgendaItem, Decision, Meeting
from meetings.models.meeting import shares_its_day, told_apart
from meetings.room import RoomPosition, background, beside, way_to
from meetings.texts.attendance import attendance_summary
from members.access import MemberRequest, ensure
from members.models import Member, Organisation


def get_item(request: MemberRequest, pk: int) -> AgendaItem:
    leading, about = ("meeting__chair", "meeting__secretary"), ("heading", "issue", "action")
    people = ("presenter__organisation", "noted_by")
    items = AgendaItem.objects.visible_to(request.user).annotate(shares_its_day=shares_its_day("meeting__"))
    item: AgendaItem = get_object_or_404(items.select_related(*leading, *about, *people), pk=pk)
    told_apart(item.meeting, item)
    tell_opened(request, ITEM, issue=item.issue)
    return item


@require_safe_or_post
def item_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an item, or save its form: read by everybody who may see it, written by those who run the meeting."""
    item = get_item(request, pk)
    if request.method == "POST":
        ensure(rules.may_run_meeting, request.user, item.meeting)
    form = ItemForm(posted(request), item=item, by=request.user)
    if response := save_once(request, form, then=lambda _: what_comes_next(form)):
        return response
    if form.is_late:
        form.refuse_late()
    return item_page(request, item, form)


def what_comes_next(form: ItemForm) -> str:
    """The address to go on to: the same item, the one before or after, or after the last one the closing."""
    item, then = form.item, form.cleaned_data["then"]
    if then not in {NEXT, SKIP, BACK}:
        return item.get_absolute_url()
    position = RoomPosition(agenda(item.meeting, form.by, whole=False), item)
    if then == BACK:
        before = position.previous and position.previous.item
        return (before or item).get_absolute_url()
    if position.following and position.following.item:
        return position.following.item.get_absolute_url()
    return reverse("meetings:close", args=[item.meeting_id])


@require_POST
def note_save(request: MemberRequest, pk: int) -> JsonResponse:
    """Save the note alone, as one types, and answer the script with a message as JSON."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    form = ItemNoteForm(request.POST, item=item, by=request.user)
    return JsonResponse({"kept": form.keep(), **form.reply})


@require_POST
def nothing_to_report(request: MemberRequest, pk: int, organisation: int) -> HttpResponse:
    """Note in the round that an organisation has nothing to report: whoever writes in the room may."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    of = get_object_or_404(Organisation, pk=organisation)
    form = RoundForm(request.POST, item=item, organisation=of, by=request.user)
    return save_once(request, form, then=lambda _: form.way_back) or refused(request, form, item)


def item_page(request: MemberRequest, item: AgendaItem, form: ItemForm) -> HttpResponse:
    member, meeting = request.user, item.meeting
    position, may_write = RoomPosition(agenda(meeting, member), item), rules.may_write_in_meeting(member, meeting)
    put_at_lines(appendices_of(meeting, member), position.headings)
    if may_write:
        form.tell_of_saved(member.pk)
    context = {
        "item": item,
        "meeting": meeting,
        "known": background(item, member),
        "form": form,
        "may_write": may_write,
        "texts": texts_of(request) if form.is_late else [],
        "may_reopen": item.issue and may_reopen_issue(member, item.issue),
        "may_close": may_write,
        "position": position,
        "beside": beside(position, member),
        "way_here": way_to(item),
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
        "attendance": attendance_summary(table, meeting),
        "rows": table,
        "unnoted": sum(not row.is_noted for row in table),
    }
