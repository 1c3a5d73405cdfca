from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from base.records import FreeLine, Versioned, not_restricted
from base.records.guards import guarded_by
from issues.models import AccessGrant
from meetings.models import fixed
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.sat import LONGEST_HOME, LONGEST_NAME, LONGEST_TITLE
from members.actor import Actor
from members.models import Member, OutsideContact


@dataclass(frozen=True)
class NamedPerson:
    """Somebody without an account, as she is named: a politician, a resident, one from another authority.

    address  by which she is called to what she presents; "" where somebody else tells her
    """

    name: str
    title: str = ""
    home: str = ""
    address: str = ""

    def __str__(self) -> str:
        return self.name


Presenting = Member | NamedPerson


class PresenterQuerySet(models.QuerySet["Presenter"]):
    def of(self, item: AgendaItem) -> PresenterQuerySet:
        """Those of the item, in their order."""
        return self.filter(item=item).select_related("member__organisation", "contact").order_by("place", "pk")

    def guests(self) -> PresenterQuerySet:
        """Members who are not of the group, and may know of the item: as `AgendaItem.visible_to` says of each."""
        guests = Member.objects.active().exclude(pk__in=Member.objects.of_the_group().values("pk"))
        is_named = AccessGrant.objects.filter(issue=OuterRef("item__issue"), member=OuterRef("member"))
        return self.filter(not_restricted("item__issue") | Exists(is_named), member__in=guests.values("pk"))

    def copy_to_what_continues(self, meeting: Meeting, *, by: Actor, at: datetime) -> None:
        """Let those who were to present what another meeting left present what continues it at this one."""
        continuing = {
            item.continues_id: item
            for item in AgendaItem.objects.filter(meeting=meeting, continues__isnull=False, presenters=None)
        }
        self._copy(continuing, by=by, at=at)

    def copy_to_recurring(self, coming: list[AgendaItem], meeting: Meeting, *, by: Actor, at: datetime) -> None:
        """Let those who presented these at the meeting before present what they are at this one."""
        there = AgendaItem.objects.filter(meeting=meeting, recurs_as__isnull=False, presenters=None)
        by_mark = {item.recurs_as: item for item in there}
        self._copy({one.pk: by_mark[one.recurs_as] for one in coming if one.recurs_as in by_mark}, by=by, at=at)

    def _copy(self, continuing: Mapping[int | None, AgendaItem], *, by: Actor, at: datetime) -> None:
        copies = [
            Presenter(
                item=continuing[one.item_id],
                member_id=one.member_id,
                name=one.name,
                title=one.title,
                home=one.home,
                contact_id=one.contact_id,
                place=one.place,
                created_at=at,
                updated_by=by.member,
            )
            for one in self.filter(item__in=continuing)
        ]
        self.bulk_create(copies, ignore_conflicts=True)


@pghistory.track()
@guarded_by(fixed.OF_AN_ITEM)
class Presenter(Versioned):
    """En föredragande: a member, or somebody without an account who is named; an item may have several, in order."""

    deletable = True  # named anew, until the meeting closes

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="presenters", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    name = FreeLine("namn", max_length=LONGEST_NAME, blank=True)
    title = FreeLine("titel", max_length=LONGEST_TITLE, blank=True)
    home = FreeLine("varifrån", max_length=LONGEST_HOME, blank=True)
    contact = models.ForeignKey(OutsideContact, models.PROTECT, related_name="presents", null=True, blank=True)
    place = models.PositiveSmallIntegerField("ordning")

    objects = PresenterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "member"],
                name="member_presents_an_item_once",
                violation_error_message="Personen står redan som föredragande på punkten.",
            ),
            models.UniqueConstraint(
                "item",
                Lower("name"),
                Lower("home"),
                condition=~Q(name=""),
                name="named_person_presents_an_item_once",
                violation_error_message="Personen står redan som föredragande på punkten.",
            ),
            models.CheckConstraint(
                condition=Q(member=None) & ~Q(name="")
                | Q(member__isnull=False, name="", title="", home="", contact=None),
                name="presenter_is_a_member_or_named",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or self.name)

    @property
    def who(self) -> Presenting:
        address = self.contact.address if self.contact else ""
        return self.member or NamedPerson(self.name, self.title, self.home, address)
