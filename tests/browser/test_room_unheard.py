"""A saving in the room whose answer was not heard, a phone that is put away, and the keys of a Mac."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from meetings.models import AgendaItem, ItemDraft
from members.actor import Actor
from members.models import Member
from tests.browser.at_item import item, maja, saved
from tests.browser.person import Person

__all__ = ["item", "maja"]

pytestmark = pytest.mark.browser

BEGUN, TEXT = "Lampan", "Lampan byts i mars."
NO_DRAFT = "() => JSON.stringify(JSON.parse(sessionStorage.utkast ?? '{\"drafts\": {}}').drafts) === '{}'"
ANOTHER = "medan du skrev"


def writes_on(maja: Person, *, breaks: bool) -> None:
    """She writes, the register saves it and its answer is lost or waited for; and she writes on."""

    def arrives(route: Route) -> None:
        route.fetch()
        if breaks:
            route.abort()

    maja.page.route("**/notering/", arrives, times=1)
    with maja.page.expect_request("**/notering/"):
        maja.writes("Notering", BEGUN)
        maja.page.get_by_label("Notering").blur()
    if breaks:
        maja.reads("registret svarar inte")
    maja.writes("Notering", TEXT)


def test_who_leaves_while_a_saving_is_under_way_meets_no_other_writer(maja: Person, item: AgendaItem) -> None:
    writes_on(maja, breaks=False)
    maja.page.wait_for_timeout(300)  # until it has arrived

    maja.follows("Lämna mötesläget")

    maja.page.wait_for_function(NO_DRAFT)
    assert saved(item) == TEXT


def test_words_that_were_saved_with_a_broken_answer_are_no_others(maja: Person, item: AgendaItem) -> None:
    writes_on(maja, breaks=True)
    maja.complaints.clear()
    maja.page.get_by_label("Notering").blur()

    maja.reads("Sparat ")
    maja.does_not_read(ANOTHER)
    assert saved(item) == TEXT


def drafted(item: AgendaItem) -> str:
    """The new action that is typed at the item, as the register has it."""
    return "".join(item.drafts.filter(part=ItemDraft.Part.ACTION).values_list("what", flat=True))


def writes_action(maja: Person, words: str) -> None:
    maja.writes("Vad ska göras", words)
    maja.page.get_by_label("Vad ska göras").blur()


@pytest.mark.parametrize("arrives", [True, False], ids=["arrived", "never arrived"])
def test_an_action_that_was_saved_with_a_broken_answer_is_no_others(
    maja: Person, item: AgendaItem, arrives: bool
) -> None:
    """A day for the answer is filled in beside the words, and whom is chosen: neither is among what is told of it."""
    maja.page.route("**/utkast/action/", lambda route: (arrives and route.fetch(), route.abort())[1], times=1)
    writes_action(maja, BEGUN)
    maja.reads("registret svarar inte")
    maja.complaints.clear()
    assert drafted(item) == (BEGUN if arrives else "")

    writes_action(maja, TEXT)

    maja.reads("Utkastet är sparat ")
    maja.does_not_read(ANOTHER)
    assert drafted(item) == TEXT


def test_what_she_wrote_elsewhere_is_not_taken_for_what_was_lost(
    maja: Person, coordinator: Member, item: AgendaItem
) -> None:
    maja.page.route("**/utkast/action/", lambda route: route.abort())
    writes_action(maja, BEGUN)
    maja.reads("registret svarar inte")
    on_her_phone: dict[str, Any] = {"texts": {"what": "Räcket lagas."}, "chosen": {}, "version": 0}
    ItemDraft.keep(item, ItemDraft.Part.ACTION, **on_her_phone, by=Actor.of(coordinator))
    maja.page.unroute("**/utkast/action/")
    maja.complaints.clear()

    writes_action(maja, TEXT)

    maja.reads(ANOTHER)
    assert drafted(item) == "Räcket lagas."


def test_what_is_typed_is_saved_when_the_phone_is_put_away(maja: Person, item: AgendaItem) -> None:
    maja.page.evaluate("window.setTimeout = () => 0")  # there is no time for a pause
    maja.page.get_by_label("Notering").press_sequentially(TEXT)

    maja.page.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})")
    maja.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    maja.reads("Sparat ")
    assert saved(item) == TEXT


def presses(maja: Person, code: str, key: str, **held: bool) -> None:
    """Keys as another keyboard sends them."""
    facts = {"code": code, "key": key, "bubbles": True, "cancelable": True, **held}
    maja.page.evaluate("facts => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', facts))", facts)


def test_signs_that_a_mac_or_a_numpad_writes_with_alt_are_written(maja: Person, item: AgendaItem) -> None:
    note = maja.page.get_by_label("Notering")
    note.focus()
    presses(maja, "Numpad2", "2", altKey=True)
    maja.page.add_init_script("Object.defineProperty(navigator, 'platform', {get: () => 'MacIntel'})")
    maja.opens(item.get_absolute_url())
    note.focus()

    presses(maja, "Digit2", "@", altKey=True)
    presses(maja, "ArrowUp", "ArrowUp", altKey=True)
    presses(maja, "KeyR", "®", altKey=True)

    expect(note).to_be_focused()
    assert maja.page.url.endswith(item.get_absolute_url())


@pytest.mark.parametrize("way", ["desktop by keyboard"], indirect=True)
def test_on_a_mac_the_chords_are_with_ctrl_too_and_stand_so(maja: Person, item: AgendaItem) -> None:
    maja.page.add_init_script("Object.defineProperty(navigator, 'platform', {get: () => 'MacIntel'})")
    maja.opens(item.get_absolute_url())

    presses(maja, "KeyN", "Dead", altKey=True, ctrlKey=True)

    expect(maja.page.get_by_label("Notering")).to_be_focused()
    expect(maja.page.locator("[data-room-keys] kbd").filter(has_text="⌥").first).to_have_text("Ctrl+⌥")
    expect(maja.page.locator("[data-room-keys] kbd").first).to_have_text("Ctrl")
