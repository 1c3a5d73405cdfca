"""The room: the meeting on the wall, one item at a time."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.typed import texts_of
from issues.forms.action_step import ActionForm
from issues.forms.answer import ANSWERS
from issues.models import Action, Assignment
from issues.opening import ITEM, tell_opened
from issues.rules import may_reopen_issue
from issues.views.action_page import steps
from issues.way_back import WayBack
from meetings import rules
from meetings.agenda.appended import appendices_of
from meetings.agenda.building import Extent, agenda
from meetings.appendices import put_at_lines
from meetings.attendance import rows_and_others
from meetings.called_presenters import put_calls_at_lines
from meetings.forms.asked_before import (
    STEPS,
    AnsweredAtItem,
    KeptStep,
    StepDraftForm,
    is_sent_from_item,
    kept_steps,
)
from meetings.forms.draft import ItemDraftForm, Part
from meetings.forms.item import BACK, NEXT, SKIP, ItemForm
from meetings.forms.kept import KeptForm
from meetings.forms.note import ItemNoteForm
from meetings.forms.round import RoundForm
from meetings.forms.round_note import RoundNoteForm
from meetings.forms.taking_over import offered_at
from meetings.models import AgendaItem, Decision, Heading, ItemDraft, RoundNote
from meetings.models.approval import may_choose
from meetings.models.meeting import shares_its_day, told_apart
from meetings.models.minutes import called_of, frozen_name
from meetings.models.presence import OFFICES
from meetings.room import RoomPosition, background, beside, way_to, way_to_item
from meetings.room_clock import RoomClock
from meetings.table_answers import proposed_or_struck_at
from meetings.texts.attendance import attendance_in_short
from meetings.texts.correcting import correction_told
from members.access import MemberRequest, ensure
from members.models import Member, Organisation


def get_item(request: MemberRequest, pk: int) -> AgendaItem:
    officers = (f"meeting__{office}__organisation" for office in OFFICES)
    about = ("heading", "issue", "action", "noted_by")
    items = AgendaItem.objects.visible_to(request.user).annotate(
        shares_its_day=shares_its_day("meeting__"), frozen_name=frozen_name("meeting")
    )
    item: AgendaItem = get_object_or_404(items.with_presenters().select_related(*officers, *about), pk=pk)
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
        return f"{item.get_absolute_url()}{form.fragment}"
    position = RoomPosition(agenda(item.meeting, form.by, extent=Extent.LINES), item)
    if then == BACK:
        before = position.previous and position.previous.item
        return (before or item).get_absolute_url()
    if position.following and position.following.item:
        return position.following.item.get_absolute_url()
    return reverse("meetings:correct" if item.meeting.is_being_corrected else "meetings:close", args=[item.meeting_id])


@require_POST
def note_save(request: MemberRequest, pk: int) -> JsonResponse:
    """Save the note alone, as one types, and answer the script with a message as JSON."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    form: KeptForm = ItemNoteForm(request.POST, item=item, by=request.user)
    is_kept = form.keep()
    if not is_kept and item.meeting.is_over:  # it came too late for the minutes, and is not lost for that
        form = ItemDraftForm(request.POST, item=item, part=Part.NOTE, by=request.user)
        is_kept = form.keep()
    return JsonResponse({"kept": is_kept, **form.reply})


@require_POST
def draft_save(request: MemberRequest, pk: int, part: str) -> JsonResponse:
    """Keep what is typed in a part of the form, as one types, and answer the script with a message as JSON."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    if part not in ItemForm.FILLED:
        raise Http404
    form = ItemDraftForm(request.POST, item=item, part=part, by=request.user)
    return JsonResponse({"kept": form.keep(), **form.reply})


@require_POST
def answer_draft_save(request: MemberRequest, pk: int, action: int) -> JsonResponse:
    """Keep what is typed of the answer at the table to what the item proposes, as any other draft."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    asked = get_object_or_404(proposed_or_struck_at(item).with_current(), pk=action)
    form = ItemDraftForm(request.POST, item=item, part=Part.ANSWER, action=asked, by=request.user)
    return JsonResponse({"kept": form.keep(), **form.reply})


@require_POST
def step_draft_save(request: MemberRequest, pk: int, assignment: int, step: str) -> JsonResponse:
    """Keep what is typed in a step of the answer to what was asked before the meeting, as any other draft."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    if step not in STEPS:
        raise Http404
    rows = Assignment.objects.select_related("action__issue", "organisation")
    asked = get_object_or_404(
        rows.filter(action__in=Action.objects.visible_to(request.user)), pk=assignment, action=item.action_id
    )
    form = StepDraftForm(request.POST, item=item, part=step, assignment=asked, by=request.user)
    return JsonResponse({"kept": form.keep(), **form.reply})


@require_POST
def round_note_save(request: MemberRequest, pk: int, organisation: int) -> JsonResponse:
    """Save what one organisation says in the round, as one types, and answer the script with a message as JSON."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    row = get_object_or_404(item.meeting.organisations.select_related("organisation"), organisation=organisation)
    form = RoundNoteForm(request.POST, item=item, organisation=row.organisation, by=request.user)
    return JsonResponse({"kept": form.keep(), **form.reply})


@require_POST
def nothing_to_report(request: MemberRequest, pk: int, organisation: int) -> HttpResponse:
    """Note in the round that an organisation has nothing to report: whoever writes in the room may."""
    item = get_item(request, pk)
    ensure(rules.may_run_meeting, request.user, item.meeting)
    of = get_object_or_404(Organisation, pk=organisation)
    form = RoundForm(request.POST, item=item, organisation=of, by=request.user)
    return save_once(request, form, then=lambda _: form.way_back) or refused(request, form, item)


