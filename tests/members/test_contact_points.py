"""The contact points in the settings: added, changed, ordered, hidden, removed; and who answers for the register."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django.asserts import assertContains

from members.models import ContactPoint, Group
from tests.acting import a_coordinator
from tests.pages import text_of
from tests.past import history_of

pytestmark = pytest.mark.django_db

SETTINGS, NEW = "/gruppen/installningar/", "/gruppen/kontaktvagar/ny/"


def a_point(name: str = "Fältgruppen", *, after: int = 0) -> ContactPoint:
    return ContactPoint.add(by=a_coordinator(), name=name, phone="0980-319 200", after=after)


def names() -> list[str]:
    return [point.name for point in ContactPoint.objects.in_order()]


def address(point: ContactPoint) -> str:
    return f"/gruppen/kontaktvagar/{point.pk}/"


def test_one_is_added_and_told_where_it_stands(as_coordinator: Client) -> None:
    typed = {"name": "Mottagningen", "page": "exempelstad.example/oro", "after": "0"}

    page = as_coordinator.post(NEW, typed, follow=True)

    assertContains(page, "Mottagningen är sparad. Den står nu på sidan Så hanterar vi uppgifter.")
    point = ContactPoint.objects.get()
    assert (point.page, page.redirect_chain) == ("https://exempelstad.example/oro", [(point.get_absolute_url(), 302)])


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Skriv vart man vänder sig."),
        ("phone", "ring växeln", "Skriv telefonnumret med siffror"),
        ("mail", "hos oss", "e-postadress"),
        ("page", "http://exempelstad.example", "Den ska börja med https."),
        ("page", "javascript:alert(1)", "Den ska börja med https."),
        ("page", "https://namn:ord@exempelstad.example", "Den ska börja med https."),
        ("page", "", "Skriv ett telefonnummer, en e-postadress eller en webbsida."),
    ],
)
def test_what_leads_nowhere_is_explained(as_coordinator: Client, field: str, value: str, says: str) -> None:
    typed = {"name": "Mottagningen", "page": "https://exempelstad.example", "after": "0", field: value}

    assertContains(as_coordinator.post(NEW, typed), says)

    assert names() == []


def test_it_holds_without_a_form() -> None:
    with pytest.raises(ValidationError) as refused:
        ContactPoint.add(by=a_coordinator(), name="Mottagningen")

    assert refused.value.messages == ["Skriv ett telefonnummer, en e-postadress eller en webbsida."]


def test_each_stands_where_it_is_put(as_coordinator: Client) -> None:
    first = a_point("Ett")
    second = a_point("Två", after=first.pk)
    third = a_point("Tre", after=second.pk)
    shown = {"name": "Tre", "phone": "0980-319 200", "active": "on"}
    form = as_coordinator.get(address(third)).context["form"]
    assert form["after"].value() == second.pk

    as_coordinator.post(address(third), shown | {"after": "0", "version": third.version})

    assert names() == ["Tre", "Ett", "Två"]


def test_a_new_one_is_proposed_last(as_coordinator: Client) -> None:
    first = a_point("Ett")
    second = a_point("Två", after=first.pk)

    assert as_coordinator.get(NEW).context["form"]["after"].value() == second.pk


def test_one_is_hidden_for_a_time(as_coordinator: Client, client: Client) -> None:
    point = a_point()
    assert "Fältgruppen" in text_of(client, "/uppgifter/")

    as_coordinator.post(address(point), {"name": "Fältgruppen", "phone": "0980-319 200", "after": "0"})

    assert "Fältgruppen" not in text_of(client, "/uppgifter/")
    assert "visas inte" in text_of(as_coordinator, SETTINGS)


def test_one_is_removed_and_its_history_stays(as_coordinator: Client) -> None:
    point = a_point()

    page = as_coordinator.post(f"{address(point)}ta-bort/", {"version": point.version}, follow=True)

    assertContains(page, "Fältgruppen är borttagen.")
    assert names() == []
    assert {line.name for line in history_of(point)} == {"Fältgruppen"}


def test_who_answers_is_said_and_shown(as_coordinator: Client, client: Client) -> None:
    typed = {"controller": "Kommunstyrelsen i Exempelstad", "protection_phone": "0980-319 210"}

    page = as_coordinator.post("/gruppen/installningar/uppgifter/", typed, follow=True)

    assertContains(page, "Ändringen är sparad.")
    assert Group.current().controller == "Kommunstyrelsen i Exempelstad"
    assert "<dd>Kommunstyrelsen i Exempelstad</dd>" in text_of(client, "/uppgifter/")


def test_the_settings_that_every_page_reads_are_not_changed_by_it(as_coordinator: Client) -> None:
    Group.objects.create(pk=1, name="Lugna gatan", answer_days=9)

    as_coordinator.post("/gruppen/installningar/uppgifter/", {"controller": "Kommunstyrelsen"})

    assert (Group.current().name, Group.current().answer_days) == ("Lugna gatan", 9)


def test_before_it_is_sent_the_page_says_that_one_way_is_needed_and_the_error_stands_at_it(
    as_coordinator: Client,
) -> None:
    needed = "fyll i minst en av dem."

    empty = text_of(as_coordinator, NEW)
    refused = as_coordinator.post(NEW, {"name": "Jouren", "after": 0})

    assert needed in empty
    assert refused.context["form"].errors == {"phone": ["Skriv ett telefonnummer, en e-postadress eller en webbsida."]}
