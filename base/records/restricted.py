"""What may be of restricted spread: then those who are named on it know of it, and the samordnare no more than others.

Little of all there is, so what hangs on such a thing asks by its path whether that is one of the few: `not_restricted`
where nobody is to know (a wall, a paper), `hidden_from` where a member asks.
"""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound="Restrictable", covariant=True)


def not_restricted(path: str) -> Q:
    """Where that which stands at the path is open to all, or nothing stands there."""
    return ~Q(**{f"{path}__restricted": True})


class RestrictableQuerySet(models.QuerySet[Row]):
    def unrestricted(self) -> Self:
        """Those that all may know of, whoever asks."""
        return self.filter(restricted=False)

    def without_restricted_for(self, member: Any) -> Self:
        """Without those that are restricted and not named to the member."""
        return self.exclude(self.model.hidden_from(member))


class Restrictable(models.Model):
    """A thing with the flag; `named` are the members who may know of it all the same."""

    restricted = models.BooleanField("begränsad spridning", default=False)
    named: Any  # each names its members by its own key of the table of grants

    class Meta:
        abstract = True

    @classmethod
    def hidden_from(cls, member: Any, path: str = "pk") -> Q:
        """Where that which stands at the path is restricted and not named to the member."""
        rows: models.QuerySet[Any] = cls._base_manager.filter(restricted=True)
        return Q(**{f"{path}__in": rows.exclude(named=member).values("pk")})
