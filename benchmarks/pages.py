"""The pages that are measured: who opens them, where, and what they are to cost beside a floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

PLAINEST, FAIR = "plainest", "fair"
SAMORDNARE, REPRESENTATIVE = "samordnare", "ordinarie"


@dataclass(frozen=True)
class Page:
    """`address` is one, or the name of one that the register told; `goal` a ratio to the floor; `most` statements."""

    name: str
    address: str
    who: str = SAMORDNARE
    goal: float | None = None
    floor: str = PLAINEST
    most: int = 12
    posts: bool = False

    def where(self, addresses: Mapping[str, str]) -> str:
        return addresses.get(self.address, self.address)


FLOORS = (Page(PLAINEST, "/enklast/", most=3), Page(FAIR, "/rimlig/", most=12))
PAGES = (
    Page("issues, open", "/arenden/", goal=1.2, floor=FAIR, most=10),
    Page("issues, all", "/arenden/?lage=alla", goal=1.2, floor=FAIR, most=10),
    Page("issues, deep", "/arenden/?lage=alla&sida=40", goal=1.2, floor=FAIR, most=10),
    Page("issues, a representative's", "/arenden/", REPRESENTATIVE, goal=1.2, floor=FAIR, most=10),
    Page("issues, filter", "filtered", goal=9.5, most=10),
    Page("issues, rare word", "/arenden/?lage=alla&q=perrongen+armatur", goal=9, most=18),
    Page("issues, common word", "/arenden/?lage=alla&q=belysning", goal=9, most=18),
    Page("one issue", "issue", goal=5),
    Page("start, samordnare", "/", goal=9),
    Page("start, representative", "/", REPRESENTATIVE, goal=9),
    Page("actions", "/atgarder/", goal=6.5, most=10),
    Page("own actions", "/atgarder/?vy=egna", REPRESENTATIVE, goal=9, most=10),
    Page("handed out", "/atgarder/utdelat/", goal=12),
    Page("observations", "/observationer/", goal=3.5, most=10),
    Page("to sort", "/sortera/", goal=4.5, most=10),
    Page("search", "/sok/?q=belysning", most=18),
    Page("search, no hit", "/sok/?q=zeppelinare", most=18),
    Page("the agenda", "agenda", goal=15, most=18),
    Page("an item in the room", "item", goal=10, most=18),
    Page("the report page", "/rapportera/", REPRESENTATIVE, goal=2.3),
    Page("a report", "/rapportera/", REPRESENTATIVE, goal=2.3, most=20, posts=True),
    Page("minutes", "minutes", goal=2.3),
    Page("a year of meetings", "year"),
)
DOCUMENTS = tuple(Page(name, name) for name in ("agenda_pdf", "agenda_word", "minutes_pdf", "minutes_word"))


def report(addresses: Mapping[str, str]) -> dict[str, str]:
    """What somebody sends who reports: the least that a report needs."""
    return {
        "category": addresses["category"], "where": "Norra gångtunneln", "when": "now", "key": str(uuid4()),
        "police_report": "unknown", "source": "own",
    }  # fmt: skip
