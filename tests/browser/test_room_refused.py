"""A form of the room that is refused: what stands in it is on the register as well, and nothing says otherwise."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from meetings.models import AgendaItem
from tests.browser.at_item import item, maja
from tests.browser.person import Person
from tests.browser.test_room_answers_unsaved import questions, wait_until_kept

__all__ = ["item", "maja"]

pytestmark = pytest.mark.browser

DECISION = "Tekniska sätter upp belysning."
REFUSED = "Skriv till vem frågan hänskjuts."


def is_refused(person: Person) -> None:
    """She decides to refer it and says not to whom, quicker than what she types is saved by itself."""
    person.page.get_by_label("Slag").select_option("refer")
    person.page.get_by_label("Beslut", exact=False).first.fill(DECISION)
    person.presses("Spara")
    person.reads(REFUSED)


def test_what_is_refused_is_kept_by_itself_when_it_is_shown_again(maja: Person, item: AgendaItem) -> None:
    is_refused(maja)

    wait_until_kept(maja, item, part="decision", text=DECISION)
    maja.complaints.clear()


def test_of_what_is_kept_nothing_says_that_it_is_not_saved(maja: Person, item: AgendaItem) -> None:
    asked = questions(maja)
    is_refused(maja)
    wait_until_kept(maja, item, part="decision", text=DECISION)
    maja.reads("Utkastet är sparat ")

    maja.follows("Lämna mötesläget")

    expect(maja.page.locator("[data-draft]")).to_have_count(0)
    assert asked == []
    maja.opens(item.get_absolute_url())
    expect(maja.page.locator("[data-draft]")).to_have_count(0)
    expect(maja.page.get_by_text(DECISION).first).to_be_visible()
    maja.complaints.clear()


def test_words_that_are_taken_out_again_are_unsaved_no_longer(maja: Person) -> None:
    asked = questions(maja)
    reply = {"kept": False, "message": "Nej.", "version": "0", "theirs": "", "found": ""}
    maja.page.route("**/utkast/**", lambda route: route.fulfill(json=reply))
    maja.writes("Beslut", DECISION)
    maja.reads("Utkastet till beslut är inte sparat. Nej.")

    maja.writes("Beslut", "")

    maja.does_not_read("Utkastet till beslut är inte sparat.")
    maja.page.reload()
    expect(maja.page.locator("[data-draft]")).to_have_count(0)
    assert asked == []
