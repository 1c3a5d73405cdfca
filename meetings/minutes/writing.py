"""Builds the content of the minutes: plain data, made once when the meeting closes, read by page and documents.

Restricted items are left out: the minutes lie with several authorities. What may become restricted afterwards says what
it is `of`, the id of its issue, and what is counted says which observations, so that it can be left out then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from base.records import not_restricted
from base.swedish.clock import today
from issues.models import Action, Observation
from issues.models.status import NOT_ENDED
from issues.texts.nil_report import when_said
from meetings.agenda.answered import answered_rows
from meetings.agenda.at_table import answers_at, listed_as_answered, said_at_table
from meetings.agenda.building import Extent, agenda_of_items
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.agenda.rules import with_spoken
from meetings.attendance import AttendanceRow, rows_and_others
from meetings.coming import ComingMeetings
from meetings.minutes.action_list import answered_at_table, done_by, listed_status
from meetings.models import (
    AgendaItem,
    Appendix,
    Approver,
    Decision,
    Heading,
    Meeting,
    Presence,
    RoundNote,
    TableAnswer,
)
from meetings.models.approval import may_choose
from meetings.models.item_presenter import ItemPresenter
from meetings.officers import officers
from meetings.round import Round
from meetings.table_answers import answers_to_give
from members.models import Group

UNRESTRICTED = not_restricted("issue")
"""Of items, decisions and actions: what all who read minutes may know of."""
WORDS_OF_A_DECISION = ("number", "text", "despite", "feedback")


def minutes_content(meeting: Meeting, coming: ComingMeetings | None) -> dict[str, Any]:
    """The whole content as JSON-able data; times are ISO strings, texts as people wrote them."""
    group = Group.current()
    return {
        "shape": 11,
        "called": group.minutes_name,
        "group": group.signed_as,
        "creator": group.name,
        "title": str(meeting),
        "number": meeting.number,
        "starts_at": meeting.starts_at.isoformat(),
        "started_at": meeting.started_at and meeting.held_at.isoformat(),
        "ended_at": meeting.held_to and meeting.held_to.isoformat(),
        "closed_at": meeting.closed_at and meeting.closed_at.isoformat(),
        "on_paper": _on_paper(meeting),
        "is_first": meeting.previous() is None,
        "place": meeting.place,
        "registry_no": meeting.registry_no,
        **attendance_content(meeting, *rows_and_others(meeting)),
        **_spoken_of(meeting),
        "appendices": _appended(meeting),
        "approvers": _approvers(meeting, group),
        "next": _when(coming.usual) if coming and coming.usual else None,
        "extra": [_when(one) for one in coming.extra] if coming else [],
    }


def _on_paper(meeting: Meeting) -> dict[str, Any] | None:
    """Of one that was held on paper when it was entered, by whom, and how many files its minutes are."""
    if not meeting.is_on_paper:
        return None
    files = Appendix.objects.at(meeting).filter(item=None).listed().count()
    return {"entered": _last_day(meeting).isoformat(), "by": str(meeting.state_by), "files": files}


def _when(meeting: Meeting) -> dict[str, str]:
    return {"starts_at": meeting.starts_at.isoformat(), "place": meeting.place}


def _appended(meeting: Meeting) -> list[dict[str, Any]]:
    """The files by their numbers and names, each with its key; none of a restricted item."""
    numbered = Appendix.objects.at(meeting).listed().unrestricted().select_related("item")
    return [
        {
            "number": str(number),
            "key": appendix.pk,
            "title": appendix.name,
            "item": appendix.item.title if appendix.item else "",
            "of": appendix.item.issue_id if appendix.item else None,
        }
        for number, appendix in enumerate(numbered, 1)
    ]


def _approvers(meeting: Meeting, group: Group) -> list[dict[str, Any]] | None:
    """Those who are to approve them, as they are chosen then; None where nobody is asked to choose."""
    chosen = [
        {"key": one.member_id, "name": one.person, "title": one.person_title, "home": one.comes_from}
        for one in Approver.objects.chosen().at(meeting)
    ]
    return chosen if chosen or may_choose(meeting, group) else None


def attendance_content(meeting: Meeting, table: Iterable[AttendanceRow], beside: list[Presence]) -> dict[str, Any]:
    """Who led the meeting and wrote, who was there for each organisation, and the guests."""
    return {
        **{one.capacity: _person(one) for one in officers(meeting, beside)},
        "relieved": [_person(one) for one in beside if one.was_relieved],
        "attendance": _organisations(table),
        "guests": [_person(presence) for presence in beside if not presence.is_of_an_office],
    }


def _organisations(table: Iterable[AttendanceRow]) -> list[dict[str, Any]]:
    """One row for each organisation with its state and people, so that none is missing.

    `excused` are those who had a place and said that they could not come, also where another came instead.
    """
    return [
        {
            "key": row.organisation.pk,
            "organisation": str(row.organisation),
            "state": row.state,
            "state_name": row.at_meeting.get_state_display(),
            "people": [_person(presence) for presence in row.there],
            "excused": [
                {
                    "key": member.pk,
                    "name": str(member),
                    "title": member.title,
                    "capacity": Presence.Capacity(role).label,
                }
                for role, member in row.excused_by_place.items()
                if member not in {presence.member for presence in row.there}
            ],
        }
        for row in table
    ]


def _person(presence: Presence) -> dict[str, Any]:
    """Who somebody is, the name apart: a text that is a name alone tells nothing of her. One who has an account is
    known by its key also when she is called something else.

    Where she comes from is told of who is there for no organisation.
    """
    home = presence.comes_from if presence.organisation is None else ""
    named = {"name": presence.person, "title": presence.person_title, "home": home}
    return {"key": presence.member_id, **named, "capacity": presence.get_capacity_display(), "span": presence.span}


def _presenter(one: ItemPresenter) -> dict[str, str]:
    return {"name": one.name, "title": one.title, "home": one.home}


def _spoken_of(meeting: Meeting) -> dict[str, Any]:
    headings = headings_about(meeting, UNRESTRICTED, extent=Extent.DECISIONS)
    waiting, foretold = waiting_answers(meeting)
    return {
        "headings": _headings(meeting, headings, foretold),
        "actions": actions_content(meeting, headings, waiting, UNRESTRICTED),
    }


def headings_about(meeting: Meeting, about: Q, *, extent: Extent) -> list[AgendaHeading]:
    """The meeting's headings, with those of its items whose issue is as `about` says, and their decisions."""
    decisions = Prefetch("decisions", Decision.objects.in_order())
    items = with_spoken(AgendaItem.objects.filter(meeting=meeting).filter(about).for_lines(), meeting)
    return agenda_of_items(meeting, list(items.prefetch_related(decisions)), about, extent=extent)


