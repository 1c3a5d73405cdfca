"""The view that takes back an observation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from issues import rules
from issues.forms.withdrawal import WithdrawObservationForm
from issues.views.observation import get_observation
from members.access import MemberRequest, ensure


@require_safe_or_post
def observation_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    observation = ensure(rules.may_withdraw_observation, request.user, get_observation(request, pk))
    form = WithdrawObservationForm(posted(request), observation=observation, by=request.user)
    context = {"form": form, "observation": observation, "may_withdraw": observation.may_be_corrected}
    return save_once(request, form) or render(request, "issues/observation_withdraw.html", context)
