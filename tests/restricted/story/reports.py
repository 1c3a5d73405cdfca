"""Observations that are restricted themselves, or by the issue that they were moved to."""

from __future__ import annotations

from issues.models import (
    AccessGrant,
)
from tests.factories import (
    ObservationFactory,
)
from tests.restricted.telling import Facts, Register


def reports(told: Register) -> None:
    """Observations that are restricted themselves: one waits, one is noted, one is rejected, one lies in an issue."""
    kept: Facts = {"reporter": told.people["named"], "category": told.things["litter"], "restricted": True}
    facts = kept | {"text": "Vassruggar brinner.", "where": "Bortre vassviken"}
    waits = ObservationFactory(for_meeting=True, created_at=told.at(12), **facts)
    noted, rejected, attached, closed = (ObservationFactory(created_at=told.at(11), **facts) for _ in range(4))
    noted.note(**told.acts("named", 3))
    rejected.reject(reason="Vassruggar är inte vårt.", **told.acts("named", 2))
    attached.attach(told.things["shared"], **told.acts("named", 0.5))
    closed.attach(told.things["other"], **told.acts("named", 0.4))
    for seen in (waits, noted, rejected, attached, closed):
        AccessGrant.objects.create(observation=seen, member=told.people["named"])
    told.things |= {"waits": waits, "noted": noted, "rejected": rejected, "attached": attached}


def moved_report(told: Register) -> None:
    """An observation that everybody read, in an issue of all, before it was moved to the restricted one."""
    seen: Facts = {"reporter": told.people["named"], "category": told.things["light"], "created_at": told.at(9)}
    moved = ObservationFactory(text="Rökringar över vassen.", where="Bortre vassviken", **seen)
    moved.attach(told.things["other"], **told.acts("chair", 8))
    moved.put_back(**told.acts("chair", 7))
    moved.attach(told.things["fishing"], **told.acts("named", 6))
    told.things["moved"] = moved


def withdrawn_report(told: Register) -> None:
    """One that whoever wrote it has taken back, and that is no more than a number."""
    facts: Facts = {"reporter": told.people["named"], "category": told.things["litter"], "created_at": told.at(11)}
    seen = ObservationFactory(restricted=True, text="Vassruggar ryker.", where="Bortre vassviken", **facts)
    AccessGrant.objects.create(observation=seen, member=told.people["named"])
    seen.withdraw(why="Vassruggarna var dimma.", **told.acts("named", 10))
    told.things["withdrawn"] = seen
