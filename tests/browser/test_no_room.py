"""A browser that keeps nothing, its storage full or forbidden: she is asked before what she wrote is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from issues.models import Observation
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way

pytestmark = pytest.mark.browser

TEXT = "Tre lampor är släckta vid trappan."
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
FORBIDDEN = """for (const name of ["sessionStorage", "localStorage"]) Object.defineProperty(window, name, {
  get() { throw new DOMException("forbidden", "SecurityError") },
})"""


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


@pytest.fixture(params=[FULL, FORBIDDEN], ids=["full", "forbidden"])
def omar(request: pytest.FixtureRequest, enter: Enter, representative: Member) -> Person:
    omar = enter(representative)
    omar.page.context.add_init_script(request.param)
    return omar


@pytest.fixture
def asked(omar: Person) -> list[str]:
    return stays(omar.page)


def stays(page: Page) -> list[str]:
    """The questions of the browser, to which she answers that she stays."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


def clicks(person: Person, link: str) -> None:
    person.page.get_by_role("link", name=link).first.click(no_wait_after=True)
    person.page.wait_for_timeout(300)


def test_a_link_asks_before_what_was_typed_is_lost(omar: Person, asked: list[str]) -> None:
    omar.opens("/rapportera/")
    omar.writes("Berätta", TEXT)

    clicks(omar, "Temagruppens register")

    assert asked == ["beforeunload"]
    expect(omar.page.get_by_label("Berätta")).to_have_value(TEXT)


def test_a_link_asks_of_what_was_refused_too(omar: Person, asked: list[str]) -> None:
    omar.opens("/rapportera/")
    omar.writes("Berätta", TEXT)
    omar.presses("Skicka observationen")
    omar.reads("Två saker behöver rättas")
    assert asked == []

    clicks(omar, "Temagruppens register")

    assert asked == ["beforeunload"]
    expect(omar.page.get_by_label("Berätta")).to_have_value(TEXT)


def test_where_nothing_is_typed_a_link_asks_nothing(omar: Person, asked: list[str]) -> None:
    omar.opens("/rapportera/")
    omar.chooses("Belysning")

    omar.page.get_by_role("link", name="Temagruppens register").first.click()

    omar.page.wait_for_url("**/")
    assert asked == []


def test_what_is_sent_is_not_asked_of(omar: Person, asked: list[str]) -> None:
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Var", "Trappan")
    omar.writes("Berätta", TEXT)

    omar.presses("Skicka observationen")

    omar.reads_heading("Tack")
    assert asked == []
    assert Observation.objects.get().text == TEXT


def test_the_storage_that_fills_up_while_one_writes_counts_from_then(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    asked = stays(omar.page)
    omar.opens("/rapportera/")
    omar.writes("Berätta", "Tre lampor")
    omar.page.evaluate(f"{FULL}; null")
    omar.writes("Berätta", TEXT)

    clicks(omar, "Temagruppens register")

    assert asked == ["beforeunload"]


def test_where_there_is_room_a_link_asks_nothing(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    asked = stays(omar.page)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Berätta", TEXT)
    omar.presses("Skicka observationen")  # refused, for it does not say where
    omar.reads("behöver rättas")
    omar.page.get_by_role("link", name="Temagruppens register").first.click()
    omar.page.wait_for_url("**/")
    omar.opens("/rapportera/")
    omar.reads("Det du skrev är kvar.")
    omar.page.get_by_role("link", name="Temagruppens register").first.click()
    omar.page.wait_for_url("**/")

    assert asked == []


def test_nor_in_the_room_or_of_a_change(enter: Enter, coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt i tunneln")
    item = item_of(under_way(coordinator), "Mörkt i tunneln")
    maja = enter(coordinator)
    asked = stays(maja.page)
    for address, label in ((item.get_absolute_url(), "Beslut"), (f"{issue.get_absolute_url()}andra/", "Beskrivning")):
        maja.opens(address)
        maja.page.get_by_label(label).first.fill(TEXT)
        maja.page.get_by_role("link", name="Temagruppens register").first.click()
        maja.page.wait_for_url("**/")

    assert asked == []
