"""Builds the content of the minutes: plain data, made once when the meeting closes, read by page and documents.

Restricted items are left out: the minutes lie with several authorities.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from base.records import not_restricted
from base.swedish.words import day_and_month, swedish_day
from issues.coverage import OrganisationCoverage
from meetings.models import AgendaItem, Decision, Heading, Meeting, OrganisationAtMeeting, Presence
from meetings.round import Round
from members.models import Group


def minutes_content(meeting: Meeting, following: Meeting | None) -> dict[str, Any]:
    """The whole content as JSON-able data; times are ISO strings, texts as people wrote them."""
    return {
        "shape": 1,
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
        "actions": [_action(decision, meeting) for decision in _open_decisions(meeting) if decision.action],
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
    items = AgendaItem.objects.filter(meeting=meeting).on_agenda().filter(not_restricted("issue"))
    by_heading: dict[str, list[AgendaItem]] = {}
    for item in items.select_related("issue", "presenter").prefetch_related(decisions):
        by_heading.setdefault(item.heading_id, []).append(item)
    return [
        {
            "key": heading.key,
            "number": heading.number,
            "title": heading.label,
            "kind": heading.kind,
            "rule": heading.rule,
            "items": _items(by_heading.get(heading.key, []), heading),
            **_round(meeting if heading.rule == Heading.Rule.ROUND else None),
        }
        for heading in Heading.objects.in_order()
    ]


def _items(items: list[AgendaItem], heading: Heading) -> list[dict[str, Any]]:
    """The items with their numbers, which count those in the minutes: a gap would tell that something is left out."""
    return [_item(item, heading.number_of(n, among=len(items))) for n, item in enumerate(items, 1)]


def _item(item: AgendaItem, number: str) -> dict[str, Any]:
    return {
        "number": number,
        "title": item.title,
        "issue": item.issue and item.issue.number,
        "is_heading": item.is_heading,
        "reason": item.reason,
        "presenter": item.presenter and str(item.presenter),
        "note": item.note,
        "discussed": item.is_discussed,
        "decisions": [
            {"number": decision.number, "text": decision.text, "feedback": decision.feedback}
            for decision in item.decisions.all()
        ],
    }


def _round(meeting: Meeting | None) -> dict[str, Any]:
    """What each organisation had said since the last meeting when this one closed; what is restricted is not counted.

    Empty under another heading than the round's.
    """
    if meeting is None:
        return {"reports": [], "calm": [], "silent": []}
    counted = Round.of(meeting)
    reports = [{"organisation": str(each.organisation), "observations": each.count} for each in counted.reports]
    calm = [{"organisation": str(each.organisation), "day": _said_on(each, meeting)} for each in counted.calm]
    return {"reports": reports, "calm": calm, "silent": [str(each.organisation) for each in counted.silent]}


def _said_on(calm: OrganisationCoverage, meeting: Meeting) -> str:
    """The day it was said, with the year where that is another than the meeting's."""
    return day_and_month(calm.nil.said_on, today=meeting.day) if calm.nil else ""


def _open_decisions(meeting: Meeting) -> list[Decision]:
    """The decisions that are not about a restricted issue."""
    decisions = Decision.objects.at(meeting).filter(not_restricted("issue"))
    return list(decisions.prefetch_related("action__assignments__organisation"))


def _action(decision: Decision, meeting: Meeting) -> dict[str, str]:
    """The year of the day to answer by is told where it is another than the meeting's, whenever it is written."""
    if decision.action is None:
        return {}
    current = decision.action.current
    return {
        "number": decision.number,
        "title": decision.action.title,
        "organisation": str(current.organisation),
        "answer_due": swedish_day(current.answer_due, today=meeting.day) if current.answer_due else "",
    }
