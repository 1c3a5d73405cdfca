"""The views that correct minutes which were sent: opening them, saving what is put right, and throwing it away."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from meetings import rules
from meetings.closing_mails import mails_of_closing
from meetings.correcting import NOT_OPEN, correction
from meetings.correction_undoes import undone_by_saving
from meetings.discarding import Stays
from meetings.forms.correcting import (
    CancelCorrectionForm,
    CorrectionForm,
    DiscardCorrectionForm,
    StartCorrectingForm,
)
from meetings.forms.correcting_facts import CorrectFactsForm
from meetings.models import AgendaItem, Meeting
from meetings.models.minutes import called_of
from meetings.texts.correcting import correction_told
from meetings.views.meeting import get_meeting, get_run_meeting
from members.access import MemberRequest, ensure


@require_safe_or_post
def minutes_correct(request: MemberRequest, pk: int) -> HttpResponse:
    """What the correction changes and who is mailed, with the button that saves it."""
    meeting = get_run_meeting(request, pk)
    form = CorrectionForm(posted(request), meeting=meeting, by=request.user)
    if response := save_once(request, form):
        return response
    called = called_of(meeting, request.user.group)
    context = {"meeting": meeting, "form": form, "not_open": NOT_OPEN}
    if meeting.is_being_corrected:
        found = correction(meeting, request.user)
        mails = mails_of_closing(meeting, found.foreseen, request.user)
        form.show(found)
        called = found.latest.called
        context |= {
            "found": found,
            "told": correction_told(meeting),
            "first": AgendaItem.objects.visible_to(request.user).at(meeting).on_agenda().first(),
            "usual_due": request.user.group.answer_due(),
            "undone": undone_by_saving(meeting, found.becomes.content) if found.becomes.changes else [],
            "mails": mails if found.becomes.changes else replace(mails, minutes=[], copies=[]),
        }
    elif not form.is_bound:
        messages.error(request, NOT_OPEN)
        return redirect(minutes_of(meeting))
    else:
        form.submit_label = ""  # it shows what she wrote, and saves it no longer
    context |= {"called": called, "title": f"Rätta {called.definite}"}
    return render(request, "meetings/minutes_correct.html", context)


@require_safe_or_post
def correction_discard(request: MemberRequest, pk: int) -> HttpResponse:
    """All that is thrown away, with the button that does it."""
    meeting = ensure(rules.may_discard_correction, request.user, get_meeting(request, pk))
    form = DiscardCorrectionForm(posted(request), meeting=meeting, by=request.user)
    if response := save_once(request, form):
        return response
    runs = rules.may_run_meeting(request.user, meeting)
    back = reverse("meetings:correct", args=[pk]) if runs and meeting.is_being_corrected else minutes_of(meeting)
    context = {"meeting": meeting, "form": form, "back": back, "called": request.user.group.minutes}
    if meeting.is_being_corrected:
        found = correction(meeting).known_to(request.user)
        form.show(found)
        context |= {"found": found, "called": found.latest.called, "stays": Stays.of(meeting, request.user)}
    elif not form.is_bound:
        messages.error(request, NOT_OPEN)
        return redirect(back)
    return render(request, "meetings/correction_discard.html", context)


@require_safe_or_post
def correct_facts(request: MemberRequest, pk: int) -> HttpResponse:
    """When and where it was held, and who led it, as long as a correction is open."""
    meeting = get_run_meeting(request, pk)
    if not (meeting.is_being_corrected or (meeting.is_closed and request.method == "POST")):
        messages.error(request, NOT_OPEN)
        return redirect(minutes_of(meeting) if meeting.is_closed else meeting)
    form = CorrectFactsForm(posted(request), meeting=meeting, by=request.user)
    context = {"meeting": meeting, "form": form}
    saved = save_once(request, form, then=lambda _: form.leads_to)
    return saved or render(request, "meetings/correct_facts.html", context)


@require_POST
def correction_start(request: MemberRequest, pk: int) -> HttpResponse:
    """Open the minutes to correct them; where somebody does already, lead there."""
    meeting = get_run_meeting(request, pk)
    form = StartCorrectingForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, form.leads_to)


@require_POST
def correction_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = CancelCorrectionForm(request.POST, meeting=meeting, by=request.user)
    return save_once(request, form) or refused(request, form, form.leads_to)


def minutes_of(meeting: Meeting) -> str:
    return reverse("meetings:minutes_detail", args=[meeting.pk])
