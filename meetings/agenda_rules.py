"""The rules that raise what the group has to speak of, each with a reason that stands beside what it raises.

A rule asks the register now; no date decides. A topic is new until an item about it has been marked spoken of,
and comes back while it has an open action. One thing stands in one place: where several rules would raise it, the
first of `RULES` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from issues.action_wording import action_state
from issues.models import Action, Issue
from issues.models.action_state import ENDED
from meetings.models import AgendaItem, Meeting, Section
from meetings.models.agenda import Thing
from members.models import Member
from temagrupp.ui.sentences import capital, day_and_month, plural


@dataclass(frozen=True)
class Proposal:
    """What a rule raises, under which heading and why."""

    section: Section
    title: str
    reason: str
    issue: Issue
    action: Action | None = None

    @property
    def thing(self) -> Thing:
        return self.issue.pk, self.action.pk if self.action else None


def action_log(meeting: Meeting, member: Member) -> Iterator[Proposal]:
    """Actions that are silent, late or ask the group, and answers and ends that were not yet spoken of."""
    today = timezone.localdate()
    for action in _spoken_actions(member):
        sentence = action_state(action, today)
        happened = action.done_at or action.current.answered_at
        unheard = happened and (action.spoken is None or happened > action.spoken)
        if sentence.state in {"silent", "overdue", "question"} or unheard:
            yield Proposal(Section.ACTION_LOG, action.title, str(sentence), action.issue, action)


def consultations(meeting: Meeting, member: Member) -> Iterator[Proposal]:
    """Every open remiss."""
    for issue in _open_issues(member).filter(kind=Issue.Kind.CONSULTATION):
        yield Proposal(Section.CONSULTATIONS, issue.title, "Remissen är inte avslutad.", issue)


def occasions(meeting: Meeting, member: Member) -> Iterator[Proposal]:
    """Every open occasion: election, student graduation and the like."""
    for issue in _open_issues(member).filter(kind=Issue.Kind.OCCASION):
        yield Proposal(Section.OCCASIONS, issue.title, "Tillfället är inte avslutat.", issue)


def ongoing_issues(meeting: Meeting, member: Member) -> Iterator[Proposal]:
    """What the group has spoken of and is not done with: it rests only when the group says so."""
    for issue in _open_issues(member).filter(spoken__isnull=False).exclude(state=Issue.State.ON_HOLD):
        yield Proposal(Section.ONGOING_ISSUES, issue.title, _why_ongoing(issue), issue)


def new_issues(meeting: Meeting, member: Member) -> Iterator[Proposal]:
    """What has never been spoken of at a meeting."""
    for issue in _open_issues(member).filter(spoken=None).exclude(state=Issue.State.ON_HOLD):
        opened = day_and_month(timezone.localdate(issue.created_at), today=timezone.localdate())
        told = f", {plural(issue.reports, 'observation', 'observationer')}" if issue.reports else ""
        yield Proposal(Section.NEW_ISSUES, issue.title, f"Nytt sedan {opened}{told}.", issue)


def feedback(meeting: Meeting, member: Member) -> Iterator[Proposal]:
    """What was closed and told to those who reported, until it has stood on the agenda of a meeting."""
    stood = AgendaItem.objects.filter(issue=OuterRef("pk"), meeting__closed_at__gt=OuterRef("closed_at"))
    closed = Issue.objects.visible_to(member).closed().exclude(Exists(stood))
    for issue in closed.order_by("closed_at", "pk"):
        reason = f"{issue.get_outcome_display()}. {issue.feedback}"
        yield Proposal(Section.FEEDBACK, issue.title, reason[:300], issue)


RULES: tuple[Callable[[Meeting, Member], Iterator[Proposal]], ...] = (
    action_log,
    consultations,
    occasions,
    ongoing_issues,
    new_issues,
    feedback,
)
"""In order of precedence: what the first raises the later leave alone."""


def proposals(meeting: Meeting, member: Member) -> Iterator[Proposal]:
    """What the rules raise, each thing once: an issue that stands there with an action stands nowhere else."""
    taken: set[int] = set()
    for rule in RULES:
        raised = [proposal for proposal in rule(meeting, member) if proposal.issue.pk not in taken]
        taken |= {proposal.issue.pk for proposal in raised}
        yield from raised


# Private


def _spoken_actions(member: Member) -> QuerySet[Any]:
    """Actions that may have news: open ones, and ended ones that changed since `spoken`, when last spoken of.

    What ended in an issue that is closed is told with the issue.
    """
    spoken = _last_spoken_of(AgendaItem.objects.filter(action=OuterRef("pk")))
    open_now = ~Q(state__in=ENDED)
    news = (Q(spoken=None) | Q(updated_at__gt=F("spoken"))) & ~Q(issue__state=Issue.State.CLOSED)
    actions = Action.objects.visible_to(member).handed_out().exclude(state=Action.State.CANCELLED)
    return actions.annotate(spoken=spoken).filter(open_now | news).with_trail().order_by("created_at", "pk")


def _open_issues(member: Member) -> QuerySet[Any]:
    """Open issues with what makes them worth the meeting's time.

    `spoken` when last spoken of · `open_action_count` · `reports` unrestricted observations · `news` those since.
    """
    spoken = _last_spoken_of(AgendaItem.objects.filter(issue=OuterRef("pk")))
    ended = Q(actions__state__in=[*ENDED, Action.State.DRAFT])
    unrestricted = Q(observations__restricted=False)
    return (
        Issue.objects.visible_to(member)
        .open()
        .annotate(
            spoken=spoken,
            open_action_count=Count("actions", filter=Q(actions__isnull=False) & ~ended, distinct=True),
            reports=Count("observations", filter=unrestricted, distinct=True),
            news=Count(
                "observations", filter=unrestricted & Q(observations__triaged_at__gt=F("spoken")), distinct=True
            ),
        )
        .order_by("created_at", "pk")
    )


def _why_ongoing(issue: Any) -> str:
    told = []
    if issue.news:
        told.append(plural(issue.news, "ny observation sedan sist", "nya observationer sedan sist"))
    if issue.open_action_count:
        told.append("en åtgärd pågår" if issue.open_action_count == 1 else f"{issue.open_action_count} åtgärder pågår")
    return f"{capital(', '.join(told))}." if told else "Ingen åtgärd pågår. Vad gör vi?"


def _last_spoken_of(items: QuerySet[AgendaItem]) -> Subquery:
    spoken = items.filter(spoken_of_at__isnull=False).order_by("-spoken_of_at")
    return Subquery(spoken.values("spoken_of_at")[:1])
