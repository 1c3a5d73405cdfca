"""The meetings of the group: the calendar, one meeting's page, and its start."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import flash_refusals, posted, refused, save_once
from base.ui.pagination import paginate
from meetings import rules
from meetings.forms.extra import ExtraMeetingForm
from meetings.forms.meeting import MeetingChangeForm, MeetingForm, MeetingStartForm
from meetings.forms.on_paper import OnPaperForm
from meetings.models import Decision, Meeting, MeetingSeries
from meetings.models.minutes import with_called
from meetings.reopening import met_since
from meetings.starting import unstart_meeting
from meetings.texts import meeting as texts
from meetings.views.meeting_page import meeting_page
from members.access import MemberRequest, ensure, ensure_member
from members.actor import Actor
from members.models import Member
from members.rules import follows_from_the_side


def get_meeting(request: MemberRequest, pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("chair__organisation", "secretary__organisation")
    read = with_called(meetings).annotate(has_met_since=met_since())  # type: ignore[no-redef]  # fills the attribute
    return get_object_or_404(read, pk=pk)


def get_run_meeting(request: MemberRequest, pk: int) -> Meeting:
    """A meeting that the member leads or writes in."""
    return ensure(rules.may_run_meeting, request.user, get_meeting(request, pk))


@require_safe
def meeting_list(request: MemberRequest) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user)
    today = timezone.localdate()
    coming = list(meetings.ahead(today).select_related("series"))
    following = next((meeting for meeting in coming if meeting.is_coming), None)
    decided = Decision.with_struck.visible_to(request.user).number_at_each()
    over = with_called(meetings.over(today).with_outcome()).annotate(decided=decided)
    page = paginate(request, over.select_related("state_by"))
    context = {
        "next": following,
        "headline": _calendar_headline(request.user, following),
        "later": [meeting for meeting in coming if meeting != following],
        "follows": follows_from_the_side(request.user),
        "page": page,
        "may_follow": rules.may_follow_meetings(request.user),
        "may_read_minutes": rules.may_read_minutes(request.user),
        "may_plan": rules.may_plan_meeting(request.user),
        "series": MeetingSeries.objects.order_by("pk") if rules.may_plan_meeting(request.user) else [],
    }
    return render(request, "meetings/meeting_list.html", context)


def _calendar_headline(member: Member, following: Meeting | None) -> str:
    """The headline of the calendar; for one who sees no planned meeting it does not say that none is planned."""
    if not member.is_in_group and not following:
        return "Gruppens möten"
    return texts.calendar_headline(following, timezone.localdate())


@require_safe_or_post
def meeting_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_plan_meeting, request.user)
    form = MeetingForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "meetings/meeting_create.html", {"form": form})


@require_safe_or_post
def meeting_extra(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_plan_meeting, request.user)
    form = ExtraMeetingForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "meetings/meeting_extra.html", {"form": form})


@require_safe_or_post
def meeting_enter(request: MemberRequest) -> HttpResponse:
    """Enter a meeting that was held before it came to the register."""
    ensure_member(rules.may_plan_meeting, request.user)
    files = request.FILES if request.method == "POST" else None
    form = OnPaperForm(posted(request), files, by=request.user)
    return save_once(request, form) or render(request, "meetings/meeting_enter.html", {"form": form})


@require_safe
def meeting_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return meeting_page(request, get_meeting(request, pk))


@require_safe_or_post
def meeting_change(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingChangeForm(posted(request), meeting=meeting, by=request.user)
    context = {"form": form, "meeting": meeting}
    return save_once(request, form) or render(request, "meetings/meeting_change.html", context)


@require_POST
def meeting_start(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = MeetingStartForm(request.POST, meeting=meeting, by=request.user)
    if form.asks:
        return redirect(f"{meeting.get_absolute_url()}?starta=1#starta")
    if response := save_once(request, form):
        return response
    if "held_from" in form.errors:  # beside its field, where it was typed
        question = texts.start_question(meeting, timezone.localdate())
        return meeting_page(request, meeting, start_form=form, start_question=question)
    return refused(request, form, meeting)


@require_POST
def meeting_unstart(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    with flash_refusals(request):
        unstart_meeting(meeting, by=Actor.of(request.user), entry=request.POST.get("entry", ""))
        messages.success(request, "Mötet är inte startat. Dagordningen följer registret igen.")
    return redirect(meeting)