@dataclass
class AnsweredInRoom(AnsweredAtItem):
    """An answer that is written at the item, whose page shows it again where it is refused."""

    request: MemberRequest

    def refused(self, step: ActionForm) -> HttpResponse | None:
        """None where it was not sent from there."""
        is_there = self.item.action_id == step.action.pk and not self.item.removed and step.assignment.ended_at is None
        may_write = rules.may_write_in_meeting(self.by, self.item.meeting)
        if not (is_there and is_sent_from_item(step) and may_write):
            return None
        item = get_item(self.request, self.item.pk)
        return item_page(self.request, item, ItemForm(item=item, by=self.by), refused=step)


def way_to_room(request: MemberRequest, pk: int) -> WayBack | None:
    """The way back to the item with that number, for one who may see it."""
    return way_to_item(request.user, pk, partial(AnsweredInRoom, request=request))


def item_page(
    request: MemberRequest, item: AgendaItem, form: ItemForm, *, refused: ActionForm | None = None
) -> HttpResponse:
    """The page of the item, with a form of it that was refused."""
    member, meeting = request.user, item.meeting
    extent = Extent.DECISIONS if item.heading.rule == Heading.Rule.PREVIOUS else Extent.LOG
    position = RoomPosition(agenda(meeting, member, extent=extent), item)
    may_write = rules.may_write_in_meeting(member, meeting)
    put_at_lines(appendices_of(meeting, member), position.headings)
    known = background(item, member)
    if rules.may_run_meeting(member, meeting) and position.line:
        put_calls_at_lines(meeting, [position.line], is_called=True)
    if may_write:
        form.tell_of_saved(member.pk)
        form.of_issue = list(known.issue.actions.all()) if known.issue else []
    here = _here(member, position, known.action)
    way = way_to(item, AnsweredInRoom(item, member, request))
    offered = _answers(item, member, known.action, way, is_here=bool(here.get("is_heard")), refused=refused)
    answers = kept_steps(item, offered, form.drafts) if may_write else []
    context = {
        "item": item,
        "meeting": meeting,
        "called": called_of(meeting, member.group, item),
        "known": known,
        "form": form,
        "may_write": may_write,
        "left": _without_field(form, answers) if may_write else _left(member, item, form),
        "texts": texts_of(request) if form.is_late else [],
        "may_reopen": item.issue and may_reopen_issue(member, item.issue),
        "may_close": may_write,
        "position": position,
        "beside": beside(position, member),
        "way_here": way_to(item),
        **_written(member, item, may_write=may_write),
        **here,
        **_corrects(item, member, may_write=may_write),
        "clock": RoomClock.at(meeting, position.lines, position.step),
        "answers": answers,
    }
    return render(request, "meetings/item_detail.html", context)


def _corrects(item: AgendaItem, member: Member, *, may_write: bool) -> dict[str, Any]:
    """What is told while the minutes are corrected, and what is struck when that is saved."""
    if not (may_write and item.meeting.is_being_corrected):
        return {}
    return {"corrects": correction_told(item.meeting), "struck": Decision.with_struck.of(item).struck()}


def _without_field(form: ItemForm, answers: list[KeptStep]) -> list[ItemDraft]:
    """What was typed and not saved that no field on the page shows."""
    shown = [step.draft for step in answers]
    return [draft for draft in form.without_field if draft not in shown]


def _left(member: Member, item: AgendaItem, form: ItemForm) -> list[ItemDraft]:
    """What was typed and not saved when the meeting was under way, for those who may write at it."""
    may_read = not item.meeting.is_open and rules.may_run_meeting(member, item.meeting)
    return [draft for draft in form.drafts.values() if draft.is_filled] if may_read else []


def _written(member: Member, item: AgendaItem, *, may_write: bool) -> dict[str, Any]:
    """The note and the decisions, for those who may read them: a draft is for those who write it, and what a correction
    strikes stands for all others until that is saved."""
    if not rules.may_read_decisions(member, item.meeting):
        return {}
    decisions = Decision.objects if may_write else Decision.with_struck
    decided = {"decisions": decisions.visible_to(member).of(item)}
    if not rules.may_read_notes(member, item.meeting):
        return decided
    said = RoundNote.objects.visible_to(member).at(item.meeting) if RoundNote.is_asked_at(item) else []
    return {"note": item.note, "said": said, **decided}


def _answers(
    item: AgendaItem, member: Member, action: Action | None, way: WayBack, *, is_here: bool, refused: ActionForm | None
) -> list[ActionForm]:
    """The forms of the answer to what has been asked, to be written at the item: how it came is asked of one who is not
    here, and where that was what a refused one lacked."""
    if action is None or not (action.is_asked or refused):
        return []
    offered = steps(ANSWERS, action, member, refused, may=rules.may_answer_now_at(item, member, action.current))
    for form in offered:
        form.lead_back(way, is_there=is_here and "channel" not in form.errors)
    return offered


def _here(member: Member, position: RoomPosition, action: Action | None) -> dict[str, Any]:
    """Who is here, and from the organisation that has the action of the item; whose deputy may take over after it."""
    meeting = position.item.meeting
    if not rules.may_see_who_came(member, meeting):
        return {}
    table, guests = rows_and_others(meeting)
    asked = action.current.organisation_id if action else None
    here_for = next((row for row in table if row.organisation.pk == asked), None)
    return {
        "attendance": attendance_in_short(table, meeting),
        "rows": table,
        "guests": guests,
        "here_for": here_for,
        "is_heard": here_for and here_for.is_heard_at(position.where),
        "unnoted": sum(not row.is_noted for row in table),
        "may_choose_approvers": rules.may_run_meeting(member, meeting) and may_choose(meeting, member.group),
        "taking_over": offered_at(position, table) if rules.may_write_in_meeting(member, meeting) else [],
    }
