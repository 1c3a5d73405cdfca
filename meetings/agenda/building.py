"""Builds the agenda of a meeting from the stored items and, until it starts, from what the rules raise now.

What the samordnare has added, ordered or removed is stored, and comes before the live proposals; `starting` makes
all of it items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from base.swedish import clock
from issues.models import Action, Issue, in_order_of_need
from issues.models.action import ActionQuerySet
from meetings.agenda.answered import Answered, answered_since_last
from meetings.agenda.at_table import AtTable
from meetings.agenda.ceiling import BeyondCeilingError
from meetings.agenda.clock_times import plan_times
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.agenda.rules import AWAITS_DECISION, Proposal, raise_all, rule_at, subjects_about, with_spoken
from meetings.followed_up import Decided, FollowedUp, asked_for, decided_before, followed_up
from meetings.models import AgendaItem, Decision, Heading, Meeting
from meetings.models.agenda import Subject, live_key
from meetings.models.heading import HeadingQuerySet
from members.actor import Actor
from members.models import Member


class Extent(IntEnum):
    """How much of an agenda is asked for: each has what those before it have."""

    LINES = 1  # alone
    ANSWERS = 2  # at the lines, and what stands under another heading than its own
    LOG = 3  # what was answered since the last meeting
    DECISIONS = 4  # what became of those of earlier meetings


def agenda(
    meeting: Meeting,
    member: Member,
    about: Issue | None = None,
    today: date | None = None,
    *,
    extent: Extent = Extent.LOG,
) -> list[AgendaHeading]:
    """The group's headings with their lines, as the member may see them; live until the meeting starts.

    `about` leaves only the lines of that issue, whatever the extent; `today` is the day that the rules ask of.
    """
    extent = Extent.LINES if about else extent
    has_answers = extent >= Extent.ANSWERS
    stored = AgendaItem.objects.visible_to(member).filter(meeting=meeting)
    if about:
        stored = stored.filter(issue=about)
    items = list(with_spoken(stored.for_lines(), meeting) if has_answers else stored.for_lines())
    live = meeting.is_planned and member.is_in_group
    known = Heading.objects.of(meeting)
    headings = {heading.pk: AgendaHeading(heading, live=live) for heading in known if not heading.is_break}
    placed = {item.subject for item in items if item.issue_id}
    raised = raise_all(member, about, today, placed) if live and not meeting.stands_alone else []
    proposed = [proposal for one in raised for proposal in one.lines]
    visible = Action.objects.visible_to(member)
    at_table = AtTable(meeting, items if has_answers else [], visible)
    lists = member.is_in_group and extent >= Extent.LOG and not (meeting.is_closed or meeting.stands_alone)
    decided = (
        decided_before(meeting, Decision.with_struck.visible_to(member))
        if lists and extent == Extent.DECISIONS
        else Decided()
    )
    beside = _beside(at_table, items, visible if lists else None, today, decided)
    states = beside.states
    for line in _lines(items, placed, proposed, known, states):
        headings[line.heading.pk].lines.append(_with_answers(line, at_table))
    for log in (heading for heading in headings.values() if heading.heading.is_by_need and live):
        log.lines = _log_in_order(log.lines, proposed)
    for item in (item for item in items if item.removed and not (item.issue and item.issue.is_struck)):
        item.heading = _standing_under(item, known)
        headings[item.heading.pk].removed.append(item)
    for left_out in filter(None, (one.left_out(placed) for one in raised)):
        headings[known.taking(left_out.rule).pk].left_out.append(left_out)
    beside.put(headings, known)
    arranged = _arranged(meeting, headings.values(), known, refers=has_answers and not meeting.stands_alone)
    if member.is_in_group and about is None:  # to others, who see some of the lines, the times would be wrong
        plan_times(meeting, arranged, known)
    return arranged


def agenda_of_items(meeting: Meeting, items: Iterable[Any], about: Q, *, extent: Extent) -> list[AgendaHeading]:
    """The group's headings with these items of a meeting that has started, for its minutes: nothing is live.

    What was answered, and decided before, is of issues that are as `about` says. The lines have their answers.
    """
    known = Heading.objects.of(meeting)
    headings = {heading.pk: AgendaHeading(heading) for heading in known if not heading.is_break}
    actions = Action.objects.filter(about)
    at_table = AtTable(meeting, items, actions)
    lists = extent >= Extent.LOG and not meeting.stands_alone
    tells_decided = lists and extent == Extent.DECISIONS
    decided = decided_before(meeting, Decision.with_struck.filter(about)) if tells_decided else Decided()
    beside = _beside(at_table, items, actions if lists else None, None, decided)
    for line in _lines(items, set(), [], known, beside.states):
        headings[line.heading.pk].lines.append(_with_answers(line, at_table))
    beside.put(headings, known)
    return _arranged(meeting, headings.values(), known, refers=not meeting.stands_alone)


@dataclass(frozen=True)
class Beside:
    """What stands beside the lines: what was answered, what became of decisions, where the actions of items stand."""

    answered: Answered = field(default_factory=Answered)
    followed: FollowedUp = field(default_factory=FollowedUp)
    states: dict[Subject, str] = field(default_factory=dict)

    def put(self, headings: dict[int, AgendaHeading], known: HeadingQuerySet) -> None:
        """Put it under the headings that show it."""
        headings[known.taking(Heading.Rule.ACTION_LOG).pk].answered = self.answered
        previous = known.taking(Heading.Rule.PREVIOUS)
        if previous.rule == Heading.Rule.PREVIOUS:
            headings[previous.pk].followed = self.followed


def _beside(
    at_table: AtTable,
    items: Iterable[AgendaItem],
    visible: ActionQuerySet | None,
    today: date | None,
    decided: Decided,
) -> Beside:
    """What was answered of what is visible and at no item, and where each action stands, in one query.

    When the meeting has closed, the items say where the actions stood then.
    """
    meeting = at_table.meeting
    placed = {item.action_id: item for item in items if item.action_id and not item.removed}
    if visible is None and (meeting.is_closed or not placed):
        return Beside()
    today = today or timezone.localdate(meeting.closed_at)
    if visible is None:
        answered, told = Answered(), Action.objects.filter(pk__in=placed).with_current().in_bulk()
    else:
        named = placed.keys() | at_table.actions
        answered, told = answered_since_last(meeting, visible, today, named, asked_for(decided))
    points = [] if meeting.is_closed else [(placed[key], action) for key, action in told.items() if key in placed]
    states = {item.subject: at_table.state_of(item, action, today) for item, action in points}
    return Beside(answered, followed_up(decided, told, today), states)


def _with_answers(line: AgendaLine, at_table: AtTable) -> AgendaLine:
    """The line with what was answered at it. What a meeting has closed with is marked."""
    if line.item:
        line.answers = at_table.told_at(line.item, clock.today())
        line.answers_below = at_table.told_at(line.item, clock.today(), is_below=True)
        line.is_dealt_with = not at_table.meeting.is_closed and at_table.deals_with(line.item)
    return line


def _arranged(
    meeting: Meeting, headings: Iterable[AgendaHeading], known: HeadingQuerySet, *, refers: bool
) -> list[AgendaHeading]:
    """The headings with their lines in order and numbered, and what stands under another heading than its own.

    What was answered at the meeting stands at its own line; the log says where.
    """
    arranged = {heading.heading.pk: heading for heading in headings}
    for heading in arranged.values():
        heading.arrange(as_stored=meeting.is_closed)
    lines = [line for heading in arranged.values() for line in heading.under] if refers else []
    raised = {line.issue.pk: line for line in reversed(lines) if line.issue and not line.is_ending}
    for line in lines:
        if line.issue and line is raised.get(line.issue.pk) and (rule := rule_at(line, meeting)):
            home = arranged[known.taking(rule).pk]
            if home.heading != line.heading:
                home.elsewhere.append(line)
    log = arranged[known.taking(Heading.Rule.ACTION_LOG).pk]
    answered = [line for line in lines if line.answers and line.heading != log.heading]
    log.elsewhere += [line for line in answered if line not in log.elsewhere]
    return list(arranged.values())


def _lines(
    items: Iterable[Any],
    placed: set[Subject],
    raised: list[Proposal],
    headings: HeadingQuerySet,
    states: dict[Subject, str],
) -> Iterator[AgendaLine]:
    """Yield a line for each stored item, with today's reason, then for what is raised and has no place yet."""
    reasons = {proposal.subject: proposal.reason for proposal in raised} | states
    for item in items:
        if not item.removed and not item.gives_way:
            reason = _reason(item, reasons)
            yield AgendaLine(
                *(_standing_under(item, headings), item.title, reason, item.issue, item.action, item),
                since=item.stands_since,
            )
    for proposal in raised:
        if proposal.subject not in placed:
            heading = headings.taking(proposal.rule)
            subject = proposal.issue, proposal.action
            yield AgendaLine(heading, proposal.title, proposal.reason, *subject, since=proposal.since)


