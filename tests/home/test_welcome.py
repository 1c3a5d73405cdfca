"""A new member reads what she is here, small and above what waits on her, until she has begun or knows."""

import pytest
from django.test import Client

from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    MeetingFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def welcome_of(client: Client) -> str:
    """The welcome on the start page; empty when there is none."""
    _, _, after = text_of(client).partition('<section class="welcome"')
    return after.partition("</section>")[0]


def first_thing(client: Client) -> str:
    """The words on the one filled button of the welcome."""
    return welcome_of(client).split('<a class="button" href="')[1].split("</a>")[0]


def test_the_first_samordnare_is_led_step_by_step_and_the_name_comes_first(client: Client) -> None:
    first = MemberFactory(is_coordinator=True, organisation=None)
    client.force_login(first)
    assert first_thing(client) == '/gruppen/installningar/">Ange gruppens namn'

    first.group.change(by=Actor.of(first), name="Trygghet i Exempelstad")
    assert first_thing(client) == '/gruppen/">Lägg till gruppens organisationer'

    organisation = OrganisationFactory()
    assert first_thing(client) == '/gruppen/medlemmar/ny/">Lägg till gruppens medlemmar'

    MemberFactory(organisation=organisation)
    assert first_thing(client) == '/moten/nytt/">Planera nästa möte'

    MeetingFactory()
    assert welcome_of(client) == ""


def test_who_takes_over_a_running_register_has_the_list_of_what_remains(as_coordinator: Client) -> None:
    a_coordinator().member.group.change(by=a_coordinator(), name="Trygghet i Exempelstad")
    MeetingFactory()
    ObservationFactory()

    assert welcome_of(as_coordinator) == ""


def test_the_ordinary_is_welcomed_until_she_has_reported(as_representative: Client, representative: Member) -> None:
    assert "Du är ordinarie för Tekniska förvaltningen." in welcome_of(as_representative)

    ObservationFactory(reporter=representative)
    assert welcome_of(as_representative) == ""


def test_the_deputy_reads_when_she_is_needed(as_deputy: Client) -> None:
    words = "Du är ersättare för Tekniska förvaltningen. Du går på mötet när den ordinarie har förhinder."
    assert words in welcome_of(as_deputy)


def test_who_answers_is_welcomed_until_she_has_answered(
    as_handler: Client, handler: Member, housing: Organisation
) -> None:
    assert "När gruppen föreslår en åtgärd för er står den här" in welcome_of(as_handler)

    action = ActionFactory(assignment__organisation=housing)
    assert "Du är handläggare för Witalabostäder AB. Gruppen har föreslagit en åtgärd för er." in welcome_of(as_handler)

    action.current.ask(by=Actor.of(handler), text="Vilken häck?")
    assert welcome_of(as_handler) == ""


def test_a_reader_and_a_guest_have_pages_that_need_no_welcome(
    as_reader: Client, as_outsider: Client, outsider: Member
) -> None:
    AgendaItemFactory(presenter=outsider)

    assert (welcome_of(as_reader), welcome_of(as_outsider)) == ("", "")


def test_who_knows_is_not_told_again(as_representative: Client, representative: Member) -> None:
    assert "Visa inte igen" in welcome_of(as_representative)

    assert as_representative.post("/valkommen/")["Location"] == "/"

    assert welcome_of(as_representative) == ""
    representative.refresh_from_db()
    assert representative.welcomed


def test_there_is_one_filled_button_on_the_page_of_one_who_is_new(as_representative: Client) -> None:
    page = text_of(as_representative)

    assert page.count('class="button"') == 1 + page.count('<button class="button">Sök</button>')
