"""The rules that raise issues and actions on the agenda, each with a reason that is shown beside the line.

A rule asks the register now; no date decides. A topic is new until an item about it has been marked spoken of,
and comes back while it has an open action. One thing stands in one place: where several rules would raise it, the
first of `RULES` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from base.records import not_restricted
from base.swedish.words import capital, day_and_month, in_words
from issues.models import ATTENTION, Action, Issue, in_order_of_need
from issues.models.issue import IssueQuerySet
from issues.models.status import ENDED
from issues.texts.action import action_state
from meetings.models import AgendaItem, Heading
from meetings.models.agenda import AgendaItemQuerySet, Subject
from members.models import Member

Rule = Heading.Rule
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Proposal:
    """What a rule raises and why; it stands under the heading that the rule fills."""

    rule: Heading.Rule
    title: str
    reason: str
    issue: Issue
    action: Action | None = None

    @property
    def subject(self) -> Subject:
        return self.issue.pk, self.action.pk if self.action else None


def action_log(member: Member, about: Issue | None, today: date) -> Iterator[Proposal]:
    """Yield actions that are silent, late or ask the group, and answers and ends not yet discussed; by need."""
    actions: list[Any] = in_order_of_need(_spoken_actions(member, about), today)
    for action in actions:
        answer = action.current.answer
        happened = action.done_at or (answer and answer.given_at)
        unheard = happened and (action.spoken is None or happened > action.spoken)
        if action.status_on(today) in ATTENTION or unheard:
            yield Proposal(Rule.ACTION_LOG, action.title, str(action_state(action, today)), action.issue, action)


def open_issues(member: Member, about: Issue | None, today: date) -> Iterator[Proposal]:
    """Yield each open issue by its rule. One that is on hold rests, unless its rule says otherwise."""
    for issue in _with_news(_issues(member, about).open()):
        rule = _first_rule(issue)
        if rule.also_on_hold or issue.state != Issue.State.ON_HOLD:
            yield Proposal(rule.rule, issue.title, rule.why(issue, today), issue)


def feedback(member: Member, about: Issue | None, today: date) -> Iterator[Proposal]:
    """Yield issues closed within the year until one meeting has presented how they ended.

    A meeting has, when the issue stood under this rule's heading or was discussed at it; one that was left
    undiscussed and closed elsewhere has not been presented. What a year of meetings has passed by is history.
    """
    presented = Q(heading__rule=Rule.FEEDBACK) | Q(discussed_at__isnull=False)
    items = AgendaItem.objects.filter(presented, issue=OuterRef("pk"), removed=False)
    closed = _issues(member, about).closed().filter(state_since__gt=_midnight(today - A_YEAR))
    unheard = closed.exclude(Exists(items.filter(meeting__closed_at__gt=OuterRef("state_since"))))
    for issue in unheard.select_related("closure").order_by("state_since", "pk"):
        reason = str(issue.closure)
        yield Proposal(Rule.FEEDBACK, issue.title, reason[:300], issue)


RULES: tuple[Callable[[Member, Issue | None, date], Iterator[Proposal]], ...] = (action_log, open_issues, feedback)
"""In order of precedence: what the first raises the later leave alone."""


def proposals(member: Member, about: Issue | None = None, today: date | None = None) -> Iterator[Proposal]:
    """Yield what the rules raise, each issue by one rule: one that is raised with an action is not raised again.

    `about` asks of one issue alone, `today` of another day than this.
    """
    today = today or timezone.localdate()
    taken: set[int] = set()
    for rule in RULES:
        raised = [proposal for proposal in rule(member, about, today) if proposal.issue.pk not in taken]
        taken |= {proposal.issue.pk for proposal in raised}
        yield from raised


def rule_of(issue: Issue) -> Heading.Rule:
    """Return the rule of an issue that somebody puts on the agenda herself, whether or not it would be raised now."""
    return _first_rule(_with_news(Issue.objects.filter(pk=issue.pk)).get()).rule


@dataclass(frozen=True)
class IssueRule:
    """Which issues a rule takes, the reason beside each, and whether it raises those that are on hold too."""

    rule: Heading.Rule
    takes: Callable[[Any], bool]
    why: Callable[[Any, date], str]
    also_on_hold: bool = False


# Private


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _why_new(issue: Any, today: date) -> str:
    opened = day_and_month(timezone.localdate(issue.created_at), today=today)
    reported = f", {in_words(issue.reports, 'observation', 'observationer')}" if issue.reports else ""
    return f"Nytt sedan {opened}{reported}."


def _why_ongoing(issue: Any, today: date) -> str:
    parts = []
    if issue.news:
        parts.append(in_words(issue.news, "ny observation sedan sist", "nya observationer sedan sist"))
    if issue.open_action_count:
        parts.append(in_words(issue.open_action_count, "åtgärd är öppen", "åtgärder är öppna"))
    return f"{capital(', '.join(parts))}." if parts else "Ingen åtgärd är öppen. Vad gör vi?"


ISSUE_RULES = (
    IssueRule(
        Rule.CONSULTATIONS,
        lambda issue: issue.kind == Issue.Kind.CONSULTATION,
        lambda issue, today: "Remissen är inte avslutad.",
        also_on_hold=True,
    ),
    IssueRule(
        Rule.OCCASIONS,
        lambda issue: issue.kind == Issue.Kind.OCCASION,
        lambda issue, today: "Tillfället är inte avslutat.",
        also_on_hold=True,
    ),
    # The group is not done with it: it rests only when the group says so.
    IssueRule(Rule.ONGOING_ISSUES, lambda issue: issue.spoken is not None, _why_ongoing),
    IssueRule(Rule.NEW_ISSUES, lambda issue: True, _why_new),
)
"""In order of precedence; the last takes every issue that no other does."""


def _first_rule(issue: Any) -> IssueRule:
    return next(rule for rule in ISSUE_RULES if rule.takes(issue))


def _issues(member: Member, about: Issue | None) -> IssueQuerySet:
    known: IssueQuerySet = Issue.objects.visible_to(member)
    return known.filter(pk=about.pk) if about else known


def _spoken_actions(member: Member, about: Issue | None) -> QuerySet[Any]:
    """Actions that may have news: open ones, and ended ones that changed since `spoken`, when last spoken of.

    What ended in an issue that is closed is told with the issue.
    """
    spoken = _last_spoken_of(AgendaItem.objects.filter(action=OuterRef("pk")))
    open_now = ~Q(state__in=ENDED)
    in_open = Q(issue__in=Issue.objects.open().values("pk"))  # asked first: there are few
    news = in_open & (Q(spoken=None) | Q(state_since__gt=F("spoken")))
    actions = Action.objects.visible_to(member).handed_out().exclude(state=Action.State.CANCELLED)
    if about:
        actions = actions.filter(issue=about)
    spoken_of = actions.annotate(spoken=spoken).filter(open_now | news)
    return spoken_of.with_current().select_related("issue").order_by("created_at", "pk")


def _with_news(issues: IssueQuerySet) -> QuerySet[Any]:
    """The issues with what makes them worth the meeting's time, the oldest first.

    `spoken` when last spoken of · `open_action_count` · `reports` unrestricted observations · `news` those since.
    """
    spoken = _last_spoken_of(AgendaItem.objects.filter(issue=OuterRef("pk")))
    ended = Q(actions__state__in=[*ENDED, Action.State.DRAFT])
    unrestricted = not_restricted("observations")
    since = unrestricted & Q(observations__state_since__gt=F("spoken"))
    return issues.annotate(
        spoken=spoken,
        open_action_count=Count("actions", filter=Q(actions__isnull=False) & ~ended, distinct=True),
        reports=Count("observations", filter=unrestricted, distinct=True),
        news=Count("observations", filter=since, distinct=True),
    ).order_by("created_at", "pk")


def _last_spoken_of(items: AgendaItemQuerySet) -> Subquery:
    spoken = items.discussed().order_by("-discussed_at")
    return Subquery(spoken.values("discussed_at")[:1])
