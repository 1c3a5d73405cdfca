"""Builds the agenda of a meeting from the stored items and, until it starts, from what the rules raise now.

What the samordnare has added, ordered or removed is stored, and comes before the live proposals; `starting` makes
all of it items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from base.records import not_restricted
from base.swedish import clock
from issues.models import Action, Issue, in_order_of_need
from issues.models.action import ActionQuerySet
from meetings.agenda.answered import Answered, answered_since_last
from meetings.agenda.at_table import AtTable
from meetings.agenda.ceiling import BeyondCeilingError
from meetings.agenda.lines import AgendaHeading, AgendaLine, live_key
from meetings.agenda.rules import Proposal, raise_all, rules_of, subjects_about
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.agenda import Subject
from meetings.models.heading import HeadingQuerySet
from members.actor import Actor
from members.models import Member


def agenda(
    meeting: Meeting, member: Member, about: Issue | None = None, today: date | None = None, *, whole: bool = True
) -> list[AgendaHeading]:
    """The group's headings with their lines, as the member may see them; live until the meeting starts.

    `about` leaves only the lines of that issue; `today` is the day that the rules ask of. Not `whole` is without what
    stands beside the lines: what was answered, and what has a place elsewhere.
    """
    whole = whole and about is None
    stored = AgendaItem.objects.visible_to(member).filter(meeting=meeting)
    if about:
        stored = stored.filter(issue=about)
    items = list(stored.for_lines())
    live = meeting.is_planned and member.is_in_group
    known = Heading.objects.in_order()
    headings = {heading.key: AgendaHeading(heading, live=live) for heading in known}
    placed = {item.subject for item in items if item.issue_id}
    raised = raise_all(member, about, today, placed) if live else []
    proposed = [proposal for one in raised for proposal in one.lines]
    visible = Action.objects.visible_to(member)
    at_table = AtTable(meeting, items if whole else [], visible)
    lists = member.is_in_group and whole and not meeting.is_closed
    answered, states = _actions(at_table, items, visible if lists else None, today)
    for line in _lines(items, placed, proposed, known, states):
        headings[line.heading.key].lines.append(_with_answers(line, at_table))
    for item in (item for item in items if item.removed and not (item.issue and item.issue.is_struck)):
        item.heading = headings[item.heading_id].heading
        headings[item.heading_id].removed.append(item)
    for left_out in filter(None, (one.left_out(placed) for one in raised)):
        headings[known.taking(left_out.rule).key].left_out.append(left_out)
    headings[known.taking(Heading.Rule.ACTION_LOG).key].answered = answered
    return _arranged(meeting, headings.values(), known, refers=whole)


def agenda_of_items(meeting: Meeting, items: Iterable[Any]) -> list[AgendaHeading]:
    """The group's headings with these items of a meeting that has started, for its minutes: nothing is live.

    What was answered is less restricted issues.
    """
    known = Heading.objects.in_order()
    headings = {heading.key: AgendaHeading(heading) for heading in known}
    unrestricted = Action.objects.filter(not_restricted("issue"))
    at_table = AtTable(meeting, items, unrestricted)
    answered, states = _actions(at_table, items, unrestricted, None)
    for line in _lines(items, set(), [], known, states):
        headings[line.heading.key].lines.append(_with_answers(line, at_table))
    headings[known.taking(Heading.Rule.ACTION_LOG).key].answered = answered
    return _arranged(meeting, headings.values(), known, refers=True)


def _actions(
    at_table: AtTable, items: Iterable[AgendaItem], visible: ActionQuerySet | None, today: date | None
) -> tuple[Answered, dict[Subject, str]]:
    """What was answered of what is visible and at no item, and where each action of the items stands, in one query.

    When the meeting has closed, the items say where the actions stood then.
    """
    meeting = at_table.meeting
    placed = {item.action_id: item for item in items if item.action_id and not item.removed}
    if visible is None and (meeting.is_closed or not placed):
        return Answered(), {}
    today = today or timezone.localdate(meeting.closed_at)
    if visible is None:
        answered, told = Answered(), list(Action.objects.filter(pk__in=placed).with_current())
    else:
        answered, told = answered_since_last(meeting, visible, today, placed.keys() | at_table.actions)
    points = [] if meeting.is_closed else [(placed[action.pk], action) for action in told if action.pk in placed]
    return answered, {item.subject: at_table.state_of(item, action, today) for item, action in points}


def _with_answers(line: AgendaLine, at_table: AtTable) -> AgendaLine:
    """The line with what was answered at it. What a meeting has closed with is marked."""
    if line.item:
        line.answers = at_table.told_at(line.item, clock.today())
        line.is_dealt_with = not at_table.meeting.is_closed and at_table.deals_with(line.item)
    return line


def _arranged(
    meeting: Meeting, headings: Iterable[AgendaHeading], known: HeadingQuerySet, *, refers: bool
) -> list[AgendaHeading]:
    """The headings with their lines in order and numbered, and what stands under another heading than its own.

    What was answered at the meeting stands at its own line; the log says where.
    """
    arranged = {heading.key: heading for heading in headings}
    for heading in arranged.values():
        heading.arrange(as_stored=meeting.is_closed)
    lines = [line for heading in arranged.values() for line in heading.under] if refers else []
    raised = {line.issue.pk: line for line in reversed(lines) if line.issue and not line.is_ending}
    rules = rules_of(raised, meeting)
    for line in lines:
        if line.issue and line is raised.get(line.issue.pk) and line.issue.pk in rules:
            home = arranged[known.taking(rules[line.issue.pk]).key]
            if home.key != line.heading.key:
                home.elsewhere.append(line)
    log = arranged[known.taking(Heading.Rule.ACTION_LOG).key]
    answered = [line for line in lines if line.answers and line.heading.key != log.key]
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
    by_key = {heading.key: heading for heading in headings}
    reasons = {proposal.subject: proposal.reason for proposal in raised} | states
    for item in items:
        if not item.removed and not item.gives_way:
            reason = reasons.get(item.subject, item.reason)
            yield AgendaLine(
                by_key[item.heading_id], item.title, reason, item.issue, item.action, item, since=item.stands_since
            )
    for proposal in raised:
        if proposal.subject not in placed:
            heading = headings.taking(proposal.rule)
            subject = proposal.issue, proposal.action
            yield AgendaLine(heading, proposal.title, proposal.reason, *subject, since=proposal.since)


def agenda_for_paper(meeting: Meeting, member: Member) -> list[AgendaHeading]:
    """The agenda without restricted issues, whoever asks: a paper lies about."""
    return [heading.openly for heading in agenda(meeting, member)]


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
