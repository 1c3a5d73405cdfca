"""How a meeting stood when its minutes were opened to be corrected, for what is put right to be thrown away again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.dateparse import parse_datetime

from base.records import StoredRow
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import OrganisationAtMeeting, excused_as
from meetings.models.meeting import Meeting
from meetings.models.presence import Presence
from meetings.models.sat import Sat
from members.actor import Actor

Facts = dict[str, Any]
MOMENTS, OFFICES = ("held_from", "held_to"), ("chair_id", "secretary_id")
NOTED = ("state", *(f"{place}_id" for place in excused_as({})))
OF_AN_ITEM = ("kind", "issue_id", "discussed_at", "note_version")
SAT = [field.attname for field in Sat._meta.local_fields]


class BeforeCorrection(StoredRow):
    """As long as a correction is open: what it may change of the meeting, in times, keys and codes.

    The words are those of the latest version, which says what is masked in it since. `presences` are rows, for the
    names of those who have no account are words that no version tells apart.
    """

    append_only = True
    deletable = True  # when the correction ends

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="before_correction")
    facts = models.JSONField()

    def __str__(self) -> str:
        return f"{self.meeting}, före rättelsen"

    @classmethod
    def keep(cls, meeting: Meeting) -> None:
        """Remember how it stands now."""
        items = AgendaItem.objects.filter(meeting=meeting).values("pk", *OF_AN_ITEM)
        facts = {
            "meeting": {name: _told(getattr(meeting, name)) for name in (*MOMENTS, *OFFICES)},
            "organisations": {row.pk: {name: getattr(row, name) for name in NOTED} for row in _noted(meeting)},
            "items": {item["pk"]: {name: _told(item[name]) for name in OF_AN_ITEM} for item in items},
        }
        before = cls.objects.create(meeting=meeting, facts=facts)
        presences = Presence.objects.filter(meeting=meeting)
        PresenceBefore.objects.bulk_create(PresenceBefore(before=before, of=one.pk, **_sat(one)) for one in presences)

    @property
    def of_meeting(self) -> Facts:
        """When it was held, and who led it and wrote, as columns."""
        told: Facts = self.facts["meeting"]
        return told | {name: told[name] and parse_datetime(told[name]) for name in MOMENTS}

    def of_item(self, item: AgendaItem) -> Facts:
        """What an item was about, when it was dealt with, and which version its note had. None comes since."""
        told: Facts = self.facts["items"][str(item.pk)]
        return told | {"discussed_at": told["discussed_at"] and parse_datetime(told["discussed_at"])}

    @transaction.atomic
    def restore_attendance(self, *, by: Actor, at: datetime) -> None:
        """Note who was there as it was; a row that is as it was stays."""
        for row in _noted(self.meeting):
            noted = self.facts["organisations"].get(str(row.pk), {})
            if changed := {name: value for name, value in noted.items() if getattr(row, name) != value}:
                row.set(changed, by=by)
                row.save()
        stood = {one.of: one for one in self.presences.order_by("pk")}
        for presence in Presence.objects.filter(meeting=self.meeting):
            if presence.pk in stood and _sat(stood[presence.pk]) == _sat(presence):
                del stood[presence.pk]
            else:
                presence.discard(by=by)
        Presence.objects.bulk_create(
            Presence(meeting=self.meeting, created_at=at, updated_by=by.member, **_sat(one)) for one in stood.values()
        )


class PresenceBefore(Sat, StoredRow):
    """A presence as it stood then; `of` is its key."""

    append_only = True
    deletable = True  # with the rest

    before = models.ForeignKey(BeforeCorrection, models.CASCADE, related_name="presences")
    of = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.member or self.name}, före rättelsen"


def _told(value: Any) -> Any:
    """To the microsecond, as the database keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value


def _noted(meeting: Meeting) -> Any:
    return OrganisationAtMeeting.objects.filter(meeting=meeting).order_by("pk")


def _sat(one: Sat) -> Facts:
    return {name: getattr(one, name) for name in SAT}
