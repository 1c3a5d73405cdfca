"""What one writes is not lost, is sent once, and is nobody else's."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from issues.models import Observation
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import PASSWORD, AgendaItemFactory, IssueFactory, MeetingFactory

pytestmark = pytest.mark.browser

TEXT = "Tre lampor är släckta vid trappan."
SPACE = 8
"""Pixels between what is said and the buttons under it, at least."""
KEPT = "Det du fyllde i här finns kvar"
PUT_BACK = "Det du skrev är kvar."
CANCELLED = "Du avbröt. Det du skrev finns kvar"
ELSEWHERE = "Du har skrivit något som inte är sparat"


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


def below(thing: Locator, other: Locator) -> float:
    """How far the other is below the thing."""
    above, under = thing.bounding_box(), other.bounding_box()
    assert above
    assert under
    return round(under["y"] - above["y"] - above["height"])


def writes_and_leaves(person: Person) -> None:
    person.opens("/rapportera/")
    person.writes("Berätta", TEXT)
    person.page.get_by_role("link", name="Temagruppens register").first.click()


def test_what_was_left_by_a_link_is_told_of_and_stands_there_when_she_comes_back(
    enter: Enter, representative: Member
) -> None:
    omar = enter(representative)
    writes_and_leaves(omar)
    omar.reads(ELSEWHERE)

    omar.page.locator(".notice").get_by_role("link", name="Rapportera").click()

    omar.reads(PUT_BACK)
    expect(omar.page.get_by_label("Berätta")).to_have_value(TEXT)
    omar.does_not_read(KEPT)


def test_by_the_back_button_it_stands_there_once(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    writes_and_leaves(omar)
    omar.reads(ELSEWHERE)

    omar.goes_back()

    expect(omar.page.get_by_label("Berätta")).to_have_value(TEXT)
    omar.does_not_read(KEPT)
    assert omar.page.evaluate("JSON.parse(sessionStorage.utkast).drafts['/rapportera/'].older") == []


def test_who_begins_anew_has_an_empty_form_and_can_take_that_back(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    writes_and_leaves(omar)
    omar.opens("/rapportera/")

    omar.page.get_by_role("button", name="Börja om").click()
    expect(omar.page.get_by_label("Berätta")).to_have_value("")
    omar.page.get_by_role("button", name="Ångra").click()
    expect(omar.page.get_by_label("Berätta")).to_have_value(TEXT)
    omar.page.get_by_role("button", name="Börja om").click()

    omar.opens("/rapportera/")
    expect(omar.page.get_by_label("Berätta")).to_have_value("")
    omar.does_not_read(PUT_BACK)
    omar.does_not_read(KEPT)


def test_a_fold_in_which_something_was_chosen_is_open_when_it_is_put_back(
    enter: Enter, representative: Member, officer: Member
) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.writes("Berätta", TEXT)
    omar.unfolds("Begränsa vilka som ser").unfolds("Andra i gruppen").chooses("Ali Ritning, Polisen")
    omar.page.get_by_role("link", name="Temagruppens register").first.click()
    omar.reads(ELSEWHERE)

    omar.opens("/rapportera/")

    chosen = omar.page.get_by_label("Ali Ritning, Polisen")
    expect(chosen).to_be_visible()
    expect(chosen).to_be_checked()
    expect(omar.page.get_by_text("Lägg till polisanmälan").locator("visible=true")).to_have_count(1)
    expect(omar.page.get_by_label("Polisanmälan").first).not_to_be_visible()


@pytest.mark.parametrize(
    ("address", "older"), [("/rapportera/", 13), ("/rapportera/?kategori=1", 0)], ids=["old", "asked for another thing"]
)
def test_what_is_old_or_beside_what_was_asked_for_is_offered(
    enter: Enter, representative: Member, address: str, older: int
) -> None:
    omar = enter(representative)
    writes_and_leaves(omar)
    omar.reads(ELSEWHERE)
    omar.page.evaluate(
        """hours => {
          const kept = JSON.parse(sessionStorage.utkast);
          kept.drafts["/rapportera/"].at -= hours * 3_600_000;
          sessionStorage.utkast = JSON.stringify(kept);
        }""",
        older,
    )

    omar.opens(address)

    omar.reads(KEPT)
    expect(omar.page.get_by_label("Berätta")).to_have_value("")


def test_what_was_written_is_quoted_where_it_was_written_and_nowhere_else(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.writes("Var?", "Norra gångtunneln")
    omar.writes("Berätta", "Två lampor")

    omar.page.get_by_role("link", name="Temagruppens register").first.click()

    omar.reads("Du har skrivit något som inte är sparat: Rapportera. Det skrevs i dag ")
    expect(omar.page.get_by_text("Norra gångtunneln").locator("visible=true")).to_have_count(0)
    omar.opens("/rapportera/?kategori=1")
    omar.reads("”Norra gångtunneln · Två lampor”, i dag ")


def test_a_tile_alone_stands_where_it_was_chosen_and_is_told_of_nowhere_else(
    enter: Enter, representative: Member
) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.page.get_by_role("link", name="Temagruppens register").first.click()
    omar.page.wait_for_url("**/")
    omar.does_not_read(ELSEWHERE)

    omar.opens("/rapportera/")
    expect(omar.page.get_by_label("Belysning", exact=True)).to_be_checked()
    omar.does_not_read(KEPT)

    omar.opens("/rapportera/?kategori=1")
    expect(omar.page.get_by_label("Belysning", exact=True)).not_to_be_checked()
    omar.reads("”Belysning”, i dag ")
    omar.does_not_read("Visa texten")
    offered = omar.page.locator("[data-draft]")
    assert below(offered.locator("p"), offered.locator(".cluster")) >= SPACE
    omar.page.get_by_role("button", name="Släng det", exact=True).click()
    omar.opens("/rapportera/")
    omar.does_not_read(KEPT)


def test_what_was_left_by_cancelling_is_offered_once(enter: Enter, coordinator: Member) -> None:
    issue = IssueFactory(text="Mörkt.")
    maja = enter(coordinator)
    maja.opens(f"{issue.get_absolute_url()}andra/")
    maja.writes("Beskrivning", "Min text")
    maja.follows("Avbryt")
    maja.reads(CANCELLED)
    maja.does_not_read(ELSEWHERE)

    maja.goes_to("Ärenden")

    maja.does_not_read(CANCELLED)
    maja.does_not_read(ELSEWHERE)
    maja.opens(f"{issue.get_absolute_url()}andra/")
    maja.does_not_read(KEPT)
    expect(maja.page.get_by_label("Beskrivning")).to_have_value("Mörkt.")


def test_who_cancelled_by_mistake_goes_on_where_she_was(enter: Enter, coordinator: Member) -> None:
    issue = IssueFactory(text="Mörkt.")
    maja = enter(coordinator)
    maja.opens(f"{issue.get_absolute_url()}andra/")
    maja.writes("Beskrivning", "Min text")
    maja.picks("Slag", "Remiss")
    maja.follows("Avbryt")

    maja.follows("Fortsätt skriva")

    expect(maja.page.get_by_label("Beskrivning")).to_have_value("Min text")
    expect(maja.page.get_by_label("Slag")).to_have_value("consultation")
    maja.goes_to("Ärenden")
    maja.reads(ELSEWHERE)


def test_what_was_left_by_cancelling_can_be_thrown_away_at_once(enter: Enter, coordinator: Member) -> None:
    issue = IssueFactory(text="Mörkt.")
    maja = enter(coordinator)
    maja.opens(f"{issue.get_absolute_url()}vila/")
    maja.writes("Varför", "Min text")
    maja.follows("Avbryt")

    maja.page.get_by_role("button", name="Släng texten").click()

    maja.does_not_read(CANCELLED)
    assert maja.page.evaluate("JSON.parse(sessionStorage.utkast).drafts") == {}


def test_what_was_sent_is_not_offered_again(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.writes("Berätta", TEXT)
    omar.presses("Skicka observationen")
    omar.reads("Två saker behöver rättas")
    omar.chooses("Belysning")
    omar.writes("Var", "Trappan")
    omar.presses("Skicka observationen")

    omar.opens("/rapportera/")
    omar.does_not_read(KEPT)
    omar.does_not_read(ELSEWHERE)
    assert Observation.objects.get().text == TEXT


def test_who_comes_after_at_the_same_screen_is_shown_nothing(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    writes_and_leaves(omar)
    omar.reads(ELSEWHERE)

    omar.page.locator("form[data-forget] button").locator("visible=true").or_(
        omar.page.get_by_role("button", name="Meny")
    ).first.click()
    omar.page.get_by_role("button", name="Logga ut").locator("visible=true").first.click()
    omar.page.wait_for_url("**/konto/login/**")

    assert omar.page.evaluate("sessionStorage.length") == 0


def test_signing_out_without_a_line_throws_nothing_away(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    writes_and_leaves(omar)
    omar.reads(ELSEWHERE)
    omar.page.context.set_offline(True)

    omar.page.get_by_role("button", name="Meny").click()
    omar.page.get_by_role("button", name="Logga ut").locator("visible=true").first.click()

    omar.reads("Du har ingen anslutning. Allt du skrev står kvar")
    drafts = omar.page.evaluate("Object.values(JSON.parse(sessionStorage.utkast).drafts)")
    assert [draft["fields"]["text"] for draft in drafts] == [TEXT]


def test_who_signs_in_after_a_session_that_ended_is_shown_nothing(
    enter: Enter, representative: Member, deputy: Member
) -> None:
    omar = enter(representative)
    writes_and_leaves(omar)
    omar.reads(ELSEWHERE)
    omar.page.context.clear_cookies(name="sessionid")
    omar.opens("/")

    omar.writes("E-postadress", deputy.email)
    omar.writes("Lösenord", PASSWORD)
    omar.presses("Logga in")

    omar.does_not_read(ELSEWHERE)
    assert omar.page.evaluate("JSON.parse(sessionStorage.utkast).drafts") == {}


def test_what_another_saved_meanwhile_is_told_when_it_is_put_back(
    enter: Enter, coordinator: Member, officer: Member
) -> None:
    issue = IssueFactory(text="Mörkt.")
    maja = enter(coordinator)
    maja.opens(f"{issue.get_absolute_url()}andra/")
    maja.writes("Beskrivning", "Min text")
    maja.page.get_by_role("link", name="Temagruppens register").first.click()
    maja.reads(ELSEWHERE)
    issue.change(by=Actor.of(officer), text="En annans text")

    maja.opens(f"{issue.get_absolute_url()}andra/")
    maja.page.get_by_role("button", name="Lägg tillbaka det").click()
    maja.presses("Spara")

    maja.reads("Ali Ritning")
    expect(maja.page.get_by_label("Beskrivning")).to_have_value("Min text")


def test_a_note_that_is_saved_as_one_types_is_no_draft(enter: Enter, coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator, state=Meeting.State.UNDER_WAY, started_at="2026-11-22T12:00Z")
    item = AgendaItemFactory(meeting=meeting)
    maja = enter(coordinator)
    maja.opens(item.get_absolute_url())
    maja.writes("Notering", "Min text")
    maja.page.get_by_label("Beslut").first.focus()
    maja.reads("Sparat")

    maja.opens("/")

    maja.does_not_read(ELSEWHERE)
    assert maja.page.evaluate("JSON.parse(sessionStorage.utkast).drafts") == {}


def test_a_slow_form_is_sent_once_and_says_that_it_is_on_its_way(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Var", "Trappan")
    sent: list[str] = []

    def slowly(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            time.sleep(1.8)
        route.continue_()

    omar.page.route("**/rapportera/", slowly)
    # A window's name lives on after the page that was left, and tells what stood there.
    omar.page.evaluate("setTimeout(() => { name = document.querySelector('.sending').innerText }, 1500) && null")
    omar.page.get_by_role("button", name="Skicka observationen").evaluate(
        "button => { button.click(); button.click() }"
    )
    omar.page.wait_for_url("**/tack/**")

    assert len(sent) == 1
    assert omar.page.evaluate("name") == "Sparar …"


def test_the_keys_go_where_they_say_but_not_while_one_types(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    keyboard = omar.page.keyboard
    keyboard.press("?")
    omar.reads_heading("Kortkommandon")
    keyboard.press("Escape")
    keyboard.press("/")
    expect(omar.page.get_by_label("Sök bland allt du får läsa")).to_be_focused()
    keyboard.type("g?/")
    keyboard.press("Enter")
    omar.reads_heading("Inget stämmer med ”g?/”")

    omar.page.get_by_role("heading", level=1).click()
    keyboard.press("g")
    keyboard.press("o")
    omar.page.wait_for_url("**/observationer/")


def test_the_keys_are_quiet_when_they_are_off(enter: Enter, representative: Member) -> None:
    representative.change(by=Actor.of(representative), shortcuts=False)
    omar = enter(representative)

    omar.page.keyboard.press("/")

    expect(omar.page.get_by_label("Sök bland allt du får läsa")).to_be_hidden()
