"""What stands in the address bar can be sent to another member, who comes to the same thing or is told why not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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
from tests.meetings.meetings import under_way

pytestmark = pytest.mark.browser


def opens_what_was_sent(person: Person, sender: Person) -> None:
    """By the link alone, in a window where she is not signed in; it leads to where the sender stands."""
    address = sender.page.url
    person.opens(address)
    person.writes("E-postadress", "omar@exempel.se")
    person.writes("Lösenord", PASSWORD)
    person.presses("Logga in")
    assert person.page.url == address


def heading(person: Person) -> str:
    return person.page.locator("h1").inner_text()


@pytest.fixture
def maja(enter: Enter, coordinator: Member) -> Person:
    return enter(coordinator)


@pytest.fixture
def omar(enter: Enter, representative: Member) -> Person:
    return enter(representative, signed_in=False)


def test_a_choice_of_issues_is_an_address(maja: Person, omar: Person) -> None:
    graffiti = CategoryFactory(name="Klotter")
    IssueFactory(title="Klotter på stationen", category=graffiti)
    IssueFactory(title="Mörkt i tunneln", category=CategoryFactory())
    maja.opens("/arenden/")
    choice = maja.unfolds("Välj efter kategori")
    choice.page.get_by_label("Kategori").select_option(label="Klotter")
    maja.presses("Visa")
    maja.does_not_read("Mörkt i tunneln")

    opens_what_was_sent(omar, maja)

    assert heading(omar) == heading(maja)
    omar.reads("Klotter på stationen")
    omar.does_not_read("Mörkt i tunneln")
    expect(omar.page.get_by_label("Kategori")).to_have_value(str(graffiti.pk))


def test_a_page_of_a_list_is_an_address(maja: Person, omar: Person) -> None:
    for number in range(30):
        ObservationFactory(where=f"Lyktstolpe {number:02}", category=CategoryFactory())
    maja.opens("/observationer/?lage=new")
    maja.follows("Nästa")
    maja.reads("Lyktstolpe 00")

    opens_what_was_sent(omar, maja)

    omar.reads("Lyktstolpe 00")
    omar.does_not_read("Lyktstolpe 29")


def test_a_search_is_an_address(maja: Person, omar: Person) -> None:
    IssueFactory(title="Å, ä & ö: 100 % mörkt?")
    maja.opens("/sok/")
    maja.page.locator("main [data-search]").fill("100 % mörkt? & ö")
    maja.page.keyboard.press("Enter")
    maja.reads_heading("träff")

    opens_what_was_sent(omar, maja)

    assert heading(omar) == heading(maja)
    assert heading(omar).endswith("träff på ”100 % mörkt? & ö”")


def test_an_item_in_the_room_is_an_address(maja: Person, omar: Person, coordinator: Member) -> None:
    item = AgendaItemFactory(meeting=under_way(coordinator), title="Skolavslutningen")
    maja.opens(item.get_absolute_url())

    opens_what_was_sent(omar, maja)

    omar.reads("Skolavslutningen")


def test_a_form_that_was_refused_stands_at_an_address_that_can_be_sent_and_loaded_again(
    maja: Person, omar: Person, coordinator: Member
) -> None:
    meeting = MeetingFactory(chair=coordinator)
    maja.opens(f"{meeting.get_absolute_url()}?ordna=1")
    maja.page.get_by_label("Minuter").fill("12")
    maja.presses("Lägg till punkten")
    maja.reads("Skriv vad punkten handlar om")
    assert maja.page.url.endswith(f"{meeting.get_absolute_url()}?ordna=1")

    opens_what_was_sent(omar, maja)

    omar.reads_heading("Möte")


def test_who_may_not_do_what_was_sent_is_told_whom_to_ask(maja: Person, omar: Person) -> None:
    maja.opens("/arenden/nytt/")
    omar.opens("/")
    omar.writes("E-postadress", "omar@exempel.se")
    omar.writes("Lösenord", PASSWORD)
    omar.presses("Logga in")

    omar.page.goto(maja.page.url)

    omar.reads_heading("Den här sidan är någon annans")
    omar.reads("Fick du länken av någon")


def test_who_may_not_know_of_what_was_sent_is_told_no_more_than_of_what_is_not_there(
    maja: Person, omar: Person, coordinator: Member
) -> None:
    hidden = IssueFactory(title="Hemligt läge", restricted=True)
    omar.opens("/")
    omar.writes("E-postadress", "omar@exempel.se")
    omar.writes("Lösenord", PASSWORD)
    omar.presses("Logga in")

    said = []
    for address in (hidden.get_absolute_url(), "/arenden/2026-999/", "/finns-inte/"):
        omar.page.goto(address)
        said.append(omar.page.locator("main").inner_text())

    assert said[0] == said[1] == said[2]
    assert "Fick du länken av någon" in said[0]
