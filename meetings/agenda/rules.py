"""The rules that raise issues and actions on the agenda, each with a reason that is shown beside the line.

A rule asks the register now; no date decides. A topic is new until an item about it has been marked spoken of,
and comes back while it has an open action. One thing stands in one place: where several rules would raise it, the
first of `RULES` does. No rule raises more than its ceiling, and it says how many it left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from base.records import not_restricted
from base.swedish.words import capital, day_and_month, in_words
from issues.models import ATTENTION, Action, Issue
from issues.models.action import ActionQuerySet
from issues.models.issue import IssueQuerySet
from issues.models.status import ENDED, any_of
from issues.texts.action import action_state
from meetings.agenda.ceiling import LeftOut, Rest, kept, left_out
from meetings.models import AgendaItem, Heading
from meetings.models.agenda import AgendaItemQuerySet, Subject
from members.models import Member

Rule = Heading.Rule
A_YEAR = timedelta(days=365)
NEVER = Value(datetime(1, 1, 2, tzinfo=UTC))


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

    def is_in(self, issues: set[int]) -> bool:
        return self.issue.pk in issues


Raised = Iterator[Proposal | LeftOut]


def action_log(member: Member, about: Issue | None, today: date, taken: set[int]) -> Raised:
    """Yield actions that are silent, late or ask the group, and answers and ends not yet discussed; by need."""
    raised = _raised_actions(member, today).in_order_of_need()
    in_open = Action.objects.filter(issue__in=Issue.objects.open().values("pk"))
    everything = Action.objects.open().values("pk").union(in_open.values("pk"))
    actions = kept(raised.with_current().select_related("issue"), _about(about, "issue"), everything)
    for action in actions:
        yield Proposal(Rule.ACTION_LOG, action.title, str(action_state(action, today)), action.issue, action)
    yield from left_out(Rule.ACTION_LOG, raised, actions, Q(issue__in=taken), MORE_ACTIONS)


def open_issues(member: Member, about: Issue | None, today: date, taken: set[int]) -> Raised:
    """Yield each open issue by its rule; of too many the latest. One that is on hold rests, but for some kinds."""
    raised = Issue.objects.visible_to(member).open().exclude(RESTS).latest_first()
    issues = kept(_with_news(raised), _about(about), Issue.objects.open())
    for issue in reversed(issues):
        rule = _first_rule(issue)
        yield Proposal(rule.rule, issue.title, rule.why(issue, today), issue)
    yield from left_out(Rule.ONGOING_ISSUES, raised, issues, Q(pk__in=taken), OLDER_OPEN)


def feedback(member: Member, about: Issue | None, today: date, taken: set[int]) -> Raised:
    """Yield issues closed within the year until one meeting has presented how they ended; of too many the latest.

    A meeting has, when the issue stood under this rule's heading or was discussed at it; one that was left
    undiscussed and closed elsewhere has not been presented. What a year of meetings has passed by is history.
    """
    presented = Q(heading__rule=Rule.FEEDBACK) | Q(discussed_at__isnull=False)
    items = AgendaItem.objects.filter(presented, issue=OuterRef("pk"), removed=False)
    lately = Issue.objects.closed().filter(state_since__gt=_midnight(today - A_YEAR))
    heard = items.filter(meeting__closed_at__gt=OuterRef("state_since"))
    raised = lately.visible_to(member).exclude(Exists(heard)).order_by("-state_since", "-pk")
    issues = kept(raised.select_related("closure"), _about(about), lately)
    for issue in reversed(issues):
        yield Proposal(Rule.FEEDBACK, issue.title, str(issue.closure)[:300], issue)
    yield from left_out(Rule.FEEDBACK, raised, issues, Q(pk__in=taken), OLDER_CLOSED)


RULES: tuple[Callable[[Member, Issue | None, date, set[int]], Raised], ...] = (action_log, open_issues, feedback)
"""In order of precedence: what the first raises the later leave alone. `taken` are the issues that stand already."""


def raise_all(member: Member, about: Issue | None = None, today: date | None = None) -> Raised:
    """Yield what the rules raise, each issue by one rule, and what they leave out.

    An issue that is raised with an action is not raised again. `about` asks of one issue alone, `today` of another day
    than this.
    """
    today = today or timezone.localdate()
    taken: set[int] = set()
    for rule in RULES:
        raised = [one for one in rule(member, about, today, taken) if isinstance(one, LeftOut) or not one.is_in(taken)]
        taken |= {one.issue.pk for one in raised if isinstance(one, Proposal)}
        yield from raised


def proposals(member: Member, about: Issue | None = None, today: date | None = None) -> Iterator[Proposal]:
    """Yield what the rules raise, as `raise_all` asks them."""
    return (one for one in raise_all(member, about, today) if isinstance(one, Proposal))


def rule_of(issue: Issue) -> Heading.Rule:
    """Return the rule of an issue that somebody puts on the agenda herself, whether or not it would be raised now."""
    return _first_rule(_with_news(Issue.objects.filter(pk=issue.pk)).get()).rule


@dataclass(frozen=True)
class IssueRule:
    """Which issues a rule takes, and the reason beside each."""

    rule: Heading.Rule
    takes: Callable[[Any], bool]
    why: Callable[[Any, date], str]


RESTS = Q(state=Issue.State.ON_HOLD) & ~Q(kind__in=[Issue.Kind.CONSULTATION, Issue.Kind.OCCASION])
"""What is on hold is left in peace, unless others wait for it: a remiss, or a day that comes."""

MORE_ACTIONS = Rest("åtgärd till", "åtgärder till", "issues:action_list", not_restricted("issue"), neuter=False)
OLDER_OPEN = Rest("äldre öppet ärende", "äldre öppna ärenden", "issues:list", Q(restricted=False))
OLDER_CLOSED = Rest(
    "äldre avslutat ärende", "äldre avslutade ärenden", "issues:list", Q(restricted=False), query="?lage=avslutade"
)


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
    ),
    IssueRule(
        Rule.OCCASIONS,
        lambda issue: issue.kind == Issue.Kind.OCCASION,
        lambda issue, today: "Tillfället är inte avslutat.",
    ),
    # The group is not done with it: it rests only when the group says so.
    IssueRule(Rule.ONGOING_ISSUES, lambda issue: issue.spoken is not None, _why_ongoing),
    IssueRule(Rule.NEW_ISSUES, lambda issue: True, _why_new),
)
"""In order of precedence; the last takes every issue that no other does."""


def _first_rule(issue: Any) -> IssueRule:
    return next(rule for rule in ISSUE_RULES if rule.takes(issue))


def _about(issue: Issue | None, path: str = "pk") -> Q:
    """The condition that a row is of the issue; none for every row."""
    return Q((path, issue.pk)) if issue else Q()


def _raised_actions(member: Member, today: date) -> ActionQuerySet:
    """Actions that need attention, and those answered or ended since they were last spoken of.

    What ended in an issue that is closed is told with the issue.
    """
    spoken = Coalesce(_last_spoken_of(AgendaItem.objects.filter(action=OuterRef("pk"))), NEVER)
    happened = Coalesce("done_at", "current__answer__given_at")
    in_open = Q(issue__in=Issue.objects.open().values("pk"))  # asked first: there are few
    known = Action.objects.visible_to(member).handed_out().exclude(state=Action.State.CANCELLED)
    known = known.filter(~Q(state__in=ENDED) | in_open).with_status(today).alias(spoken=spoken, happened=happened)
    raised: ActionQuerySet = known.filter(any_of(ATTENTION, today) | Q(happened__gt=F("spoken")))
    return raised


def _with_news(issues: IssueQuerySet) -> QuerySet[Any]:
    """The issues, in their order, with what makes them worth the meeting's time.

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
    )


def _last_spoken_of(items: AgendaItemQuerySet) -> Subquery:
    spoken = items.discussed().order_by("-discussed_at")
    return Subquery(spoken.values("discussed_at")[:1])
