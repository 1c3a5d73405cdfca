"""Builds the content of the minutes: plain data, made once when the meeting closes, read by page and documents.

Restricted items are left out: the minutes lie with several authorities. What may become restricted afterwards says what
it is `of`, the id of its issue, and what is counted says which observations, so that it can be left out then.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from base.records import not_restricted
from issues.models import Action, Observation
from issues.models.status import NOT_ENDED
from issues.texts.nil_report import when_said
from meetings.agenda.answered import answered_rows
from meetings.agenda.at_table import AT_THE_MEETING, answers_at
from meetings.agenda.building import agenda_of_items
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.attendance import rows
from meetings.minutes.action_list import done_by, listed_status
from meetings.models import AgendaItem, Appendix, Decision, Heading, Meeting, Presence
from meetings.round import Round
from members.models import Group, Member


def minutes_content(meeting: Meeting, following: Meeting | None) -> dict[str, Any]:
    """The whole content as JSON-able data; times are ISO strings, texts as people wrote them."""
    return {
        "shape": 4,
        "group": Group.current().name,
        "title": str(meeting),
        "number": meeting.number,
        "starts_at": meeting.starts_at.isoformat(),
        "started_at": meeting.started_at and meeting.started_at.isoformat(),
        "closed_at": meeting.closed_at and meeting.closed_at.isoformat(),
        "is_first": meeting.previous() is None,
        "place": meeting.place,
        "chair": _named(meeting.chair),
        "secretary": _named(meeting.secretary),
        "attendance": _attendance(meeting),
        "guests": [_person(presence) for presence in meeting.presences.guests().in_order()],
        **_spoken_of(meeting),
        "appendices": _appended(meeting),
        "next": following and {"starts_at": following.starts_at.isoformat(), "place": following.place},
    }


def _appended(meeting: Meeting) -> list[dict[str, Any]]:
    """The files by their numbers and names; none of a restricted item."""
    numbered = Appendix.objects.at(meeting).listed().unrestricted().select_related("item")
    return [
        {
            "number": str(number),
            "title": appendix.name,
            "item": appendix.item.title if appendix.item else "",
            "of": appendix.item.issue_id if appendix.item else None,
        }
        for number, appendix in enumerate(numbered, 1)
    ]


def _attendance(meeting: Meeting) -> list[dict[str, Any]]:
    """One row for each organisation with its state and people, so that none is missing.

    `excused` are those who had a place and said that they could not come, also where another came instead.
    """
    return [
        {
            "organisation": str(row.organisation),
            "state": row.state,
            "state_name": row.at_meeting.get_state_display(),
            "people": [_person(presence) for presence in row.there],
            "excused": [
                {"name": str(member), "title": member.title, "capacity": Presence.Capacity(role).label}
                for role, member in row.seated.items()
                if member in row.excused and member not in {presence.member for presence in row.there}
            ],
        }
        for row in rows(meeting)
    ]


def _named(member: Member) -> dict[str, str]:
    """Who somebody is, the name apart: a text that is a name alone tells nothing of her."""
    return {"name": str(member), "title": member.title, "home": str(member.organisation or "")}


def _person(presence: Presence) -> dict[str, str]:
    """Of a guest also where she comes from."""
    home = presence.comes_from if presence.organisation is None else ""
    named = {"name": presence.person, "title": presence.person_title, "home": home}
    return {**named, "capacity": presence.get_capacity_display(), "span": presence.span}


def _spoken_of(meeting: Meeting) -> dict[str, Any]:
    decisions = Prefetch("decisions", Decision.objects.in_order())
    items = AgendaItem.objects.filter(meeting=meeting).filter(not_restricted("issue")).for_lines()
    headings = agenda_of_items(meeting, list(items.prefetch_related(decisions)))
    return {"headings": _headings(meeting, headings), "actions": _actions(meeting, headings)}


def _headings(meeting: Meeting, headings: list[AgendaHeading]) -> list[dict[str, Any]]:
    day = _last_day(meeting)
    return [
        {
            "key": heading.key,
            "number": heading.number,
            "title": heading.title,
            "kind": heading.heading.kind,
            "rule": heading.heading.rule,
            "items": [_item(line, line.item) for line in heading.lines if line.item],
            "round": _round(meeting) if heading.heading.rule == Heading.Rule.ROUND else [],
            "elsewhere": [_elsewhere(line) for line in heading.elsewhere],
            "answered": [
                {"row": list(row), "of": action.issue_id}
                for action, row in zip(heading.answered, answered_rows(heading.answered, day), strict=True)
            ],
        }
        for heading in headings
    ]


def _item(line: AgendaLine, item: AgendaItem) -> dict[str, Any]:
    """The numbers are those on the screen: restricted items stand last there, so none is missing here."""
    return {
        "number": line.number,
        "title": line.title,
        "issue": item.issue and item.issue.number,
        "of": item.issue_id,
        "is_heading": item.is_heading,
        "reason": line.reason,
        "presenter": item.presenter and _named(item.presenter),
        "note": item.note,
        "answers": list(line.answers),
        "discussed": line.is_discussed,
        "decisions": [
            {"number": decision.number, "text": decision.text, "feedback": decision.feedback}
            for decision in item.decisions.all()
        ],
    }


def _elsewhere(line: AgendaLine) -> dict[str, Any]:
    return {"number": line.number, "title": str(line.issue), "of": line.issue and line.issue.pk}


def _round(meeting: Meeting) -> list[dict[str, Any]]:
    """What each organisation had said since the last meeting when this one closed, nothing restricted with it.

    `counted` and `rejected` are the ids of its reports; without any of them it has said what the rest tells.
    """
    told = Round.of(meeting)
    reports: dict[int, dict[bool, list[int]]] = {}
    rows = Round.reports_in(meeting, told.previous).order_by("pk").values_list("organisation", "pk", "state")
    for organisation, pk, state in rows:
        by_kind = reports.setdefault(organisation, {True: [], False: []})
        by_kind[state == Observation.State.REJECTED].append(pk)
    return [
        {
            "organisation": str(each.organisation),
            "counted": reports.get(each.organisation.pk, {}).get(False, []),
            "rejected": reports.get(each.organisation.pk, {}).get(True, []),
            "calm": when_said(each, meeting.day) if each.nil else "",
            "takes_part": each.takes_part,
            "is_asked": each.is_asked,
        }
        for each in told.coverage.of_each
    ]


def _actions(meeting: Meeting, headings: list[AgendaHeading]) -> list[dict[str, Any]]:
    """What the meeting proposes, the actions that were on its agenda, and of the issues it dealt with what is open or
    was answered there; none of a restricted issue, and no draft that the meeting did not decide on.
    """
    decided = Decision.objects.at(meeting).filter(not_restricted("issue"))
    decisions = {one.asked: one for one in decided.for_each_action()}
    lines = [line for heading in headings for line in heading.lines]
    named = [key for key in (*decisions, *(line.action and line.action.pk for line in lines)) if key]
    answers = dict(answers_at(meeting).values_list("assignment", "assignment__action"))
    dealt_with = {line.issue.pk for line in lines if line.issue and line.is_discussed}
    beside = Q(state__in=NOT_ENDED - {Action.State.DRAFT}) | Q(pk__in=answers.values())
    known = Action.objects.filter(not_restricted("issue")).with_current().prefetch_related("supporting")
    listed = known.filter(Q(pk__in=named) | Q(issue__in=dealt_with) & beside).order_by("pk")
    found, usual = {action.pk: action for action in listed}, Group.current().answer_due(_last_day(meeting))
    return [
        _action(found[key], decisions.get(key), meeting, usual, is_answered=found[key].current.pk in answers)
        for key in dict.fromkeys([*named, *found])
        if key in found
    ]


def _action(
    action: Action, decision: Decision | None, meeting: Meeting, usual: date, *, is_answered: bool
) -> dict[str, Any]:
    """The year of a day is told where it is another than the meeting's, whenever it is written."""
    status = listed_status(action, _last_day(meeting), usual, told=meeting.day)
    return {
        "number": decision.number if decision else "",
        "title": action.title,
        "of": action.issue_id,
        "organisation": str(action.current.organisation),
        "supporting": [str(organisation) for organisation in action.supporting.all()],
        "done_by": done_by(action, today=meeting.day),
        "status": f"{status}, {AT_THE_MEETING}" if is_answered else status,
        "is_new": decision is not None,
    }


def _last_day(meeting: Meeting) -> date:
    """The day it closed; of one that has not, today."""
    return timezone.localdate(meeting.closed_at)
