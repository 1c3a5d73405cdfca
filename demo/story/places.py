"""The group's organisations and the places it knows by name: what stands there before anything happens."""

from __future__ import annotations

from demo.story.data import Data
from demo.story.edition import edition
from demo.story.happening import naming_the_line
from demo.story.people import address
from demo.story.teller import Teller
from issues.models import Place
from members.models import Group, Organisation

KINDS = {kind.label.lower(): kind for kind in Organisation.Kind}


def group_is_formed(data: Data, teller: Teller) -> None:
    told = {"demo": True, "demo_edition": edition(), "demo_told_on": teller.calendar.today}
    Group.objects.create(pk=1, name="Trygghet Vetlanda", municipality="Vetlanda kommun", **told)
    _organisations_join(data, teller)
    _places_are_named(data)


# Private


def _organisations_join(data: Data, teller: Teller) -> None:
    for row in data.organisations:
        row.only("kortnamn", "namn", "slag", "ansvar")
        with naming_the_line(row):
            teller.organisations[row["kortnamn"]] = Organisation.admit(
                by=None,
                name=row["namn"],
                short_name=row["kortnamn"],
                kind=row.choice("slag", KINDS),
                area=row["ansvar"],
                mailbox=address(row["kortnamn"]),
                active_from=teller.formed,
            )


def _places_are_named(data: Data) -> None:
    """Localities first, with their position; then what lies in them, which is made up and has none."""
    known: dict[str, Place] = {}
    for row in data.places:
        row.only("namn", "ort", "latitud", "longitud", "källa")
        locality = row.choice("ort", known) if row.get("ort") else None
        position = {"latitude": row.get("latitud") or None, "longitude": row.get("longitud") or None}
        with naming_the_line(row):
            known[row["namn"]] = Place.objects.create(name=row["namn"], locality=locality, **position)
