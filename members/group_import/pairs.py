"""A row with an ordinarie and an ersättare beside each other: two people of one organisation, each with her own cells.

Organisation; Ordinarie; E-post; Ersättare; E-post is how most groups have kept their list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from base.imports.columns import SheetColumn, SheetRow, plain

PEOPLE = {"ordinary": "Ordinarie", "deputy": "Ersättare"}
ROLE_WORDS = {
    "ordinary": ("ordinarie", "ordinarie ledamot", "ordinarie representant", "ledamot"),
    "deputy": ("ersättare", "suppleant", "personlig ersättare", "ställföreträdare", "vice"),
}
OF_A_PERSON = {"title": ("Titel", "befattning"), "email": ("E-post", "epostadress", "mejl", "mail", "mailadress")}
OF_A_PERSON |= {"phone": ("Telefon", "tel", "tfn", "mobil", "telefonnummer", "mobilnummer")}
EXAMPLES = {
    "ordinary": ("Kim Exempel", "Enhetschef", "kim.exempel@exempel.se", "070-174 06 05"),
    "deputy": ("Alex Exempel", "Planerare", "alex.exempel@exempel.se", "070-174 06 06"),
}
SHARED = ("organisation", "kind", "mailbox", "since")
"""What the two have in common, each in a column as usual."""
VACANT = {"", "vakant", "vakans", "saknas", "ingen", "tillsätts", "tillsättssenare", "nn"}
"""What stands where nobody does."""


def _columns() -> Iterator[SheetColumn]:
    for who, label in PEOPLE.items():
        said = ROLE_WORDS[who]
        named = tuple(f"{words} {role}" for words in ("namn", "namn på") for role in said)
        name, *others = EXAMPLES[who]
        yield SheetColumn(who, f"{label}, namn", (*said, *named, *(f"{role} namn" for role in said)), name)
        for (key, words), example in zip(OF_A_PERSON.items(), others, strict=True):
            either = tuple(way for word in words for role in said for way in (f"{word} {role}", f"{role} {word}"))
            yield SheetColumn(f"{who}_{key}", f"{label}, {words[0].lower()}", either, example, of=who, like=key)


PAIR_COLUMNS = tuple(_columns())


def people_in(row: SheetRow) -> list[SheetRow]:
    """A row for each of the two that is there; the row as it is where it has neither.

    Beside them it may have a person of its own, whose cells are named as usual.
    """
    shared = {key: row[key] for key in SHARED}
    pair = []
    for who, role in PEOPLE.items():
        hers = {"name": row[who], "role": role, **{key: row[f"{who}_{key}"] for key in OF_A_PERSON}}
        if hers["email"].strip() or plain(hers["name"]) not in VACANT:
            pair.append(replace(row, cells=shared | hers))
    own = any(row[key].strip() for key in ("name", "first_name", "last_name", "email"))
    return [row, *pair] if own or not pair else pair
