"""The views of escalating: an action is lifted, decided on above, that is taken back; and to whom each kind's goes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from issues import rules
from issues.forms.escalation import EscalateForm, EscalationPathsForm, RuleForm, WithdrawEscalationForm
from issues.models import Action, Escalation
from issues.views.action import steer
from issues.way_back import leading_back
from members.access import MemberRequest, ensure, ensure_member


@require_POST
def action_escalate(request: MemberRequest, pk: int) -> HttpResponse:
    return steer(request, pk, EscalateForm)


@require_POST
def action_rule(request: MemberRequest, pk: int) -> HttpResponse:
    return steer(request, pk, RuleForm)


@require_POST
def escalation_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Escalation.objects.filter(action__in=Action.objects.visible_to(request.user).values("pk"))
    found = get_object_or_404(rows.select_related("action__issue", "assignment"), pk=pk)
    ensure(rules.may_steer_action, request.user, found.action)
    form = WithdrawEscalationForm(request.POST, escalation=found, by=request.user)
    return save_once(request, form, then=leading_back(request)) or refused(request, form, found.action)


@require_safe_or_post
def escalation_paths(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_triage, request.user)
    form = EscalationPathsForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "issues/escalation_paths.html", {"form": form})
