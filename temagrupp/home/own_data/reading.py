"""Reads a member's own data as plain values with Swedish names, the same for the file and for the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Count, Max, Min, Value
from django.utils import timezone

from base.records import Restrictable
from issues.models import Issue, Observation
from meetings.models import Meeting
from members.models import Member
from temagrupp.home.own_data.parts import CHANGED, PARTS, OwnPart

Facts = dict[str, Any]

LABELS = {
    "account": "konto",
    "answer": "svar",
    "at": "när",
    "capacity": "i egenskap av",
    "category": "kategori",
    "channel": "hur det kom",
    "corrected_at": "rättad",
    "done_at": "importerad",
    "due_at": "när det ska skickas",
    "given_at": "när",
    "how": "hur",
    "is_active": "kan logga in",
    "invited_at": "när",
    "invited_by": "av",
    "issue": "ärende",
    "kind": "slag",
    "first_login": "loggade in första gången",
    "last_login": "senast inloggad",
    "made_at": "när",
    "masked_at": "när",
    "meeting": "möte",
    "member": "medlem",
    "noted_at": "när",
    "number": "nummer",
    "organisation": "organisation",
    "period": "dagar",
    "passed_to": "skickad vidare till",
    "pgh_created_at": "när",
    "place": "plats",
    "precision": "hur noga tiden är känd",
    "read_at": "inläst",
    "said_at": "när",
    "sent_at": "när",
    "settled_at": "när det blev så",
    "sent_to": "till vilken adress",
    "state": "läge",
    "state_since": "i det läget sedan",
    "subject": "om",
    "version": "version",
    "withdrawn_at": "taget tillbaka",
    "written_at": "när",
}
"""Names of columns that have no Swedish name of their own, or one that says too little here."""

ACCOUNT = (
    *("name", "email", "title", "phone", "organisation", "is_coordinator", "is_reader", "is_active"),
    *("shortcuts", "single_keys", "welcomed", "first_login", "last_login", "created_at", "updated_at"),
)
ACCOUNT_BEFORE = ("pgh_created_at", "name", "email", "title", "phone")


@dataclass(frozen=True)
class Told:
    """A part of the file: its heading and its rows, each by the names of its columns."""

    heading: str
    rows: list[Facts]


@dataclass(frozen=True)
class OwnData:
    """All of it, and the restricted issues and observations that it is about: to hand it out is to open those."""

    account: Facts
    parts: list[Told]
    restricted: set[Restrictable]


def read_own_data(member: Member) -> OwnData:
    """A member's own data as it is now. Some thirty statements, however many rows."""
    rows = {part: list(rows_of(part, member)) for part in PARTS}
    parts = [Told(part.heading, [facts(row, part.columns) for row in found]) for part, found in rows.items()]
    before = [facts(row, ACCOUNT_BEFORE) for row in _history(Member).filter(pgh_obj_id=member.pk).order_by("-pk")]
    opened = {thing for part, found in rows.items() for row in found for thing in _restricted(part, row)}
    return OwnData(
        account=facts(Member.objects.select_related("organisation").get(pk=member.pk), ACCOUNT),
        parts=[Told("Dina kontouppgifter tidigare", before), *parts, Told("Ändringar du har gjort", _changes(member))],
        restricted=opened,
    )


def rows_of(part: OwnPart, member: Member) -> Iterator[Any]:
    """The rows of the part, less those that hang on something restricted where she is not named.

    Also those that are struck or taken back, which lists and searches leave out.
    """
    rows = apps.get_model(part.model)._base_manager.filter(**{part.member: member}).order_by("-pk")
    if part.issue:
        rows = rows.exclude(Issue.hidden_from(member, part.issue))
    if part.observation:
        rows = rows.exclude(Observation.hidden_from(member, part.observation))
    return iter(rows.select_related(*keys_of(part)))


def keys_of(part: OwnPart) -> list[str]:
    """The paths of the rows beside it that are read with it: of its columns, and of what may be restricted."""
    model = apps.get_model(part.model)
    paths = (*part.columns, part.issue, part.observation)
    return [path for path in paths if path and isinstance(field_at(model, path), models.ForeignKey)]


def _at(row: Any, path: str) -> Any:
    """What the path leads to from the row; None where it leads to nothing."""
    return reduce(lambda thing, name: thing and getattr(thing, name), path.split("__"), row)


def _restricted(part: OwnPart, row: Any) -> Iterator[Restrictable]:
    """What is restricted of the row: itself, and what it hangs on."""
    beside = [_at(row, path) for path in (part.issue, part.observation) if path not in {"", "pk"}]
    for thing in (row, *beside):
        if isinstance(thing, Restrictable) and thing.restricted:
            yield thing


def facts(row: Any, columns: tuple[str, ...]) -> Facts:
    """What is told of a row: the name of each column and its value, as JSON has it."""
    return {label(type(row), path): value(row, path) for path in columns}


def label(model: type[models.Model], path: str) -> str:
    """The Swedish name of the column."""
    name = path.rpartition("__")[2]
    return LABELS.get(name) or str(getattr(field_at(model, path), "verbose_name", name))


def field_at(model: type[models.Model], path: str) -> Any:
    """The field at the path; None for what is no column, as the number of an issue."""
    *above, name = path.split("__")
    for step in above:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def value(row: Any, path: str) -> Any:
    """The value at the path: a choice in its words, a moment by our clock, a thing by its name or number."""
    *above, name = path.split("__")
    for step in above:
        row = getattr(row, step)
    if in_words := getattr(row, f"get_{name}_display", None):
        return str(in_words() or "")
    found = getattr(row, name)
    match found:
        case datetime():
            return timezone.localtime(found).isoformat(timespec="seconds")
        case date():
            return found.isoformat()
        case Issue():
            return found.number
        case Meeting():  # its own name asks whether there are two that day
            return f"{found.number} den {found.day.isoformat()}"
        case models.Model():
            return str(found)
        case None | bool() | int() | str():
            return found
    return {"första": _day(found.lower), "sista": _day(found.upper and found.upper - timedelta(days=1))}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _history(model: type[models.Model]) -> models.QuerySet[Any]:
    history: Any = model._meta.get_field("history").related_model
    rows: models.QuerySet[Any] = history._default_manager.all()
    return rows


def _changes(member: Member) -> list[Facts]:
    """How many lines of the trigger history are hers, table by table, and when; never what stands in them."""
    counted = [
        _history(apps.get_model(name))
        .filter(pgh_context__user=member.pk)
        .order_by()
        .values(table=Value(words))
        .annotate(times=Count("pk"), first=Min("pgh_created_at"), last=Max("pgh_created_at"))
        for name, words in CHANGED.items()
    ]
    first, *others = counted
    return [
        {
            "vad": row["table"],
            "antal": row["times"],
            "första": timezone.localtime(row["first"]).isoformat(timespec="seconds"),
            "senaste": timezone.localtime(row["last"]).isoformat(timespec="seconds"),
        }
        for row in first.union(*others, all=True)
        if row["times"]  # a table without any is counted too
    ]
