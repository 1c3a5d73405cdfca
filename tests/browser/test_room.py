"""A meeting written from a keyboard: the note is kept as she types, and two who write never write over each other."""

import pytest
from playwright.sync_api import Route, expect

from meetings.models import AgendaItem
from members.actor import Actor
from members.models import Member
from tests.browser.at_item import item, maja, saved
from tests.browser.person import Person

__all__ = ["item", "maja"]

pytestmark = pytest.mark.browser


def test_a_note_is_kept_as_she_types_and_the_keyboard_goes_on(maja: Person, item: AgendaItem) -> None:
    maja.page.keyboard.press("Alt+n")
    maja.page.keyboard.type("Armaturerna är beställda.")
    maja.reads("Sparat ")
    assert saved(item) == "Armaturerna är beställda."

    with maja.page.expect_navigation():
        maja.page.keyboard.press("Control+Enter")

    maja.reads_heading("Trasigt räcke")
    item.refresh_from_db()
    assert item.is_discussed

    with maja.page.expect_navigation():
        maja.page.keyboard.press("Alt+ArrowUp")
    expect(maja.page.get_by_label("Notering")).to_have_value("Armaturerna är beställda.")


def test_another_writers_words_stop_the_saving_until_she_has_put_them_together(
    maja: Person, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))

    maja.writes("Notering", "Min text")
    maja.reads("Omar Prov ändrade noteringen i dag")
    maja.reads("Deras text")
    assert saved(item) == "Deras text"

    maja.writes("Notering", "Deras text. Min text.")
    maja.page.wait_for_timeout(2_000)  # longer than the pause after which a note is sent
    assert saved(item) == "Deras text"
    maja.presses("Spara")
    assert saved(item) == "Deras text. Min text."


def test_a_whole_document_pasted_into_a_note_is_told_as_too_long(maja: Person, item: AgendaItem) -> None:
    maja.writes("Notering", "å" * 40_000)

    maja.reads("Noteringen är inte sparad. Texten är 32 000 tecken för lång.")


def test_a_note_too_long_is_saved_by_itself_again_when_it_is_shorter(maja: Person, item: AgendaItem) -> None:
    maja.writes("Notering", "x" * 8003)
    maja.reads("Noteringen är inte sparad. Texten är 3 tecken för lång.")

    maja.writes("Notering", "Kortare.")

    maja.reads("Sparat ")
    maja.does_not_read("för lång")
    assert saved(item) == "Kortare."


def test_words_that_came_while_she_pressed_save_are_shown_before_hers_are_sent(
    maja: Person, item: AgendaItem, representative: Member
) -> None:
    waiting: list[Route] = []
    maja.page.route("**/notering/", lambda route: waiting.append(route))
    maja.writes("Notering", "Min text")
    maja.page.get_by_label("Notering").blur()
    maja.page.get_by_role("button", name="Spara", exact=True).click()
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))

    waiting[0].continue_()

    maja.reads("Deras text")
    expect(maja.page.get_by_label("Notering")).to_be_focused()
    assert saved(item) == "Deras text"


def test_a_line_that_does_not_answer_holds_the_button_for_a_while_only(maja: Person, item: AgendaItem) -> None:
    maja.page.route("**/notering/", lambda route: None)
    maja.writes("Notering", "Min text")
    maja.page.get_by_label("Notering").blur()

    with maja.page.expect_navigation():
        maja.page.get_by_role("button", name="Spara", exact=True).click()
        maja.reads("Sparar …")

    assert saved(item) == "Min text"


def test_the_note_is_saved_by_itself_again_when_the_form_was_let_go(maja: Person, item: AgendaItem) -> None:
    maja.page.route(item.get_absolute_url(), lambda route: route.fulfill(status=204))  # nothing came of it
    maja.page.get_by_role("button", name="Spara", exact=True).click()
    maja.page.evaluate("dispatchEvent(new Event('online'))")

    maja.writes("Notering", "Min text")

    maja.reads("Sparat ")
    assert saved(item) == "Min text"
