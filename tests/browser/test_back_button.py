"""The browser's back button: what it shows is hers, is not older than what she has saved, and sends nothing twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from issues.models import Observation
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import (
    PASSWORD,
    AgendaItemFactory,
    CategoryFactory,
    IssueFactory,
    MeetingFactory,
    ObservationFactory,
)

SEEN = "Två lampor är släckta i tunneln."
SAVED = "Det som står här är redan sparat"
STEPS_BACK = 5
"""More than there are between what she has sorted and the list that she came from."""

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", ["phone", "desktop"], indirect=True)]


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


def writes_a_report(person: Person) -> None:
    person.opens("/rapportera/")
    person.chooses("Belysning")
    person.writes("Var?", "Norra gångtunneln")
    person.writes("Berätta", SEEN)


def signs_out(person: Person) -> None:
    menu = person.page.get_by_role("button", name="Meny", exact=True)
    (menu if menu.is_visible() else person.page.locator(".me-button")).click()
    person.page.get_by_role("button", name="Logga ut").locator("visible=true").click()
    person.page.wait_for_url("**/konto/login/**")


def scrolled(person: Person) -> int:
    return int(person.page.evaluate("scrollY"))


# A form that has been saved


def test_a_form_that_was_sent_says_so_and_gives_way_to_an_empty_one(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    writes_a_report(omar)
    omar.presses("Skicka observationen")

    omar.goes_back()
    expect(omar.page.get_by_text(SAVED)).to_be_in_viewport()
    expect(omar.page.get_by_label("Berätta")).to_have_value(SEEN)
    omar.page.get_by_role("button", name="Öppna ett tomt formulär").click()

    expect(omar.page.get_by_label("Berätta")).to_have_value("")
    omar.does_not_read(SAVED)


def test_a_form_that_was_sent_is_no_draft_on_the_next_page(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    writes_a_report(omar)
    omar.presses("Skicka observationen")

    omar.goes_back()
    omar.reads(SAVED)
    omar.opens("/")

    omar.does_not_read("Du har skrivit något som inte är sparat")


def test_a_form_that_came_back_once_to_be_corrected_is_sent_once(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.writes("Berätta", SEEN)
    omar.presses("Skicka observationen")
    omar.chooses("Belysning")
    omar.writes("Var?", "Norra gångtunneln")
    omar.presses("Skicka observationen")

    omar.goes_back()
    expect(omar.page.get_by_label("Berätta")).to_have_value("")
    omar.does_not_read("behöver rättas")
    omar.goes_back()

    omar.reads(SAVED)
    assert Observation.objects.count() == 1


def test_what_was_changed_is_shown_as_it_was_saved_and_can_be_changed_again(enter: Enter, coordinator: Member) -> None:
    issue = IssueFactory(text="Mörkt.")
    maja = enter(coordinator)
    maja.opens(f"{issue.get_absolute_url()}andra/")
    maja.writes("Beskrivning", "Mörkt och halt.")
    maja.presses("Spara")

    maja.goes_back()
    expect(maja.page.locator("textarea[name=text]")).to_have_text("Mörkt och halt.")  # what it holds when just shown
    maja.writes("Beskrivning", "Mörkt, halt och trångt.")
    maja.presses("Spara")

    issue.refresh_from_db()
    assert issue.text == "Mörkt, halt och trångt."


def test_what_was_typed_and_not_sent_stands_as_it_was_left(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    writes_a_report(omar)
    omar.page.goto("/arenden/")

    omar.goes_back()

    expect(omar.page.get_by_label("Berätta")).to_have_value(SEEN)
    expect(omar.page.get_by_label("Belysning")).to_be_checked()
    omar.does_not_read(SAVED)


# A list


def test_a_list_is_shown_where_she_left_it_and_without_what_she_has_sorted(enter: Enter, coordinator: Member) -> None:
    for number in range(60):
        ObservationFactory(reporter=coordinator, where=f"Lyktstolpe {number:02}", category=CategoryFactory())
    maja = enter(coordinator)
    maja.opens("/observationer/?lage=new&sida=2")
    here = maja.page.get_by_role("listitem").filter(has_text="Lyktstolpe 20")
    here.scroll_into_view_if_needed()
    maja.page.wait_for_timeout(200)
    left_at = scrolled(maja)
    here.get_by_role("link").first.click()
    maja.page.wait_for_url("**/observationer/*/")
    maja.presses("Notera")

    for _ in range(STEPS_BACK):
        if "sida=2" not in maja.page.url:
            maja.goes_back()
            maja.page.wait_for_timeout(500)

    expect(here).to_have_count(0)
    assert maja.page.url.endswith("/observationer/?lage=new&sida=2")
    assert left_at > 0
    assert abs(scrolled(maja) - left_at) < 300


def test_a_search_stands_with_its_words_and_hits(enter: Enter, representative: Member) -> None:
    issue = IssueFactory(title="Mörkt i tunneln")
    omar = enter(representative)
    omar.opens("/sok/?q=tunneln")
    omar.follows(issue.title)

    omar.goes_back()

    omar.reads_heading("En träff på ”tunneln”")
    expect(omar.page.locator("main [data-search]")).to_have_value("tunneln")
    omar.page.go_forward(wait_until="commit")
    omar.reads_heading(issue.title)


def test_an_undone_step_is_not_offered_to_be_undone_again(enter: Enter, coordinator: Member) -> None:
    ObservationFactory(text=SEEN)
    maja = enter(coordinator)
    maja.opens("/sortera/")
    maja.presses("Notera")
    maja.page.goto("/arenden/")
    maja.goes_back()
    maja.presses("Ångra")

    maja.goes_back()

    maja.reads(SEEN)
    expect(maja.page.get_by_role("button", name="Ångra")).to_have_count(0)


def test_what_another_has_sorted_meanwhile_is_told_plainly(
    enter: Enter, coordinator: Member, representative: Member
) -> None:
    observation = ObservationFactory(text=SEEN)
    maja = enter(coordinator)
    maja.opens("/sortera/")
    maja.page.goto("/arenden/")
    observation.note(by=Actor.of(representative))

    maja.goes_back()
    maja.presses("Notera")

    maja.reads("Omar Prov")


# The room


def test_the_room_shows_each_item_with_its_note(enter: Enter, coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator, state=Meeting.State.UNDER_WAY, started_at="2026-11-22T12:00Z")
    first = AgendaItemFactory(meeting=meeting, title="Första frågan")
    second = AgendaItemFactory(meeting=meeting, title="Andra frågan")
    maja = enter(coordinator)
    maja.opens(first.get_absolute_url())
    maja.writes("Notering", "Armaturerna är beställda.")
    maja.page.goto(second.get_absolute_url())  # before the pause after which a note is saved

    maja.goes_back()
    expect(maja.page.get_by_label("Notering")).to_have_value("Armaturerna är beställda.")
    maja.page.wait_for_timeout(500)
    maja.writes("Notering", "Armaturerna är beställda och betalda.")
    maja.page.get_by_label("Beslut").first.focus()
    maja.reads("Sparat")

    maja.page.go_forward(wait_until="commit")
    maja.reads("Andra frågan")
    maja.goes_back()
    expect(maja.page.get_by_label("Notering")).to_have_value("Armaturerna är beställda och betalda.")
    maja.does_not_read("ändrade noteringen")
    first.refresh_from_db()
    assert first.note == "Armaturerna är beställda och betalda."


# A shared computer


def test_who_has_signed_out_has_left_no_page_behind(enter: Enter, representative: Member) -> None:
    IssueFactory(title="Mörkt i tunneln")
    omar = enter(representative)
    omar.opens("/arenden/")
    omar.opens("/atgarder/")
    signs_out(omar)

    omar.goes_back()
    omar.reads_heading("Logga in")
    omar.goes_back()

    omar.reads_heading("Logga in")
    omar.does_not_read("Mörkt i tunneln")


def test_who_signs_in_after_another_does_not_come_back_to_her_pages(
    enter: Enter, representative: Member, outsider: Member
) -> None:
    IssueFactory(title="Mörkt i tunneln")
    omar = enter(representative)
    omar.opens("/arenden/")
    signs_out(omar)
    omar.writes("E-postadress", outsider.email)
    omar.writes("Lösenord", PASSWORD)
    omar.presses("Logga in")

    omar.goes_back()
    omar.reads_heading("Välkommen")
    omar.goes_back()

    omar.page.wait_for_load_state()
    omar.does_not_read("Mörkt i tunneln")