def waiting_answers(meeting: Meeting) -> tuple[dict[int, TableAnswer], Collection[TableAnswer]]:
    """The answers at the table that the closing gives, by their actions, and those of them that are foretold."""
    waiting = {one.proposed.action_id: one for one in answers_to_give(meeting)}
    return waiting, () if meeting.is_being_corrected else waiting.values()  # a correction tells them by itself


def _headings(
    meeting: Meeting, headings: list[AgendaHeading], waiting: Collection[TableAnswer]
) -> list[dict[str, Any]]:
    day = _last_day(meeting)
    return [
        {
            "key": heading.key,
            "number": heading.number,
            "title": heading.title,
            "kind": heading.heading.kind,
            "rule": heading.heading.rule,
            "items": [item_content(line, line.item, waiting) for line in heading.lines if line.item],
            "round": _round(meeting) if heading.heading.rule == Heading.Rule.ROUND else [],
            "said": _said(meeting) if heading.heading.rule == Heading.Rule.ROUND else [],
            "elsewhere": [_elsewhere(line) for line in heading.elsewhere],
            "followed": [
                {
                    "number": one.number,
                    "title": one.title,
                    "text": one.text,
                    "became": one.became,
                    "is_earlier": one.is_earlier,
                    "of": one.issue and one.issue.pk,
                }
                for one in heading.followed
            ],
            "more_followed": heading.followed.more,
            "answered": [
                {"row": list(row), "of": action.issue_id}
                for action, row in zip(heading.answered, answered_rows(heading.answered, day), strict=True)
            ],
        }
        for heading in headings
    ]


