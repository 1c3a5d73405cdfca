"""The page of a link in a mail that is none, or none any longer: one for whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from members.limits import LimitReached, count_broken_link


def broken_link(request: HttpRequest, template: str, told: Mapping[str, object] | None = None) -> HttpResponse:
    """The page (410) in that template, told what it is to tell; a 429 where too many have been tried."""
    try:
        count_broken_link(request)
    except LimitReached:
        refused: HttpResponse = respond_429(request)
        return refused
    return render(request, template, told, status=410)
