"""The views of issues: the list, one issue, and the samordnare's steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.pagination import CountedPage, paginate
from issues import rules
from issues.counting import FeedbackRecipients, ObservationCount
from issues.duplicates import main_of
from issues.filters.issue import IssueFilter
from issues.forms.issue import IssueChangeForm, IssueForm
from issues.forms.issue_steps import CloseForm, PauseForm, RemainsForm, ReopenForm, ResumeForm
from issues.models import (
    Event,
    Issue,
    Observation,
    going_on,
    load_points,
    seems_solved,
    with_action_details,
    with_following,
    with_reports,
)
from issues.models.issue import IssueQuerySet
from issues.opening import tell_opened
from issues.texts.evidence import observed_words
from issues.texts.striking import minutes_stand, struck_words
from issues.texts.timeline import LATEST, timeline
from issues.way_back import way_back
from members.access import MemberRequest, ensure, ensure_member
from members.models import Member


def issue_known_to(member: Member, number: str) -> IssueQuerySet:
    """The issue of the number, struck ones too; none when she may not know of it."""
    return Issue.with_struck.visible_to(member).numbered(number)


def get_issue(request: MemberRequest, number: str) -> Issue:
    """The issue with the actions that the member may see. Raises Http404 when she may not see the issue."""
    visible = issue_known_to(request.user, number).with_related().select_related("opened_by")
    told = with_reports(with_action_details(visible, request.user), request.user)
    known = with_following(told, request.user)
    issue: Issue = get_object_or_404(known)
    tell_opened(request, issue=issue)
    return issue


def get_issue_to_steer(request: MemberRequest, number: str) -> Issue:
    return ensure(rules.may_steer_issue, request.user, get_issue(request, number))


@require_safe
def issue_list(request: MemberRequest) -> HttpResponse:
    chosen = IssueFilter(request.GET, member=request.user)
    page = paginate(request, chosen.in_order, total=chosen.counted.total)
    return render(request, "issues/issue_list.html", list_page(chosen, page))


@require_safe_or_post
def issue_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_create_issue, request.user)
    form = IssueForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "issues/issue_create.html", {"form": form})


@require_safe
def issue_detail(request: MemberRequest, number: str) -> HttpResponse:
    return render(request, "issues/issue_detail.html", whole_issue(request, get_issue(request, number)))


@require_safe_or_post
def issue_change(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = IssueChangeForm(posted(request), instance=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_change.html", {"form": form, "issue": issue})


@require_safe_or_post
def issue_close(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    under_way = issue.actions.open()  # of those that get_issue brought
    audience = FeedbackRecipients.of(issue, request.user)
    says_why = bool(under_way) or (not issue.is_open and "despite" in request.POST)  # what was typed stands
    form = CloseForm(posted(request), issue=issue, by=request.user, audience=audience, under_way=says_why)
    context = {"form": form, "issue": issue, "under_way": under_way}
    return save_once(request, form) or render(request, "issues/issue_close.html", context)


@require_safe_or_post
def issue_pause(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = PauseForm(posted(request), issue=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_pause.html", {"form": form, "issue": issue})


@require_POST
def issue_resume(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = ResumeForm(request.POST, issue=issue, by=request.user)
    return save_once(request, form) or refused(request, form, issue)


@require_safe_or_post
def issue_reopen(request: MemberRequest, number: str) -> HttpResponse:
    issue = get_issue_to_steer(request, number)
    form = ReopenForm(posted(request), issue=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_reopen.html", {"form": form, "issue": issue})


@require_safe_or_post
def issue_remains(request: MemberRequest, number: str) -> HttpResponse:
    issue = ensure(rules.may_say_it_remains, request.user, get_issue(request, number))
    if request.method != "POST" and not seems_solved(issue):
        return redirect(issue)
    form = RemainsForm(posted(request), issue=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_remains.html", {"form": form, "issue": issue})


EVENTS = 50
LATEST_OBSERVATIONS = 3
OLDER_OBSERVATIONS = 20


def list_page(chosen: IssueFilter, page: CountedPage) -> dict[str, Any]:
    observed = ObservationCount.of_each(page, chosen.member)
    return {
        "filter": chosen,
        "page": page,
        "rows": [(issue, observed[issue.pk]) for issue in page],
        "tabs": chosen.tabs,
        "nothing_yet": chosen.is_untouched,
        "headline": nothing_headline(chosen.member) if chosen.is_untouched else chosen.headline(page),
        "may_follow": rules.may_follow_issues(chosen.member),
        "may_report": rules.may_report(chosen.member),
        "may_begin": rules.may_create_issue(chosen.member),
    }


def nothing_headline(member: Member) -> str:
    """The headline of an empty list: that there is nothing, or nothing for her to read."""
    if not rules.may_follow_issues(member):
        return "Ärendena läses av gruppen."
    return "Det finns inga ärenden än." if member.reads_all else "Inget ärende rör er än."


def whole_issue(request: MemberRequest, issue: Issue) -> dict[str, Any]:
    member = request.user
    return {
        "issue": issue,
        **actions_of(issue),
        **observations_of(issue, member),
        **timeline_of(request, issue),
        **may(issue, member),
        "may_report": rules.may_report(member) and not issue.is_struck,
        "asks_if_it_remains": rules.is_asked_if_it_remains(member, issue),
        "main": main_of(issue, member),
        "way_back": way_back(request),
        **({"struck": struck_words(issue), "minutes_stand": minutes_stand(issue)} if issue.is_struck else {}),
    }


def timeline_of(request: MemberRequest, issue: Issue) -> dict[str, Any]:
    """A page of the events, as lines; of the first page the latest, and the older ones to unfold."""
    events = paginate(request, issue.events.visible_to(request.user).with_points().latest_first(), EVENTS)
    Event.load_actions(events, issue.actions.all())
    load_points(events)
    Event.load_sources(events)
    lines = timeline(events)
    shown = LATEST if events.number == 1 else len(lines)
    return {"events": events, "lines": lines[:shown], "older_lines": lines[shown:]}


def actions_of(issue: Issue) -> dict[str, Any]:
    """The actions that go on, and the others to unfold."""
    actions, others = going_on(issue)
    return {"actions": actions, "other_actions": others}


def observations_of(issue: Issue, member: Member) -> dict[str, Any]:
    """The latest observations of the issue, older ones to unfold, and whether there are more."""
    latest = Observation.objects.visible_to(member).of(issue).with_related().latest_first()
    observations = list(latest[: LATEST_OBSERVATIONS + OLDER_OBSERVATIONS + 1])
    older = observations[LATEST_OBSERVATIONS:]
    reads_all = member.is_in_group and not older[OLDER_OBSERVATIONS:]
    count = ObservationCount.among(observations) if reads_all else ObservationCount.of(issue, member)
    return {
        "observations": observations[:LATEST_OBSERVATIONS],
        "older": older[:OLDER_OBSERVATIONS],
        "still_older": older[OLDER_OBSERVATIONS:],
        "observed": observed_words(count),
        "reads_observations": rules.may_read_observations(member),
    }


def may(issue: Issue, member: Member) -> dict[str, bool]:
    """What the member may do with the issue in its state, for the template."""
    offered = {
        "may_propose": rules.may_propose_action,
        "may_change": rules.may_change_issue,
        "may_pause": rules.may_pause_issue,
        "may_resume": rules.may_resume_issue,
        "may_close": rules.may_close_issue,
        "may_reopen": rules.may_reopen_issue,
        "may_strike": rules.may_strike_issue,
        "may_restore": rules.may_restore_issue,
        "may_note": rules.may_note,
        "may_restrict": rules.may_restrict_issue,
        "may_name": rules.may_name,
        "may_be_follower": rules.may_be_follower,
    }
    return {name: rule(member, issue) for name, rule in offered.items()}
