"""What the story of 2021, which is played by keyboard too, has no part for."""

import pytest
from playwright.sync_api import expect

from issues.models import Action
from members.models import Member, Organisation
from tests.browser.conftest import Enter
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
    back = omar.unfolds("Vi behöver veta mer")
    back.writes("Er fråga till gruppen", "Vilka lampor är det?")
    back.presses("Skicka frågan")

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
