"""Made-up things of the register, unsaved: just as much of each as its sentences and includes ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils import timezone
from django.utils.html import format_html

from base.records.search_provider import SearchHit
from issues.answer_rates import AnswerRate, Answers, Tertial
from issues.counting import ObservationCount
from issues.coverage import Coverage, OrganisationCoverage
from issues.forms.action_step import ActionForm
from issues.forms.answer import ANSWERS
from issues.models import Action, Answer, Assignment, Category, Event, Issue, NilReport, Observation
from meetings.attendance import AttendanceRow
from meetings.forms.attendance_row import AttendanceForm
from meetings.models import Meeting, OrganisationAtMeeting, Presence
from meetings.models.numbering import Numbering
from meetings.parts import Parts
from meetings.round import OrganisationReport, Round
from meetings.turnout import Turnout
from meetings.year import OrganisationYear
from members.models import Member, Organisation, Seat

NOW = timezone.now()  # the day the process began is near enough for a specimen
TODAY = timezone.localdate()

# Far beyond any row, so nothing of the register hangs on a made-up thing.
NOBODY = 2_000_000_000

TECHNICAL = Organisation(pk=NOBODY, name="Tekniska förvaltningen")
MAJA = Member(pk=NOBODY, name="Maja Exempel", title="säkerhetssamordnare", is_coordinator=True)
OMAR = Member(pk=NOBODY, name="Omar Prov", organisation=TECHNICAL, phone="0383-000 00", email="omar.prov@exempel.se")
GUN = Member(pk=NOBODY, name="Gun Prototyp", organisation=TECHNICAL, email="gun.prototyp@exempel.se")
LIGHTING = Category(pk=NOBODY, name="Belysning", icon="lighting")


def round_table() -> Round:
    """Nine have reported, two have nothing to report, two have said nothing."""
    nil = NilReport(organisation=TECHNICAL, first_day=TODAY - timedelta(days=30), last_day=TODAY, by=OMAR)
    others = ["Socialförvaltningen", "Polisen", "Kultur- och fritidsförvaltningen", "Räddningstjänsten"]
    said = [OrganisationCoverage(Organisation(pk=NOBODY, name=name)) for name in others]
    said[:2] = [replace(each, nil=nil) for each in said[:2]]
    return Round(None, Coverage(said), [OrganisationReport(TECHNICAL, 1)] * 9)


def issue() -> Issue:
    facts = {"title": "Mörkt i gångtunneln", "where": "Norra gångtunneln", "category": LIGHTING}
    shown = Issue(pk=NOBODY, year=TODAY.year, serial=41, **facts)
    shown.happened_at = NOW
    return shown


def action(state: str, kind: str = "", **answered: Any) -> Action:
    """An action with its one handover, asked a month ago, and the answer to it."""
    shown = Action(pk=NOBODY, issue=issue(), title="Laga belysningen", state=state, done_at=NOW, done_on=TODAY)
    shown.current = Assignment(
        pk=NOBODY,
        action=shown,
        organisation=TECHNICAL,
        asked_at=NOW - timedelta(days=30),
        asked_by=MAJA,
        answer_due=TODAY - timedelta(days=16),
        planned=answered.get("planned"),
        cost_band=answered.get("cost_band", ""),
    )
    if kind:
        shown.current.answer = Answer(pk=NOBODY, kind=kind, given_at=NOW, by=OMAR, **answered)
    return shown


def actions() -> list[Action]:
    """One in each state that looks different."""
    waiting = action("proposed")
    waiting.current.answer_due = TODAY + timedelta(days=9)
    soon, late = TODAY + timedelta(days=20), TODAY - timedelta(days=6)
    refusal = {"reason": "budget", "text": "Ryms inte i år.", "next_step": "Fråga igen i mars."}
    return [
        action("draft"),
        waiting,
        action("proposed"),
        action("question", kind="question", text="Gäller det även lovveckan?"),
        action("question", kind="passed_on"),
        action("accepted", kind="accepted", planned=soon, cost_band="under_50"),
        action("ongoing", kind="accepted", planned=soon),
        action("ongoing", kind="accepted", planned=late),
        action("declined", kind="declined", **refusal),
        action("done", kind="accepted", planned=soon),
        action("cancelled"),
    ]


def observations() -> list[Observation]:
    facts = {"category": LIGHTING, "organisation": TECHNICAL, "reporter": OMAR, "where": "Norra gångtunneln"}
    return [
        Observation(pk=NOBODY, text="Fyra av sex lampor är släckta.", for_meeting=True, unsafe=2, **facts),
        Observation(pk=NOBODY + 1, text="Glas på marken.", state="noted", restricted=True, **facts),
        Observation(pk=NOBODY + 2, state="rejected", rejection="Gäller en annan kommun.", source="resident", **facts),
    ]


def observed() -> ObservationCount:
    return ObservationCount(own=7, reporters=4, others={"resident": 6})


def events() -> list[Event]:
    accepted = action("accepted", kind="accepted", planned=TODAY + timedelta(days=20))
    meeting = {"day": TODAY.isoformat(), "extra": False}
    events: list[tuple[str, Member, dict[str, Any]]] = [
        ("decided", MAJA, {"action": accepted, "facts": {"number": "2026-58", **meeting}}),
        ("answered", OMAR, {"action": accepted, "answer": accepted.current.answer}),
        ("observed", MAJA, {"observation": observations()[0]}),
    ]
    return [
        Event(kind=kind, by=by, capacity=by_role(by), organisation=by.organisation, at=NOW, **points)
        for kind, by, points in events
    ]


def by_role(member: Member) -> str:
    return Member.Role.COORDINATOR if member.is_coordinator else Member.Role.REPRESENTATIVE


class Hits:
    """What a search found of one kind."""

    kind: ClassVar = {"name": "exempel", "heading": "Ärenden"}
    count = 1

    def __iter__(self) -> Iterator[tuple[SearchHit, str]]:
        marked = format_html("Fyra av sex lampor i <mark>{}</mark> är släckta.", "tunneln")
        yield SearchHit(str(issue()), issue().get_absolute_url()), marked


def meeting() -> Meeting:
    facts = {"state": Meeting.State.UNDER_WAY, "numbering": Numbering.MEETING}
    return Meeting(pk=NOBODY, starts_at=NOW, place="Sessionssalen", chair=MAJA, **facts)


HEADINGS = [("1", "1 Öppnande och närvaro"), ("13", "13 Nästa möte")]


def rates() -> list[AnswerRate]:
    """One that answers sooner and sooner, and was asked little in one tertial."""
    took = [(9, 11, 12, 14, 15), (8, 9), (5, 6, 7, 8, 9, 9), (3, 4, 5, 5, 6)]
    told = [Answers(len(days), days) for days in took]
    return [AnswerRate(TECHNICAL, tuple(zip(Tertial.latest(TODAY), told, strict=True)))]


def meetings() -> list[Meeting]:
    return [meeting() for _ in Turnout]


def year() -> OrganisationYear:
    """One that has been there in each of the ways."""
    return OrganisationYear(TECHNICAL, list(zip(meetings(), Turnout, strict=True)))


def attendance() -> list[AttendanceForm]:
    """An organisation at a meeting in each of its states, with the form to note another."""
    shown = []
    for pk, state in enumerate(OrganisationAtMeeting.State.values, start=1):
        at_meeting = OrganisationAtMeeting(pk=pk, meeting=meeting(), organisation=TECHNICAL, state=state)
        row = AttendanceRow(at_meeting, seated={Seat.Role.ORDINARY: OMAR, Seat.Role.DEPUTY: GUN})
        if state == OrganisationAtMeeting.State.REPRESENTED:
            there = {"capacity": Presence.Capacity.DEPUTY, "items": NumericRange(1, 14)}
            row.presences.append(Presence(meeting=at_meeting.meeting, member=GUN, **there))
        shown.append(AttendanceForm(row=row, by=MAJA, parts=Parts(HEADINGS)))
    return shown


def answers(member: Member) -> list[ActionForm]:
    """The four answers to a question, as the one who was asked sees them."""
    asked = action("proposed").current
    return [kind(assignment=asked, by=member) for kind in ANSWERS]
