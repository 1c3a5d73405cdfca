"""Builds the content of the minutes: plain data, made once when the meeting closes, read by page and documents.

Restricted items are left out: the minutes lie with several authorities.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from base.records import not_restricted
from issues.models import Action
from issues.texts.nil_report import when_said
from meetings.agenda.answered import answered_rows, answered_since_last
from meetings.agenda.building import agenda_of_items
from meetings.agenda.lines import AgendaLine
from meetings.minutes.action_list import done_by, listed_status
from meetings.models import AgendaItem, Decision, Heading, Meeting, OrganisationAtMeeting, Presence
from meetings.round import Round
from members.models import Group


def minutes_content(meeting: Meeting, following: Meeting | None) -> dict[str, Any]:
    """The whole content as JSON-able data; times are ISO strings, texts as people wrote them."""
    return {
        "shape": 2,
        "group": Group.current().name,
        "title": str(meeting),
        "number": meeting.number,
        "starts_at": meeting.starts_at.isoformat(),
        "started_at": meeting.started_at and meeting.started_at.isoformat(),
        "closed_at": meeting.closed_at and meeting.closed_at.isoformat(),
        "is_first": meeting.previous() is None,
        "place": meeting.place,
        "chair": str(meeting.chair),
        "secretary": str(meeting.secretary),
        "attendance": _attendance(meeting),
        "guests": [_person(presence) for presence in meeting.presences.guests().in_order()],
        "headings": _headings(meeting),
        "actions": _actions(meeting),
        "next": following and {"starts_at": following.starts_at.isoformat(), "place": following.place},
    }


def _attendance(meeting: Meeting) -> list[dict[str, Any]]:
    """One row for each organisation with its state and people, so that none is missing."""
    seated: dict[int, list[dict[str, str]]] = {}
    for presence in meeting.presences.exclude(organisation=None).in_order():
        seated.setdefault(presence.organisation_id or 0, []).append(_person(presence))
    return [
        {
            "organisation": str(row.organisation),
            "state": row.state,
            "state_name": row.get_state_display(),
            "people": seated.get(row.organisation_id, []),
        }
        for row in OrganisationAtMeeting.objects.filter(meeting=meeting).select_related("organisation").in_order()
    ]


def _person(presence: Presence) -> dict[str, str]:
    return {"name": str(presence.member), "capacity": presence.get_capacity_display(), "span": presence.span}


def _headings(meeting: Meeting) -> list[dict[str, Any]]:
    decisions = Prefetch("decisions", Decision.objects.in_order())
    items = AgendaItem.objects.filter(meeting=meeting).filter(not_restricted("issue")).for_lines()
    headings = agenda_of_items(meeting, list(items.prefetch_related(decisions)))
    return [
        {
            "key": heading.key,
            "number": heading.number,
            "title": heading.title,
            "kind": heading.heading.kind,
            "rule": heading.heading.rule,
            "items": [_item(line, line.item) for line in heading.lines if line.item],
            **_round(meeting if heading.heading.rule == Heading.Rule.ROUND else None),
            "see": heading.see,
            "answered": _answered(meeting, items) if heading.heading.rule == Heading.Rule.ACTION_LOG else [],
        }
        for heading in headings
    ]


def _item(line: AgendaLine, item: AgendaItem) -> dict[str, Any]:
    """The numbers are those on the screen: restricted items stand last there, so none is missing here."""
    return {
        "number": line.number,
        "title": line.title,
        "issue": item.issue and item.issue.number,
        "is_heading": item.is_heading,
        "reason": line.reason,
        "presenter": item.presenter and str(item.presenter),
        "note": item.note,
        "discussed": item.is_discussed,
        "decisions": [
            {"number": decision.number, "text": decision.text, "feedback": decision.feedback}
            for decision in item.decisions.all()
        ],
    }


def _answered(meeting: Meeting, items: Iterable[AgendaItem]) -> list[list[str]]:
    """What was answered since the last meeting and was no item: title, organisation, answer; less restricted issues."""
    placed = {item.action_id for item in items if item.action_id and not item.removed}
    day = timezone.localdate(meeting.closed_at)
    answered, _ = answered_since_last(meeting, Action.objects.filter(not_restricted("issue")), day, placed)
    return [list(row) for row in answered_rows(answered, day)]


def _round(meeting: Meeting | None) -> dict[str, Any]:
    """What each organisation had said since the last meeting when this one closed; what is restricted is not counted.

    Empty under another heading than the round's.
    """
    if meeting is None:
        return {"reports": [], "calm": [], "silent": []}
    counted = Round.of(meeting)
    reports = [{"organisation": str(each.organisation), "observations": each.count} for each in counted.reports]
    calm = [{"organisation": str(each.organisation), "day": when_said(each, meeting.day)} for each in counted.calm]
    return {"reports": reports, "calm": calm, "silent": [str(each.organisation) for each in counted.silent]}


def _actions(meeting: Meeting) -> list[dict[str, Any]]:
    """What the meeting proposes, then the actions that were on its agenda; none of a restricted issue."""
    about = Decision.objects.at(meeting).filter(not_restricted("issue"))
    decisions = {decision.action_id: decision for decision in about}
    items = AgendaItem.objects.at(meeting).on_agenda().values_list("action", flat=True)
    known = Action.objects.filter(not_restricted("issue")).with_current().prefetch_related("supporting")
    keys = dict.fromkeys(key for key in (*decisions, *items) if key)
    found, usual = known.in_bulk(keys), Group.current().answer_due(timezone.localdate(meeting.closed_at))
    return [_action(found[key], decisions.get(key), meeting, usual) for key in keys if key in found]


def _action(action: Action, decision: Decision | None, meeting: Meeting, usual: date) -> dict[str, Any]:
    """The year of a day is told where it is another than the meeting's, whenever it is written."""
    day = timezone.localdate(meeting.closed_at)
    return {
        "number": decision.number if decision else "",
        "title": action.title,
        "organisation": str(action.current.organisation),
        "supporting": [str(organisation) for organisation in action.supporting.all()],
        "done_by": done_by(action, today=meeting.day),
        "status": listed_status(meeting, action, day, usual),
        "is_new": decision is not None,
    }
