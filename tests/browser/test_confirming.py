"""The samordnare changes an address: the form asks for her password, with all that she typed still in it."""

import pytest
from playwright.sync_api import expect

from members.models import Member
from tests.browser.conftest import Enter
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser


def test_a_changed_address_asks_for_the_password_in_the_form(
    enter: Enter, coordinator: Member, representative: Member
) -> None:
    maja = enter(coordinator)
    maja.opens(f"{representative.get_absolute_url()}andra/")
    maja.writes("E-post", "omar.ny@exempel.se")
    maja.writes("Titel", "Gatuchef")
    maja.presses("Spara")

    expect(maja.page.get_by_role("heading", name="Skriv ditt lösenord för att ändra adressen")).to_be_visible()
    expect(maja.page.get_by_label("E-post")).to_have_value("omar.ny@exempel.se")
    expect(maja.page.get_by_label("Ditt lösenord")).to_be_focused()
    maja.page.get_by_label("Ditt lösenord").fill(PASSWORD)
    maja.presses("Spara")

    maja.reads_heading("Omar Prov")
    changed = Member.objects.get(pk=representative.pk)
    assert (changed.email, changed.title) == ("omar.ny@exempel.se", "Gatuchef")
