"""The views that change an agenda: add, remove, restore, move, present."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import flash_refusals, posted, refused, save_once
from base.ui.undo import flash, flash_undoable
from issues.way_back import leading_back
from meetings.agenda.building import Extent, agenda
from meetings.agenda.ordering import Removed, find_line, line_named, remove_line, restore_line
from meetings.agenda.parts_following import look_over_words, names_with_parts_at
from meetings.forms.agenda import LineMoveForm
from meetings.forms.agenda_add import AgendaAddForm
from meetings.forms.presenting import PresentForm
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.extra_agenda import ExtraAgenda
from meetings.recurring import end_recurring, item_named, let_recur, stands_later
from meetings.short_agenda import Stood, make_short, make_whole
from meetings.texts.meeting import ended
from meetings.views.meeting import get_run_meeting
from meetings.views.meeting_page import meeting_page
from members.access import MemberRequest
from members.actor import Actor


@require_safe_or_post
def agenda_move(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = LineMoveForm(posted(request), meeting=meeting, line=key, by=request.user)
    moved = save_once(request, form, then=lambda moved: agenda_address(meeting, moved.line.key))
    return moved or _move_page(request, meeting, form)


def _move_page(request: MemberRequest, meeting: Meeting, form: LineMoveForm) -> HttpResponse:
    """The page of a line with the places to choose among; where the line is gone the agenda says so."""
    headings = agenda(meeting, request.user, extent=Extent.LINES)
    line = line_named(headings, form.line)
    if line is None and form.is_bound:
        return refused(request, form, agenda_address(meeting))
    if line is None:
        raise Http404
    form.offer_places(line, headings)
    context = {"form": form, "meeting": meeting, "line": line, "back": agenda_address(meeting, line.key)}
    return render(request, "meetings/agenda_move.html", context)


@require_POST
def agenda_remove(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    further = agenda_address(meeting)
    with flash_refusals(request, at=further):
        removed = remove_line(meeting, request.POST.get("line", ""), by=Actor.of(request.user))
        further = agenda_address(meeting, removed.beside or removed.item.heading.anchor)
        _tell_removed(request, removed, further)
    return HttpResponseRedirect(further)


def _tell_removed(request: MemberRequest, removed: Removed, further: str) -> None:
    item = removed.item
    if removed.before:
        return flash(request, f"”{item}” är redan borttagen från dagordningen.", at=further, level=messages.INFO)
    restore = reverse("meetings:agenda_restore", args=[item.meeting_id])
    words = f"”{item}” är borttagen från dagordningen."
    words += " Den återkommer på nästa möte." if item.recurs else ""
    words += look_over_words(removed.look_over)
    return flash_undoable(request, words, restore, at=further, line=item.key, version=item.version)


@require_POST
def agenda_restore(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    further = agenda_address(meeting)
    with flash_refusals(request, at=further):
        key, version = request.POST.get("line", ""), request.POST.get("version", "")
        item = restore_line(meeting, key, version=version, by=Actor.of(request.user))
        further = agenda_address(meeting, item.key if item.pk else item.live_key)
        names = names_with_parts_at(item) if meeting.is_under_way else []
        flash(request, f"”{item}” står på dagordningen igen.{look_over_words(names)}", at=further)
    return HttpResponseRedirect(further)


@require_POST
def agenda_recur(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a topic in words come back at each meeting, or no more."""
    return _turn(request, pk, _recur)


@require_POST
def agenda_extent(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a short agenda whole, or short again."""
    return _turn(request, pk, _extend)


@dataclass(frozen=True)
class Turned:
    """What was turned on an agenda: where one worked, what is said of it, and what is sent to turn it back."""

    words: str
    back: dict[str, str]
    place: str = "dagordning"


def _turn(request: MemberRequest, pk: int, turn: Callable[[MemberRequest, Meeting], Turned]) -> HttpResponse:
    """Do it and lead back to the agenda; the same address turns it back."""
    meeting = get_run_meeting(request, pk)
    further = agenda_address(meeting)
    with flash_refusals(request, at=further):
        turned = turn(request, meeting)
        further = agenda_address(meeting, turned.place)
        flash_undoable(request, turned.words, request.path, at=further, **turned.back)
    return HttpResponseRedirect(further)


def _recur(request: MemberRequest, meeting: Meeting) -> Turned:
    item = item_named(meeting, request.POST.get("line", ""), request.user)
    if request.POST.get("recurs") == "no":
        end_recurring(item, by=Actor.of(request.user))
        return Turned(ended(item, stands_later(item, request.user)), {"line": item.key, "recurs": "yes"}, item.key)
    let_recur(item, by=Actor.of(request.user))
    return Turned(f"”{item}” återkommer på varje möte.", {"line": item.key, "recurs": "no"}, item.key)


def _extend(request: MemberRequest, meeting: Meeting) -> Turned:
    by, back_to = Actor.of(request.user), Stood.read(request.POST.get("stood", ""), meeting)
    if request.POST.get("extent") == ExtraAgenda.SHORT:
        stood = make_short(meeting, by=by, back_to=back_to)
        return Turned("Dagordningen är kort.", {"extent": ExtraAgenda.WHOLE, "stood": stood.sent(meeting)})
    stood = make_whole(meeting, by=by, back_to=back_to)
    return Turned("Hela dagordningen är med.", {"extent": ExtraAgenda.SHORT, "stood": stood.sent(meeting)})


@require_POST
def agenda_add(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = AgendaAddForm(request.POST, meeting=meeting, by=request.user, headings=Heading.objects.of(meeting).keyed())
    then = leading_back(request) or _place_of
    return save_once(request, form, then=then) or meeting_page(request, meeting, add_form=form)


@require_safe_or_post
def agenda_present(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    line = find_line(meeting, key, request.user)
    if line is None:
        raise Http404
    form = PresentForm(posted(request), line=line, meeting=meeting, by=request.user)
    context = {"form": form, "meeting": meeting, "line": line, "back": agenda_address(meeting, line.key)}
    return save_once(request, form, then=_place_of) or render(request, "meetings/agenda_present.html", context)


def agenda_address(meeting: Meeting, place: str = "dagordning") -> str:
    """The address of the agenda with its controls, at the line or heading one was working at."""
    return f"{reverse('meetings:detail', args=[meeting.pk])}?ordna=1#{place}"


def _place_of(item: AgendaItem) -> str:
    """The address of a new item: during the meeting its page, before it its place on the agenda."""
    return item.get_absolute_url() if item.meeting.is_under_way else agenda_address(item.meeting, item.key)
