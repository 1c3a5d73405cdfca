"""Signed out while one wrote: nothing typed is lost, and nothing is sent by itself."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from issues.models import Observation
from members.models import Member
from tests.factories import PASSWORD, CategoryFactory
from tests.pages import Response
from tests.the import the

REPORT = "/rapportera/"


def typed() -> dict[str, str]:
    return {"category": str(CategoryFactory().pk), "where": "Tunneln", "when": "now", "text": "Lampan är släckt."}


def writes_signed_out(client: Client, **told: str) -> str:
    """What the sign-in page then carries along."""
    page = client.post(REPORT, typed() | told, headers={"referer": f"http://testserver{REPORT}"}).content.decode()
    return unescape(the(re.search(r'name="unsent" value="([^"]*)"', page))[1])


def signs_in_with(client: Client, unsent: str) -> Response:
    login = {"login": "omar@exempel.se", "password": PASSWORD, "unsent": unsent}
    return client.post(f"/konto/login/?next={REPORT}", login)


def foreign() -> str:
    return json.dumps({"path": "https://elak.example/", "page": "/", "writer": "", "fields": []})


def half_a_character() -> str:
    return json.dumps({"path": "/", "page": "/", "writer": "", "fields": [["text", "\ud800"]]})


def bottomless() -> str:
    return "[" * 5_000


def test_the_sign_in_page_carries_what_was_written_and_says_so(client: Client, representative: Member) -> None:
    page = client.post(REPORT, typed()).content.decode()

    assert "det du skrev finns kvar" in page
    assert "Lampan är släckt." in page
    assert not Observation.objects.exists()


def test_after_the_sign_in_it_waits_until_it_is_thrown_away(client: Client, representative: Member) -> None:
    response = signs_in_with(client, writes_signed_out(client, writer=str(representative.pk)))
    assert response["Location"] == REPORT
    assert "Skicka det jag skrev" in client.get("/").content.decode()

    response = client.post(REPORT, {"slang-det-osanda": "1"})

    assert response["Location"] == REPORT
    assert "Skicka det jag skrev" not in client.get("/").content.decode()
    assert not Observation.objects.exists()


@pytest.mark.parametrize("writer", ["", "4711"])
def test_what_another_may_have_written_is_neither_shown_nor_sent_without_a_question(
    client: Client, representative: Member, writer: str
) -> None:
    told = {"writer": writer, "police_report": "unknown", "source": "own"}
    signs_in_with(client, writes_signed_out(client, **told))

    page = client.get("/").content.decode()

    assert "Skrev du den? Använder du den, sparas den i ditt namn: Omar Prov." in page
    assert "Skicka det jag skrev" not in page
    assert "Lampan är släckt." not in page
    client.post(REPORT, {"skicka-det-osanda": "1"})
    again = client.post(REPORT, {"skicka-det-osanda": "1"}, follow=True).content.decode()
    assert "Det du skrev är redan skickat." in again
    assert [*Observation.objects.values_list("text", "reporter")] == [("Lampan är släckt.", representative.pk)]
    assert "Skrev du den?" not in client.get("/").content.decode()


def test_what_cannot_be_read_does_not_stand_in_the_way_of_the_sign_in(client: Client, representative: Member) -> None:
    for broken in ("", "{", "[]", "7", json.dumps({"path": "/"}), foreign(), half_a_character(), bottomless()):
        response = signs_in_with(client, broken)

        assert response["Location"] == REPORT
        assert "unsent" not in client.session
        client.logout()


def test_reading_and_empty_forms_lead_to_the_sign_in_as_before(client: Client, db: None) -> None:
    assert client.get(REPORT)["Location"] == f"/konto/login/?next={REPORT}"
    assert client.post(REPORT)["Location"] == f"/konto/login/?next={REPORT}"


def test_a_password_is_never_carried_along(client: Client, representative: Member) -> None:
    secrets = {"oldpassword": PASSWORD, "password1": "tre ord på rad", "password2": "tre ord på rad"}

    response = client.post("/konto/password/change/", secrets)

    assert response["Location"] == "/konto/login/?next=/konto/password/change/"
    assert "tre ord på rad" not in writes_signed_out(client, **secrets)


def test_another_site_cannot_name_the_page_to_come_back_to(client: Client, db: None) -> None:
    page = client.post(REPORT, typed(), headers={"referer": "https://elak.example/fel/"}).content.decode()

    assert "elak" not in page


def test_a_page_to_come_back_to_that_is_no_address_is_left_aside(client: Client, db: None) -> None:
    page = client.post(REPORT, typed(), headers={"referer": "http://["}).content.decode()

    assert "det du skrev finns kvar" in page
