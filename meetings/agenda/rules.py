"""The rules that raise issues and actions on the agenda, each with a reason that is shown beside the line.

A rule asks the register now; no date decides. A topic is new until an item about it has been marked spoken of,
and comes back while it has an open action. One thing stands in one place: where several rules would raise it, the
first of `RULES` does. Each rule has a ceiling, and says how many it left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from base.records import not_restricted
from base.swedish.words import capital, in_words
from issues.escalating import suggested
from issues.models import ATTENTION, Action, ActionStatus, Event, Issue, in_order_of_need
from issues.models.action import ActionQuerySet
from issues.models.issue import IssueQuerySet
from issues.models.status import ENDED
from issues.texts.lasting import lasting_state
from meetings.agenda.ceiling import BeyondCeilingError, LeftOut, Rest, beyond, goes_beyond, kept
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.agenda import AgendaItemQuerySet, Subject
from meetings.models.held import told_until
from members.actor import Channel
from members.models import Member

Rule = Heading.Rule
A_YEAR = timedelta(days=365)
NEVER = Value(datetime(1, 1, 2, tzinfo=UTC))
"""Before anything happened; of the very first day of the calendar some zones have no moment."""
BACK = (Event.Kind.REOPENED, Event.Kind.REMAINS, Event.Kind.RESUMED, Event.Kind.RESTORED)
"""What brings an issue back to the agenda by itself."""
HAPPENED = Coalesce("done_at", "current__answer__given_at")
"""When an action was done or answered."""


@dataclass(frozen=True)
class Proposal:
    """What a rule raises and why, and since when that is so; it stands under the heading that the rule fills."""

    rule: Heading.Rule
    title: str
    reason: str
    since: datetime
    issue: Issue
    action: Action | None = None

    @property
    def subject(self) -> Subject:
        return self.issue.pk, self.action.pk if self.action else None


@dataclass(frozen=True)
class Raised:
    """What one rule raises: its lines, and `others`, the rows that its ceiling leaves out (None below it)."""

    rule: Heading.Rule
    lines: list[Proposal]
    others: QuerySet[Any] | None
    rest: Rest

    def placed_beyond(self, placed: Collection[Subject]) -> set[int]:
        """The issues of actions that have a place on the agenda and would be raised, were it not for the ceiling."""
        if self.others is None or not self.rest.of_actions:
            return set()
        actions = [action for _, action in placed if action]
        return {*self.others.filter(pk__in=actions).values_list("issue", flat=True)}

    def left_out(self, placed: Collection[Subject]) -> LeftOut | None:
        """How many are left out, less those placed on the agenda or removed from it; None where there are none."""
        return None if self.others is None else LeftOut.of(self.rule, self.others, self.rest, placed)


def action_log(member: Member, about: Issue | None, today: date, taken: set[int]) -> Raised:
    """Actions that are silent, late or ask the group, and those declined and not yet discussed; by need."""
    raised = _raised_actions(member, today).in_order_of_need()
    spoken = _last_spoken_of(AgendaItem.objects.filter(issue=OuterRef("issue")))
    told = raised.with_current().annotate(issue_spoken=spoken)
    actions = kept(told, _about(about, "issue"), _going_on(), MORE_ACTIONS)
    to_lift = suggested(actions, today)
    lines = [
        Proposal(
            Rule.ACTION_LOG,
            action.title,
            f"{lasting_state(action, today)} {to_lift.get(action.pk, '')}".strip(),
            _needs_since(action, today),
            action.issue,
            action,
        )
        for action in in_order_of_need(actions, today)
    ]
    return Raised(Rule.ACTION_LOG, lines, beyond(raised, actions), MORE_ACTIONS)


def open_issues(member: Member, about: Issue | None, today: date, taken: set[int]) -> Raised:
    """Each open issue by its rule; of too many those that others wait for, then the latest.

    One that is on hold rests, unless others wait for it.
    """
    known = _raised_issues(member).exclude(pk__in=taken)
    raised = known.order_by(Case(When(AWAITED, then=0), default=1), "-created_at", "-pk")
    issues = kept(_with_news(raised), _about(about), Issue.objects.open(), MORE_OPEN)
    rules = [(issue, _first_rule(issue, issue.spoken)) for issue in sorted(issues, key=attrgetter("created_at", "pk"))]
    lines = [Proposal(rule.rule, issue.title, rule.why(issue, today), issue.raised_at, issue) for issue, rule in rules]
    return Raised(Rule.ONGOING_ISSUES, lines, beyond(raised, issues), MORE_OPEN)


def feedback(member: Member, about: Issue | None, today: date, taken: set[int]) -> Raised:
    """Issues closed within the year until one meeting has presented how they ended; of too many the latest.

    A meeting has, when the issue stood under this rule's heading or was discussed at it; one that was left
    undiscussed and closed elsewhere has not been presented. What a year of meetings has passed by is history, and so is
    what had ended in the list that the group had before the register.
    """
    presented = Q(heading__rule=Rule.FEEDBACK) | Q(discussed_at__isnull=False)
    items = AgendaItem.objects.filter(presented, issue=OuterRef("pk"), removed=False)
    before = Event.objects.filter(closure=OuterRef("closure"), channel=Channel.OLD_LIST)
    lately = Issue.objects.closed().filter(~Exists(before), state_since__gt=_midnight(today - A_YEAR))
    heard = items.filter(meeting__closed_at__gt=OuterRef("state_since"), meeting__is_on_paper=False)
    known = lately.visible_to(member).exclude(pk__in=taken)
    raised = known.exclude(Exists(heard)).order_by("-state_since", "-pk")
    issues = kept(raised.select_related("closure"), _about(about), lately, MORE_CLOSED)
    in_time = sorted(issues, key=attrgetter("state_since", "pk"))
    lines = [
        Proposal(Rule.FEEDBACK, issue.title, str(issue.closure)[:300], issue.state_since, issue) for issue in in_time
    ]
    return Raised(Rule.FEEDBACK, lines, beyond(raised, issues), MORE_CLOSED)


RULES: tuple[Callable[[Member, Issue | None, date, set[int]], Raised], ...] = (action_log, open_issues, feedback)
"""In order of precedence: what the first raises the later leave alone. `taken` are the issues that stand already."""


def raise_all(
    member: Member, about: Issue | None = None, today: date | None = None, placed: Collection[Subject] = ()
) -> list[Raised]:
    """Return what each rule raises, each issue by one rule: one that is raised with an action is not raised again.

    `about` asks of one issue alone, `today` of another day than this. What is `placed` on the agenda, or removed from
    it, stands there also when its rule is beyond its ceiling.
    """
    today = today or timezone.localdate()
    try:
        return _asked_in_turn(member, about, today, placed)
    except BeyondCeilingError:
        whole = _asked_in_turn(member, None, today, placed)
        return [replace(one, lines=[line for line in one.lines if line.issue == about]) for one in whole]


def proposals(member: Member, about: Issue | None = None, today: date | None = None) -> list[Proposal]:
    """Return what the rules raise, as `raise_all` asks them."""
    return [line for one in raise_all(member, about, today) for line in one.lines]


def subjects_about(issue: Issue, member: Member, today: date) -> set[Subject]:
    """Return the subjects that the rules raise about an open issue, in one query: its actions, else the issue itself.

    Raises BeyondCeilingError as `kept` does.
    """
    return subjects_among([issue.pk], member, today).get(issue.pk, set())


def subjects_among(issues: Collection[int], member: Member, today: date) -> dict[int, set[Subject]]:
    """Return the same of several open issues, by their keys, in one query; nothing of one that is not raised."""
    actions = _raised_actions(member, today).filter(issue__in=issues).annotate(is_beyond=goes_beyond(_going_on()))
    itself = (
        _raised_issues(member)
        .filter(pk__in=issues)
        .annotate(action_pk=Value(None, BigIntegerField()), is_beyond=goes_beyond(Issue.objects.open()))
    )
    rows = list(
        actions.values_list("issue_id", "pk", "is_beyond").union(itself.values_list("pk", "action_pk", "is_beyond"))
    )
    if any(is_beyond for *_, is_beyond in rows):
        raise BeyondCeilingError
    raised: dict[int, set[Subject]] = {}
    for issue_id, action_id, _ in sorted(rows, key=lambda row: row[1] is None):  # itself only where no action is
        if action_id or issue_id not in raised:
            raised.setdefault(issue_id, set()).add((issue_id, action_id))
    return raised


def rule_of(issue: Issue) -> Heading.Rule:
    """Return the rule of an issue that somebody puts on the agenda herself, whether or not it would be raised now."""
    told: Any = _with_news(Issue.objects.filter(pk=issue.pk)).get()
    return _first_rule(told, told.spoken).rule


def rule_at(line: Any, meeting: Meeting) -> Heading.Rule | None:
    """Return the rule that would raise the issue of the line at the meeting; None where it was closed before that.

    The line has been read with when its issue was last spoken of: stored `with_spoken`, or as the rules raise it.
    """
    issue = line.issue
    if issue.is_closed and issue.state_since and issue.state_since < meeting.held_at:
        return None
    read = line.item or line.action
    return _first_rule(issue, read.issue_spoken if read else issue.spoken).rule


def with_spoken(items: AgendaItemQuerySet, meeting: Meeting) -> AgendaItemQuerySet:
    """The items with when the issue of each was last spoken of before the meeting."""
    earlier = AgendaItem.objects.filter(issue=OuterRef("issue"), discussed_at__lt=meeting.held_at)
    return items.annotate(issue_spoken=_last_spoken_of(earlier.exclude(meeting=meeting.pk)))


@dataclass(frozen=True)
class IssueRule:
    """Which open issues a rule takes, and the reason beside each.

    Those of its `kind`, which others wait for: on hold or not. Without one, those that are not on hold and that `suits`
    takes by when they were last spoken of.
    """

    rule: Heading.Rule
    why: Callable[[Any, date], str]
    kind: Issue.Kind | None = None
    suits: Callable[[datetime | None], bool] = lambda spoken: True

    def takes(self, issue: Issue, spoken: datetime | None) -> bool:
        return issue.kind == self.kind if self.kind else self.suits(spoken)


MORE_ACTIONS = Rest(
    "åtgärd till", "åtgärder till", "issues:action_list", not_restricted("issue"), of_actions=True, neuter=False
)
MORE_OPEN = Rest("öppet ärende till", "öppna ärenden till", "issues:list", Q(restricted=False))
AWAITS_DECISION = "Ingen pågående åtgärd. Ställningstagande behövs."
"""Why an issue comes up that nothing is done about; it holds until the meeting has decided something."""
MORE_CLOSED = Rest(
    "avslutat ärende till", "avslutade ärenden till", "issues:list", Q(restricted=False), query="?lage=avslutade"
)


# Private


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _needs_since(action: Action, today: date) -> datetime:
    """Since when the action needs attention: a day has passed since it was asked or answered, or it was answered so."""
    status, current = action.status_on(today), action.current
    day = status.due(current) if status in (ActionStatus.SILENT, ActionStatus.LATE, ActionStatus.REVIEW) else None
    said = current.answer.given_at if current.answer else current.asked_at or action.created_at
    return max(said, _midnight(day + timedelta(days=1))) if day else said


def _why_new(issue: Any, today: date) -> str:
    return f"{capital(in_words(issue.reports, 'observation', 'observationer'))}." if issue.reports else ""


def _why_awaited(issue: Any, today: date) -> str:
    parts = []
    if issue.news:
        parts.append(in_words(issue.news, "ny observation sedan sist", "nya observationer sedan sist"))
    if issue.open_action_count:
        parts.append(in_words(issue.open_action_count, "åtgärd är öppen", "åtgärder är öppna"))
    return f"{capital(', '.join(parts))}." if parts else ""


def _why_ongoing(issue: Any, today: date) -> str:
    return _why_awaited(issue, today) or AWAITS_DECISION


ISSUE_RULES = (
    IssueRule(Rule.CONSULTATIONS, _why_awaited, Issue.Kind.CONSULTATION),
    IssueRule(Rule.OCCASIONS, _why_awaited, Issue.Kind.OCCASION),
    # The group is not done with it: it rests only when the group says so.
    IssueRule(Rule.ONGOING_ISSUES, _why_ongoing, suits=lambda spoken: spoken is not None),
    IssueRule(Rule.NEW_ISSUES, _why_new),
)
"""In order of precedence; the last takes every issue that no other does."""
AWAITED = Q(kind__in=[rule.kind for rule in ISSUE_RULES if rule.kind])
"""What others wait for: a remiss, or a day that comes."""
RESTS = Q(state=Issue.State.ON_HOLD) & ~AWAITED
"""What is on hold is left in peace, unless others wait for it."""


def _asked_in_turn(member: Member, about: Issue | None, today: date, placed: Collection[Subject]) -> list[Raised]:
    raised: list[Raised] = []
    taken: set[int] = set()
    for rule in RULES:
        raised.append(rule(member, about, today, taken))
        taken |= {line.issue.pk for line in raised[-1].lines} | raised[-1].placed_beyond(placed)
    return raised


def _first_rule(issue: Issue, spoken: datetime | None) -> IssueRule:
    return next(rule for rule in ISSUE_RULES if rule.takes(issue, spoken))


def _about(issue: Issue | None, path: str = "pk") -> Q:
    """The condition that a row is of the issue; none for every row."""
    return Q((path, issue.pk)) if issue else Q()


def _going_on() -> ActionQuerySet:
    """The actions that may be raised: unended ones, and those of open issues, which are few. Others are history.

    Each by an index of its own: asked with OR all actions are read.
    """
    of_open_issues = Action.objects.filter(issue__in=Issue.objects.open().values("pk"))
    going_on: ActionQuerySet = Action.objects.filter(
        pk__in=Action.objects.open().values("pk").union(of_open_issues.values("pk"))
    )
    return going_on


def _raised_issues(member: Member) -> IssueQuerySet:
    raised: IssueQuerySet = Issue.objects.visible_to(member).open().exclude(RESTS)
    return raised


def _raised_actions(member: Member, today: date) -> ActionQuerySet:
    """Actions that need attention, and those declined since a meeting that spoke of them.

    A yes, and what is done, needs no talk: it is listed (`answered.py`). What was declined in an issue that is closed
    is told with the issue.
    """
    spoken = Coalesce(_last_told(AgendaItem.objects.filter(action=OuterRef("pk"))), NEVER)
    known = _going_on().visible_to(member).handed_out().exclude(state=Action.State.CANCELLED)
    known = known.with_status(today).alias(spoken=spoken, happened=HAPPENED)
    declined = Q(status=ActionStatus.DECLINED, happened__gt=F("spoken"))
    raised: ActionQuerySet = known.filter(Q(status__in=ATTENTION) | declined)
    return raised


def _with_news(issues: IssueQuerySet) -> QuerySet[Any]:
    """The issues, in their order, with what makes them worth the meeting's time.

    `raised_at` when it was opened, or came back · `spoken` when last spoken of · `open_action_count` · `reports`
    unrestricted observations · `news` those since.
    """
    spoken = _last_spoken_of(AgendaItem.objects.filter(issue=OuterRef("pk")))
    ended = Q(actions__state__in=[*ENDED, Action.State.DRAFT])
    unrestricted = not_restricted("observations")
    since = unrestricted & Q(observations__state_since__gt=F("spoken"))
    back = Event.objects.filter(issue=OuterRef("pk"), kind__in=BACK).order_by("-at").values("at")[:1]
    return issues.annotate(
        raised_at=Greatest("created_at", Subquery(back)),
        spoken=spoken,
        open_action_count=Count("actions", filter=Q(actions__isnull=False) & ~ended, distinct=True),
        reports=Count("observations", filter=unrestricted, distinct=True),
        news=Count("observations", filter=since, distinct=True),
    )


def _last_spoken_of(items: AgendaItemQuerySet) -> Subquery:
    spoken = items.discussed().order_by("-discussed_at")
    return Subquery(spoken.values("discussed_at")[:1])


def _last_told(items: AgendaItemQuerySet) -> Subquery:
    """When the minutes last told of an item: what came until its meeting closed stands there."""
    told = items.discussed().annotate(told=Coalesce(told_until("meeting__"), "discussed_at"))
    return Subquery(told.order_by("-told").values("told")[:1])
