"""A changed address or samordnare's mark: the password is asked for again."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.test import Client

from members.forms.confirming import WHY
from members.models import Member
from members.sign_in import WRONG_TOO_OFTEN
from tests.factories import PASSWORD, MemberFactory
from tests.mails import letters, sent
from tests.members.changing import ANOTHER, ENTERED, NEW, SAYS, anew, asks, assert_says, change, given_long_ago
from tests.pages import Response
from tests.people import signed_in

pytestmark = pytest.mark.usefixtures("told_after_commit")


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({"email": ANOTHER}, "ändra adressen"),
        ({"is_coordinator": "on"}, "ändra vem som är samordnare"),
        ({"email": ANOTHER, "is_coordinator": "on"}, "ändra adressen och vem som är samordnare"),
    ],
)
def test_it_asks_for_the_password_and_keeps_what_was_typed(
    as_coordinator: Client, representative: Member, changed: dict[str, str], step: str
) -> None:
    response = change(as_coordinator, representative, title="Gatuchef", **changed)

    assert asks(response)
    assert_says(response, WHY)
    assert_says(response, 'value="Gatuchef"')
    assert_says(response, f"<h2>Skriv ditt lösenord för att {step}</h2>")
    assert re.search('name="own_password"[^>]* autofocus', response.content.decode())
    assert [
        sign for sign in ("behöver rättas", "aria-invalid", 'role="alert"') if sign in response.content.decode()
    ] == []
    assert (anew(representative).email, anew(representative).is_coordinator) == ("omar@exempel.se", False)

    change(as_coordinator, representative, title="Gatuchef", **changed, **SAYS)
    assert anew(representative).title == "Gatuchef"
    assert {"email": anew(representative).email, "is_coordinator": "on"}.items() >= changed.items()


def test_what_is_wrong_beside_the_password_is_told_as_wrong(as_coordinator: Client, representative: Member) -> None:
    response = change(as_coordinator, representative, email=ANOTHER, name="")

    assert asks(response)
    assert_says(response, 'role="alert" tabindex="-1" autofocus')
    assert_says(response, "Skriv vad medlemmen heter.")
    assert_says(response, "En sak behöver rättas")
    assert "<li>Skriv ditt lösenord" not in response.content.decode()
    assert_says(response, f"Skriv ditt lösenord för att ändra adressen. {WHY}</div>")
    assert not re.search('name="own_password"[^>]* autofocus', response.content.decode())


def test_an_address_that_is_taken_is_the_error_and_the_password_is_a_question(
    as_coordinator: Client, representative: Member
) -> None:
    MemberFactory(email=ANOTHER)

    response = change(as_coordinator, representative, email=ANOTHER)

    page = response.content.decode()
    assert asks(response)
    assert [" ".join(errors.split()) for errors in re.findall('<ul class="errors">(.*?)</ul>', page, re.DOTALL)] == [
        '<li><a href="#id_email">Det finns redan en medlem med den e-postadressen.</a></li>'
    ]
    assert page.count('aria-invalid="true"') == 1
    assert asks(change(as_coordinator, representative, email="siv@exempel.se"))
    assert change(as_coordinator, representative, email="siv@exempel.se", **SAYS).status_code == 302


def test_an_empty_password_is_asked_for_again(as_coordinator: Client, representative: Member) -> None:
    response = change(as_coordinator, representative, email=ANOTHER, own_password="")

    assert_says(response, "En sak behöver rättas")
    assert_says(response, '<a href="#id_own_password">Skriv ditt lösenord.</a>')


def test_the_mark_is_taken_after_the_password(as_coordinator: Client) -> None:
    other = MemberFactory(email="siv@exempel.se", is_coordinator=True)

    assert asks(change(as_coordinator, other, is_coordinator=None))
    assert anew(other).is_coordinator
    change(as_coordinator, other, is_coordinator=None, **SAYS)
    assert not anew(other).is_coordinator


@pytest.mark.parametrize(("opened", "words"), [(True, "öppnat"), (False, "stängt")])
def test_a_samordnares_account_is_opened_or_closed_after_the_password_and_told(
    coordinator: Member, opened: bool, words: str, django_capture_on_commit_callbacks: Any
) -> None:
    browser = signed_in(coordinator)
    other = MemberFactory(name="Siv Test", email="siv@exempel.se", is_coordinator=True, is_active=not opened)
    ticked = "on" if opened else None

    assert asks(change(browser, other, is_active=ticked))
    assert anew(other).is_active is not opened
    with django_capture_on_commit_callbacks(execute=True):
        change(browser, other, is_active=ticked, **SAYS)
    assert anew(other).is_active is opened
    is_one = "är samordnare" if opened else "är inte längre samordnare"
    assert letters() == [
        (["maja@exempel.se"], f"Siv Test {is_one} i registret"),
        (["siv@exempel.se"], f"Du {is_one} i registret"),
    ]
    assert [f"har {words} " in str(letter.body) for letter in sent()] == [True, True]


def test_a_mark_on_a_closed_account_is_asked_about_when_it_is_opened(as_coordinator: Client) -> None:
    closed = MemberFactory(email="siv@exempel.se", is_active=False)

    assert change(as_coordinator, closed, is_coordinator="on").status_code == 302
    assert asks(change(as_coordinator, anew(closed), is_active="on"))
    assert not anew(closed).is_active


def test_a_new_samordnare_is_entered_after_the_password(as_coordinator: Client) -> None:
    typed = ENTERED | {"is_coordinator": "on"}

    response: Response = as_coordinator.post(NEW, typed)
    assert asks(response)
    assert_says(response, "Områdeschef")
    assert not Member.objects.filter(email=ENTERED["email"]).exists()
    as_coordinator.post(NEW, typed | SAYS)
    assert Member.objects.get(email=ENTERED["email"]).is_coordinator


def test_all_else_is_changed_without(as_coordinator: Client, representative: Member) -> None:
    for changed in ({"title": "Chef"}, {"is_reader": "on"}, {"email": "OMAR@exempel.se "}, {"is_active": None}):
        assert change(as_coordinator, representative, **changed).status_code == 302
    assert as_coordinator.post(NEW, ENTERED).status_code == 302


def test_an_empty_field_that_is_not_needed_is_nothing(as_coordinator: Client, representative: Member) -> None:
    assert change(as_coordinator, representative, title="Chef", own_password="").status_code == 302


def test_who_has_given_it_within_five_minutes_is_not_asked(coordinator: Member, representative: Member) -> None:
    browser = Client()
    browser.post("/konto/login/", {"login": coordinator.email, "password": PASSWORD})
    given_long_ago(browser, 299)
    assert change(browser, representative, email=ANOTHER).status_code == 302

    given_long_ago(browser, 301)
    assert asks(change(browser, anew(representative), email="omar@exempel.se"))
    change(browser, anew(representative), email="omar@exempel.se", **SAYS)
    assert change(browser, anew(representative), email=ANOTHER).status_code == 302  # given a moment ago


def test_who_came_in_by_a_link_has_not_given_it(as_coordinator: Client, representative: Member) -> None:
    session = as_coordinator.session
    session["account_authentication_methods"] = [{"method": "password_reset", "at": time.time()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()

    assert asks(change(as_coordinator, representative, email=ANOTHER))


def test_the_password_of_the_other_is_not_hers(as_coordinator: Client, representative: Member) -> None:
    representative.set_password("tolv blå kaniner")
    representative.save()

    response = change(as_coordinator, representative, email=ANOTHER, own_password="tolv blå kaniner")

    assert_says(response, "Lösenordet stämmer inte.")
    assert "tolv blå kaniner" not in response.content.decode()
    assert_says(response, ANOTHER)


def test_a_wrong_password_is_counted_as_at_the_sign_in(as_coordinator: Client, representative: Member) -> None:
    said = [
        WRONG_TOO_OFTEN in change(as_coordinator, representative, email=ANOTHER, own_password="fel").content.decode()
        for _ in range(11)
    ]

    assert said == [False] * 10 + [True]
    assert_says(change(as_coordinator, representative, email=ANOTHER, **SAYS), WRONG_TOO_OFTEN)
    assert anew(representative).email == "omar@exempel.se"


def test_another_fault_in_the_form_does_not_ask_twice(as_coordinator: Client, representative: Member) -> None:
    response = change(as_coordinator, representative, name="", email=ANOTHER, **SAYS)

    assert_says(response, "Skriv vad medlemmen heter.")
    assert not asks(response)
    assert change(as_coordinator, representative, email=ANOTHER).status_code == 302


def test_two_million_signs_are_not_her_password(as_coordinator: Client, representative: Member) -> None:
    response = change(as_coordinator, representative, email=ANOTHER, own_password="x" * 2_000_000)

    assert_says(response, "Lösenordet är för långt.")
