"""The demo's organisations, which are the real group's, and its people, who are all invented."""

from __future__ import annotations

from typing import NamedTuple

from members.models import Organisation

Kind = Organisation.Kind

PASSWORD = "ljus i tunneln"  # noqa: S105 for show
"""For everyone in the demo; it opens nothing else."""


class OrganisationFacts(NamedTuple):
    short_name: str
    name: str
    kind: Organisation.Kind
    area: str
    ordinary: str
    deputy: str = ""


ORGANISATIONS = [
    OrganisationFacts(
        "Kommunledningen",
        "Kommunledningsförvaltningen",
        Kind.LEADERSHIP,
        "Samordning, säkerhet, kameror på kommunens mark, information till invånarna.",
        ordinary="Jonas Utkast",
        deputy="Berit Kladd",
    ),
    OrganisationFacts(
        "Barn och utbildning",
        "Barn- och utbildningsförvaltningen",
        Kind.DEPARTMENT,
        "Förskolor, skolor och skolgårdar, elevhälsa, vuxna i skolmiljön.",
        ordinary="Elin Förlaga",
        deputy="Rut Prototypsson",
    ),
    OrganisationFacts(
        "Tekniska",
        "Tekniska förvaltningen",
        Kind.DEPARTMENT,
        "Gator, gång- och cykelvägar, gatubelysning, parker, renhållning, trafikregler.",
        ordinary="Omar Prov",
        deputy="Gun Prototyp",
    ),
    OrganisationFacts(
        "Kultur och fritid",
        "Kultur- och fritidsförvaltningen",
        Kind.DEPARTMENT,
        "Fritidsgårdar, bibliotek, bad och idrottsplatser, föreningar, vuxna ute på kvällarna.",
        ordinary="Vera Skissblock",
        deputy="Love Attrapp",
    ),
    OrganisationFacts(
        "Vård och omsorg",
        "Vård- och omsorgsförvaltningen",
        Kind.DEPARTMENT,
        "Hemtjänst, äldreboenden, trygghet för äldre och för dem som arbetar ute hos dem.",
        ordinary="Karin Skiss",
        deputy="Hanna Utställningsex",
    ),
    OrganisationFacts(
        "Social",
        "Socialförvaltningen",
        Kind.DEPARTMENT,
        "Tidiga insatser, fältarbete, föräldrastöd, alkohol och droger.",
        ordinary="Aino Låtsas",
        deputy="Folke Tänkbar",
    ),
    OrganisationFacts(
        "Miljö och bygg",
        "Miljö- och byggförvaltningen",
        Kind.DEPARTMENT,
        "Detaljplaner, bygglov, tillsyn, serveringstillstånd.",
        ordinary="Ivar Tänkt",
        deputy="Siv Schablon",
    ),
    OrganisationFacts(
        "Njudung Energi",
        "Njudung Energi Vetlanda AB",
        Kind.COMPANY,
        "Elnät, elskåp, fjärrvärme, vatten, återvinning.",
        ordinary="Nils Påhitt",
        deputy="Ulla Fiktion",
    ),
    OrganisationFacts(
        "Witalabostäder",
        "Witalabostäder AB",
        Kind.COMPANY,
        "Hyreshus med gårdar, garage, källare och häckar.",
        ordinary="Lars Kopia",
        deputy="Mona Mönster",
    ),
    OrganisationFacts(
        "Industrilokaler",
        "AB Vetlanda Industrilokaler",
        Kind.COMPANY,
        "Industrilokaler och tomma fastigheter.",
        ordinary="Bo Docka",
        deputy="Eva Tankeexempel",
    ),
    OrganisationFacts(
        "Stadshus",
        "Vetlanda Stadshus AB",
        Kind.COMPANY,
        "Ägare till de kommunala bolagen.",
        ordinary="Kent Platshållare",  # the deputy's seat is vacant
    ),
    OrganisationFacts(
        "Polisen",
        "Polisen, lokalpolisområde Höglandet",
        Kind.POLICE,
        "Brott, ordning, trafikövervakning, medborgarlöften.",
        ordinary="Ali Ritning",
        deputy="Stina Stencil",
    ),
    OrganisationFacts(
        "Räddningstjänsten",
        "Höglandets räddningstjänstförbund",
        Kind.RESCUE,
        "Räddningstjänst, brandskydd, säkerhetssamordning. Sammankallar gruppen.",
        ordinary="Rolf Övning",
        deputy="Disa Repetition",
    ),
]

COORDINATOR, READER, HANDLER, GUEST = "Maja Exempel", "Sara Mall", "Tove Test", "Per Modell"

TITLES = {
    COORDINATOR: "Säkerhetssamordnare",
    READER: "Kommunens ledningsgrupp",
    HANDLER: "Förvaltare",
    GUEST: "Inbjuden från företagarna",
    "Omar Prov": "Gatuchef",
    "Gun Prototyp": "Trafikingenjör",
    "Ali Ritning": "Kommunpolis",
    "Elin Förlaga": "Verksamhetschef",
    "Vera Skissblock": "Fritidschef",
}

ACCOUNTS = {
    "samordnare": COORDINATOR,
    "ordinarie": "Omar Prov",
    "ersättare": "Gun Prototyp",
    "handläggare": HANDLER,
    "läsare": READER,
    "gäst": GUEST,
}
"""One person for each role, to sign in as."""

PLAIN = str.maketrans("åäöÅÄÖ ", "aaoAAO.")


def address(name: str) -> str:
    """`omar.prov@trygghet.example`: no mail to that ending reaches anybody."""
    return f"{name.translate(PLAIN).lower()}@trygghet.example"
