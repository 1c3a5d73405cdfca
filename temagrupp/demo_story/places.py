"""The group's organisations and the places it knows by name: what stands there before anything happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from issues.models import Place
from members.models import Organisation
from temagrupp.demo_story.people import address

if TYPE_CHECKING:
    from temagrupp.demo_story.data import Data
    from temagrupp.demo_story.teller import Teller

KINDS = {kind.label.lower(): kind for kind in Organisation.Kind}


def organisations_join(data: Data, teller: Teller) -> None:
    for row in data.organisations:
        row.only("kortnamn", "namn", "slag", "ansvar")
        teller.organisations[row["kortnamn"]] = Organisation.admit(
            name=row["namn"],
            short_name=row["kortnamn"],
            kind=row.choice("slag", KINDS),
            area=row["ansvar"],
            mailbox=address(row["kortnamn"]),
            active_from=teller.formed,
        )


def places_are_named(data: Data) -> None:
    """Localities first, with their position; then what lies in them, which is made up and has none."""
    known: dict[str, Place] = {}
    for row in data.places:
        row.only("namn", "ort", "latitud", "longitud", "källa")
        locality = row.choice("ort", known) if row.get("ort") else None
        position = {"latitude": row.get("latitud") or None, "longitude": row.get("longitud") or None}
        known[row["namn"]] = Place.objects.create(name=row["namn"], locality=locality, **position)
