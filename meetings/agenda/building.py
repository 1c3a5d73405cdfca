"""Builds the agenda of a meeting from the stored items and, until it starts, from what the rules raise now.

What the samordnare has added, ordered or removed is stored, and comes before the live proposals; `starting` makes
all of it items.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from issues.models import Action, Issue, in_order_of_need
from meetings.agenda.ceiling import BeyondCeilingError, LeftOut
from meetings.agenda.rules import Proposal, raise_all, subjects_about
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.agenda import Subject
from meetings.models.heading import HeadingQuerySet
from members.actor import Actor
from members.models import Member


@dataclass
class AgendaLine:
    """One line of the agenda: a live proposal, or an item that is stored."""

    heading: Heading
    title: str
    reason: str
    issue: Issue | None = None
    action: Action | None = None
    item: AgendaItem | None = None
    number: str = ""

    @property
    def is_discussed(self) -> bool:
        return bool(self.item and self.item.is_discussed)

    @property
    def is_heading(self) -> bool:
        """Whether the line is the heading itself, which is spoken of though nothing is raised under it."""
        return bool(self.item and self.item.is_heading)

    @property
    def key(self) -> str:
        """The name of the line in a form: `item-7`, `action-3` or `issue-12`."""
        return self.item.key if self.item else self.live_key

    @property
    def live_key(self) -> str:
        """The name of the line as long as it is live; empty for what no rule raises."""
        return live_key(self.issue.pk if self.issue else None, self.action.pk if self.action else None)

    def is_named(self, key: str) -> bool:
        """Whether a form means this line: by its name, or by the one it had before somebody stored it."""
        return bool(key) and key in (self.key, self.live_key)

    @property
    def version(self) -> str:
        """The version of its item, for a form to carry; of a live line that of a row that is not saved."""
        return (self.item or AgendaItem()).version

    def stored(self, meeting: Meeting, *, by: Actor, at: datetime | None = None) -> AgendaItem:
        """The item of the line; for a live one an unsaved item, with what the rules say now."""
        self.item = self.item or self._new(meeting, at or timezone.now())
        self.item.meeting = meeting
        facts = {"heading": self.heading, "title": self.title[:200], "reason": self.reason[:300]}
        self.item.set(facts, by=by)
        return self.item

    def _new(self, meeting: Meeting, at: datetime) -> AgendaItem:
        kind = AgendaItem.kind_of(self.issue, self.action)
        return AgendaItem(meeting=meeting, kind=kind, issue=self.issue, action=self.action, created_at=at)


@dataclass
class AgendaHeading:
    """A heading of the agenda with its lines."""

    heading: Heading
    lines: list[AgendaLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.heading.label

    @property
    def key(self) -> str:
        return self.heading.key

    @property
    def number(self) -> int:
        return self.heading.number

    @property
    def anchor(self) -> str:
        return self.heading.anchor

    @property
    def own_item(self) -> AgendaItem | None:
        """The item of the heading itself, when nothing else is raised under it."""
        return self.lines[0].item if len(self.lines) == 1 and self.lines[0].is_heading else None

    @property
    def is_discussed(self) -> bool:
        """Whether every line under the heading is marked as discussed, and there is one."""
        return bool(self.lines) and all(line.is_discussed for line in self.lines)


def agenda(
    meeting: Meeting, member: Member, about: Issue | None = None, today: date | None = None
) -> list[AgendaHeading]:
    """The group's headings with their lines, as the member may see them; live until the meeting starts.

    `about` leaves only the lines of that issue; `today` is the day that the rules ask of.
    """
    stored = AgendaItem.objects.visible_to(member).filter(meeting=meeting)
    if about:
        stored = stored.filter(issue=about)
    items = list(stored.select_related("issue", "action", "presenter").order_by("position", "pk"))
    live = meeting.is_planned and member.is_in_group
    known = Heading.objects.in_order()
    headings = {heading.key: AgendaHeading(heading) for heading in known}
    placed = {item.subject for item in items if item.issue_id}
    raised = raise_all(member, about, today, placed) if live else []
    for line in _lines(items, placed, [proposal for one in raised for proposal in one.lines], known):
        headings[line.heading.key].lines.append(line)
    for left_out in filter(None, (one.left_out(placed) for one in raised)):
        headings[known.taking(left_out.rule).key].left_out.append(left_out)
    return [_numbered(heading) for heading in headings.values()]


def _lines(
    items: list[AgendaItem], placed: set[Subject], raised: list[Proposal], headings: HeadingQuerySet
) -> Iterator[AgendaLine]:
    """Yield a line for each stored item, with today's reason, then for what is raised and has no place yet."""
    by_key = {heading.key: heading for heading in headings}
    reasons = {proposal.subject: proposal.reason for proposal in raised}
    for item in items:
        if not item.removed:
            reason = reasons.get(item.subject, item.reason)
            yield AgendaLine(by_key[item.heading_id], item.title, reason, item.issue, item.action, item)
    for proposal in raised:
        if proposal.subject not in placed:
            heading = headings.taking(proposal.rule)
            yield AgendaLine(heading, proposal.title, proposal.reason, proposal.issue, proposal.action)


