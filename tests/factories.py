"""Dull, deterministic rows: a test says only what it is about.

What the database asks of a row in its state follows with the state: a closed issue has its feedback, a draft no clock.
"""

import functools
from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from issues.models import Action, Answer, Assignment, Category, Closure, Issue, Observation, Place
from meetings.models import AgendaItem, Meeting
from members.models import AnswersFor, Member, Organisation, Seat

PASSWORD = "ljus i tunneln"
hashed = functools.cache(make_password)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Förvaltning {n}")
    active_from = date(2021, 1, 1)


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Member
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Medlem {n}")
    email = factory.Sequence(lambda n: f"medlem{n}@exempel.se")
    password = factory.LazyFunction(lambda: hashed(PASSWORD))
    organisation = factory.SubFactory(OrganisationFactory)


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    organisation = factory.SelfAttribute("member.organisation")
    member = factory.SubFactory(MemberFactory)
    role = Seat.Role.ORDINARY
    period = DateRange(date(2021, 1, 1), None)


class AnswersForFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AnswersFor


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("name",)

    name = "Belysning"
    icon = "lighting"


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Plats {n}")


class ObservationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Observation

    reporter = factory.SubFactory(MemberFactory)
    organisation = factory.SelfAttribute("reporter.organisation")
    category = factory.SubFactory(CategoryFactory)
    where = "Norra gångtunneln"
    text = "Fyra av sex lampor är släckta."
    seen_from = factory.LazyFunction(timezone.now)
    issue = None
    state = factory.LazyAttribute(lambda it: Observation.State.ATTACHED if it.issue else Observation.State.NEW)


class IssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Issue

    year = 2026
    serial = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Mörkt i tunnel {n}")
    where = "Norra gångtunneln"
    opened_by = factory.SubFactory(MemberFactory)
    state = Issue.State.OPEN

    @classmethod
    def _create(cls, model_class: type[Issue], *args: Any, **facts: Any) -> Issue:
        """`outcome`, `feedback` and `closed_at` of one that is closed say how it ended."""
        ended = facts["state"] == Issue.State.CLOSED
        ending = {name: facts.pop(name) for name in ("outcome", "feedback", "closed_at") if name in facts}
        if not ended:
            return super()._create(model_class, *args, **facts)
        issue = super()._create(model_class, *args, **facts | {"state": Issue.State.OPEN})
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


class ActionFactory(factory.django.DjangoModelFactory):
    """A proposed action that waits for an answer from `assignment__organisation`."""

    class Meta:
        model = Action
        skip_postgeneration_save = True

    issue = factory.SubFactory(IssueFactory)
    title = "Laga belysningen"
    state = Action.State.PROPOSED
    done_at = factory.LazyAttribute(lambda it: timezone.now() if it.state == Action.State.DONE else None)
    created_by = factory.SelfAttribute("issue.opened_by")
    assignment = factory.RelatedFactory("tests.factories.AssignmentFactory", factory_related_name="action")


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    action = factory.SubFactory(ActionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    asked_at = factory.LazyAttribute(lambda it: None if it.action.state == Action.State.DRAFT else timezone.now())
    asked_by = factory.LazyAttribute(lambda it: it.action.created_by if it.asked_at else None)
    answer_due = factory.LazyAttribute(lambda it: timezone.localdate() + timedelta(days=14) if it.asked_at else None)

    @classmethod
    def _create(cls, model_class: type[Assignment], *args: Any, **facts: Any) -> Assignment:
        """`answer` is its kind; `text`, `reason`, `answered_at` … are the answer's, as `planned` is."""
        kind = facts.pop("answer", "")
        planned = facts.get("planned")
        answered = {ours: facts.pop(name) for name, ours in ANSWERED.items() if name in facts}
        assignment = super()._create(model_class, *args, **facts)
        if kind:
            answered = {"given_at": timezone.now(), "by": assignment.asked_by, "planned": planned} | answered
            assignment.answer = Answer.objects.create(
                assignment=assignment, kind=kind, capacity=Member.Role.REPRESENTATIVE, **answered
            )
            assignment.save(update_fields=["answer"])
        return assignment


ANSWERED = {
    "answered_at": "given_at",
    "answered_by": "by",
    **{name: name for name in ("text", "reason", "next_step", "cost_band", "passed_to", "channel")},
}


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    year = 2026
    serial = factory.Sequence(lambda n: n + 1)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    place = "Sessionssalen"
    chair = factory.SubFactory(MemberFactory)
    secretary = factory.SelfAttribute("chair")


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    heading_id = "other"
    kind = factory.LazyAttribute(lambda item: AgendaItem.kind_of(item.issue, item.action))
    issue = action = None
    title = "Övrig fråga"
