"""What the story of 2021, which is played by keyboard too, has no part for."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from issues.models import Action
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.keyboard import AtKeyboard
from tests.browser.person import Person
from tests.factories import ActionFactory

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", ["desktop by keyboard"], indirect=True)]


def test_the_first_stop_leads_past_the_menu(enter: Enter, representative: Member) -> None:
    omar = enter(representative)

    omar.page.keyboard.press("Tab")
    expect(omar.page.locator(":focus")).to_have_text("Hoppa till innehållet")
    expect(omar.page.locator(":focus")).to_be_in_viewport()
    omar.page.keyboard.press("Enter")

    expect(omar.page.get_by_role("main")).to_be_focused()


def test_her_own_menu_opens_and_goes_away_and_leaves_her_where_she_was(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    button = omar.page.get_by_role("button", name="Omar Prov")

    assert isinstance(omar, AtKeyboard)
    omar.steps_to(button)
    omar.page.keyboard.press("Enter")
    expect(omar.page.get_by_role("button", name="Logga ut")).to_be_visible()
    omar.page.keyboard.press("Escape")

    expect(omar.page.get_by_role("button", name="Logga ut")).to_be_hidden()
    expect(button).to_be_focused()


def test_what_is_missing_is_reached_from_the_summary(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    omar.goes_to("Rapportera")
    omar.presses("Skicka")

    expect(omar.page.get_by_role("alert")).to_be_focused()
    omar.page.keyboard.press("Tab")
    omar.page.keyboard.press("Enter")

    expect(omar.page.get_by_label("Belysning")).to_be_focused()


def test_a_question_is_asked_back(enter: Enter, representative: Member, technical: Organisation) -> None:
    action = ActionFactory(title="Laga belysningen", assignment__organisation=technical)
    omar = enter(representative)

    omar.follows("Laga belysningen")
    back = omar.unfolds("Begär komplettering")
    back.writes("Er fråga till gruppen", "Vilka lampor är det?")
    back.presses("Begär komplettering")

    action.refresh_from_db()
    assert action.state == Action.State.QUESTION


def test_a_member_is_entered(enter: Enter, coordinator: Member) -> None:
    maja = enter(coordinator)

    maja.goes_to("Gruppen")
    maja.follows("Lägg till medlem")
    maja.writes("Namn", "Siv Schablon")
    maja.writes("E-post", "siv@exempel.se")
    maja.presses("Lägg till medlemmen")

    assert Member.objects.filter(name="Siv Schablon").exists()


PAGES = {
    "s": "/",
    "ä": "/arenden/",
    "o": "/observationer/",
    "å": "/atgarder/",
    "m": "/moten/",
    "r": "/rapportera/",
    "g": "/gruppen/",
}
"""What the keys lead to, by what is written on them."""


def types(person: Person, letter: str) -> None:
    """As on a Swedish keyboard, where å is the key right of P and ä the one right of Ö; Chromium tells them so."""
    code = {"å": "BracketLeft", "ä": "Quote"}.get(letter.lower(), f"Key{letter.upper()}")
    devtools = person.page.context.new_cdp_session(person.page)
    for kind in ("keyDown", "keyUp"):
        text = {"text": letter} if kind == "keyDown" else {}
        devtools.send("Input.dispatchKeyEvent", {"type": kind, "key": letter, "code": code, **text})
    devtools.detach()


def pages_opened(person: Person) -> list[str]:
    """The paths of the pages that are asked for from now on."""
    opened: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            opened.append(urlsplit(request.url).path)

    person.page.on("request", note)
    return opened


@pytest.mark.parametrize("caps", [False, True], ids=["small", "caps lock"])
def test_g_and_a_letter_lead_to_every_page_of_the_menu(enter: Enter, coordinator: Member, caps: bool) -> None:
    maja = enter(coordinator)

    reached = {}
    for letter in PAGES:
        maja.opens("/hjalp/")
        types(maja, "G" if caps else "g")
        types(maja, letter.upper() if caps else letter)
        maja.page.wait_for_url(lambda address: not address.endswith("/hjalp/"))
        reached[letter] = urlsplit(maja.page.url).path

    assert reached == PAGES


def test_the_letters_are_letters_in_a_field(enter: Enter, coordinator: Member) -> None:
    maja = enter(coordinator)
    maja.opens("/rapportera/")
    maja.page.get_by_label("Berätta").focus()
    opened = pages_opened(maja)

    for letter in "gå gä?/":
        types(maja, letter)

    expect(maja.page.get_by_label("Berätta")).to_have_value("gå gä?/")
    maja.page.locator("h1").click()
    types(maja, "g")
    types(maja, "m")
    maja.page.wait_for_url("**/moten/")
    assert opened == ["/moten/"]


def test_the_letters_do_nothing_together_with_another_key(enter: Enter, coordinator: Member) -> None:
    maja = enter(coordinator)
    opened = pages_opened(maja)

    for held in ("Alt", "Control"):
        maja.page.keyboard.down(held)  # before the g: between it and its letter it would end what the g began
        maja.page.keyboard.press("g")
        maja.page.keyboard.press("m")
        maja.page.keyboard.up(held)

    types(maja, "g")
    types(maja, "å")
    maja.page.wait_for_url("**/atgarder/")
    assert opened == ["/atgarder/"]


def test_the_letters_do_nothing_when_they_are_switched_off(enter: Enter, coordinator: Member) -> None:
    maja = enter(coordinator)
    maja.opens("/konto/")
    maja.page.get_by_label("Kortkommandon").first.focus()
    maja.page.keyboard.press("Space")
    maja.presses("Spara")
    maja.page.locator("h1").click()
    opened = pages_opened(maja)

    types(maja, "g")
    types(maja, "å")

    maja.goes_to("Möten")
    assert opened == ["/moten/"]
