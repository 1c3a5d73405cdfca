"""The page of who gets the minutes for information."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from meetings import rules
from meetings.forms.copies import CopiesForm
from members.access import MemberRequest, ensure_member


@require_safe_or_post
def copies(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_choose_copies, request.user)
    form = CopiesForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "meetings/copies.html", {"form": form})
