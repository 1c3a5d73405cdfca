"""The group's page: who takes part, what is vacant, and its settings."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from members.actor import Actor
from members.models import Group, Member, Organisation, Roster, Seat
from members.texts import group_headline
from tests.acting import a_coordinator
from tests.factories import AnswersForFactory, MemberFactory, OrganisationFactory, SeatFactory

GROUP = "/gruppen/"
SETTINGS = "/gruppen/installningar/"


def full_organisation() -> Organisation:
    organisation = OrganisationFactory()
    for role in Seat.Role.values:
        SeatFactory(member=MemberFactory(organisation=organisation), role=role)
    AnswersForFactory(member=MemberFactory(), organisation=organisation)
    MemberFactory(is_reader=True, organisation=organisation)
    MemberFactory(organisation=organisation)
    MemberFactory(is_active=False, organisation=organisation)
    return organisation


def test_the_title_says_what_is_vacant(as_coordinator: Client, representative: Member, police: Organisation) -> None:
    # Tekniska lacks a deputy, the police and the coordinator's rescue service have nobody.
    assertContains(as_coordinator.get(GROUP), "<h1>Tre organisationer. Fem platser är vakanta.</h1>", html=True)


@pytest.mark.parametrize(
    ("organisations", "says"),
    [(0, "Gruppen har inga organisationer än."), (2, "Två organisationer. Alla platser är tillsatta.")],
)
def test_the_title_of_an_empty_and_of_a_full_group(db: None, organisations: int, says: str) -> None:
    for _ in range(organisations):
        full_organisation()

    assert group_headline(Roster.of_each(Organisation.objects.filter(seats__isnull=False).distinct())) == says


def test_each_of_two_numbers_is_dialled_by_itself(as_coordinator: Client, representative: Member) -> None:
    representative.change(by=Actor.of(representative), phone="+46 (0)383-971 00, 070-123 45 67 (kväll)")

    for address in (GROUP, representative.get_absolute_url()):
        page = " ".join(as_coordinator.get(address).content.decode().split())
        first = '<a class="nowrap" href="tel:+4638397100">+46 (0)383-971 00</a>'
        assert f'{first}, <a class="nowrap" href="tel:+46701234567">070-123 45 67</a> (kväll)' in page


def test_the_group_reads_names_and_numbers_and_the_samordnare_alone_is_offered_to_change(
    as_coordinator: Client, as_deputy: Client, representative: Member
) -> None:
    representative.change(by=Actor.of(representative), phone="0383-971 00", title="Enhetschef")

    for client in (as_coordinator, as_deputy):
        page = client.get(GROUP)
        assertContains(page, 'href="tel:+4638397100"')
        assertContains(page, "omar@exempel.se")
    assertContains(as_coordinator.get(GROUP), "Utse ersättare")
    assertNotContains(as_deputy.get(GROUP), "Utse ersättare")
    assertNotContains(as_deputy.get(GROUP), "Lägg till medlem")


def test_who_has_a_place_but_cannot_sign_in_is_pointed_out(as_coordinator: Client, representative: Member) -> None:
    representative.change(by=Actor.of(representative), is_active=False)

    assertContains(as_coordinator.get(GROUP), "<strong>Kan inte logga in</strong>", html=True)


def test_ended_organisations_are_kept_apart(as_coordinator: Client, technical: Organisation) -> None:
    technical.change(by=a_coordinator(), active_to=timezone.localdate() - timedelta(days=1))

    page = as_coordinator.get(GROUP)

    assert technical not in [roster.organisation for roster in page.context["rosters"]]
    assert list(page.context["ended"]) == [technical]


def test_the_samordnare_names_the_group(as_coordinator: Client) -> None:
    response = as_coordinator.post(
        SETTINGS,
        {"name": "Trygghet Exempel", "municipality": "Exempel", "answer_days": "10", "call_days": "7"},
        follow=True,
    )

    assertContains(response, "Ändringen är sparad.")
    assertContains(response, '<a class="wordmark" href="/">Trygghet Exempel</a>', html=True)
    assert Group.current().answer_days == 10


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Skriv vad gruppen heter."),
        ("name", "x" * 81, "Texten är 1 tecken för lång. Det får plats 80."),
        ("answer_days", "", "Skriv hur många dagar"),
        ("answer_days", "0", "Talet får inte vara mindre än 1."),
        ("answer_days", "9999", "Talet får inte vara större än 365."),
        ("answer_days", "snart", "Skriv ett helt tal med siffror."),
        ("call_days", "", "Skriv hur många dagar före mötet kallelsen skickas."),
        ("call_days", "0", "Talet får inte vara mindre än 1."),
        ("call_days", "61", "Talet får inte vara större än 60."),
    ],
)
def test_settings_that_do_not_hold_are_explained_and_kept(
    as_coordinator: Client, field: str, value: str, says: str
) -> None:
    group = {"name": "Trygghet Exempel", "municipality": "Den skrivna kommunen"}
    typed = {**group, "answer_days": "10", "call_days": "7", field: value}

    response = as_coordinator.post(SETTINGS, typed)

    assertContains(response, says)
    assertContains(response, "Den skrivna kommunen")
    assert not Group.objects.exists()


def test_the_second_who_changes_the_settings_is_told_who_was_first(as_coordinator: Client) -> None:
    seen = as_coordinator.get(SETTINGS).context["form"]["version"].value()
    typed = {"name": "Ett", "municipality": "Exempel", "answer_days": "10", "call_days": "7", "version": seen}
    as_coordinator.post(SETTINGS, typed)

    late = as_coordinator.post(SETTINGS, typed | {"name": "Två"})

    assertContains(late, "Maja Exempel ändrade det här i dag")
    assertContains(late, 'value="Två"')
    assert Group.current().name == "Ett"


def test_knowing_what_came_between_she_may_save_it_again(as_coordinator: Client) -> None:
    typed = {"name": "Ett", "municipality": "Exempel", "answer_days": "10", "call_days": "7", "version": "unsaved"}
    as_coordinator.post(SETTINGS, typed)
    late = as_coordinator.post(SETTINGS, typed | {"name": "Två"})

    as_coordinator.post(SETTINGS, typed | {"name": "Två", "version": late.context["form"]["version"].value()})

    assert Group.current().name == "Två"
