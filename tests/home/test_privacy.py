"""The page Så hanterar vi uppgifter: open to all, and true of the rules, the cookies and the settings."""

import pytest
from django.conf import settings
from django.test import Client

from base.ui import typed
from base.ui.notices import NoticeCookie
from issues.rules import may_follow_issues, may_read_observations
from meetings.rules import may_follow_meetings
from members import devices
from members.models import ContactPoint, Group, Member
from temagrupp.home.privacy import COOKIES
from tests.acting import a_coordinator
from tests.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/uppgifter/"
UNSAID = "Inte angivet än"


def test_whoever_is_signed_out_reads_it_and_finds_the_way_there_on_the_sign_in(client: Client) -> None:
    assert "<h1>Så hanterar vi uppgifter</h1>" in text_of(client, PAGE)
    assert f'href="{PAGE}">Så hanterar vi uppgifter</a>' in text_of(client, "/konto/login/")


def test_what_the_group_has_not_said_is_not_guessed(client: Client) -> None:
    assert text_of(client, PAGE).count(UNSAID) == 4


def test_what_the_group_has_said_stands_there(client: Client) -> None:
    Group.objects.create(
        pk=1,
        controller="Kommunstyrelsen i Exempelstad",
        records_owner="Exempelstads kommun",
        legal_ground="Uppgift av allmänt intresse",
        protection_mail="dataskydd@exempelstad.example",
    )

    page = text_of(client, PAGE)

    assert UNSAID not in page
    assert "<dd>Kommunstyrelsen i Exempelstad</dd>" in page
    assert "Begäran ställs till Kommunstyrelsen i Exempelstad" in page
    assert '<a href="mailto:dataskydd@exempelstad.example">' in page


def test_the_group_s_own_doors_stand_after_those_of_everybody(client: Client) -> None:
    by = a_coordinator()
    ContactPoint.add(by=by, name="Fältgruppen", when="Kvällar", mail="falt@exempelstad.example")
    ContactPoint.add(by=by, name="Mottagningen", phone="0980-319 200", page="exempelstad.example/oro")
    ContactPoint.add(by=by, name="Den stängda jouren", phone="0980-319 201", active=False)

    page = text_of(client, PAGE)

    assert "Den stängda jouren" not in page
    places = [page.index(door) for door in ("tel:112", "tel:11414", "orosanmälan till", "Mottagningen", "Fältgruppen")]
    assert places == sorted(places)
    assert '<a class="nowrap" href="tel:+46980319200">0980-319 200</a>' in page
    assert '<a href="https://exempelstad.example/oro">exempelstad.example</a>' in page


def test_each_cookie_of_the_register_is_told(client: Client) -> None:
    named = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    named |= {devices.COOKIE, typed.TRIED_COOKIE, NoticeCookie.cookie_name}

    assert {cookie.name for cookie in COOKIES} == {name.removeprefix(settings.COOKIE_PREFIX) for name in named}


def test_what_it_says_of_each_role_is_what_the_rules_say(
    representative: Member, handler: Member, reader: Member, outsider: Member
) -> None:
    asked = (may_read_observations, may_follow_issues, may_follow_meetings)
    of_each = {member.role: [rule(member) for rule in asked] for member in (representative, handler, reader, outsider)}

    assert of_each == {
        Member.Role.REPRESENTATIVE: [True, True, True],
        Member.Role.HANDLER: [True, True, False],
        Member.Role.READER: [False, True, True],
        Member.Role.GUEST: [False, False, False],
    }
