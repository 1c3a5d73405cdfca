"""The demo's people, who are all invented."""

from __future__ import annotations

from dataclasses import dataclass

from demo.story.reading import Record
from demo.story.working_hours import BY_WORDS, Hours

PASSWORD = "ljus i tunneln"  # noqa: S105 for show
"""For everyone in the demo; it opens nothing else."""

COORDINATOR = "Maja Exempel"
ACCOUNTS = {
    "samordnare": COORDINATOR,
    "ordinarie": "Omar Prov",
    "ersättare": "Gun Prototyp",
    "handläggare": "Tove Test",
    "läsare": "Sara Mall",
    "gäst": "Per Modell",
}
"""One person for each role, to sign in as."""

PLAIN = str.maketrans("åäöÅÄÖ ", "aaoAAO.")


@dataclass(frozen=True)
class Person:
    """A member as the data knows her: `organisation` by its short name, nothing for a guest."""

    name: str
    title: str
    organisation: str
    hours: Hours


def person(row: Record) -> Person:
    row.only("namn", "titel", "organisation", "roll", "från", "slutar", "arbetstid")
    return Person(row["namn"], row.get("titel"), row.get("organisation"), row.choice("arbetstid", BY_WORDS, "kontor"))


def address(name: str) -> str:
    """`omar.prov@trygghet.example`: no mail to that ending reaches anybody."""
    return f"{name.translate(PLAIN).lower()}@trygghet.example"