def _reason(item: AgendaItem, reasons: dict[Subject, str]) -> str:
    """Why it stands there: as the rules say today, after that it was deferred; else as it is stored.

    That it awaits a decision is told until there is one.
    """
    today = reasons.get(item.subject)
    told = item.reason if today is None else " ".join(filter(None, (item.why_it_comes_back, today)))
    return told.removesuffix(AWAITS_DECISION).rstrip() if item.is_decided else told


def _log_in_order(lines: Iterable[AgendaLine], raised: list[Proposal]) -> list[AgendaLine]:
    """The lines of a log: those that somebody has ordered, then what is raised as the rule has it, then the others."""
    need = {proposal.subject: place for place, proposal in enumerate(raised)}

    def place(line: AgendaLine) -> tuple[int, int]:
        position = line.item.position if line.item else AgendaItem.LAST
        return position, need.get(line.subject, len(need))

    return sorted(lines, key=place)


def _standing_under(item: AgendaItem, headings: HeadingQuerySet) -> Heading:
    """The heading of a stored item; of one whose heading was taken away this very moment, where a topic stands."""
    return next((heading for heading in headings if heading.pk == item.heading_id), None) or headings.taking(None)


def agenda_for_paper(meeting: Meeting, member: Member) -> list[AgendaHeading]:
    """The agenda without restricted issues, whoever asks: a paper lies about."""
    return [heading.openly for heading in agenda(meeting, member, extent=Extent.DECISIONS)]


