"""Someone at a screen. She finds things by their words and roles, and every page she comes to is examined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, expect

from tests.browser.bones import bones
from tests.browser.examining import Examined


@dataclass
class Examiner:
    """Examines each kind of page once: the same page with other sections, or something to correct, is another kind."""

    examined: Examined
    """What any test has examined."""
    scripts: bool = True
    """Whether the window runs scripts; axe is one."""
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def examine(self, page: Page) -> None:
        if not self.scripts:
            return
        address = resolve(urlsplit(page.url).path)
        kind = address.view_name, *page.locator("h2").all_inner_texts()
        if kind in self.seen:
            return
        self.seen.add(kind)
        window = page.viewport_size
        if window and self.examined.knows(bones(page.content()), window["width"]):
            return
        assert self.examined.ask_axe(page) == [], page.url
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{page.url} scrolls sideways: {width}"


class Person:
    """A member with a window of her own."""

    def __init__(self, name: str, page: Page, examiner: Examiner, *, scope: Locator | None = None) -> None:
        self.name = name
        self.page = page
        self.examiner = examiner
        self.scope = scope or page.locator("body")
        if scope is None:
            self.complaints: list[str] = []
            page.on("console", self._hear)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))

    # Going about

    def opens(self, address: str) -> None:
        self.page.goto(address)
        self._look()

    def goes_to(self, link: str) -> None:
        """By the main menu, which on a phone must be opened first."""
        menu = self.page.get_by_role("button", name="Meny", exact=True)
        if menu.is_visible():
            self._click(menu)
        entries = self.page.get_by_role("navigation", name="Huvudmeny")
        self._leaves_by(entries.get_by_role("link", name=link, exact=True))
        self._look()

    def goes_to_item(self, heading: str) -> None:
        """By the agenda of the meeting, which on a phone must be opened first."""
        agenda = self.page.get_by_role("button", name="Visa dagordningen")
        if agenda.is_visible():
            self._click(agenda)
        items = self.page.get_by_role("navigation", name="Dagordning")
        self._leaves_by(items.get_by_role("link", name=heading).first)
        self._look()

    def goes_back(self) -> None:
        """By the browser's own button, which brings back the page as she left it.

        A page that was shown to another fetches itself anew, sometimes before the browser has said that it is there;
        and between two pages there is none to go back from.
        """
        try:
            self.page.go_back(wait_until="commit")
        except Error as error:
            if not any(words in str(error) for words in ("ERR_ABORTED", "Not attached")):
                raise
            self.page.wait_for_load_state()
            if "Not attached" in str(error):
                self.page.go_back(wait_until="commit")

    def follows(self, link: str) -> None:
        self._leaves_by(self._named("link", link))
        self._look()

    def presses(self, button: str) -> None:
        self._leaves_by(self._named("button", button))
        self._look()

    def unfolds(self, summary: str) -> Person:
        """Herself, looking only at what is under the words, which she has unfolded unless it was already."""
        folded = self.scope.locator("details").filter(has=self.page.locator("summary", has_text=summary)).last
        if folded.get_attribute("open") is None:
            self._click(folded.locator("summary").first)
        return self._nearer(folded)

    def beside(self, words: str) -> Person:
        """Herself, looking only at the smallest row with these words."""
        return self._nearer(self.scope.get_by_role("listitem").filter(has_text=words).last)

    def among(self, question: str) -> Person:
        """Herself, looking only at the fields that belong to the question."""
        return self._nearer(self.scope.get_by_role("group", name=_starting(question)))

    # Filling in

    def writes(self, label: str, text: str) -> None:
        self._fill(self.scope.get_by_label(_starting(label)), text)

    def chooses(self, choice: str) -> None:
        """A tile, a segment, a radio button or a box, by its own words."""
        self._check(self.scope.get_by_label(choice, exact=True))

    def chooses_first(self, question: str) -> None:
        """The first of the answers offered to the question."""
        group = self.scope.get_by_role("radiogroup", name=_starting(question))
        self._check(group.get_by_role("radio").first)

    def picks(self, label: str, option: str) -> None:
        self._select(self.scope.get_by_label(_starting(label)), option)

    # Reading

    def reads(self, words: str) -> None:
        expect(self.scope.get_by_text(words).locator("visible=true").first).to_be_visible()

    def reads_heading(self, words: str) -> None:
        expect(self.scope.get_by_role("heading", name=words).first).to_be_visible()

    def does_not_read(self, words: str) -> None:
        expect(self.scope.get_by_text(words)).to_have_count(0)

    def _leaves_by(self, thing: Locator) -> None:
        """Uses what leads to another page."""
        self._comes_to(thing)
        with self.page.expect_navigation():
            self._click(thing)

    # Her hands, which here hold a mouse

    def _comes_to(self, thing: Locator) -> None:
        thing.scroll_into_view_if_needed()

    def _click(self, thing: Locator) -> None:
        thing.click()

    def _fill(self, field: Locator, text: str) -> None:
        field.fill(text)

    def _check(self, box: Locator) -> None:
        box.check()

    def _select(self, field: Locator, option: str) -> None:
        field.select_option(label=option)

    # Private

    def _nearer(self, scope: Locator) -> Person:
        nearer = type(self)(self.name, self.page, self.examiner, scope=scope)
        nearer.complaints = self.complaints
        return nearer

    def _named(self, role: Literal["link", "button"], name: str) -> Locator:
        return self.scope.get_by_role(role, name=_starting(name)).first

    def _look(self) -> None:
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        self.examiner.examine(self.page)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


def _starting(words: str) -> re.Pattern[str]:
    """What begins with the words: "Berätta" names "Berätta (valfritt)"."""
    return re.compile(rf"^\s*{re.escape(words)}")
