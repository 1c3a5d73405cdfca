"""When the meetings are, for a member's own calendar: the page of her address, and what the calendar reads there."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_POST, require_safe

from base.ui.once import refused, save_once
from meetings.feed import feed_file, read, token_for
from meetings.forms.feed import ChangeFeedForm, EndFeedForm, FeedForm, MakeFeedForm
from meetings.models import CalendarFeed
from members.access import MemberRequest


@require_safe
def calendar_feed(request: MemberRequest) -> HttpResponse:
    feed = CalendarFeed.objects.filter(member=request.user).first()
    address = feed and settings.ADDRESS + reverse("calendar_feed_file", args=[token_for(feed)])
    context = {"address": address, "subscribe": address and f"webcal:{address.partition(':')[2]}"}
    return render(request, "meetings/calendar_feed.html", context)


@require_POST
def calendar_feed_make(request: MemberRequest) -> HttpResponse:
    return _pressed(request, MakeFeedForm)


@require_POST
def calendar_feed_change(request: MemberRequest) -> HttpResponse:
    return _pressed(request, ChangeFeedForm)


@require_POST
def calendar_feed_end(request: MemberRequest) -> HttpResponse:
    return _pressed(request, EndFeedForm)


def _pressed(request: MemberRequest, form_class: type[FeedForm]) -> HttpResponse:
    form = form_class(request.POST, by=request.user)
    return save_once(request, form) or refused(request, form, "calendar_feed")


@login_not_required
@require_safe
@conditional_page
def calendar_feed_file(request: HttpRequest, token: str) -> HttpResponse:
    member = read(token)
    if not member:
        raise Http404
    return HttpResponse(feed_file(member), content_type="text/calendar; charset=utf-8")
