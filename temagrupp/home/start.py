"""The start page: what each role came for, first.

It is a list of panels, each shown to those its rule lets. A member with two roles gets the panels of both;
nothing here asks what she is called.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from issues.rules import may_report, may_triage
from meetings.rules import may_plan_meeting
from members.access import MemberRequest
from members.actor import Actor
from members.models import Member
from members.rules import answers_for_somebody, follows_from_the_side, is_guest
from temagrupp.home.panels import StartPanels
from temagrupp.home.preparation import Preparation
from temagrupp.home.welcome import welcome


@dataclass(frozen=True)
class Panel:
    """One section of the start page, with what it would say in the page's title."""

    name: str
    rule: Callable[[Member], bool]
    headline: Callable[[StartPanels], str] = lambda panels: ""
    otherwise: Callable[[StartPanels], bool] = lambda panels: False
    """What shows it also to one whom the rule does not let."""

    @property
    def template(self) -> str:
        return f"home/_{self.name}.html"


FIRST = (
    Panel("undelivered", lambda member: False, otherwise=lambda panels: bool(panels.undelivered_in_words)),
    Panel(
        "to_approve",
        lambda member: False,
        lambda panels: panels.approvals_in_words,
        otherwise=lambda panels: panels.has_to_approve,
    ),
    Panel("wished", lambda member: False, otherwise=lambda panels: bool(panels.wished)),
    Panel("preparation", may_plan_meeting, lambda panels: Preparation(panels).in_words),
    Panel("questions", answers_for_somebody, lambda panels: panels.answers_in_words),
    Panel("named", lambda member: False, otherwise=lambda panels: panels.has_been_named),
    Panel("open_issues", follows_from_the_side, lambda panels: panels.work_in_words),
    Panel("own_items", is_guest, lambda panels: panels.invitation_in_words),
)
"""What waits on her."""

BESIDE = (
    Panel("meeting", may_report),
    Panel("coverage", may_plan_meeting),
    Panel("minutes", follows_from_the_side),
)
"""The meeting: beside the rest, and on a phone right after what waits on her."""

THEN = (
    Panel("remaining", lambda member: False, otherwise=lambda panels: panels.has_remaining),
    Panel("chase", may_triage),
    Panel("triage", may_triage),
    Panel("news", lambda member: False, otherwise=lambda panels: panels.has_news),
    Panel("promised", answers_for_somebody),
    Panel("feedback", may_report, otherwise=lambda panels: panels.has_reported),
    Panel("followed", lambda member: False, otherwise=lambda panels: panels.has_followed),
    Panel("closed_issues", follows_from_the_side),
)
"""What she follows."""


@require_safe
def start(request: MemberRequest) -> HttpResponse:
    panels = StartPanels(request.user, timezone.localdate())
    first, beside, then = (_shown(each, panels) for each in (FIRST, BESIDE, THEN))
    context = {
        "panels": panels,
        "preparation": Preparation(panels),
        "first": first,
        "beside": beside,
        "then": then,
        "headline": next((words for panel in first if (words := panel.headline(panels))), "Välkommen."),
        "may_report": may_report(request.user),
        "may_triage": may_triage(request.user),
        "welcome": welcome(panels),
    }
    return render(request, "home/start.html", context)


@require_POST
def welcomed(request: MemberRequest) -> HttpResponse:
    request.user.change(by=Actor.of(request.user), welcomed=True)
    return redirect("start")


def _shown(offered: tuple[Panel, ...], panels: StartPanels) -> list[Panel]:
    return [panel for panel in offered if panel.rule(panels.member) or panel.otherwise(panels)]
