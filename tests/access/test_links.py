"""No page offers anyone a way that is closed to her: a link and a button that she sees lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from tests.access import PAGES, TABLE
from tests.access.visiting import Visits
from tests.access.world import ROLES

CLOSED = {403, 404, 405}

Way = tuple[str, str]
"""A method and a path."""


class Ways(HTMLParser):
    """Where the links and the forms of a page lead, inside the house."""

    def __init__(self, address: str, page: str) -> None:
        super().__init__()
        self.address = address
        self.method, self.action = "GET", address
        self.found: set[Way] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.method, self.action = said.get("method", "get").upper(), said.get("action") or self.address
            self.leads_to(self.method, self.action)
        if tag == "a" and not said.get("href", "#").startswith("#"):
            self.leads_to("GET", said["href"])
        if "formaction" in said:
            self.leads_to(self.method, said["formaction"])

    def leads_to(self, method: str, address: str) -> None:
        whole = urlsplit(urljoin(f"http://testserver{self.address}", address))
        if whole.netloc == "testserver" and not whole.path.startswith("/static/"):
            # What one may mask in is said after the question mark; without it, it is the samordnare's alone.
            query = f"?{whole.query}" if whole.query and whole.path.startswith("/maskera/") else ""
            self.found.add((method, f"{whole.path}{query}"))


def closed_ways(visits: Visits, role: str, pages: set[str], known: dict[Way, int]) -> Iterator[str]:
    """Each way that is offered on the pages, or on one that they lead to, and is closed.

    Where the table knows what a form meets it is not sent: one of them signs her out.
    """
    offered: dict[Way, str] = {("GET", page): "" for page in pages}
    to_walk = [*offered]
    while to_walk:
        way = to_walk.pop()
        if way in known:
            status, ways = known[way], set[Way]()
        else:
            answer = visits.answer_at(role, *way)
            status, ways = answer.status, Ways(way[1], answer.page).found if answer.status == 200 else set()
        if status in CLOSED:
            yield f"{offered[way]} → {way[0]} {way[1]} {status}"
        ahead = ways - offered.keys()
        offered |= dict.fromkeys(ahead, way[1])
        to_walk += ahead


@pytest.mark.parametrize("role", ROLES)
def test_no_page_offers_her_a_way_that_is_closed_to_her(visits: Visits, db: None, role: str) -> None:
    # What the gallery shows is made up, and so are the ways from it.
    opened = [row for row in PAGES if row.statuses[role] == 200 and row.route != "demo:components"]
    unread = [row for row in TABLE if row.method == "POST" or row.statuses[role] != 200]
    known = {(row.method, row.address(visits.world)): row.statuses[role] for row in unread}

    assert [*closed_ways(visits, role, {row.address(visits.world) for row in opened}, known)] == []
