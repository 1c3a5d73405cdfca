"""Entering a meeting that was held on paper: when, who was there, what was decided, and its old minutes as a file.

It becomes an ordinary closed meeting, with decisions of the year that it was held in. It takes nothing from others and
changes no agenda that is to come, and nobody is mailed: what it says is known since long.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import TruncDate
from django.utils import timezone

from base.files.gate import ClearedFile
from base.records.search import number_in
from base.swedish.words import sentence
from issues.models import Issue
from meetings.agenda.ordering import add_item
from meetings.attendance import AttendanceRow, rows
from meetings.closing import close_meeting
from meetings.deciding import decide
from meetings.models import AgendaItem, Appendix, Decision, Heading, Meeting, Minutes, OrganisationAtMeeting
from meetings.models.held import held
from meetings.models.numbering import Numbering
from meetings.models.presence import AttendanceSpan
from meetings.named_lines import each_line
from meetings.participants import Newcomer, admit, in_words
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation

NOT_YET = "Mötet har inte varit än. Planera det i stället, så bygger dagordningen sig själv."
STANDS_ALREADY = "{} står redan i registret. Ett möte skrivs in en gång."
NO_GROUP = "Ingen organisation var med i gruppen den dagen. Ändra först, under Gruppen, från vilken dag de är med."
NOT_IN_GROUP = "{} var inte med i gruppen den dagen. Ändra under Gruppen från vilken dag, eller ta bort det här."
BOTH_WAYS = "{} har någon bland de närvarande. Ta bort krysset, eller raden."
NO_SUCH_ISSUE = "Det finns inget ärende med numret {}."
NO_DECISION = "Skriv beslutet först på raden, och ärendets nummer sist."
TOO_LONG = f"Beslutet är för långt. Det får plats {Decision._meta.get_field('text').max_length} tecken."
DECISIONS = "decisions"
OF_ISSUE = re.compile(r"\(?\bärende\s{1,3}(\d{4}\s?[-‐‑–]\s?\d{1,6})\s{0,3}\)?\s{0,3}\.?$", re.IGNORECASE)
"""At the end of a line: (ärende 2026-41)."""


@dataclass(frozen=True)
class OldDecision:
    """A decision as it stands on paper, and the issue that it is about, if any."""

    text: str
    issue: Issue | None = None


@transaction.atomic
def enter_meeting(
    *,
    starts_at: datetime,
    by: Actor,
    ends_at: datetime | None = None,
    people: str = "",
    excused: Collection[Organisation] = (),
    decisions: str = "",
    files: Sequence[ClearedFile] = (),
    at: datetime | None = None,
    **facts: Any,
) -> Minutes:
    """Enter a meeting that was held, and return its minutes. `people` and `decisions` stand one on each line.

    Raises ValidationError, told at the field that it is about: for a day that has not been or on which a meeting stands
    already, an organisation that was not in the group then, and with what is wrong on which line.
    """
    at = at or timezone.now()
    if starts_at > at:
        raise ValidationError({"day": NOT_YET})
    facts |= {"ends_at": ends_at, "is_on_paper": True, "numbering": Numbering.MEETING}
    meeting = Meeting.plan(starts_at=starts_at, by=by, at=at, **facts)  # others of that year wait from here
    _ensure_alone_on_its_day(meeting)
    Heading.objects.create(meeting=meeting, key=DECISIONS, number=1, label="Beslut", settled=True, created_at=at)
    for cleared in files:
        Appendix.add(meeting, cleared, item=None, by=by, at=at)
    start_meeting(meeting, by=by, started_at=starts_at, at=at)
    _note(meeting, people, excused, by=by, at=at)
    _decide(meeting, old_decisions(decisions, by.member), by=by)
    return close_meeting(meeting, by=by, held_to=ends_at, at=at)


def old_decisions(text: str, member: Member) -> list[OldDecision]:
    """Those of the lines: each in words, and last on it the issue, as far as the member may know of that.

    Raises ValidationError, which tells of each line that is wrong.
    """
    with _at("decisions"):
        return each_line(text, lambda line: _old_decision(line, member), key=id)


def _old_decision(line: str, member: Member) -> OldDecision:
    line = line.strip()
    named = OF_ISSUE.search(line)
    words = line[: named.start()].rstrip(" \t(,;:") if named else line
    if len(sentence(words)) > (Decision._meta.get_field("text").max_length or 0):
        raise ValidationError(TOO_LONG)
    if named is None:
        return OldDecision(words)
    number = re.sub(r"\s", "", named[1])
    asked = number_in(number)
    issue = Issue.objects.visible_to(member).filter(asked).first() if asked else None
    if issue is None:
        raise ValidationError(NO_SUCH_ISSUE.format(number))
    if not words:
        raise ValidationError(NO_DECISION)
    return OldDecision(words, issue)


def _ensure_alone_on_its_day(meeting: Meeting) -> None:
    others = Meeting.objects.exclude(pk=meeting.pk).exclude(state=Meeting.State.CANCELLED)
    if other := others.alias(held_day=TruncDate(held())).filter(held_day=meeting.day).first():
        other.shares_its_day = False  # with this one alone, which is none
        raise ValidationError({"day": STANDS_ALREADY.format(other)})


def _note(meeting: Meeting, people: str, excused: Collection[Organisation], *, by: Actor, at: datetime) -> None:
    """Note who was there, first for each organisation whoever stands first; of the others that nobody came."""
    table = rows(meeting)
    if not table:
        raise ValidationError({"day": NO_GROUP})
    with _at("people"):
        newcomers = in_words(people, table)
        _ensure_of_the_group(newcomers)
    there = {newcomer.row.organisation for newcomer in newcomers if newcomer.row}
    newcomers += _leading_for(meeting, [row for row in table if row.organisation not in {*there, *excused}])
    _ensure_excused(excused, {row.organisation for row in table}, there)
    states, noted = OrganisationAtMeeting.State, [row.at_meeting for row in table]
    for each in noted:
        state = states.EXCUSED if each.organisation in excused else states.ABSENT
        each.set({"state": state, "updated_at": at}, by=by)
    OrganisationAtMeeting.objects.bulk_update(noted, ["state", "updated_at", "updated_by"])
    led = meeting.in_office.values()
    with _at("people"):
        for newcomer in newcomers:
            member = newcomer.span.member
            if newcomer.row or member is None or member.pk not in led:  # who led stands in the minutes by that
                admit(meeting, newcomer, by=by, at=at)


def _leading_for(meeting: Meeting, table: Iterable[AttendanceRow]) -> Iterator[Newcomer]:
    """Who led the meeting or wrote, and had a place for one of the organisations: she was there for it."""
    led = meeting.in_office.values()
    for row in table:
        for role, member in row.seated.items():
            if member.pk in led:
                yield Newcomer(AttendanceSpan(member, role), row)
                break


def _ensure_of_the_group(newcomers: Iterable[Newcomer]) -> None:
    """Of two words on a line the second is a title, where it names none of those who are expected."""
    said = (word for one in newcomers if one.row is None for word in (one.span.home, one.span.title))
    homes = {word.casefold() for word in said if word}
    for organisation in Organisation.objects.filter(in_group=True) if homes else ():
        if homes & {organisation.name.casefold(), organisation.called.casefold()}:
            raise ValidationError(NOT_IN_GROUP.format(organisation))


def _ensure_excused(excused: Iterable[Organisation], known: set[Organisation], there: set[Organisation]) -> None:
    for organisation in excused:
        why = BOTH_WAYS if organisation in there else "" if organisation in known else NOT_IN_GROUP
        if why:
            raise ValidationError({"excused": why.format(organisation)})


def _decide(meeting: Meeting, decisions: Iterable[OldDecision], *, by: Actor) -> None:
    """Write the decisions, as decided then: those about an issue at an item of its own."""
    when = meeting.ends_at or meeting.held_at
    items: dict[Issue | None, AgendaItem] = {None: AgendaItem.objects.at(meeting).get()}
    for one in decisions:
        if one.issue not in items:
            items[one.issue] = add_item(meeting, heading=DECISIONS, issue=one.issue, by=by, at=when)
        decide(items[one.issue], text=one.text, by=by, at=when)


@contextmanager
def _at(field: str) -> Iterator[None]:
    """Let what is refused in the block be told at that field."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
