"""The views by which a member follows an issue and stops following it."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from base.ui.once import refused, save_once
from issues import rules
from issues.forms.follow import FollowForm, UnfollowForm
from issues.views.issue import get_issue
from members.access import MemberRequest, ensure


@require_POST
def issue_follow(request: MemberRequest, number: str) -> HttpResponse:
    issue = ensure(rules.may_be_follower, request.user, get_issue(request, number))
    form = FollowForm(request.POST, issue=issue, by=request.user)
    return save_once(request, form) or refused(request, form, issue)


@require_POST
def issue_unfollow(request: MemberRequest, number: str) -> HttpResponse:
    issue = ensure(rules.may_be_follower, request.user, get_issue(request, number))
    form = UnfollowForm(request.POST, issue=issue, by=request.user)
    return save_once(request, form) or refused(request, form, issue)
