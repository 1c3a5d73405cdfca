"""The start page: what each role came for, first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from members.access import MemberRequest


@require_GET
def start(request: MemberRequest) -> HttpResponse:
    return render(request, "start.html")
