"""A tab made as a copy of another has the same drafts: what is sent from the one is no draft in the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from issues.models import Observation
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_no_room import stays

pytestmark = pytest.mark.browser

TEXT, MORE = "Tre lampor är släckta vid trappan.", "Räcket sitter löst."
ELSEWHERE = "Du har skrivit något som inte är sparat"
UNSENT = "Object.values(JSON.parse(sessionStorage.utkast).drafts).map((draft) => draft.fields.text)"


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


@pytest.fixture
def omar(enter: Enter, representative: Member) -> Person:
    """He has filled in a whole report, and left it."""
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Var", "Trappan")
    omar.writes("Berätta", TEXT)
    omar.page.get_by_role("link", name="Temagruppens register").first.click()
    omar.reads(ELSEWHERE)
    return omar


def copied(person: Person, address: str) -> Page:
    """Another tab with what the tab of the person keeps."""
    with person.page.expect_popup() as opened:
        person.page.evaluate("address => { window.open(address) }", address)
    opened.value.wait_for_load_state("networkidle")
    assert opened.value.evaluate(UNSENT) == [TEXT]
    return opened.value


def puts_back(page: Page) -> None:
    expect(page.get_by_label("Berätta")).to_have_value(TEXT)


def sends(person: Person) -> None:
    person.opens("/rapportera/")
    puts_back(person.page)
    person.presses("Skicka observationen")
    person.reads_heading("Tack")
    assert Observation.objects.get().text == TEXT


def test_it_no_longer_tells_of_what_the_first_has_sent(omar: Person) -> None:
    copy = copied(omar, "/")
    expect(copy.get_by_text(ELSEWHERE)).to_have_count(1)

    sends(omar)

    expect(copy.get_by_text(ELSEWHERE)).to_have_count(0)
    assert copy.evaluate(UNSENT) == []


def test_nor_when_it_stands_in_its_form(omar: Person) -> None:
    copy = copied(omar, "/rapportera/")
    asked = stays(copy)
    puts_back(copy)

    sends(omar)

    copy.wait_for_function(f"() => {UNSENT}.length === 0")
    expect(copy.get_by_label("Berätta")).to_have_value(TEXT)
    copy.get_by_role("link", name="Temagruppens register").first.click()
    copy.wait_for_url("**/")
    expect(copy.get_by_text(ELSEWHERE)).to_have_count(0)
    assert asked == []


def test_what_was_written_on_in_it_is_kept(omar: Person) -> None:
    copy = copied(omar, "/rapportera/")
    puts_back(copy)
    copy.get_by_label("Berätta").fill(f"{TEXT} {MORE}")

    sends(omar)

    copy.wait_for_timeout(500)  # time to hear of it
    copy.get_by_role("link", name="Temagruppens register").first.click()
    expect(copy.get_by_text(ELSEWHERE)).to_have_count(1)
    assert copy.evaluate(UNSENT) == [f"{TEXT} {MORE}"]


def test_what_did_not_arrive_is_kept_in_both(omar: Person) -> None:
    copy = copied(omar, "/")
    omar.opens("/rapportera/")
    puts_back(omar.page)
    omar.writes("Var", "")
    omar.presses("Skicka observationen")
    omar.reads("behöver rättas")

    copy.wait_for_timeout(500)  # time to hear of it

    expect(copy.get_by_text(ELSEWHERE)).to_have_count(1)
    assert copy.evaluate(UNSENT) == [TEXT]
