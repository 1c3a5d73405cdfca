"""The views of approval: who approves the minutes, and what they say of a version."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from meetings import rules
from meetings.approval_mails import minutes_page, who_gets_wishes
from meetings.approvers import NOT_YET, WRITTEN_AFTERWARDS
from meetings.forms.approving import (
    ApprovalForm,
    ApproveForm,
    ApproversForm,
    OnPaperApprovalForm,
    TakeBackApprovalForm,
    WishForm,
)
from meetings.models import Approver, Minutes
from meetings.models.approval import may_choose
from meetings.models.minutes import called_of
from meetings.texts.approving import who_reads_wishes
from meetings.views.meeting import get_meeting, get_run_meeting
from meetings.views.minutes import get_version
from members.access import MemberRequest, ensure


@require_safe_or_post
def approvers(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose who approves the minutes of a meeting."""
    meeting = get_run_meeting(request, pk)
    form = ApproversForm(posted(request), meeting=meeting, by=request.user)
    context = {
        "meeting": meeting,
        "form": form,
        "may_choose": may_choose(meeting, request.user.group) or bool(form.initial["people"]),
        "called": called_of(meeting, request.user.group),
        "is_off": not request.user.group.approves_minutes,
        "may_change_settings": request.user.is_coordinator,
        "not_yet": NOT_YET if meeting.is_planned else WRITTEN_AFTERWARDS if meeting.is_on_paper else "",
    }
    return save_once(request, form) or render(request, "meetings/approvers.html", context)


@require_POST
def minutes_approve(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    return _step(request, ApproveForm, *_own(request, pk, version))


@require_POST
def minutes_unapprove(request: MemberRequest, pk: int, version: int, approver: int) -> HttpResponse:
    """Take a mark back: her own, or of the samordnare one that is noted on paper."""
    meeting = get_meeting(request, pk)
    minutes = get_version(request, meeting, version)
    hers = Approver.objects.at(meeting)
    if not rules.may_note_approval(request.user, meeting):
        hers = hers.filter(member=request.user)
    return _step(request, TakeBackApprovalForm, minutes, get_object_or_404(hers, pk=approver))


@require_safe_or_post
def minutes_wish(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """Say what is to be put right before she approves."""
    minutes, approver = _own(request, pk, version)
    form = WishForm(posted(request), minutes=minutes, approver=approver, by=request.user)
    told = who_reads_wishes(who_gets_wishes(minutes.meeting, request.user))
    if response := save_once(request, form):
        return response
    stands, _ = Minutes.latest_called(minutes.meeting)
    context = {"form": form, "meeting": minutes.meeting, "minutes": minutes, "told": told, "stands": stands}
    return render(request, "meetings/minutes_wish.html", context)


@require_safe_or_post
def minutes_approve_on_paper(request: MemberRequest, pk: int, version: int, approver: int) -> HttpResponse:
    """Note what somebody has signed on paper."""
    meeting = ensure(rules.may_note_approval, request.user, get_meeting(request, pk))
    minutes = get_version(request, meeting, version)
    row = get_object_or_404(Approver.objects.at(meeting), pk=approver)
    initial = {"signed_on": timezone.localdate()}
    form = OnPaperApprovalForm(posted(request), minutes=minutes, approver=row, by=request.user, initial=initial)
    context = {"form": form, "meeting": meeting, "minutes": minutes, "approver": row}
    return save_once(request, form) or render(request, "meetings/minutes_approve_on_paper.html", context)


def _own(request: MemberRequest, pk: int, version: int) -> tuple[Minutes, Approver]:
    """The version, and the member as one who is or was to approve it; 404 of others."""
    meeting = get_meeting(request, pk)
    minutes = get_version(request, meeting, version)
    return minutes, get_object_or_404(Approver.objects.at(meeting), member=request.user)


def _step(request: MemberRequest, form_class: type[ApprovalForm], minutes: Minutes, approver: Approver) -> HttpResponse:
    form = form_class(request.POST, minutes=minutes, approver=approver, by=request.user)
    back = minutes_page(minutes.meeting)
    return save_once(request, form) or refused(request, form, back)
