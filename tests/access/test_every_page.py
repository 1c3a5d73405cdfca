"""The frame of every page, as each role that may open it gets it: a title, one heading, no id twice, few files."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.access import PAGES
from tests.access.table import Row
from tests.access.visiting import Visits

OWNER = "Temagruppens register"
"""Ends every title; what stands before it is the page's own."""

NAMES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
"""Attributes that name other elements by id."""

MOST_SCRIPTS = 7
"""Those of every page, the keys of who has them on, in the room what runs it and the button that names a choice."""


class Frame(HTMLParser):
    """What a page says of itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.named: set[str] = set()
        self.language = self.title = ""
        self.schemes: list[str | None] = []
        self.stylesheets: list[str | None] = []
        self.scripts: list[str] = []
        self.in_the_way: list[str] = []  # of the first paint: what is read before the page may be drawn
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags[tag] += 1
        if said.get("id"):
            self.ids[str(said["id"])] += 1
        for name in NAMES:
            self.named |= {*(said.get(name) or "").split()}
        if said.get("rel") == "stylesheet":
            self.stylesheets.append(said.get("href"))
        if tag == "script":
            self.scripts.append(said.get("src") or "")
        if tag == "style" or (tag == "script" and not (said.get("src") and said.get("type") == "module")):
            self.in_the_way.append(self.get_starttag_text() or "")
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
            assert frame.stylesheets == ["/static/css/main.css"], role
            assert len({*frame.scripts}) == len(frame.scripts) <= MOST_SCRIPTS, role
            assert frame.in_the_way == [], role
