"""Guards: what a row keeps for good, said by the database as well, to whoever goes round the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Any

import pgtrigger
from django.db import IntegrityError, models

from base.records.conflicts import Conflict

guarded_by = pgtrigger.register
REFUSAL = "23T01"
"""The SQLSTATE of a guard's refusal: one of our own among the violations of a constraint (class 23)."""


def changed(*fields: str) -> pgtrigger.Q:
    """The condition that one of the fields gets another value."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in fields))


class Guard(pgtrigger.Trigger):  # type: ignore[misc]
    """A trigger that refuses a change in one sentence, which the page that meets it shows.

    It refuses where its condition holds; with `when_there_is`, where such a row is besides. NEW is the row as it
    would be, OLD as it is. `first` is done before. A transaction that reads the world as it was when it began
    (REPEATABLE READ) cannot be told what there is, and is refused.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def __init__(self, *, sentence: str, when_there_is: str = "", first: str = "", **trigger: Any) -> None:
        told = f"MESSAGE = '{sentence}', ERRCODE = '{REFUSAL}', CONSTRAINT = '{trigger['name']}'"
        refusal = f"RAISE EXCEPTION USING {told};"
        if when_there_is:
            reads_as_it_was = "current_setting('transaction_isolation') <> 'read committed'"
            refusal = f"IF {reads_as_it_was} OR EXISTS ({when_there_is}) THEN {refusal} END IF;"
        super().__init__(func=f"{first} {refusal} RETURN COALESCE(NEW, OLD);".strip(), **trigger)


class DatabaseCheck(models.CheckConstraint):
    """A check that is left to the database: no form fills in what it asks for, so that none need ask it first.

    In a migration it is Django's own.
    """

    def validate(self, *args: Any, **kwargs: Any) -> None:
        pass

    def deconstruct(self) -> Any:
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


@contextmanager
def tell_refusals() -> Iterator[None]:
    """Raise what a guard refuses in the block as the Conflict that a verb would have raised."""
    try:
        yield
    except IntegrityError as error:
        refused: Any = error.__cause__
        if getattr(refused, "sqlstate", None) != REFUSAL:
            raise
        raise Conflict(refused.diag.message_primary) from error
