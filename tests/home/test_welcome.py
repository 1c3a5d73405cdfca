"""A new member reads who she is here and what to do first, until she has done it or knows."""

import pytest
from django.test import Client

from meetings.models import Meeting
from members.models import Member, Organisation
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


def first_thing(client: Client) -> str:
    """The words on the one filled button of the welcome."""
    page = text_of(client)
    welcome = page[page.index('class="welcome"') : page.index("Jag vet, visa inte det här igen")]
    return welcome.split('<a class="button" href="')[1].split("</a>")[0]


def test_the_first_samordnare_is_led_step_by_step(client: Client) -> None:
    client.force_login(MemberFactory(is_coordinator=True, organisation=None))
    assert first_thing(client) == '/gruppen/">Lägg till gruppens organisationer'

    organisation = OrganisationFactory()
    assert first_thing(client) == '/gruppen/medlemmar/ny/">Lägg till gruppens medlemmar'

    MemberFactory(organisation=organisation)
    assert first_thing(client) == '/moten/nytt/">Planera nästa möte'

    MeetingFactory()
    assert 'class="welcome"' not in text_of(client)


def test_the_ordinary_is_asked_to_report_until_she_has(as_representative: Client, representative: Member) -> None:
    assert first_thing(as_representative) == '/rapportera/">Rapportera något du har sett'
    assert "Du är ordinarie för Tekniska förvaltningen." in text_of(as_representative)

    ObservationFactory(reporter=representative)
    assert 'class="welcome"' not in text_of(as_representative)


def test_the_deputy_reads_when_she_is_needed(as_deputy: Client) -> None:
    assert "Du är ersättare för Tekniska förvaltningen. Du går på mötet när den ordinarie inte kan." in text_of(
        as_deputy
    )


def test_a_question_is_the_first_thing_for_whoever_may_answer_it(as_handler: Client, housing: Organisation) -> None:
    assert first_thing(as_handler) == '/arenden/">Läs ärendena som rör er'

    action = ActionFactory(assignment__organisation=housing)

    assert "Du svarar för Witalabostäder AB. Gruppen har frågat er om något." in text_of(as_handler)
    assert first_thing(as_handler) == f'{action.get_absolute_url()}#svar">Svara på den första frågan'


def test_a_reader_is_led_to_the_issues(as_reader: Client) -> None:
    assert first_thing(as_reader) == '/arenden/">Läs de öppna ärendena'


def test_a_guest_is_led_to_her_item_when_there_is_one(as_outsider: Client, outsider: Member) -> None:
    assert "Välkommen, Per Modell" in text_of(as_outsider)
    assert "Läs din punkt" not in text_of(as_outsider)

    item = AgendaItemFactory(presenter=outsider, meeting__state=Meeting.State.PLANNED)

    assert first_thing(as_outsider) == f'{item.get_absolute_url()}">Läs din punkt'


def test_who_knows_is_not_told_again(as_reader: Client, reader: Member) -> None:
    assert as_reader.post("/valkommen/")["Location"] == "/"

    assert 'class="welcome"' not in text_of(as_reader)
    reader.refresh_from_db()
    assert reader.welcomed


def test_there_is_one_filled_button_on_the_page_of_one_who_is_new(as_representative: Client) -> None:
    page = text_of(as_representative)

    assert page.count('class="button"') == 1 + page.count('<button class="button">Sök</button>')
