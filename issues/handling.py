"""An organisation's own handling of what it is asked: who of theirs has it, its number there, budget year and cost.

It is quiet: no mail goes, for nothing between the organisation and the group is changed by it. Who noted what stands in
the history of the row. What came by link no member noted, so an event tells that it did (`QUIET`). The organisation is
the owner; a handler is a help to find it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef

from base.records import Conflict, EditConflict, NotAllowed
from base.swedish.words import listed
from issues.models import Assignment, Event, Issue
from issues.models.handler import handler_left
from issues.models.status import CARRIED
from members.actor import Actor, Voice
from members.models import AnswersFor, Member, Organisation, Seat


def handlers_to_choose(organisation: Organisation, issue: Issue) -> Any:
    """The members who may be its handler: who answers for it today; of a restricted issue, who is named there."""
    members: Any = Member.objects.answering_for([organisation.pk])
    return (members.filter(pk__in=issue.named.values("pk")) if issue.restricted else members).in_order()


def colleagues(organisation_ids: Iterable[int]) -> list[Member]:
    """Those who answer for one of the organisations today, each with `answers_today`, the keys of all that are hers."""
    rows = (Seat.objects.current(), AnswersFor.objects.all())
    hers = [each.filter(member=OuterRef("pk")).values("organisation") for each in rows]
    found = Member.objects.answering_for(organisation_ids).in_order()
    members: list[Any] = list(found.annotate(seated=ArraySubquery(hers[0]), marked=ArraySubquery(hers[1])))
    for member in members:
        member.answers_today = frozenset([*member.seated, *member.marked])
    return members


def has_handler(assignment: Assignment, *, left: bool | None = None) -> bool:
    """Whether somebody who still answers for the organisation is its handler; `left` as its row tells it."""
    return bool(assignment.handler_id) and not (is_left(assignment) if left is None else left)


def is_left(assignment: Assignment) -> bool:
    """Whether its handler may no longer sign in, or answers no longer for the organisation."""
    row = Assignment.objects.filter(pk=assignment.pk, handler__isnull=False)
    return row.filter(handler_left("")).exists()


def version_of(
    assignment: Assignment, *, of: Iterable[str] = ("handler_id", "external_ref", "budget_year", "cost_band")
) -> str:
    """The version of what is noted, for a form to carry: another one when any of it is another."""
    noted = tuple(getattr(assignment, name) for name in of)
    return sha256(repr(noted).encode()).hexdigest()[:16]


def noted_words(assignment: Assignment) -> str:
    """What is noted, inside a sentence: Per Modell, ärendenummer TF-77, budgetår 2027 och under 50 000 kr."""
    number, year = assignment.external_ref, assignment.budget_year
    parts = [
        str(assignment.handler or ""),
        number and f"ärendenummer {number}",
        f"budgetår {year}" if year else "",
        str(assignment.get_cost_band_display()).lower() if assignment.cost_band else "",
    ]
    return listed([part for part in parts if part])


def noted_otherwise(assignment: Assignment) -> EditConflict:
    """What one is told whose form was filled in before a colleague noted something else."""
    now = noted_words(assignment) or "ingenting"
    again = "Inget av ditt är sparat. Spara en gång till om det ska gälla i stället."
    return EditConflict(f"Någon ändrade handläggningen medan du skrev. Nu står {now}. {again}")


@transaction.atomic
def note_handling(
    assignment: Assignment, *, by: Voice, version: str = "", at: datetime | None = None, **noted: Any
) -> None:
    """Note `handler`, `external_ref`, `budget_year`, `cost_band`; by link nobody is named, and the handler stays.

    Raises EditConflict when another of them has noted otherwise since `version`, Conflict when the organisation has it
    no longer, NotAllowed for a handler who does not answer for it.
    """
    assignment.lock_with_action(*CARRIED)
    if version and version != version_of(assignment):
        raise noted_otherwise(assignment)
    facts = {name: value for name, value in noted.items() if by.member or name != "handler"}
    _ensure_answers(facts.get("handler"), assignment)
    changed = [name for name, value in facts.items() if getattr(assignment, name) != value]
    _save(assignment, facts)
    if by.member is None and changed:
        action, speaker = assignment.action, by.speaking_for(assignment.organisation, by.channel)
        points = {"action": action, "assignment": assignment, "facts": {"fields": changed}}
        action.issue.record(Event.Kind.HANDLED, by=speaker, at=at, **points)


@transaction.atomic
def take_on(assignment: Assignment, *, by: Actor) -> None:
    """Become its handler. Raises Conflict when a colleague was first, NotAllowed for one who does not answer for it."""
    assignment.lock_with_action(*CARRIED)
    if assignment.handler_id == by.member.pk:
        return
    if has_handler(assignment):
        raise Conflict(f"{assignment.handler} har redan tagit hand om den. Inget är ändrat.")
    _ensure_answers(by.member, assignment)
    _save(assignment, {"handler": by.member})


def _ensure_answers(handler: Member | None, assignment: Assignment) -> None:
    if handler and not handlers_to_choose(assignment.organisation, assignment.action.issue).filter(pk=handler.pk):
        raise NotAllowed(f"{handler} svarar inte för {assignment.organisation}. Välj någon annan. Inget är sparat.")


def _save(assignment: Assignment, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(assignment, name, value)
    assignment.save(update_fields=[*facts, "updated_at"])
