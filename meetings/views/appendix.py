"""The appendices of a meeting: the list where they are added, one as it is read, its name, and taking it away."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.files.serving import served
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, proposed, save_once
from issues.opening import APPENDIX, tell_opened
from meetings import rules
from meetings.agenda.appended import appendices_of, set_aside_of
from meetings.agenda.building import Extent, agenda
from meetings.forms.appendix import AppendixForm, AppendixNameForm, AppendixRemoveForm
from meetings.models import Appendix, Meeting
from meetings.views.meeting import get_meeting
from members.access import MemberRequest, ensure


def get_appendix(request: MemberRequest, pk: int) -> Appendix:
    rows = Appendix.objects.visible_to(request.user).select_related("meeting", "item__meeting", "item__issue")
    return get_object_or_404(rows, pk=pk)


@require_safe_or_post
def appendix_list(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the appendices that the member sees, and add files to those of the meeting."""
    meeting = get_meeting(request, pk)
    may_change = rules.may_change_appendices(request.user, meeting)
    if request.method == "POST":
        ensure(rules.may_run_meeting, request.user, meeting)
    form = _form(request, meeting) if may_change or request.method == "POST" else None
    if form and (response := save_once(request, form, then=lambda _: list_address(meeting))):
        return response
    if form:
        form.offer_lines(agenda(meeting, request.user, extent=Extent.LINES))
    may_erase = request.user.is_coordinator and meeting.is_closed
    context = {
        "meeting": meeting,
        "form": form,
        "numbered": appendices_of(meeting, request.user),
        "may_change": may_change,
        "may_erase": may_erase,
        "set_aside": set_aside_of(meeting, request.user) if may_erase else [],
    }
    return render(request, "meetings/appendix_list.html", context)


def _form(request: MemberRequest, meeting: Meeting) -> AppendixForm:
    files = request.FILES if request.method == "POST" else None
    initial = proposed(request, line="punkt")
    return AppendixForm(posted(request), files, meeting=meeting, by=request.user, initial=initial)


@require_safe
def appendix(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_appendix(request, pk)
    if found.is_erased:
        raise Http404
    tell_opened(request, APPENDIX, issue=found.issue)
    return served(found)


@require_safe_or_post
def appendix_change(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_appendix(request, pk)
    ensure(rules.may_run_meeting, request.user, found.of_meeting)
    form = AppendixNameForm(posted(request), appendix=found, by=request.user)
    saved = save_once(request, form, then=lambda _: list_address(found.of_meeting))
    return saved or render(request, "meetings/appendix_change.html", _page(found, form))


@require_safe_or_post
def appendix_remove(request: MemberRequest, pk: int) -> HttpResponse:
    found = ensure(rules.may_take_away_appendix, request.user, get_appendix(request, pk))
    form = AppendixRemoveForm(posted(request), appendix=found, erases=found.of_meeting.is_closed, by=request.user)
    saved = save_once(request, form, then=lambda _: list_address(found.of_meeting))
    return saved or render(request, "meetings/appendix_remove.html", _page(found, form))


def _page(found: Appendix, form: AppendixNameForm | AppendixRemoveForm) -> dict[str, object]:
    meeting = found.of_meeting
    return {"appendix": found, "meeting": meeting, "form": form, "back": list_address(meeting)}


def list_address(meeting: Meeting) -> str:
    return reverse("meetings:appendices", args=[meeting.pk])
