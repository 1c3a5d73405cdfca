"""The views of the answers, of withdrawing one, and of an organisation's own handling; POST alone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from base.ui.once import refused, save_once
from issues import rules
from issues.forms.action_step import ActionForm, Side
from issues.forms.answer import AcceptForm, AlreadyDoneForm, AskForm, DeclineForm, PassOnForm
from issues.forms.handling import HandlingForm, HandToForm, TakeOnForm
from issues.forms.taking_back import WithdrawAnswerForm
from issues.models import Action, Assignment
from issues.views.action_page import take_step
from issues.way_back import leading_back, way_back
from members.access import MemberRequest, ensure


def get_assignment(request: MemberRequest, pk: int) -> Assignment:
    rows = Assignment.objects.on(Action.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("action__issue", "organisation", "answer"), pk=pk)


@require_POST
def assignment_accept(request: MemberRequest, pk: int) -> HttpResponse:
    return answer(request, pk, AcceptForm)


@require_POST
def assignment_already_done(request: MemberRequest, pk: int) -> HttpResponse:
    return answer(request, pk, AlreadyDoneForm)


@require_POST
def assignment_decline(request: MemberRequest, pk: int) -> HttpResponse:
    return answer(request, pk, DeclineForm)


@require_POST
def assignment_ask(request: MemberRequest, pk: int) -> HttpResponse:
    return answer(request, pk, AskForm)


@require_POST
def assignment_pass_on(request: MemberRequest, pk: int) -> HttpResponse:
    return answer(request, pk, PassOnForm)


@require_POST
def answer_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    assignment = ensure(rules.may_withdraw_answer, request.user, get_assignment(request, pk))
    form = WithdrawAnswerForm(request.POST, assignment=assignment, by=request.user)
    return save_once(request, form, then=leading_back(request)) or refused(request, form, assignment.action)


@require_POST
def assignment_handling(request: MemberRequest, pk: int) -> HttpResponse:
    return answer(request, pk, HandlingForm)


@require_POST
def assignment_hand_to(request: MemberRequest, pk: int) -> HttpResponse:
    return answer(request, pk, HandToForm)


@require_POST
def assignment_take_on(request: MemberRequest, pk: int) -> HttpResponse:
    assignment = ensure(rules.may_take_on, request.user, get_assignment(request, pk))
    return take_step(request, TakeOnForm(request.POST, assignment=assignment, by=request.user))


def answer(request: MemberRequest, pk: int, form: type[ActionForm]) -> HttpResponse:
    """Save what is said, or kept, for the organisation. Who was asked may always try, and is told who was first."""
    assignment, way = get_assignment(request, pk), way_back(request)
    if not (way and way.answered and form.side == Side.ANSWER and way.answered.may_answer(assignment)):
        ensure(rules.may_answer, request.user, assignment)
    return take_step(request, form(request.POST, assignment=assignment, by=request.user))
