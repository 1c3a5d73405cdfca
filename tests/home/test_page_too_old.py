"""The page of a form that was refused as none of ours (CSRF): the true reason, and what helps against it."""

import re

import pytest
from django.test import Client

from issues.models import Observation
from members.models import Member
from tests.factories import ObservationFactory
from tests.the import the

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver"}
HIDDEN = "Webbläsaren berättar inte vilken sida som skickade formuläret"
ELSEWHERE = "Formuläret skickades från en annan adress än registrets"
NO_COOKIE = "Webbläsaren skickade inte med den kaka som visar att formuläret är ditt"
OLD = "Sidan hade legat öppen för länge"
TEXT = "Lampan är släckt."


def browser_of(member: Member) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    return client


@pytest.mark.parametrize(
    ("headers", "secure", "cookie", "reason"),
    [
        ({}, True, True, HIDDEN),
        ({"referer": ""}, True, True, HIDDEN),
        ({"referer": "://"}, True, True, HIDDEN),
        ({"origin": "null"}, True, True, HIDDEN),
        ({"origin": "null"}, False, True, HIDDEN),
        ({"referer": "http://testserver/"}, True, True, ELSEWHERE),
        ({"referer": "https://elak.example/"}, True, True, ELSEWHERE),
        ({"origin": "https://elak.example"}, True, True, ELSEWHERE),
        ({"origin": "http://testserver"}, True, True, ELSEWHERE),
        ({"origin": "https://testserver"}, True, False, NO_COOKIE),
        ({"origin": "http://testserver"}, False, False, NO_COOKIE),
        ({"origin": "https://testserver"}, True, True, OLD),
        ({}, False, True, OLD),
    ],
    ids=str,
)
def test_a_refused_form_tells_the_true_reason_alone(
    representative: Member, headers: dict[str, str], secure: bool, cookie: bool, reason: str
) -> None:
    client = browser_of(representative)
    if cookie:
        client.cookies["csrftoken"] = "a" * 32

    sent = {"text": TEXT, "writer": str(representative.pk)}
    page = client.post("/rapportera/", sent, headers=headers, secure=secure).content.decode()

    assert [told for told in (HIDDEN, ELSEWHERE, NO_COOKIE, OLD) if told in page] == [reason]
    assert "Inget sparades" in page
    assert f"{TEXT}</textarea>" in page
    if reason in {HIDDEN, ELSEWHERE}:
        assert "ladda om sidan" not in page
        assert "Skicka det jag skrev" not in page


def pressed(client: Client, address: str, **sent: str) -> str:
    client.cookies["csrftoken"] = "a" * 32
    return client.post(address, sent | {"csrfmiddlewaretoken": "b" * 32}, headers=OURS).content.decode()


KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.mark.parametrize("sent", [{}, {"key": KEY}])
def test_a_button_in_an_old_tab_is_asked_about_in_words_of_its_own(coordinator: Member, sent: dict[str, str]) -> None:
    client, observation = browser_of(coordinator), ObservationFactory()
    address = f"/observationer/{observation.pk}/notera/"

    page = pressed(client, address, **sent, writer=str(coordinator.pk))

    assert "Gör det nu" in page
    assert "Skicka det jag skrev" not in page
    assert "Det du skrev finns kvar. Skicka" not in page
    again = {"csrfmiddlewaretoken": the(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))[-1], **sent}
    assert client.post(address, again, headers=OURS).status_code == 302
    assert Observation.objects.get().state == Observation.State.NOTED


@pytest.mark.parametrize("sent", [{}, {"key": KEY}])
def test_a_button_that_another_may_have_seen_says_in_whose_name_it_is_pressed(
    coordinator: Member, sent: dict[str, str]
) -> None:
    client, observation = browser_of(coordinator), ObservationFactory()
    address = f"/observationer/{observation.pk}/notera/"

    page = pressed(client, address, **sent)

    assert "Gör det nu" in page
    assert f"i ditt namn: {coordinator}" in page
    assert "En text skickades" not in page
    assert "Använd texten" not in page
    token = the(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))[-1]
    button = {"skicka-det-osanda": "1"} if sent else {}  # a form with nothing in it hides nothing: it is sent as it is
    client.post(address, button | {"csrfmiddlewaretoken": token}, headers=OURS)
    assert Observation.objects.get().state == Observation.State.NOTED


def test_what_a_script_asks_beside_an_old_page_does_not_take_the_place_of_what_was_written(
    representative: Member, deputy: Member
) -> None:
    client = browser_of(deputy)
    written = {"text": TEXT, "writer": str(representative.pk)}

    pressed(client, "/rapportera/", **written)
    client.post("/vakt/", written, headers=OURS | {"Sec-Fetch-Mode": "cors"})

    assert client.session["unsent"]["path"] == "/rapportera/"
