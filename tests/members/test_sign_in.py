"""The ways in: sign-in, a forgotten password, and the doors that are closed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from members.actor import Actor
from members.models import Member
from tests.factories import PASSWORD, MemberFactory
from tests.pages import Response

NEW_PASSWORD = "fyra av sex lampor"


def sign_in(client: Client, email: str, password: str) -> Response:
    return client.post("/konto/login/", {"login": email, "password": password})


def ask_for_a_link(client: Client, email: str) -> str:
    """The link in the mail that comes of it; nothing when none comes."""
    mail.outbox.clear()
    client.post("/konto/password/reset/", {"email": email})
    if not mail.outbox:
        return ""
    found = re.search(r"http://testserver(/konto/password/reset/key/\S+)", str(mail.outbox[-1].body))
    return found[1] if found else ""


def test_a_member_signs_in_with_her_address_whatever_its_capitals(client: Client, representative: Member) -> None:
    response = sign_in(client, "OMAR@exempel.se", PASSWORD)

    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(representative.pk)


@pytest.mark.parametrize(
    "typed", ["omar@åmål.se", "OMAR@xn--ml-xiab.se", "omar＠a\u030ama\u030al.se.", "\u00a0omar@åmål.se"]
)
def test_an_address_with_letters_in_its_domain_signs_in_and_gets_its_link(
    client: Client, representative: Member, typed: str
) -> None:
    representative.change(by=Actor.of(representative), email="omar@åmål.se")

    assert ask_for_a_link(client, typed)
    assert mail.outbox[-1].to == ["omar@åmål.se"]
    assert "xn--ml-xiab.se" in str(mail.outbox[-1].message()["To"])
    assert sign_in(client, typed, PASSWORD)["Location"] == "/"


def test_a_wrong_password_is_said_in_swedish_and_nothing_typed_is_lost_but_the_password(
    client: Client, representative: Member
) -> None:
    page = sign_in(client, "omar@exempel.se", "fel").content.decode()

    assert "Det gick inte att logga in" in page
    assert "E-postadressen och lösenordet hör inte ihop." in page
    assert 'value="omar@exempel.se"' in page
    assert 'value="fel"' not in page


def test_an_empty_sign_in_says_what_to_write(client: Client, db: None) -> None:
    page = sign_in(client, "", "").content.decode()

    assert '<a href="#id_login">Skriv din e-postadress.</a>' in page
    assert '<a href="#id_password">Skriv ditt lösenord.</a>' in page


def test_one_account_is_shut_after_many_failures_and_its_neighbours_are_not(
    client: Client, representative: Member
) -> None:
    cache.clear()
    MemberFactory(email="granne@exempel.se")
    for _ in range(11):
        page = sign_in(client, "omar@exempel.se", "fel").content.decode()

    assert "Det har blivit för många försök." in page
    assert sign_in(client, "granne@exempel.se", PASSWORD)["Location"] == "/"


def test_a_new_member_without_password_gets_in_by_the_link_in_the_mail(client: Client, db: None) -> None:
    member = Member.objects.create_user("ny@exempel.se", by=None, name="Ny Medlem")
    link = ask_for_a_link(client, "ny@exempel.se")

    form = client.get(link, follow=True)
    assert "Välj ett lösenord" in form.content.decode()
    response = client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(member.pk)
    client.post("/konto/logout/")
    assert sign_in(client, "ny@exempel.se", NEW_PASSWORD)["Location"] == "/"


def test_a_mail_scanner_that_opens_the_link_does_not_use_it_up(client: Client, representative: Member) -> None:
    link = ask_for_a_link(client, "omar@exempel.se")
    scanner = Client()
    for _ in range(3):
        scanner.get(link, follow=True)
        scanner.head(link)

    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    representative.refresh_from_db()
    assert representative.check_password(NEW_PASSWORD)


def test_a_used_link_says_so_and_offers_a_new_one(client: Client, representative: Member) -> None:
    link = ask_for_a_link(client, "omar@exempel.se")
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    page = Client().get(link, follow=True).content.decode()

    assert "Länken gäller inte längre" in page
    assert 'href="/konto/password/reset/"' in page


def test_two_different_passwords_are_not_saved(client: Client, representative: Member) -> None:
    form = client.get(ask_for_a_link(client, "omar@exempel.se"), follow=True)
    page = client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": "något helt annat"})

    assert "De två lösenorden är olika." in page.content.decode()


def test_the_link_goes_to_the_address_of_today_alone(client: Client, representative: Member) -> None:
    ask_for_a_link(client, "omar@exempel.se")
    representative.email = "omar.prov@exempel.se"
    representative.save()

    assert ask_for_a_link(client, "omar@exempel.se") == ""
    assert ask_for_a_link(client, "omar.prov@exempel.se") != ""


def test_an_unknown_address_gets_the_same_answer_on_screen_and_no_mail(client: Client, representative: Member) -> None:
    known = client.post("/konto/password/reset/", {"email": "omar@exempel.se"}, follow=True)
    unknown = client.post("/konto/password/reset/", {"email": "nagon@exempel.se"}, follow=True)

    assert unknown.content == known.content
    assert [letter.to for letter in mail.outbox] == [["omar@exempel.se"]]


def test_mails_are_swedish_and_name_the_group(client: Client, representative: Member) -> None:
    ask_for_a_link(client, "omar@exempel.se")

    assert mail.outbox[-1].subject == "Välj ett lösenord till registret"
    assert "Temagruppens register" in mail.outbox[-1].body
    assert "&" not in mail.outbox[-1].body


def test_a_member_who_has_left_gets_neither_in_nor_a_link(client: Client, db: None) -> None:
    MemberFactory(email="slutat@exempel.se", is_active=False)

    assert "_auth_user_id" not in client.session
    page = sign_in(client, "slutat@exempel.se", PASSWORD).content.decode()
    assert "Kontot är stängt." in page
    assert 'value="slutat@exempel.se"' in page
    assert "_auth_user_id" not in client.session
    assert ask_for_a_link(client, "slutat@exempel.se") == ""


def test_a_link_asked_for_before_she_left_lets_nobody_in(client: Client, representative: Member) -> None:
    link = ask_for_a_link(client, "omar@exempel.se")
    representative.is_active = False
    representative.save()

    assert "Länken gäller inte längre" in client.get(link, follow=True).content.decode()


def test_a_link_is_void_once_the_address_is_changed(client: Client, representative: Member) -> None:
    link = ask_for_a_link(client, "omar@exempel.se")
    representative.email = "omar.prov@exempel.se"
    representative.save()

    assert "Länken gäller inte längre" in client.get(link, follow=True).content.decode()


def test_a_changed_password_is_told_by_mail(as_representative: Client) -> None:
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    response = as_representative.post("/konto/password/change/", data)

    assert response["Location"] == "/"
    assert mail.outbox[-1].subject == "Ditt lösenord är bytt"


def test_signing_out_takes_a_post(as_representative: Client) -> None:
    as_representative.get("/konto/logout/")
    assert "_auth_user_id" in as_representative.session

    as_representative.post("/konto/logout/")
    assert "_auth_user_id" not in as_representative.session


def test_nobody_makes_an_account_for_herself(client: Client, db: None) -> None:
    typed = {"email": "a@exempel.se", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    assert client.post("/konto/signup/", typed).status_code == 404
    assert not Member.objects.filter(email="a@exempel.se").exists()


def test_a_member_does_not_change_her_own_address(as_representative: Client, representative: Member) -> None:
    met = as_representative.post("/konto/email/", {"action_add": "", "email": "annan@exempel.se"})

    representative.refresh_from_db()
    assert (met.status_code, representative.email) == (404, "omar@exempel.se")


def test_reading_what_allauth_offers_writes_nothing(as_representative: Client) -> None:
    assert as_representative.get("/konto/email/").status_code == 404
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "logout/",
        "password/change/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-trasig/",
    ],
)
def test_every_page_of_the_account_wears_our_clothes(client: Client, as_representative: Client, path: str) -> None:
    for browser in (client, as_representative):
        page = browser.get(f"/konto/{path}", follow=True).content.decode()

        assert '<html lang="sv">' in page
        assert '<main class="page' in page
        assert not re.search(r"style=|<script(?! src)|Sign|Password", page)
