"""The contexts of the issue pages: the list with its tabs, and one issue with all that belongs to it."""

from __future__ import annotations

from typing import Any

from base.ui.pagination import CountedPage, paginate
from issues import rules
from issues.counting import ObservationCount
from issues.filters.issue import IssueFilter
from issues.models import Event, Issue, IssueStatusFilter, Observation
from issues.texts.evidence import observed_words
from members.access import MemberRequest
from members.models import Member

EVENTS = 50
LATEST_OBSERVATIONS = 3
OLDER_OBSERVATIONS = 20


def list_page(chosen: IssueFilter, page: CountedPage) -> dict[str, Any]:
    counts = Issue.objects.visible_to(chosen.member).counts_by_status(chosen.today)
    observed = ObservationCount.of_each(page, chosen.member)
    nothing_yet = not counts[IssueStatusFilter.ALL] and not chosen.is_filtered
    return {
        "filter": chosen,
        "page": page,
        "rows": [(issue, observed[issue.pk]) for issue in page],
        "tabs": chosen.tabs(counts),
        "nothing_yet": nothing_yet,
        "headline": nothing_headline(chosen.member) if nothing_yet else chosen.headline(page),
        "may_follow": rules.may_follow_issues(chosen.member),
        "may_report": rules.may_report(chosen.member),
        "may_begin": rules.may_create_issue(chosen.member),
    }


def nothing_headline(member: Member) -> str:
    """The headline of an empty list: that there is nothing, or nothing for her to read."""
    if not rules.may_follow_issues(member):
        return "Ärendena läses av gruppen."
    reads_all = member.is_in_group or member.is_reader
    return "Det finns inga ärenden än." if reads_all else "Inget ärende rör er än."


def whole_issue(request: MemberRequest, issue: Issue) -> dict[str, Any]:
    member = request.user
    events = paginate(request, issue.events.visible_to(member).with_related().latest_first(), EVENTS)
    Event.load_sources(events)
    return {
        "issue": issue,
        **observations_of(issue, member),
        "events": events,
        **may(issue, member),
    }


def observations_of(issue: Issue, member: Member) -> dict[str, Any]:
    """The latest observations of the issue, older ones to unfold, and whether there are more."""
    latest = Observation.objects.visible_to(member).of(issue).with_related().latest_first()
    observations = list(latest[: LATEST_OBSERVATIONS + OLDER_OBSERVATIONS + 1])
    older = observations[LATEST_OBSERVATIONS:]
    return {
        "observations": observations[:LATEST_OBSERVATIONS],
        "older": older[:OLDER_OBSERVATIONS],
        "still_older": older[OLDER_OBSERVATIONS:],
        "observed": observed_words(ObservationCount.of(issue, member)),
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
    }
    return {name: rule(member, issue) for name, rule in offered.items()}
