"""What the room looks like: nothing lies over what one writes in, and what belongs together lines up."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, ViewportSize, expect

from meetings.attendance import note_expected
from meetings.models import AgendaItem
from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.examining import EXAMINATION
from tests.browser.person import Person
from tests.factories import IssueFactory, MemberFactory, OrganisationFactory, SeatFactory
from tests.meetings.meetings import item_of, under_way

pytestmark = pytest.mark.browser

ON_ITS_SIDE = ViewportSize(width=844, height=390)
SHORT = ViewportSize(width=390, height=664)
FIRST_WINDOW = ViewportSize(width=1280, height=900)
LINES_OF_LAST_WORD = """element => {
  const range = document.createRange(), text = element.firstChild, at = text.data.lastIndexOf(" ") + 1;
  range.setStart(text, at);
  range.setEnd(text, text.data.length);
  return range.getClientRects().length;
}"""
on_a_desktop = pytest.mark.parametrize("way", ["desktop"], indirect=True)


@pytest.fixture
def item(coordinator: Member) -> AgendaItem:
    leading = OrganisationFactory(name="Kommunledningsförvaltningen")
    SeatFactory(member=MemberFactory(name="Signe Underlagsdotter", organisation=leading))
    IssueFactory(title="Mörkt i tunneln", text="Mörkt.\n" * 9)
    meeting = under_way(coordinator)
    note_expected(meeting, by=Actor.of(coordinator))
    return item_of(meeting, "Mörkt i tunneln")


@pytest.fixture
def maja(enter: Enter, coordinator: Member, item: AgendaItem) -> Person:
    maja = enter(coordinator)
    maja.page.emulate_media(reduced_motion="reduce")  # a page that glides is not where it will be
    maja.opens(item.get_absolute_url())
    return maja


def box(thing: Locator) -> FloatRect:
    found = thing.bounding_box()
    assert found
    return found


def top(thing: Locator) -> float:
    return round(box(thing)["y"])


def bottom(thing: Locator) -> float:
    return round(box(thing)["y"] + box(thing)["height"])


def scrolls_to(person: Person, field: str, y: float) -> None:
    """The page so that the field stands that far down in the window."""
    person.page.get_by_label(field).first.evaluate(
        "(field, y) => scrollBy(0, field.getBoundingClientRect().top - y)", y
    )


def test_anothers_words_are_not_under_the_bar_that_saves(
    maja: Person, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text.\n" * 6, version=0, by=Actor.of(representative))
    note = maja.page.get_by_label("Notering")
    note.focus()
    scrolls_to(maja, "Notering", 660)

    note.press_sequentially("Min text")
    maja.reads("Omar Prov ändrade noteringen i dag")

    theirs = maja.page.locator("[data-theirs]").first
    bar = maja.page.locator(".step-bar > .onward")
    assert top(theirs) >= 0
    assert bottom(theirs) <= top(note)
    assert bottom(maja.page.locator("[data-message]").first) <= top(bar) == 844 - round(box(bar)["height"])


def test_the_words_that_a_note_is_not_saved_are_not_under_the_bar_on_a_short_phone(maja: Person) -> None:
    maja.page.set_viewport_size(SHORT)
    maja.page.route("**/notering/", lambda route: route.abort())
    note = maja.page.get_by_label("Notering")
    note.focus()
    scrolls_to(maja, "Notering", 510)

    note.press_sequentially("Min text")
    maja.reads("Noteringen är inte sparad än")

    message, bar = maja.page.locator("[data-message]").first, maja.page.locator(".step-bar > .onward")
    assert bottom(message) <= top(bar) == SHORT["height"] - round(box(bar)["height"])


def test_the_words_that_there_is_no_line_do_not_cover_what_she_writes_in(maja: Person) -> None:
    decision = maja.page.get_by_label("Beslut").first
    decision.fill("Vi beslutar")
    scrolls_to(maja, "Beslut", 10)
    maja.page.context.set_offline(True)

    maja.page.keyboard.press("Control+Enter")

    told = maja.page.locator(".sending")
    expect(told).to_contain_text("Du har ingen anslutning. Allt du skrev står kvar")
    assert bottom(told) <= top(decision)
    decision.press_sequentially(" att")
    expect(told).to_be_empty()


def test_what_saves_is_at_hand_on_a_phone_that_lies_on_its_side(maja: Person) -> None:
    maja.page.set_viewport_size(ON_ITS_SIDE)
    maja.page.get_by_label("Notering").focus()
    scrolls_to(maja, "Notering", 60)

    assert bottom(maja.page.get_by_role("button", name="Spara", exact=True)) <= ON_ITS_SIDE["height"]


@on_a_desktop
def test_fields_beside_each_other_line_up(maja: Person) -> None:
    label, field = maja.page.locator, maja.page.get_by_label

    assert top(label("label[for=id_responsible]")) == top(label("label[for=id_answer_due]"))
    assert top(field("Ansvarig")) == top(field("Svar senast"))
    assert bottom(field("Ansvarig")) == bottom(field("Svar senast"))
    below_its_label = [
        top(field(name).first) - top(maja.page.locator("label").filter(has_text=name).first)
        for name in ("Notering", "Beslut")
    ]
    assert below_its_label == [0, 0]


@on_a_desktop
def test_what_one_writes_in_is_in_the_first_window(maja: Person) -> None:
    maja.page.set_viewport_size(FIRST_WINDOW)

    lowest = {name: bottom(maja.page.get_by_label(name).first) for name in ("Notering", "Beslut", "Vad ska göras")}
    assert {name: y <= FIRST_WINDOW["height"] for name, y in lowest.items()} == dict.fromkeys(lowest, True)


@pytest.mark.parametrize("way", ["phone"], indirect=True)
def test_the_note_is_in_the_first_window_of_a_phone(maja: Person) -> None:
    assert bottom(maja.page.get_by_label("Notering").first) <= 844


@on_a_desktop
def test_the_name_of_a_heading_is_not_divided_in_the_agenda(maja: Person) -> None:
    maja.page.set_viewport_size(FIRST_WINDOW)
    words = maja.page.locator(".agenda").get_by_text("Föregående minnesanteckningar")

    assert words.evaluate(LINES_OF_LAST_WORD) == 1


@pytest.mark.parametrize("page", ["minnesanteckningar/", "narvaro/", ""])
def test_no_word_is_cut_on_a_phone(maja: Person, item: AgendaItem, page: str) -> None:
    maja.opens(f"{item.meeting.get_absolute_url()}{page}")
    maja.reads("Kommunledningsförvaltningen")

    faults = maja.page.evaluate(EXAMINATION, True)
    assert [fault for fault in faults if "word is cut" in fault] == []
