"""Somebody without a mouse: she comes to everything by Tab, sees where she stands, and uses it by Enter and arrows."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator

from tests.browser.person import Person

STANDING = (Path(__file__).parent / "keyboard.js").read_text()
FARTHEST = 250
"""Stops from the top of the longest page to its end, and round again."""


class AtKeyboard(Person):
    """A member who types, and no more. At every stop she must see where she is."""

    def steps_to(self, wanted: Locator) -> None:
        """Goes on by Tab until she stands there; from the top of a page past the menu, by its first link."""
        if self._is_outside() and wanted.evaluate("wanted => Boolean(wanted.closest('main'))"):
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
        element = wanted.element_handle()
        for _ in range(FARTHEST):
            stands = self.page.evaluate(STANDING, element)
            assert stands["faults"] == [], f"{self.page.url}: {stands['faults']}"
            if stands["arrived"]:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: {wanted} is not reached by Tab")

    # Her hands

    def _comes_to(self, thing: Locator) -> None:
        self.steps_to(thing)

    def _click(self, thing: Locator) -> None:
        self.steps_to(thing)
        self.page.keyboard.press("Enter")

    def _fill(self, field: Locator, text: str) -> None:
        self.steps_to(field)
        match field.get_attribute("type"):
            case "date":
                year, month, day = text.split("-")
                self.page.keyboard.type(month + day + year)  # the order of the browser, which is in English here
            case "time":
                self.page.keyboard.type(text.replace(":", ""))
            case _:
                self.page.keyboard.press("Control+A")
                self.page.keyboard.type(text)
        assert field.input_value() == text

    def _check(self, box: Locator) -> None:
        """A radio button by the arrows within its group, a box by the space bar."""
        self.steps_to(box)
        for _ in range(FARTHEST):
            if box.evaluate("box => document.activeElement === box"):
                break
            self.page.keyboard.press("ArrowDown")
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def _select(self, field: Locator, option: str) -> None:
        """By the arrow, from the empty choice at the top."""
        self.steps_to(field)
        self.page.keyboard.press("Home")
        chosen = "field => field.selectedOptions[0].text"
        for _ in range(FARTHEST):
            if field.evaluate(chosen) == option:
                break
            self.page.keyboard.press("ArrowDown")
        assert field.evaluate(chosen) == option

    def _is_outside(self) -> bool:
        """At the top of a page; an address that names a place in it puts her there, and Tab goes on from it."""
        return bool(
            self.page.evaluate("document.activeElement === document.body && !document.querySelector(':target')")
        )