def coming_for(issue: Issue, member: Member) -> Any:
    """The meeting that comes, or None, for a member who sees the issue; one that is short only if it is about it.

    `about` is what `key_about` takes: the items there that are about the issue.
    """
    items = AgendaItem.objects.filter(issue=issue)
    there = Exists(items.filter(meeting=OuterRef("pk"), removed=False))
    coming = Meeting.objects.visible_to(member).coming().filter(Q(is_short=False) | there)
    return coming.annotate(about=items.of_each_meeting()).first()


def key_about(meeting: Meeting, issue: Issue, member: Member, today: date, about: list[dict[str, Any]]) -> str:
    """The key of the first line about an open issue, or "" where there is none, for a member of the group.

    What `agenda` says, in one query at most; of an issue whose rule is beyond its ceiling `agenda` itself is asked.
    """
    if standing := [item["pk"] for item in about if not item["removed"]]:
        return AgendaItem(pk=standing[0]).key
    if not meeting.raises:
        return ""
    try:
        raised = subjects_about(issue, member, today)
    except BeyondCeilingError:
        lines = (line for heading in agenda(meeting, member, issue, today) for line in heading.lines)
        return next((line.key for line in lines), "")
    left = raised - {(issue.pk, item["action"]) for item in about}
    actions = (action.pk for action in in_order_of_need(issue.actions.all(), today))
    return next((live_key(issue.pk, pk) for pk in (*actions, None) if (issue.pk, pk) in left), "")


def settle_heading(
    meeting: Meeting, heading: AgendaHeading, *, by: Actor, at: datetime | None = None, at_start: bool = False
) -> None:
    """Store the heading's lines as items in their order, in a fixed number of statements.

    Those that the start of the meeting makes are marked, for the start may be taken back.
    """
    for position, line in enumerate(heading.under, start=1):
        line.stored(meeting, by=by, at=at).position = position
    items = [line.item for line in heading.under if line.item]
    AgendaItem.objects.bulk_update([item for item in items if item.pk], ["heading", "position", "reason", "settled"])
    new = [item for item in items if not item.pk]
    for item in new:
        item.settled = at_start
    AgendaItem.objects.bulk_create(new)


def store_heading(meeting: Meeting, heading: AgendaHeading, *, by: Actor, at: datetime | None = None) -> None:
    """Store the heading itself as an item of a meeting that has started. It gives way to what comes under it."""
    facts = {"title": heading.title, "reason": heading.heading.text, "kind": AgendaItem.Kind.HEADING}
    made = {"position": AgendaItem.FIRST, "settled": True, "created_at": at or timezone.now(), "updated_by": by.member}
    AgendaItem.objects.create(meeting=meeting, heading=heading.heading, **facts, **made)