def item_content(line: AgendaLine, item: AgendaItem, waiting: Iterable[TableAnswer]) -> dict[str, Any]:
    """The numbers are those on the screen: restricted items stand last there, so none is missing here.

    Before the meeting closes the answers at the table, which are given then, are told as they will be.
    """
    is_one = sum(decision.kind == Decision.Kind.PROPOSE for decision in item.decisions.all()) == 1
    at_table = (one for one in waiting if one.proposed.decision.item_id == item.pk)
    about = (("" if is_one else f"{one.proposed.action}: ", one) for one in at_table)
    said = [f"{action}{said_at_table(one.organisation, one, today())}" for action, one in about]
    return {
        "key": item.pk,
        "number": line.number,
        "title": line.title,
        "issue": item.issue and item.issue.number,
        "of_issue": item.issue.title if item.issue else "",
        "of": item.issue_id,
        "is_heading": item.is_heading,
        "reason": line.reason,
        "raised_by": item.raised_by,
        "registry_no": item.registry_no,
        "presenters": [_presenter(presenter) for presenter in item.presented_by],
        "note": item.note,
        "answers": [*(line.answers_below if is_one else line.answers), *said],
        "discussed": line.is_discussed,
        "deferred": line.is_deferred,
        "decisions": [
            {"key": decision.pk, **{name: getattr(decision, name) for name in WORDS_OF_A_DECISION}}
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


def _said(meeting: Meeting) -> list[dict[str, Any]]:
    """The organisations' own words in the round."""
    return [
        {"key": each.organisation_id, "organisation": str(each.organisation), "text": each.text}
        for each in RoundNote.objects.at(meeting)
    ]


def actions_content(
    meeting: Meeting, headings: list[AgendaHeading], waiting: Mapping[int, TableAnswer], about: Q
) -> list[dict[str, Any]]:
    """What the meeting proposes, the actions that were on its agenda, and of the issues it dealt with what is open or
    was answered there; of issues that are as `about` says alone, and no draft that the meeting did not decide on.
    """
    if meeting.is_on_paper:
        return []
    decided = Decision.objects.at(meeting).filter(about)
    lifted = {one.lifts_id: one for one in decided.filter(kind=Decision.Kind.ESCALATE)}
    decisions = {**{one.asked: one for one in decided.for_each_action()}, **lifted}
    lines = [line for heading in headings for line in heading.lines]
    named = [key for key in (*decisions, *(line.action and line.action.pk for line in lines)) if key]
    answers = dict(answers_at(meeting).values_list("assignment", "assignment__action"))
    dealt_with = {line.issue.pk for line in lines if line.issue and line.is_discussed}
    beside = Q(state__in=NOT_ENDED - {Action.State.DRAFT}) | Q(pk__in=answers.values())
    known = Action.objects.filter(about).with_current().prefetch_related("supporting")
    listed = known.filter(Q(pk__in=named) | Q(issue__in=dealt_with) & beside).order_by("pk")
    found, usual = {action.pk: action for action in listed}, Group.current().answer_due(_last_day(meeting))
    return [
        _action(found[key], decisions.get(key), meeting, usual, is_answered=found[key].current.pk in answers)
        | (answered_at_table(waiting[key], today=meeting.day) if key in waiting else {})
        for key in dict.fromkeys([*named, *found])
        if key in found
    ]


def _action(
    action: Action, decision: Decision | None, meeting: Meeting, usual: date, *, is_answered: bool
) -> dict[str, Any]:
    """The year of a day is told where it is another than the meeting's, whenever it is written."""
    status = listed_status(action, _last_day(meeting), usual, told=meeting.day)
    return {
        "key": action.pk,
        "number": decision.number if decision else "",
        "title": action.title,
        "of": action.issue_id,
        "organisation": str(action.current.organisation),
        "responsible": action.current.organisation_id,
        "supporting": [str(organisation) for organisation in action.supporting.all()],
        "supports": [organisation.pk for organisation in action.supporting.all()],
        "done_by": done_by(action, today=meeting.day),
        "status": listed_as_answered(status) if is_answered else status,
        "is_new": decision is not None and decision.kind == Decision.Kind.PROPOSE,
    }


def _last_day(meeting: Meeting) -> date:
    """The day it closed; of one that has not, or is being corrected, today."""
    return timezone.localdate(None if meeting.is_being_corrected else meeting.closed_at)
