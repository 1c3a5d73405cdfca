"""The views of actions: the list, proposing, and the steps that are not answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from base.documents.table_file import CSV, EXCEL
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.pagination import paginate
from issues import rules
from issues.filters.own_actions import action_filter
from issues.forms.action import ProposalForm
from issues.forms.action_step import ActionForm, CancelForm, HandOverForm, ProposeForm
from issues.forms.promise import ChangeDateForm, FinishForm, ProgressForm, ReviewForm, StartForm
from issues.forms.remind import RemindForm
from issues.forms.taking_back import WithdrawDoneForm, WithdrawProgressForm
from issues.forms.void_link import VoidLinkForm
from issues.models import Action, Issue, Progress
from issues.texts.action_table import action_table
from issues.views.action_page import action_page, get_action, take_step
from issues.way_back import leading_back
from members.access import MemberRequest, ensure, ensure_member


@require_safe_or_post
def action_create(request: MemberRequest, number: str) -> HttpResponse:
    found = get_object_or_404(Issue.with_struck.visible_to(request.user).numbered(number))
    issue = ensure(rules.may_steer_issue, request.user, found)
    form = ProposalForm(posted(request), issue=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/action_create.html", {"form": form, "issue": issue})


@require_safe
def action_list(request: MemberRequest) -> HttpResponse:
    chosen = action_filter(request.GET, member=request.user)
    page = paginate(request, chosen.rows, total=chosen.total)
    context = {
        "filter": chosen,
        "page": page,
        "parts": chosen.divided(page),
        "may_follow": rules.may_follow_issues(request.user),
        "may_triage": rules.may_triage(request.user),
    }
    return render(request, chosen.template, context)


@require_safe
def action_list_csv(request: MemberRequest) -> HttpResponse:
    return action_file(request, CSV)


@require_safe
def action_list_excel(request: MemberRequest) -> HttpResponse:
    return action_file(request, EXCEL)


def action_file(request: MemberRequest, kind: str) -> HttpResponse:
    """What the list shows with the same address, every page of it, as a table; without what is restricted."""
    ensure_member(rules.may_follow_issues, request.user)
    chosen = action_filter(request.GET, member=request.user)
    return action_table(chosen.exported, chosen.file_name, chosen.today).response(kind)


@require_safe
def action_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return action_page(request, get_action(request, pk))


@require_POST
def action_propose(request: MemberRequest, pk: int) -> HttpResponse:
    return steer(request, pk, ProposeForm)


@require_POST
def action_hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    return steer(request, pk, HandOverForm)


@require_POST
def action_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    return steer(request, pk, CancelForm)


@require_POST
def action_remind(request: MemberRequest, pk: int) -> HttpResponse:
    return steer(request, pk, RemindForm)


@require_POST
def action_void_link(request: MemberRequest, pk: int) -> HttpResponse:
    return steer(request, pk, VoidLinkForm)


@require_POST
def action_start(request: MemberRequest, pk: int) -> HttpResponse:
    return report_progress(request, pk, StartForm)


@require_POST
def action_finish(request: MemberRequest, pk: int) -> HttpResponse:
    return report_progress(request, pk, FinishForm)


@require_POST
def done_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Action.objects.visible_to(request.user).with_current(), pk=pk)
    action = ensure(rules.may_withdraw_done, request.user, found)
    form = WithdrawDoneForm(request.POST, action=action, by=request.user)
    return save_once(request, form, then=leading_back(request)) or refused(request, form, action)


@require_POST
def action_progress(request: MemberRequest, pk: int) -> HttpResponse:
    return report_progress(request, pk, ProgressForm)


@require_POST
def progress_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Progress.objects.filter(assignment__action__in=Action.objects.visible_to(request.user).values("pk"))
    rows = rows.select_related("assignment__action__issue", "assignment__organisation")
    progress = ensure(rules.may_withdraw_progress, request.user, get_object_or_404(rows, pk=pk))
    form = WithdrawProgressForm(request.POST, progress=progress, by=request.user)
    return save_once(request, form, then=leading_back(request)) or refused(request, form, progress.assignment.action)


@require_POST
def action_review(request: MemberRequest, pk: int) -> HttpResponse:
    return report_progress(request, pk, ReviewForm)


@require_POST
def action_change_date(request: MemberRequest, pk: int) -> HttpResponse:
    return report_progress(request, pk, ChangeDateForm)


def steer(request: MemberRequest, pk: int, form: type[ActionForm]) -> HttpResponse:
    """Take a step of the samordnare's."""
    action = ensure(rules.may_steer_action, request.user, get_action(request, pk))
    return take_step(request, form(request.POST, assignment=action.current, by=request.user))


def report_progress(request: MemberRequest, pk: int, form: type[ActionForm]) -> HttpResponse:
    """Take a step of the organisation that has said yes."""
    action = ensure(rules.may_report_progress, request.user, get_action(request, pk))
    return take_step(request, form(request.POST, assignment=action.current, by=request.user))
