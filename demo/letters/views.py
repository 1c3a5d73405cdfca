"""Demons brev: every mail that the demo would have sent, as it would have been read."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demo.letters import box
from members.access import MemberRequest

OF_A_MAIL = {"style-src": ["'unsafe-inline'"], "script-src": [NONE], "img-src": [NONE], "connect-src": [NONE]}
"""What a mail may do: its styles stand in itself, and it fetches nothing."""


def get_letter(number: int) -> box.CaughtLetter:
    letter = box.letter(number)
    if letter is None:
        raise Http404
    return letter


@require_safe
def letter_list(request: MemberRequest) -> HttpResponse:
    return render(request, "demo/letter_list.html", {"letters": box.letters()})


@require_safe
def letter_detail(request: MemberRequest, number: int) -> HttpResponse:
    return render(request, "demo/letter_detail.html", {"letter": get_letter(number)})


@csp_replace(OF_A_MAIL)  # type: ignore[untyped-decorator]
@require_safe
def letter_html(request: MemberRequest, number: int) -> HttpResponse:
    return HttpResponse(get_letter(number).html)
