"""The views of issues: the list, one issue, and the samordnare's steps."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from base.ui.once import posted, refused, save_once
from base.ui.pagination import paginate
from issues import rules
from issues.counting import FeedbackRecipients
from issues.filters.issue import IssueFilter
from issues.forms.issue import IssueChangeForm, IssueForm
from issues.forms.issue_steps import CloseForm, PauseForm, ReopenForm, ResumeForm
from issues.models import Issue, with_actions, with_row_facts
from issues.texts.evidence import audience_words
from issues.views.issue_pages import list_page, whole_issue
from members.access import MemberRequest, ensure, ensure_member


def get_issue(request: MemberRequest, number: str) -> Issue:
    """The issue with the actions that the member may see. Raises Http404 when she may not see the issue."""
    visible = Issue.objects.visible_to(request.user).numbered(number).with_related().select_related("opened_by")
    return get_object_or_404(with_actions(visible, request.user))


def get_issue_to_steer(request: MemberRequest, number: str) -> Issue:
    return ensure(rules.may_steer_issue, request.user, get_issue(request, number))


@require_GET
def issue_list(request: MemberRequest) -> HttpResponse:
    chosen = IssueFilter(request.GET, member=request.user)
    rows = with_row_facts(chosen.rows, request.user).last_happened_first()
    page = paginate(request, rows)
    return render(request, "issues/issue_list.html", list_page(chosen, page))


@require_http_methods(["GET", "POST"])
def issue_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_create_issue, request.user)
    form = IssueForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "issues/issue_create.html", {"form": form})


@require_GET
def issue_detail(request: MemberRequest, number: str) -> HttpResponse:
    return render(request, "issues/issue_detail.html", whole_issue(request, get_issue(request, number)))


@require_http_methods(["GET", "POST"])
def issue_change(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = IssueChangeForm(posted(request), instance=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_change.html", {"form": form, "issue": issue})


@require_http_methods(["GET", "POST"])
def issue_close(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    under_way = issue.actions.open()  # of those that get_issue brought
    audience = audience_words(FeedbackRecipients.of(issue, request.user))
    form = CloseForm(posted(request), issue=issue, by=request.user, audience=audience, under_way=bool(under_way))
    context = {"form": form, "issue": issue, "under_way": under_way}
    return save_once(request, form) or render(request, "issues/issue_close.html", context)


@require_http_methods(["GET", "POST"])
def issue_pause(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = PauseForm(posted(request), issue=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_pause.html", {"form": form, "issue": issue})


@require_POST
def issue_resume(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = ResumeForm(request.POST, issue=issue, by=request.user)
    return save_once(request, form) or refused(request, form, issue)


@require_http_methods(["GET", "POST"])
def issue_reopen(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = ReopenForm(posted(request), issue=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_reopen.html", {"form": form, "issue": issue})
