"""Words for the rows of a filled register: as many different ones as a group of ten years would have written."""

from __future__ import annotations

from random import Random

WHAT = {
    "Belysning": ["Mörkt", "Släckta lampor", "Trasig armatur", "Blinkande belysning", "Dåligt ljus"],
    "Klotter": ["Klotter", "Sprejat", "Nedklottrat", "Klistermärken"],
    "Skadegörelse": ["Krossade rutor", "Sönderslagen bänk", "Vält cykelställ", "Uppbruten dörr"],
}
OTHER = ["Otryggt", "Stökigt", "Samling", "Skräpigt", "Buskage skymmer", "Mopeder", "Hög musik", "Trängsel"]
WHERE = [
    "vid gångtunneln",
    "på parkeringen",
    "vid busshållplatsen",
    "bakom skolan",
    "i parken",
    "vid torget",
    "på gång- och cykelvägen",
    "vid återvinningen",
    "utanför butiken",
    "vid idrottsplatsen",
    "på perrongen",
]
WHO = [
    "Barn i mellanstadiet går där",
    "Flera äldre väljer en annan väg",
    "Föräldrar har hört av sig",
    "Personalen går i par",
    "Vaktmästaren har sett det",
    "Nattvandrarna stannade en stund",
]
MORE = [
    "varje kväll efter nio",
    "sedan ett par veckor",
    "mest på fredagar",
    "när det regnar",
    "under hela lovet",
    "så snart butiken har stängt",
    "också på morgonen",
    "sedan hösten",
]
ASKED = [
    "Byt armaturer",
    "Klipp buskarna",
    "Sätt upp skylt",
    "Flytta containern",
    "Rondera kvällstid",
    "Laga stängslet",
    "Måla över",
    "Ställ ut papperskorgar",
    "Se över låsen",
    "Sätt grindar",
]


def title(category: str, random: Random) -> str:
    return f"{random.choice(WHAT.get(category, OTHER))} {random.choice(WHERE)}"


def sentence(random: Random) -> str:
    return f"{random.choice(WHO)}, {random.choice(MORE)}. {random.choice(OTHER)} {random.choice(WHERE)}."


def request(random: Random) -> str:
    return f"{random.choice(ASKED)} {random.choice(WHERE)}"
