"""The views of observations: reporting, correcting, the list, and one observation."""

import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, proposed, save_once
from base.ui.pagination import paginate
from issues import rules
from issues.filters.observation import ObservationFilter
from issues.forms.report import CorrectForm, ReportForm
from issues.models import Issue, Observation
from issues.numbers import NUMBER
from issues.opening import tell_opened
from issues.suggesting import suggest
from members.access import MemberRequest, ensure, ensure_member


def get_observation(request: MemberRequest, pk: int) -> Observation:
    rows = Observation.objects.visible_to(request.user).with_related().with_issue_for(request.user)
    observation: Observation = get_object_or_404(rows.select_related("state_by"), pk=pk)
    tell_opened(request, observation=observation, issue=observation.issue)
    return observation


@require_safe_or_post
def report(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_report, request.user)
    issue, start = issue_meant(request), proposed(request, where="plats")
    form = ReportForm(posted(request), member=request.user, issue=issue, initial=start)
    return save_once(request, form, then=thanks_for) or render(request, "issues/report.html", {"form": form})


def issue_meant(request: MemberRequest) -> Issue | None:
    """The issue that the address names; None where there is none that she may know of."""
    number = request.GET.get("arende", "")
    visible = Issue.objects.visible_to(request.user).with_related()
    issue = visible.numbered(number).first() if re.fullmatch(NUMBER, number) else None
    tell_opened(request, issue=issue)
    return issue


def thanks_for(observation: Observation) -> str:
    return reverse("issues:report_sent", args=[observation.pk])


@require_safe_or_post
def observation_correct(request: MemberRequest, pk: int) -> HttpResponse:
    observation = ensure(rules.may_correct_observation, request.user, get_observation(request, pk))
    form = CorrectForm(posted(request), member=request.user, instance=observation)
    context = {"form": form, "observation": observation}
    return save_once(request, form) or render(request, "issues/observation_correct.html", context)


@require_safe
def report_sent(request: MemberRequest, pk: int) -> HttpResponse:
    own = Observation.objects.reported_by(request.user).with_related().with_issue_for(request.user)
    observation = get_object_or_404(own, pk=pk)
    may_correct = rules.may_correct_observation(request.user, observation) and observation.may_be_corrected
    return render(request, "issues/report_sent.html", {"observation": observation, "may_correct": may_correct})


@require_safe
def observation_list(request: MemberRequest) -> HttpResponse:
    chosen = ObservationFilter(request.GET, member=request.user)
    waiting = chosen.base.to_triage().count()
    page = paginate(request, chosen.rows)
    shown = {
        "filter": chosen,
        "page": page,
        "headline": chosen.headline(page, waiting),
        "may_report": rules.may_report(request.user),
        "may_follow": rules.may_follow_issues(request.user),
        "may_read": rules.may_read_observations(request.user),
        "may_triage": waiting and rules.may_triage(request.user),
    }
    return render(request, "issues/observation_list.html", shown)


@require_safe
def observation_detail(request: MemberRequest, pk: int) -> HttpResponse:
    observation, member = get_observation(request, pk), request.user
    may_triage = rules.may_triage(member)
    suggestion = suggest([observation], member).get(pk) if may_triage and observation.is_new else None
    return render(
        request,
        "issues/observation_detail.html",
        {
            "observation": observation,
            "suggestion": suggestion,
            "may_triage": may_triage,
            "may_correct": rules.may_correct_observation(member, observation) and observation.may_be_corrected,
            "may_see_reporter": rules.may_see_reporter(member, observation),
        },
    )
