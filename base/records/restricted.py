"""Restricted rows (begränsad spridning): only members with a grant know of them, the samordnare no more than others.

A model may say more: whoever reported an observation keeps it, and the restriction of its issue hides it as well.

What hangs on such a thing asks by the path of its foreign keys: `not_restricted` where nobody is to know (a wall, a
paper), `hidden_from` where a member asks. Hidden are few of all there are, so both are asked the other way round: each
table keeps its few in a partial index.

Whoever reads such a row for showing it does not have to say so: the row itself does (`reading_restricted`). That it was
opened by one who may, the app that has the rows keeps (`issues.opening`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from base.records.stored_row import StoredRow

Row = TypeVar("Row", bound="Restrictable", covariant=True)


@dataclass
class Reading:
    """Whether a restricted row has been read from the database, by itself or beside another."""

    found: bool = False


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading_restricted() -> Iterator[Reading]:
    """While it lasts, what is read in this thread is watched: what was read may be shown, in a page or a document.

    One within another keeps what it finds to itself.
    """
    reading = Reading()
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


def not_restricted(path: str) -> Q:
    """The condition that the row at the path is not restricted, or that there is none."""
    return ~Q(**{f"{path}__restricted": True})


class RestrictableQuerySet(models.QuerySet[Row]):
    def unrestricted(self) -> Self:
        """The rows that are not restricted, whoever asks."""
        return self.filter(restricted=False)

    def without_restricted_for(self, member: Any) -> Self:
        """Without the restricted rows that the member has no grant to."""
        return self.exclude(self.model.hidden_from(member))


class Restrictable(StoredRow):
    """Abstract of a row with the flag. `named`, by a table of grants, are the members who may know all the same."""

    restricted = models.BooleanField("begränsad spridning", default=False)
    named: Any

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **options: Any) -> Self:
        row = super().from_db(*args, **options)
        if row.__dict__.get("restricted") and (reading := _reading.get()):
            reading.found = True
        return row

    @classmethod
    def hidden_from(cls, member: Any, path: str = "pk") -> Q:
        """The condition that the row at the path, or the row itself, is restricted and not granted to the member.

        Asked as "is it among the few hidden", which the partial index on the restricted rows answers.
        """
        return Q(**{f"{path}__in": _hidden(cls, member.pk)})


@lru_cache(maxsize=1024)
def _hidden(model: Any, member: int) -> RawSQL:
    """The question which rows are hidden from the member. It is asked anew wherever it stands; kept is its wording."""
    named = model._meta.get_field("named")
    granted = {named.m2m_field_name(): OuterRef("pk"), named.m2m_reverse_field_name(): member}
    grants = named.remote_field.through._default_manager.filter(**granted)
    hidden = model._base_manager.filter(~Exists(grants), restricted=True).values("pk")
    return RawSQL(*hidden.query.sql_with_params())  # noqa: S611  as Django words it
