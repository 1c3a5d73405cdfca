"""The page of one action, which every step with it comes back to when something typed could not be saved."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from issues import rules
from issues.forms.assignment import ANSWERS
from issues.forms.progress import PROGRESS
from issues.forms.steering import STEERING
from issues.forms.step import StepForm
from issues.models import Action, Observed
from members.access import MemberRequest
from members.models import Member
from temagrupp.ui.once import sent_once


def get_action(request: MemberRequest, pk: int) -> Action:
    return get_object_or_404(Action.objects.visible_to(request.user).with_trail().with_moved_dates(), pk=pk)


def take_step(request: MemberRequest, form: StepForm) -> HttpResponse:
    """Save the step and go back to the action; otherwise its page, the form unfolded with all that was typed."""
    return sent_once(request, form) or action_page(request, get_action(request, form.action.pk), form)


def action_page(request: MemberRequest, action: Action, refused: StepForm | None = None) -> HttpResponse:
    """The page with every step that this member can take now; `refused` stands there though its time has passed."""
    member, current = request.user, action.current
    on_behalf = rules.answers_on_behalf(member, current)
    answers = steps(ANSWERS, action, member, refused, may=rules.may_answer(member, current))
    progress = steps(PROGRESS, action, member, refused, may=rules.may_report_progress(member, action))
    steering = steps(STEERING, action, member, refused, may=rules.may_steer_action(member, action))
    hers = steering if action.state == Action.State.QUESTION else [] if on_behalf else answers
    context = {
        "action": action,
        "trail": [handover for handover in action.assignments.all() if handover.is_answered or handover.ended_at],
        "observed": Observed.of(action.issue, member),
        "on_behalf": on_behalf,
        "answers": answers,
        "progress": progress,
        "steering": steering,
        "unfolded": refused or next(iter(hers), None),
    }
    return render(request, "issues/action_detail.html", context)


def steps(
    kinds: Sequence[type[StepForm]], action: Action, member: Member, refused: StepForm | None, *, may: bool
) -> list[StepForm]:
    """A fresh form for each step that may be taken; the refused one in the place of its kind, or first."""
    fresh = [kind(assignment=action.current, by=member) for kind in kinds if may and kind.is_offered(action)]
    if refused is None or type(refused) not in kinds:
        return fresh
    others = [form for form in fresh if type(form) is not type(refused)]
    place = len([form for form in others if kinds.index(type(form)) < kinds.index(type(refused))])
    return [*others[:place], refused, *others[place:]]
