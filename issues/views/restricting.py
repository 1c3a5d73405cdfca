"""The views of begränsad spridning: marking and lifting it, who is named, and who has opened what is restricted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from base.ui.pagination import paginate
from issues import rules
from issues.forms.restricting import LiftForm, NameForm, RestrictForm, UnnameForm
from issues.models import AccessGrant, Issue, Observation, Opening
from issues.naming import asked_about, can_be_unnamed, closed_to_all
from issues.opening import tell_opened
from issues.receivers import left_without
from issues.texts.restricting import becomes_visible, pages_of
from issues.views.issue import issue_known_to
from issues.views.observation import find_observation, get_observation
from members.access import MemberRequest, ensure
from members.models import Member


def get_issue_alone(request: MemberRequest, number: str) -> Issue:
    """The issue alone, which is opened. Raises Http404 when she may not see it."""
    issue = find_issue(request, number)
    tell_opened(request, issue=issue)
    return issue


def find_issue(request: MemberRequest, number: str) -> Issue:
    """The issue alone, where it is not opened. Raises Http404 when she may not see it."""
    issue: Issue = get_object_or_404(issue_known_to(request.user, number))
    return issue


def get_issue_to_name_on(request: MemberRequest, number: str) -> Issue:
    return ensure(rules.may_name, request.user, get_issue_alone(request, number))


def get_observation_to_name_on(request: MemberRequest, pk: int) -> Observation:
    return ensure(rules.may_name, request.user, get_observation(request, pk))


@require_safe_or_post
def issue_restrict(request: MemberRequest, number: str) -> HttpResponse:
    issue = ensure(rules.may_restrict_issue, request.user, get_issue_alone(request, number))
    form = RestrictForm(posted(request), issue=issue, by=request.user)
    if done := save_once(request, form):
        return done
    return render(request, "issues/issue_restrict.html", {"form": form, "issue": issue, "asked": asked_about(issue)})


@require_safe_or_post
def issue_lift(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_name_on(request, number)
    form = LiftForm(posted(request), issue=issue, by=request.user)
    if done := save_once(request, form):
        return done
    context = {"form": form, "issue": issue, "becomes_visible": becomes_visible(issue, request.user)}
    return render(request, "issues/issue_lift.html", context)


@require_safe_or_post
def issue_named(request: MemberRequest, number: str) -> HttpResponse:
    return named(request, get_issue_to_name_on(request, number))


@require_safe_or_post
def issue_unname(request: MemberRequest, number: str, member: int) -> HttpResponse:
    return unname(request, get_issue_to_name_on(request, number), member)


@require_safe
def issue_openings(request: MemberRequest, number: str) -> HttpResponse:
    return openings(request, find_issue(request, number))


@require_safe_or_post
def observation_named(request: MemberRequest, pk: int) -> HttpResponse:
    return named(request, get_observation_to_name_on(request, pk))


@require_safe_or_post
def observation_unname(request: MemberRequest, pk: int, member: int) -> HttpResponse:
    return unname(request, get_observation_to_name_on(request, pk), member)


@require_safe
def observation_openings(request: MemberRequest, pk: int) -> HttpResponse:
    return openings(request, find_observation(request, pk))


# The same for an issue and for an observation


def named(request: MemberRequest, thing: Issue | Observation) -> HttpResponse:
    pages = pages_of(thing)
    form = NameForm(posted(request), thing=thing, by=request.user, there=pages.named)
    if done := save_once(request, form):
        return done
    grants = AccessGrant.objects.to(thing).in_order()
    context = {"form": form, "thing": thing, "pages": pages, "grants": grants, "removable": can_be_unnamed(thing)}
    return render(request, "issues/restricted_named.html", context)


def unname(request: MemberRequest, thing: Issue | Observation, pk: int) -> HttpResponse:
    pages, member = pages_of(thing), get_object_or_404(Member, pk=pk)
    form = UnnameForm(posted(request), thing=thing, member=member, by=request.user, there=pages.named)
    unread = left_without(thing, member) if isinstance(thing, Issue) else []
    context: dict[str, Any] = {"form": form, "thing": thing, "pages": pages, "member": member, "unread": unread}
    if done := save_once(request, form):
        return done
    named = AccessGrant.objects.to(thing).filter(member=member)
    context["closed_to_all"] = closed_to_all(thing, member, reader=request.user)
    context["is_last"] = thing.restricted and named.exists() and member.pk not in can_be_unnamed(thing)
    return render(request, "issues/restricted_unname.html", context)


def openings(request: MemberRequest, thing: Issue | Observation) -> HttpResponse:
    if not thing.restricted:  # any longer
        return redirect(thing)
    ensure(rules.may_read_openings, request.user, thing)
    page = paginate(request, Opening.objects.of(thing).latest_first())
    return render(request, "issues/restricted_openings.html", {"page": page, "thing": thing, "pages": pages_of(thing)})
