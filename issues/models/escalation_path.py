from __future__ import annotations

from collections.abc import Mapping

import pghistory
from django.db import models, transaction

from base.records import EditConflict, FreeLine, Versioned
from members.actor import Actor
from members.models import Organisation

Kind = Organisation.Kind
Rungs = tuple[str, str]

USUAL: Mapping[str, Rungs] = {
    Kind.DEPARTMENT: ("kommunledningsgruppen", "nämnden"),
    Kind.COMPANY: ("VD", "styrelsen"),
    Kind.POLICE: ("lokalpolisområdeschefen", ""),
    Kind.RESCUE: ("förbundsdirektionen", ""),
    Kind.LEADERSHIP: ("", ""),
    Kind.OTHER: ("", ""),
}
"""Until the samordnare says otherwise."""
NONE_CHANGED = "usual"
COLUMNS = ("first", "second")


@pghistory.track()
class EscalationPath(Versioned):
    """Till vem en åtgärd eskaleras: first and then, by the kind of the organisation.

    No rows until the samordnare has saved them once: then it is as usual.
    """

    kind = models.CharField("slag", max_length=20, choices=Kind, unique=True)
    first = FreeLine("först till", max_length=120, blank=True)
    second = FreeLine("sedan till", max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.first}, {self.second}"

    @classmethod
    def known(cls) -> dict[str, Rungs]:
        """The rungs of each kind, in one query."""
        return {**USUAL, **{path.kind: (path.first, path.second) for path in cls.objects.all()}}

    @classmethod
    def version_of_all(cls) -> str:
        """The version of all of them together, for a form to carry."""
        changed = cls.objects.exclude(updated_by=None).order_by("kind")
        return "|".join(f"{path.kind} {path.version}" for path in changed) or NONE_CHANGED

    @classmethod
    @transaction.atomic
    def change_all(cls, paths: Mapping[str, Rungs], *, by: Actor, version: str = "") -> None:
        """Set the rungs of the kinds. Raises EditConflict when somebody changed them since `version`."""
        usual = [EscalationPath(kind=kind, **_as_columns(USUAL[kind])) for kind in Kind]
        EscalationPath.objects.bulk_create(usual, ignore_conflicts=True)
        locked = list(cls.objects.select_for_update(no_key=True).order_by("kind"))
        if version and version != cls.version_of_all():
            raise EditConflict("Någon annan har ändrat till vem åtgärder eskaleras. Läs sidan och spara igen.")
        for path in locked:
            facts = _as_columns(paths[path.kind])
            if facts != _as_columns((path.first, path.second)):
                path.lock()
                path.set(facts, by=by)
                path.save_checked(facts)


def _as_columns(rungs: Rungs) -> dict[str, str]:
    return dict(zip(COLUMNS, rungs, strict=True))


def rungs_for(organisation: Organisation, known: Mapping[str, Rungs]) -> list[tuple[int, str]]:
    """To whom what the organisation has is escalated, each with its rung, 1 or 2; nobody for one outside the group."""
    rungs = known[organisation.kind] if organisation.in_group else ()
    return [(rung, to) for rung, to in enumerate(rungs, start=1) if to]
