"""The views of observations: reporting, correcting, the list, and one observation."""

import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.swedish.passages import MASK
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, proposed, save_once
from base.ui.pagination import paginate
from issues import rules
from issues.filters.observation import ObservationFilter
from issues.forms.report import CorrectForm, ReportForm
from issues.models import Issue, Observation, Tombstone
from issues.numbers import NUMBER
from issues.opening import tell_opened
from issues.suggesting import suggest
from issues.texts.observation import withdrawn_words
from members.access import MemberRequest, ensure, ensure_member
from members.models import Member


def get_observation(request: MemberRequest, pk: int) -> Observation:
    observation = find_observation(request, pk)
    tell_opened(request, observation=observation, issue=observation.issue)
    return observation


def find_observation(request: MemberRequest, pk: int) -> Observation:
    """The observation, where it is not opened. Raises Http404 when she may not see it."""
    known = Observation.with_withdrawn.visible_to(request.user).remaining_for(request.user)
    rows = known.with_related().with_issue_for(request.user).select_related("state_by")
    observation: Observation = get_object_or_404(rows, pk=pk)
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
    if observation.is_withdrawn and request.method != "POST":
        return redirect(observation)
    form = CorrectForm(posted(request), member=request.user, instance=observation)
    context = {"form": form, "observation": observation}
    return save_once(request, form) or render(request, "issues/observation_correct.html", context)


@require_safe
def report_sent(request: MemberRequest, pk: int) -> HttpResponse:
    own = Observation.with_withdrawn.reported_by(request.user).with_related().with_issue_for(request.user)
    observation = get_object_or_404(own, pk=pk)
    if observation.is_withdrawn:
        return redirect(observation)
    shown = {"observation": observation, **may(request.user, observation)}
    return render(request, "issues/report_sent.html", shown)


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
    if observation.is_withdrawn:
        return what_is_left(request, observation)
    may_triage = rules.may_triage(member)
    suggestion = suggest([observation], member).get(pk) if may_triage and observation.is_new else None
    return render(
        request,
        "issues/observation_detail.html",
        {
            "observation": observation,
            "suggestion": suggestion,
            "may_triage": may_triage,
            **may(member, observation),
            "has_mask": MASK in observation.text,
            "may_see_reporter": rules.may_see_reporter(member, observation),
        },
    )


def what_is_left(request: MemberRequest, observation: Observation) -> HttpResponse:
    """The page of one that was taken back: who did, when and why."""
    tombstone = Tombstone.of(observation, str(observation.pk))
    shown = {
        "tombstone": tombstone,
        "sentence": withdrawn_words(tombstone, request.user),
        "may_report": rules.may_report(request.user),
    }
    return render(request, "issues/observation_withdrawn.html", shown)


def may(member: Member, observation: Observation) -> dict[str, bool]:
    """What she may do with her own observation as it is, for the template: correct it and take it back, or neither."""
    is_hers = rules.may_withdraw_observation(member, observation)
    may_correct = is_hers and observation.may_be_corrected
    return {"may_correct": may_correct, "is_fixed": is_hers and not may_correct}
