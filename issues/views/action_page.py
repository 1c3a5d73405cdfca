"""The page of one action, also when a step on it was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from base.swedish.words import day_and_month
from base.ui.once import save_once
from base.ui.undo import Undo, tells_of
from issues import rules
from issues.counting import ObservationCount
from issues.escalating import suggested
from issues.forms.action_step import ActionForm, CancelForm, HandOverForm, ProposeForm
from issues.forms.answer import ANSWERS
from issues.forms.escalation import EscalateForm, RuleForm, undo_of_escalation
from issues.forms.handling import handling_steps
from issues.forms.promise import PROGRESS, FinishForm, is_late
from issues.forms.remind import RemindForm
from issues.forms.taking_back import undo_of_answer, undo_of_done
from issues.forms.void_link import VoidLinkForm
from issues.models import Action, DoneReport, Escalation
from issues.models.answer import TIME_TO_CHECK, TIME_TO_WITHDRAW, time_to_withdraw
from issues.opening import tell_opened
from issues.texts.striking import taken_back_words
from issues.way_back import WayBack, way_back
from members.access import MemberRequest
from members.actor import Channel
from members.models import Member

STEERING = (RemindForm, RuleForm, EscalateForm, ProposeForm, HandOverForm, CancelForm, VoidLinkForm)
"""The samordnare's steps."""


def get_action(request: MemberRequest, pk: int) -> Action:
    action: Action = get_object_or_404(
        Action.objects.visible_to(request.user).with_assignments().with_reminders(), pk=pk
    )
    tell_opened(request, issue=action.issue)
    return action


def take_step(request: MemberRequest, form: ActionForm) -> HttpResponse:
    """Save the step and go on to the action, or to where one came from; refused, the page that it was sent from, with
    what was typed.
    """
    way = way_back(request)
    form.lead_back(way)

    def go_on(saved: Action) -> Any:
        if way and way.answered:
            way.answered.finish()
        return way.url if way else saved

    first = partial(way.answered.begin, form) if way and way.answered else None
    if response := save_once(request, form, first=first, then=go_on):
        return response
    there = way.answered.refused(form) if way and way.answered else None
    return there or action_page(request, get_action(request, form.action.pk), form)


def action_page(request: MemberRequest, action: Action, refused: ActionForm | None = None) -> HttpResponse:
    """The page with every step that the member may take now, and `refused` even when it no longer may be taken."""
    way = way_back(request)
    context = {
        "action": action,
        "trail": [handover for handover in action.assignments.all() if handover.is_answered or handover.ended_at],
        "observed": ObservationCount.of(action.issue, request.user),
        "take_back": take_back(request, action),
        "taken_back": taken_back_words(action) if action.state == Action.State.CANCELLED else "",
        "suggestion": _suggestion(action, request.user),
        "refused": refused,
        "way_back": way,
        **offered_steps(action, request.user, refused, way),
    }
    return render(request, "issues/action_detail.html", context)


def _suggestion(action: Action, member: Member) -> str:
    """What the register suggests to the samordnare."""
    return (
        suggested([action], timezone.localdate()).get(action.pk, "") if rules.may_steer_action(member, action) else ""
    )


@dataclass(frozen=True)
class TakeBack:
    """The button that takes back what was said last, and until when it can be: klockan 14.05."""

    words: str
    undo: Undo
    until: str


def take_back(request: MemberRequest, action: Action) -> TakeBack | None:
    """What she can still take back; None where there is nothing, or the message of it has "Ångra" beside it."""
    member = request.user
    found = take_back_escalation(action, member) or take_back_done(action, member) or take_back_answer(action, member)
    return None if found and tells_of(request, found.undo) else found


def take_back_escalation(action: Action, member: Member) -> TakeBack | None:
    latest = Escalation.of(action)
    if not latest or not rules.may_steer_action(member, action) or latest.why_it_stands(timezone.now()):
        return None
    words = "Ta tillbaka beslutet" if latest.ruling else "Ta tillbaka eskaleringen"
    return TakeBack(words, undo_of_escalation(latest), f"klockan {latest.last_minute}")


def take_back_done(action: Action, member: Member) -> TakeBack | None:
    now, leads = timezone.now(), member.is_coordinator
    if action.done_at is None or action.done_at + (TIME_TO_CHECK if leads else TIME_TO_WITHDRAW) < now:
        return None
    report = DoneReport.of(action)
    if report is None or report.why_it_stands(now, leads=leads) or not rules.may_withdraw_done(member, action):
        return None
    until = until_when(report.event.at, report.event.channel, leads=leads)
    return TakeBack("Ta tillbaka att det är klart", undo_of_done(action), until)


def take_back_answer(action: Action, member: Member) -> TakeBack | None:
    latest = max((one for one in action.assignments.all() if one.answer), key=lambda one: one.pk, default=None)
    leads = member.is_coordinator
    if not latest or not latest.answer or not latest.answer.is_withdrawable(timezone.now(), leads=leads):
        return None
    if not rules.may_withdraw_answer(member, latest) or action.why_it_stands(latest.answer):
        return None
    until = until_when(latest.answer.given_at, latest.answer.channel, leads=leads)
    return TakeBack("Ta tillbaka svaret", undo_of_answer(latest), until)


def until_when(said_at: datetime, channel: str, *, leads: bool) -> str:
    """Until when what was said may be taken back: klockan 14.05 · 13 december."""
    until = timezone.localtime(said_at + time_to_withdraw(channel, leads=leads))
    if leads and channel == Channel.LINK:
        return day_and_month(until.date(), today=timezone.localdate())
    return f"klockan {until:%H.%M}"


def offered_steps(action: Action, member: Member, refused: ActionForm | None, way: WayBack | None) -> dict[str, Any]:
    """The steps by side, and the unfolded one: the refused, else what the member is to do first, or came to do."""
    on_behalf = rules.answers_on_behalf(member, action.current)
    may_answer = rules.may_answer(member, action.current)
    answers = steps(ANSWERS, action, member, refused, may=may_answer)
    progress = steps(PROGRESS, action, member, refused, may=rules.may_report_progress(member, action))
    kept = steps(handling_steps(action, member, refused), action, member, refused, may=may_answer)
    steering = steps(STEERING, action, member, refused, may=rules.may_steer_action(member, action))
    hers = steering if action.is_with_the_group else [] if on_behalf and not way else answers
    for form in (*answers, *progress, *kept, *steering):
        form.lead_back(way)
    return {
        "on_behalf": on_behalf,
        "answers": answers,
        "progress": progress,
        "handling": kept,
        "steering": steering,
        "unfolded": refused or next(iter(hers), None) or (None if on_behalf else first_of_late(progress, action)),
    }


def first_of_late(offered: Sequence[ActionForm], action: Action) -> ActionForm | None:
    """The step that reports it done, where it is late: that is waited for, or another day."""
    return next((form for form in offered if isinstance(form, FinishForm)), None) if is_late(action) else None


def steps(
    kinds: Sequence[type[ActionForm]], action: Action, member: Member | None, refused: ActionForm | None, *, may: bool
) -> list[ActionForm]:
    """A form for each step that may be taken, by link without a member; the refused form in the place of its kind."""
    return [
        refused if isinstance(refused, kind) else kind(assignment=action.current, by=member)
        for kind in kinds
        if isinstance(refused, kind) or (may and kind.is_offered(action))
    ]
