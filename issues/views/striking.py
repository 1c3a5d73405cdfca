"""The views that strike an issue that was opened by mistake, and restore it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from issues.forms.striking import RestoreForm, StrikeForm
from issues.striking import why_it_stands
from issues.texts.striking import follows
from issues.views.issue import get_issue_to_steer
from members.access import MemberRequest


@require_safe_or_post
def issue_strike(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = StrikeForm(posted(request), issue=issue, by=request.user)
    if done := save_once(request, form):
        return done
    told = {"stands": why_it_stands(issue), "follows": follows(issue, request.user)}
    context = {"form": form, "issue": issue, **told}
    return render(request, "issues/issue_strike.html", context)


@require_POST
def issue_restore(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = RestoreForm(request.POST, issue=issue, by=request.user)
    return save_once(request, form) or refused(request, form, issue)
