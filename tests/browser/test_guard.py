"""What points out a person is told while one writes, and removed or kept: with a script, and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from base.ui.models import KeptPassage
from issues.models import Observation
from meetings.models import AgendaItem, Meeting
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way

pytestmark = pytest.mark.browser

TEXT = "🔦 På åns östra sida: Kevin Larsson ringer från 070-174 06 05 om kvällen."
WITHOUT_NAME = "🔦 På åns östra sida: [namn] ringer från 070-174 06 05 om kvällen."
WITHOUT_BOTH = "🔦 På åns östra sida: [namn] ringer från [telefonnummer] om kvällen."
CLEAN = "Tre lampor är släckta vid trappan."
ASKED = "Se över texten innan den sparas"


@pytest.fixture
def omar(enter: Enter, representative: Member) -> Person:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Var?", "Norra gångtunneln")
    return omar


def told(person: Person) -> Locator:
    return person.page.locator(".found fieldset")


def text_of(person: Person) -> Locator:
    return person.page.get_by_label("Berätta")


def part(person: Person, words: str) -> Locator:
    return told(person).filter(has=person.page.locator("mark", has_text=words))


def removes(person: Person, words: str) -> None:
    part(person, words).get_by_role("button", name="Ta bort").click()


def keeps(person: Person, words: str) -> None:
    part(person, words).get_by_label("Behåll ändå").check()


def saved() -> list[str]:
    return list(Observation.objects.values_list("text", flat=True))


def kept(by: Member) -> list[str]:
    return list(KeptPassage.objects.filter(by=by).order_by("pk").values_list("kind", flat=True))


def test_what_is_removed_and_kept_while_she_writes_is_sent_so_and_not_asked_about_again(
    omar: Person, representative: Member
) -> None:
    omar.writes("Berätta", TEXT)
    expect(told(omar)).to_have_count(2)
    expect(text_of(omar)).to_be_focused()
    assert omar.examiner.examined.ask_axe(omar.page) == []

    removes(omar, "Kevin Larsson")
    expect(text_of(omar)).to_have_value(WITHOUT_NAME)
    keeps(omar, "070-174 06 05")
    assert omar.examiner.examined.ask_axe(omar.page) == []
    omar.presses("Skicka observationen")

    omar.does_not_read(ASKED)
    assert saved() == [WITHOUT_NAME]
    assert kept(representative) == ["phone"]


def test_both_are_removed_one_after_the_other_however_fast(omar: Person) -> None:
    omar.writes("Berätta", TEXT)
    expect(told(omar)).to_have_count(2)

    removes(omar, "Kevin Larsson")
    removes(omar, "070-174 06 05")

    expect(text_of(omar)).to_have_value(WITHOUT_BOTH)
    expect(told(omar)).to_have_count(0)
    omar.presses("Skicka observationen")
    assert saved() == [WITHOUT_BOTH]


def test_the_browser_takes_a_removal_back_and_the_draft_has_it(omar: Person) -> None:
    omar.writes("Berätta", TEXT)
    removes(omar, "Kevin Larsson")
    drafts = "JSON.parse(sessionStorage.utkast).drafts['/rapportera/'].fields.text"
    assert omar.page.evaluate(drafts) == WITHOUT_NAME

    omar.page.keyboard.press("Control+Z")

    expect(text_of(omar)).to_have_value(TEXT)
    expect(told(omar)).to_have_count(2)
    assert omar.page.evaluate(drafts) == TEXT


def test_under_a_thumb_the_keyboard_stays_away(omar: Person) -> None:
    omar.writes("Berätta", TEXT)
    button = part(omar, "Kevin Larsson").get_by_role("button", name="Ta bort")

    button.focus()
    button.evaluate("it => it.dispatchEvent(new PointerEvent('click', { bubbles: true, pointerType: 'touch' }))")

    expect(text_of(omar)).to_have_value(WITHOUT_NAME)
    expect(text_of(omar)).not_to_be_focused()


def test_what_she_has_answered_stands_while_she_writes_on(omar: Person) -> None:
    omar.writes("Berätta", TEXT)
    keeps(omar, "070-174 06 05")

    text_of(omar).press_sequentially(" Sara Berg såg det.")

    expect(told(omar)).to_have_count(3)
    expect(part(omar, "070-174 06 05").get_by_label("Behåll ändå")).to_be_checked()
    expect(text_of(omar)).to_be_focused()


def test_it_goes_when_she_takes_the_words_away_herself(omar: Person) -> None:
    omar.writes("Berätta", TEXT)
    expect(told(omar)).to_have_count(2)

    omar.writes("Berätta", CLEAN)

    expect(told(omar)).to_have_count(0)


def test_it_is_said_to_one_who_does_not_see_it(omar: Person) -> None:
    omar.writes("Berätta", TEXT)

    expect(omar.page.locator("[data-guard]")).to_contain_text("”Kevin Larsson” Kan vara ett namn.")
    removes(omar, "Kevin Larsson")
    expect(omar.page.locator("[data-guard]")).to_have_text("[namn] står där i stället.")


def test_of_a_name_that_is_half_typed_nothing_is_said_until_its_word_has_ended(omar: Person) -> None:
    said = omar.page.locator("[data-guard]")
    for typed in ("Kevin Lars", "son"):
        with omar.page.expect_response("**/vakt/"):
            text_of(omar).press_sequentially(typed)
        expect(told(omar)).to_have_count(1)
        expect(said).to_have_text("")

    text_of(omar).blur()

    expect(said).to_contain_text("”Kevin Larsson” Kan vara ett namn.")


def test_a_late_answer_to_an_older_text_is_dropped(omar: Person) -> None:
    held: list[Route] = []
    omar.page.route("**/vakt/", lambda route: route.continue_() if held else held.append(route))
    with omar.page.expect_request("**/vakt/"):
        omar.writes("Berätta", TEXT)
    with omar.page.expect_response("**/vakt/"):
        omar.writes("Berätta", CLEAN)

    for route in held:
        route.continue_()
    omar.page.wait_for_timeout(500)

    expect(told(omar)).to_have_count(0)


@pytest.mark.parametrize("status", [403, 500, 0])
def test_where_the_register_does_not_say_nothing_is_told_and_it_asks_when_it_is_sent(omar: Person, status: int) -> None:
    omar.page.route("**/vakt/", lambda route: route.fulfill(status=status) if status else route.abort())
    with omar.page.expect_request("**/vakt/"):
        omar.writes("Berätta", TEXT)
    omar.page.wait_for_timeout(300)
    expect(told(omar)).to_have_count(0)

    omar.page.get_by_role("button", name="Skicka observationen").click()

    omar.reads_heading(ASKED)
    assert saved() == []
    omar.complaints.clear()  # the browser says what it got


def test_what_comes_while_she_presses_does_not_move_the_button(omar: Person) -> None:
    text_of(omar).fill(TEXT)
    button = omar.page.get_by_role("button", name="Skicka observationen")
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    assert place
    omar.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    with omar.page.expect_response("**/vakt/"):
        omar.page.mouse.down()  # which leaves the text
    omar.page.wait_for_timeout(300)
    expect(told(omar)).to_have_count(0)

    with omar.page.expect_navigation():
        omar.page.mouse.up()

    omar.reads_heading(ASKED)


def test_what_was_told_and_not_answered_is_asked_about_once_when_it_is_sent(
    omar: Person, representative: Member
) -> None:
    omar.writes("Berätta", TEXT)
    expect(told(omar)).to_have_count(2)

    omar.presses("Skicka observationen")
    omar.reads_heading(ASKED)
    assert saved() == []
    omar.presses("Skicka observationen")

    assert saved() == [TEXT]
    assert kept(representative) == []


def test_on_the_page_that_asks_a_removal_acts_at_once_too(omar: Person) -> None:
    omar.page.route("**/vakt/", lambda route: route.fulfill(body=""))
    omar.writes("Berätta", TEXT)
    omar.presses("Skicka observationen")
    omar.reads_heading(ASKED)
    omar.page.unroute("**/vakt/")

    asked = omar.page.locator(".error-summary li")
    expect(asked).to_have_count(2)
    removes(omar, "Kevin Larsson")
    expect(text_of(omar)).to_have_value(WITHOUT_NAME)
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text("070-174 06 05")
    keeps(omar, "070-174 06 05")
    omar.presses("Skicka observationen")

    assert saved() == [WITHOUT_NAME]


@pytest.mark.parametrize("way", ["phone without scripts"], indirect=True)
def test_without_scripts_it_is_asked_when_it_is_sent(omar: Person, representative: Member) -> None:
    omar.writes("Berätta", TEXT)
    omar.presses("Skicka observationen")
    omar.reads_heading(ASKED)
    expect(text_of(omar)).to_have_value(TEXT)
    expect(omar.page.get_by_role("button", name="Ta bort")).to_have_count(0)

    part(omar, "Kevin Larsson").get_by_label("Ta bort").check()
    keeps(omar, "070-174 06 05")
    omar.presses("Skicka observationen")

    assert saved() == [WITHOUT_NAME]
    assert kept(representative) == ["phone"]


# In the room


@pytest.fixture
def item(coordinator: Member) -> AgendaItem:
    IssueFactory(title="Mörkt i tunneln")
    meeting: Meeting = under_way(coordinator)
    return item_of(meeting, "Mörkt i tunneln")


@pytest.fixture
def maja(enter: Enter, coordinator: Member, item: AgendaItem) -> Person:
    maja = enter(coordinator)
    maja.opens(item.get_absolute_url())
    return maja


def note_of(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.note


def is_told_as_saved(page: Page) -> None:
    expect(page.locator("[data-message]").first).to_contain_text("Sparat")


def test_a_note_is_saved_and_what_was_found_stands_beside_it(maja: Person, item: AgendaItem) -> None:
    maja.writes("Notering", TEXT)

    is_told_as_saved(maja.page)
    expect(told(maja)).to_have_count(2)
    assert note_of(item) == TEXT
    maja.page.locator(".found").evaluate("box => box.scrollIntoView({block: 'center'})")  # out from under the bar
    assert maja.examiner.examined.ask_axe(maja.page) == []


def test_what_is_removed_from_a_note_is_saved_so(maja: Person, item: AgendaItem) -> None:
    maja.writes("Notering", TEXT)
    expect(told(maja)).to_have_count(2)

    with maja.page.expect_response("**/notering/"):
        removes(maja, "Kevin Larsson")

    expect(told(maja)).to_have_count(1)
    assert note_of(item) == WITHOUT_NAME


def test_what_is_kept_in_a_note_is_remembered_once_and_not_told_again(
    maja: Person, item: AgendaItem, coordinator: Member
) -> None:
    maja.writes("Notering", TEXT)
    expect(told(maja)).to_have_count(2)

    for words in ("Kevin Larsson", "070-174 06 05"):
        with maja.page.expect_response("**/notering/"):
            keeps(maja, words)
    with maja.page.expect_response("**/notering/"):
        maja.page.get_by_label("Notering").press_sequentially(" Lampan byts.")

    expect(told(maja)).to_have_count(0)
    assert note_of(item) == f"{TEXT} Lampan byts."
    assert kept(coordinator) == ["name", "phone"]
