from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.logs.security import SecurityEvent, happened
from base.records import Restrictable, Versioned
from base.swedish.order import swedish_order
from members.actor import Actor
from members.models import Member


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    def to(self, thing: Restrictable) -> AccessGrantQuerySet:
        return self.filter(**_key_of(thing))

    def in_order(self) -> AccessGrantQuerySet:
        return self.select_related("member__organisation", "updated_by").order_by(swedish_order("member__name"), "pk")


@pghistory.track()
class AccessGrant(Versioned):
    """A member's right to see one restricted issue and all that hangs on it, or one restricted observation.

    A row stands as long as she is named; the trigger history has who was named, when and by whom.
    """

    append_only = deletable = True  # she is named and un-named; a row is never another's

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    issue = models.ForeignKey("issues.Issue", models.CASCADE, related_name="+", null=True)
    observation = models.ForeignKey("issues.Observation", models.CASCADE, related_name="+", null=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "member"], name="issue_names_a_member_once"),
            models.UniqueConstraint(fields=["observation", "member"], name="observation_names_a_member_once"),
            models.CheckConstraint(
                condition=Q(issue__isnull=True, observation__isnull=False)
                | Q(issue__isnull=False, observation__isnull=True),
                name="access_grant_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} får se {self.thing}"

    @property
    def thing(self) -> Restrictable:
        return cast("Restrictable", self.issue or self.observation)  # one of them, by a constraint

    @staticmethod
    def give(thing: Restrictable, members: Iterable[int], *, by: Actor, at: datetime | None = None) -> list[int]:
        """Name the members, by their keys, and return those who were not named before."""
        new = {*members} - {*AccessGrant.objects.to(thing).values_list("member_id", flat=True)}
        AccessGrant.give_each([(thing, new)], by=by, at=at)
        return sorted(new)

    @staticmethod
    def give_each(
        named: Iterable[tuple[Restrictable, Iterable[int]]], *, by: Actor, at: datetime | None = None
    ) -> None:
        """Name members, by their keys, on several things that name nobody of them yet, in one statement."""
        made = {"created_at": at or timezone.now(), "updated_by": by.member}
        each = [(thing, pk) for thing, members in named for pk in sorted(members)]
        rows = [AccessGrant(member_id=pk, **made, **_key_of(thing)) for thing, pk in each]
        AccessGrant.objects.bulk_create(rows, ignore_conflicts=True)
        for thing, pk in each:
            happened(SecurityEvent.ACCESS_GIVEN, about=pk, **_number_of(thing))

    @staticmethod
    def take(thing: Restrictable, *members: int) -> None:
        """Un-name the members, by their keys; all who are named where none is given."""
        named = AccessGrant.objects.to(thing)
        keys = members or [*named.values_list("member_id", flat=True)]
        named.filter(member__in=keys).delete()
        for pk in keys:
            happened(SecurityEvent.ACCESS_TAKEN, about=pk, **_number_of(thing))


def _key_of(thing: Restrictable) -> dict[str, Restrictable]:
    return {str(thing._meta.model_name): thing}


def _number_of(thing: Restrictable) -> dict[str, int | None]:
    return {str(thing._meta.model_name): thing.pk}
