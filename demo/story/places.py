"""The group's organisations and the places it knows by name: what stands there before anything happens."""

from __future__ import annotations

from demo.story.data import Data
from demo.story.edition import edition
from demo.story.happening import naming_the_line
from demo.story.people import address
from demo.story.teller import Teller
from issues.models import Place
from members.models import ContactPoint, Group, Organisation

# Invented, as all of it: no mail to these addresses reaches anybody, and no number of that series rings.
ANSWERS = {
    "controller": "Kommunstyrelsen i Exempelstad",
    "records_owner": "Exempelstads kommun",
    "legal_ground": "Uppgift av allmänt intresse: kommunens brottsförebyggande arbete.",
    "protection_mail": "dataskyddsombud@trygghet.example",
    "protection_phone": "0980-319 210",
    "accessibility_mail": "tillganglighet@trygghet.example",
    "accessibility_phone": "0980-319 211",
    "accessibility_days": 14,
}
CONTACT_POINTS = (
    (
        *("Socialtjänstens mottagning", "Orosanmälan och råd, vardagar 8–16.", "0980-319 200", ""),
        "https://trygghet.example/orosanmalan",
    ),
    ("Socialjouren", "Akut oro för någon, kvällar och helger.", "0980-319 201", "", ""),
    ("Lokalpolisens tips", "Det du har sett av ett brott som inte pågår.", "0980-319 202", "", ""),
    ("Skolans trygghetsteam", "Kränkningar och oro i skolan.", "", "trygghetsteam@trygghet.example", ""),
)

REGISTRAR = "registrator@trygghet.example"

GROUP = {"med": True, "utanför": False}
KINDS = {kind.label.lower(): kind for kind in Organisation.Kind}


def group_is_formed(data: Data, teller: Teller) -> None:
    told = {"demo": True, "demo_edition": edition(), "demo_told_on": teller.calendar.today}
    Group.objects.create(
        pk=1, name="Trygghet Vetlanda", municipality="Vetlanda kommun", registrar_mail=REGISTRAR, **ANSWERS, **told
    )
    for position, (name, when, phone, mail, page) in enumerate(CONTACT_POINTS):
        facts = {"name": name, "when": when, "phone": phone, "mail": mail, "page": page}
        ContactPoint.objects.create(position=position, **facts)
    _organisations_join(data, teller)
    _places_are_named(data)


# Private


def _organisations_join(data: Data, teller: Teller) -> None:
    for row in data.organisations:
        row.only("kortnamn", "namn", "slag", "ansvar", "gruppen")
        with naming_the_line(row):
            teller.organisations[row["kortnamn"]] = Organisation.admit(
                by=None,
                name=row["namn"],
                short_name=row["kortnamn"],
                kind=row.choice("slag", KINDS),
                area=row["ansvar"],
                in_group=row.choice("gruppen", GROUP),
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
