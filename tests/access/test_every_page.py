"""The frame of every page, as each role that may open it gets it: a title of its own, one heading, no id twice."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.access import PAGES
from tests.access.table import Row
from tests.access.visiting import Visits

OWNER = "Trygghet Vetlanda"
"""Ends every title; what stands before it is the page's own."""

NAMES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
"""Attributes that name other elements by id."""


class Frame(HTMLParser):
    """What a page says of itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.named: set[str] = set()
        self.language = self.title = ""
        self.schemes: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags[tag] += 1
        if said.get("id"):
            self.ids[str(said["id"])] += 1
        for name in NAMES:
            self.named |= {*(said.get(name) or "").split()}
        if tag == "html":
            self.language = said.get("lang") or ""
        if said.get("name") == "color-scheme":
            self.schemes.append(said.get("content"))

    def handle_data(self, data: str) -> None:
        if self.lasttag == "title" and not self.title:
            self.title = data.strip()


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_says_what_it_is(visits: Visits, db: None, row: Row) -> None:
    pages = {role: answer.page for role, answer in visits.answers(row).items() if row.statuses[role] == 200}

    for role, page in pages.items():
        if page:  # a document has no frame
            frame = Frame(page)
            assert frame.language == "sv", role
            assert frame.title.removesuffix(OWNER).strip(" –"), role
            assert (frame.tags["h1"], frame.tags["main"]) == (1, 1), role
            assert frame.schemes == ["light dark"], role
            assert [name for name, times in frame.ids.items() if times > 1] == [], role
            assert frame.named - frame.ids.keys() == set(), role
