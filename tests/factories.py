"""Dull, deterministic rows: a test says only what it is about.

What the database asks of a row in its state follows with the state: a closed issue has its feedback, a draft no clock.
"""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Any, Generic, TypeVar

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Coalesce
from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, RelatedFactory, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from issues.models import Action, Answer, Assignment, Category, Closure, Issue, NilReport, Observation, Place
from meetings.models import AgendaItem, AgendaTemplate, Heading, Meeting, Presenter
from members.models import AnswersFor, Member, Organisation, Seat

# A number in a name is padded, so that names sort as they were made, whichever number a test begins at.
PASSWORD = "ljus i tunneln"
hashed = functools.cache(make_password)


class OrganisationRows(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = Sequence(lambda n: f"Förvaltning {n:05}")
    active_from = date(2021, 1, 1)


class MemberRows(DjangoModelFactory[Member]):
    class Meta:
        model = Member
        skip_postgeneration_save = True

    name = Sequence(lambda n: f"Medlem {n:05}")
    email = Sequence(lambda n: f"medlem{n}@exempel.se")
    password = LazyFunction(lambda: hashed(PASSWORD))
    organisation = SubFactory(OrganisationRows)


class SeatRows(DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    organisation = SelfAttribute("member.organisation")
    member = SubFactory(MemberRows)
    role = Seat.Role.ORDINARY
    period = DateRange(date(2021, 1, 1), None)


class AnswersForRows(DjangoModelFactory[AnswersFor]):
    class Meta:
        model = AnswersFor


class CategoryRows(DjangoModelFactory[Category]):
    class Meta:
        model = Category
        django_get_or_create = ("name",)

    name = "Belysning"
    icon = "lighting"


class PlaceRows(DjangoModelFactory[Place]):
    class Meta:
        model = Place

    name = Sequence(lambda n: f"Plats {n:05}")


class ObservationRows(DjangoModelFactory[Observation]):
    class Meta:
        model = Observation

    reporter = SubFactory(MemberRows)
    organisation = SelfAttribute("reporter.organisation")
    category = SubFactory(CategoryRows)
    where = "Norra gångtunneln"
    text = "Fyra av sex lampor är släckta."
    seen_from = LazyFunction(timezone.now)
    issue = None
    state = LazyAttribute(lambda it: Observation.State.ATTACHED if it.issue else Observation.State.NEW)
    state_since = None
    state_by = LazyAttribute(lambda it: it.reporter if it.state_since else None)


class NilReportRows(DjangoModelFactory[NilReport]):
    """Said just now, of today."""

    class Meta:
        model = NilReport

    organisation = SelfAttribute("by.organisation")
    first_day = SelfAttribute("last_day")
    last_day = LazyAttribute(lambda it: timezone.localdate(it.created_at))
    by = SubFactory(MemberRows)
    capacity = Member.Role.REPRESENTATIVE
    created_at = LazyFunction(timezone.now)


class IssueRows(DjangoModelFactory[Issue]):
    class Meta:
        model = Issue

    year = 2026
    serial = Sequence(lambda n: n + 1)
    title = Sequence(lambda n: f"Mörkt i tunnel {n:05}")
    where = "Norra gångtunneln"
    opened_by = SubFactory(MemberRows)
    state = Issue.State.OPEN

    @classmethod
    def _create(cls, model_class: type[Issue], *args: Any, **facts: Any) -> Issue:
        """`outcome`, `feedback` and `closed_at` of one that is closed say how it ended."""
        ended = facts["state"] == Issue.State.CLOSED
        ending = {name: facts.pop(name) for name in ("outcome", "feedback", "closed_at") if name in facts}
        if not ended:
            return Issue.objects.create(**facts)
        issue = Issue.objects.create(**facts | {"state": Issue.State.OPEN})
        closure = Closure.objects.create(
            issue=issue,
            outcome=ending.get("outcome", Issue.Outcome.SOLVED),
            feedback=ending.get("feedback", "Klart."),
            at=ending.get("closed_at", timezone.now()),
            by=issue.opened_by,
        )
        closed = {"state": Issue.State.CLOSED, "closure": closure, "state_since": closure.at, "state_by": closure.by}
        Issue.objects.filter(pk=issue.pk).update(**closed)
        for name, value in closed.items():
            setattr(issue, name, value)
        return issue


class ActionRows(DjangoModelFactory[Action]):
    """A proposed action that waits for an answer from `assignment__organisation`."""

    class Meta:
        model = Action
        skip_postgeneration_save = True

    issue = SubFactory(IssueRows)
    title = "Laga belysningen"
    term = Action.Term.SHORT
    state = Action.State.PROPOSED
    done_at = LazyAttribute(lambda it: timezone.now() if it.state == Action.State.DONE else None)
    done_on = LazyAttribute(lambda it: timezone.localdate(it.done_at) if it.done_at else None)
    created_by = SelfAttribute("issue.opened_by")
    assignment = RelatedFactory("tests.factories.AssignmentRows", factory_related_name="action")


class AssignmentRows(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    action = SubFactory(ActionRows)
    organisation = SubFactory(OrganisationRows)
    asked_at = LazyAttribute(lambda it: None if it.action.state == Action.State.DRAFT else timezone.now())
    asked_by = LazyAttribute(lambda it: it.action.created_by if it.asked_at else None)
    answer_due = LazyAttribute(lambda it: timezone.localdate() + timedelta(days=14) if it.asked_at else None)
    link_nonce = LazyAttribute(lambda it: token_urlsafe(9) if it.asked_at else "")

    @classmethod
    def _create(cls, model_class: type[Assignment], *args: Any, **facts: Any) -> Assignment:
        """`answer` is its kind; `text`, `reason`, `answered_at` … are the answer's, as `planned` is."""
        kind = facts.pop("answer", "")
        planned = facts.get("planned")
        answered = {ours: facts.pop(name) for name, ours in ANSWERED.items() if name in facts}
        ended = {"ended_at": facts.pop("ended_at", None)}  # after the answer
        assignment = Assignment.objects.create(**facts)
        if kind:
            answered = {"given_at": timezone.now(), "by": assignment.asked_by, "planned": planned} | answered
            assignment.answer = Answer.objects.create(
                assignment=assignment, kind=kind, capacity=Member.Role.REPRESENTATIVE, **answered
            )
        if kind or ended["ended_at"]:
            assignment.ended_at, assignment.cost_band = ended["ended_at"], answered.get("cost_band", "")
            assignment.save(update_fields=["answer", "cost_band", "ended_at"])
        return assignment


ANSWERED = {
    "answered_at": "given_at",
    "answered_by": "by",
    **{name: name for name in ("text", "reason", "next_step", "cost_band", "passed_to", "channel")},
}


class MeetingRows(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    year = 2026
    serial = Sequence(lambda n: n + 1)
    starts_at = LazyFunction(lambda: timezone.now() + timedelta(days=7))
    started_at = LazyAttribute(lambda it: None if it.state == Meeting.State.PLANNED else it.starts_at)
    closed_at = LazyAttribute(lambda it: timezone.now() if it.state == Meeting.State.CLOSED else None)
    state = Meeting.State.PLANNED
    place = "Sessionssalen"
    template = LazyFunction(lambda: AgendaTemplate.objects.default())
    chair = SubFactory(MemberRows)
    secretary = SelfAttribute("chair")


class AgendaItemRows(DjangoModelFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    meeting = SubFactory(MeetingRows)
    under = "other"
    kind = LazyAttribute(lambda item: AgendaItem.kind_of(item.issue, item.action))
    issue = action = None
    title = "Övrig fråga"

    @classmethod
    def _create(cls, model_class: type[AgendaItem], *args: Any, **facts: Any) -> AgendaItem:
        """`under` is the key of its heading. On the agenda of a meeting that has closed it was written before."""
        presenter = facts.pop("presenter", None)
        under = facts.pop("under")
        if not facts.keys() & {"heading", "heading_id"}:
            facts["heading"] = Heading.objects.of(facts["meeting"]).get(key=under)
        with reopened(facts["meeting"]):
            item = AgendaItem.objects.create(**facts)
            if presenter:
                Presenter.objects.create(item=item, member=presenter, place=1)
            return item


@contextmanager
def reopened(meeting: Meeting) -> Iterator[None]:
    """What is written in the block, in a meeting that has closed, the database takes for written before."""
    closed_at = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.CLOSED).values_list("closed_at", flat=True)
    was = closed_at.first()
    if was:
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.UNDER_WAY, closed_at=None)
    yield
    if was:
        have_closed(closed_at=was, pk=meeting.pk)


def have_closed(closed_at: Any = None, **which: Any) -> None:
    """The meetings are closed, all or those, and nothing that they decided is carried out."""
    Meeting.objects.filter(state=Meeting.State.CLOSED, **which).update(state=Meeting.State.UNDER_WAY, closed_at=None)
    Meeting.objects.filter(**which).update(
        state=Meeting.State.CLOSED,
        started_at=Coalesce("started_at", "starts_at"),
        closed_at=closed_at or timezone.now(),
    )


Row = TypeVar("Row")


@dataclass(frozen=True)
class Factory(Generic[Row]):
    """Makes rows when it is called, as a class of factory_boy does; a type checker takes that for its own instance."""

    rows: type[DjangoModelFactory[Row]]

    def __call__(self, **facts: Any) -> Row:
        return self.rows.create(**facts)

    def create_batch(self, size: int, **facts: Any) -> list[Row]:
        return self.rows.create_batch(size, **facts)


OrganisationFactory = Factory(OrganisationRows)
MemberFactory = Factory(MemberRows)
SeatFactory = Factory(SeatRows)
AnswersForFactory = Factory(AnswersForRows)
CategoryFactory = Factory(CategoryRows)
PlaceFactory = Factory(PlaceRows)
ObservationFactory = Factory(ObservationRows)
NilReportFactory = Factory(NilReportRows)
IssueFactory = Factory(IssueRows)
ActionFactory = Factory(ActionRows)
AssignmentFactory = Factory(AssignmentRows)
MeetingFactory = Factory(MeetingRows)
AgendaItemFactory = Factory(AgendaItemRows)