def agenda_for_paper(meeting: Meeting, member: Member) -> list[AgendaHeading]:
    """The agenda without restricted issues, whoever asks: a paper lies about.

    The lines are numbered anew: a gap would tell that something is left out.
    """
    headings = agenda(meeting, member)
    for heading in headings:
        heading.lines = [line for line in heading.lines if not (line.issue and line.issue.restricted)]
    return [_numbered(heading) for heading in headings]


def coming_for(issue: Issue, member: Member) -> Any:
    """The meeting that comes, or None, for a member who sees the issue.

    `about` is what `key_about` takes: the items there that are about the issue.
    """
    items = AgendaItem.objects.filter(issue=issue)
    return Meeting.objects.visible_to(member).coming().annotate(about=items.of_each_meeting()).first()


def key_about(meeting: Meeting, issue: Issue, member: Member, today: date, about: list[dict[str, Any]]) -> str:
    """The key of the first line about an open issue, or "" where there is none, for a member of the group.

    What `agenda` says, in one query at most; of an issue whose rule is beyond its ceiling `agenda` itself is asked.
    """
    if standing := [item["pk"] for item in about if not item["removed"]]:
        return AgendaItem(pk=standing[0]).key
    if not meeting.is_planned:
        return ""
    try:
        raised = subjects_about(issue, member, today)
    except BeyondCeilingError:
        lines = (line for heading in agenda(meeting, member, issue, today) for line in heading.lines)
        return next((line.key for line in lines), "")
    left = raised - {(issue.pk, item["action"]) for item in about}
    actions = (action.pk for action in in_order_of_need(issue.actions.all(), today))
    return next((live_key(issue.pk, pk) for pk in (*actions, None) if (issue.pk, pk) in left), "")


def points(headings: list[AgendaHeading]) -> int:
    """The number of points on the agenda, live or stored; a heading with nothing under it is one."""
    return sum(len(heading.lines) or 1 for heading in headings)


def points_discussed(headings: list[AgendaHeading]) -> int:
    return sum(line.is_discussed for heading in headings for line in heading.lines)


def settle_heading(
    meeting: Meeting, heading: AgendaHeading, *, by: Actor, at: datetime | None = None, at_start: bool = False
) -> None:
    """Store the heading's lines as items in their order, in a fixed number of statements.

    Those that the start of the meeting makes are marked, for the start may be taken back.
    """
    for position, line in enumerate(heading.lines, start=1):
        line.stored(meeting, by=by, at=at).position = position
    items = [line.item for line in heading.lines if line.item]
    AgendaItem.objects.bulk_update([item for item in items if item.pk], ["heading", "position", "reason"])
    new = [item for item in items if not item.pk]
    for item in new:
        item.settled = at_start
    AgendaItem.objects.bulk_create(new)


def live_key(issue_id: int | None, action_id: int | None) -> str:
    """The name in a form of a line that is not stored; empty for what no rule raises."""
    return f"action-{action_id}" if action_id else f"issue-{issue_id}" if issue_id else ""


# Private


def _numbered(heading: AgendaHeading) -> AgendaHeading:
    """The heading with its lines numbered: `6` where it has one, else `6.1`, `6.2`."""
    for position, line in enumerate(heading.lines, start=1):
        line.number = heading.heading.number_of(position, among=len(heading.lines))
    return heading
