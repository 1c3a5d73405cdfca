"""Tillgänglighetsredogörelse: open to all, with a way to say so that works for who cannot sign in."""

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Group
from temagrupp.home.accessibility import ASSESSED_ON, SHORTCOMINGS, TESTS, UPDATED_ON
from tests.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/tillganglighet/"


def test_whoever_cannot_sign_in_finds_it_from_the_sign_in(client: Client) -> None:
    assert f'href="{PAGE}">Tillgänglighetsredogörelse</a>' in text_of(client, "/konto/login/")
    assert "<title>Tillgänglighetsredogörelse – Temagruppens register</title>" in text_of(client, PAGE)


def test_it_tells_what_the_law_asks_for(client: Client) -> None:
    page = text_of(client, PAGE)

    told = (
        *(
            "Digital service",
            "Offentlig aktör",
            "Delvis förenlig med lagens krav",
            "Ingen utomstående har granskat det",
        ),
        *("oskäligt betungande", "ligger utanför lagen", "https://www.digg.se/tdosanmalan", "Lag (2018:1937)"),
        *(one.what for one in SHORTCOMINGS),
        *TESTS,
    )
    assert [part for part in told if part not in page] == []


def test_its_days_have_been() -> None:
    assert ASSESSED_ON <= UPDATED_ON <= timezone.localdate()


def test_without_a_contact_it_leads_to_the_samordnare_and_promises_no_day(client: Client) -> None:
    Group.objects.create(pk=1, municipality="Exempelstads kommun", accessibility_days=5)

    page = text_of(client, PAGE)

    assert "Vänd dig till gruppens samordnare, som du når genom växeln hos Exempelstads kommun" in page
    assert "mailto:" not in page
    assert "Du får svar inom" not in page


def test_with_a_contact_one_can_write_and_call_and_knows_when_there_is_an_answer(client: Client) -> None:
    Group.objects.create(
        pk=1,
        accessibility_mail="hinder@exempelstad.example",
        accessibility_phone="0980-319 200",
        accessibility_days=10,
    )

    page = text_of(client, PAGE)

    assert 'href="mailto:hinder@exempelstad.example?subject=Tillg%C3%A4nglighet"' in page
    assert 'href="tel:+46980319200"' in page
    assert "Du får svar inom 10 dagar." in page
