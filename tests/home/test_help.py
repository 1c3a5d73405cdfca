"""The help page, a member's own page, and the keys that she may turn off."""

import pytest
from django.test import Client

from members.models import Group, Member, Organisation
from temagrupp.home.navigation import MAIN, Link
from tests.acting import a_coordinator
from tests.factories import AnswersForFactory, SeatFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def test_each_reads_of_her_own_part_and_pages(as_representative: Client, as_reader: Client) -> None:
    group, reader = text_of(as_representative, "/hjalp/"), text_of(as_reader, "/hjalp/")

    assert "Du rapporterar det du ser" in group
    assert "Du håller ihop gruppens arbete" not in group
    assert "Du följer gruppens arbete" in reader
    assert "Du rapporterar det du ser" not in reader
    assert '<a href="/observationer/" data-key="o">' in group
    assert 'data-key="o"' not in reader


def test_what_a_seat_brings_is_told_to_one_who_has_it(as_representative: Client, as_coordinator: Client) -> None:
    seated, samordnare = text_of(as_representative, "/hjalp/"), text_of(as_coordinator, "/hjalp/")

    assert ("Jag kan inte" in seated, "Jag kan inte" in samordnare) == (True, False)
    assert ("inget att rapportera" in seated, "inget att rapportera" in samordnare) == (True, False)
    assert "Du rapporterar det du ser" in samordnare


def test_every_page_of_the_menu_is_explained_and_has_a_key_of_its_own() -> None:
    assert [entry.label for entry in MAIN if not entry.about] == []
    assert len({Link(entry.label, "/").key for entry in MAIN}) == len(MAIN)


def test_the_keys_are_on_until_she_turns_them_off(as_representative: Client, representative: Member) -> None:
    assert "js/shortcuts.js" in text_of(as_representative, "/hjalp/")

    response = as_representative.post("/konto/", {}, follow=True)

    representative.refresh_from_db()
    assert representative.shortcuts is False
    assert "Kortkommandona är av." in response.content.decode()
    assert "js/shortcuts.js" not in text_of(as_representative, "/hjalp/")
    assert "Du har stängt av dem." in text_of(as_representative, "/hjalp/")


def test_her_own_page_turns_nothing_else(as_representative: Client, representative: Member) -> None:
    as_representative.post("/konto/", {"shortcuts": "on", "is_coordinator": "on", "name": "Någon annan"})

    representative.refresh_from_db()
    assert (representative.shortcuts, representative.is_coordinator, representative.name) == (True, False, "Omar Prov")


def test_her_own_page_says_how_she_stands_in_the_register(as_representative: Client) -> None:
    shown = text_of(as_representative, "/konto/")

    assert "<dt>Ordinarie</dt><dd>Tekniska förvaltningen, sedan 1 januari 2021</dd>" in shown
    assert "omar@<wbr>exempel.se" in shown


def test_a_page_before_the_sign_in_has_neither_keys_nor_search(client: Client) -> None:
    shown = text_of(client, "/konto/login/")

    assert "shortcuts.js" not in shown
    assert "sok-allt" not in shown


def test_a_seat_a_mark_and_the_settings_hold_from_the_next_page(
    as_outsider: Client, outsider: Member, technical: Organisation
) -> None:
    assert "Per Modell, gäst" in text_of(as_outsider, "/hjalp/")

    answers_for = AnswersForFactory(member=outsider, organisation=technical)
    assert "Per Modell, handläggare" in text_of(as_outsider, "/hjalp/")

    seat = SeatFactory(member=outsider, organisation=technical)
    answers_for.delete()
    assert "Per Modell, representant" in text_of(as_outsider, "/hjalp/")

    seat.delete()
    Group.current().change(by=a_coordinator(), name="Trygghet i Sävsjö")
    shown = text_of(as_outsider, "/hjalp/")
    assert "Per Modell, gäst" in shown
    assert "Trygghet i Sävsjö" in shown
