"""The series in which the group meets: made, changed, planned from, ended."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import flash_refusals, posted, refused, save_once
from base.ui.undo import flash
from meetings import rules
from meetings.forms.series import SeriesChangeForm, SeriesEndForm, SeriesForm, SeriesPlanForm
from meetings.models import MeetingSeries
from meetings.series import year_ahead
from members.access import MemberRequest, ensure_member
from members.actor import Actor


def get_series(request: MemberRequest, pk: int) -> MeetingSeries:
    ensure_member(rules.may_plan_meeting, request.user)
    return get_object_or_404(MeetingSeries, pk=pk)


@require_safe_or_post
def series_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_plan_meeting, request.user)
    form = SeriesForm(posted(request), by=request.user)
    return save_once(request, form, then=_planning) or render(request, "meetings/series_create.html", {"form": form})


@require_safe_or_post
def series_change(request: MemberRequest, pk: int) -> HttpResponse:
    series = get_series(request, pk)
    form = SeriesChangeForm(posted(request), series=series, by=request.user)
    context = {"form": form, "series": series}
    return save_once(request, form, then=_planning) or render(request, "meetings/series_change.html", context)


@require_safe_or_post
def series_plan(request: MemberRequest, pk: int) -> HttpResponse:
    series = get_series(request, pk)
    year = year_ahead(series, today=timezone.localdate())
    form = SeriesPlanForm(posted(request), series=series, year=year, by=request.user)
    context = {"form": form, "series": series, "year": year}
    return save_once(request, form) or render(request, "meetings/series_plan.html", context)


@require_POST
def series_end(request: MemberRequest, pk: int) -> HttpResponse:
    form = SeriesEndForm(request.POST, series=get_series(request, pk), by=request.user)
    return save_once(request, form) or refused(request, form, "meetings:list")


@require_POST
def series_resume(request: MemberRequest, pk: int) -> HttpResponse:
    series, further = get_series(request, pk), reverse("meetings:list")
    with flash_refusals(request, at=further):
        series.resume(by=Actor.of(request.user))
        flash(request, f"Serien ”{series}” fortsätter.", at=further)
    return HttpResponseRedirect(further)


def _planning(series: MeetingSeries) -> str:
    return reverse("meetings:series_plan", args=[series.pk])
