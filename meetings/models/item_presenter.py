"""Who present each of several items, in words, in the query that reads the items."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject


class ItemPresenter(NamedTuple):
    """Somebody who presents an item; `member` is her key where she has an account.

    `address` by which one is called who has none: nothing but the form shows it."""

    member: int | None
    name: str
    title: str
    home: str
    address: str

    def __str__(self) -> str:
        return self.name


def presenters_of_each(items: QuerySet[Any]) -> ArraySubquery:
    """An annotation of items: the facts of ItemPresenter of those who present each, in their order."""
    own = items.filter(pk=OuterRef("pk"), presenters__isnull=False)
    facts = JSONObject(
        member="presenters__member",
        name=Coalesce("presenters__member__name", "presenters__name"),
        title=Coalesce("presenters__member__title", "presenters__title"),
        home=Coalesce("presenters__member__organisation__name", "presenters__home"),
        address=Coalesce("presenters__contact__address", Value("")),
    )
    return ArraySubquery(own.order_by("presenters__place", "presenters").values(facts=facts))
