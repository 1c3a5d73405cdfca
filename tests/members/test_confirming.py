"""A changed address or samordnare's mark: the password is asked for again, and those it concerns are written to."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client

from members.actor import Actor
from members.forms.confirming import WHY
from members.models import Member
from members.sign_in import WRONG_TOO_OFTEN
from tests.acting import a_coordinator
from tests.factories import PASSWORD, MemberFactory
from tests.mails import wait_for_mails
from tests.pages import Response
from tests.people import signed_in

NEW = "/gruppen/medlemmar/ny/"
ENTERED = {"name": "Elin Skiss", "email": "elin.skiss@exempel.se", "title": "Områdeschef"}
ANOTHER = "omar.ny@exempel.se"
SAYS = {"own_password": PASSWORD}


@pytest.fixture(autouse=True)
def _counted_and_sent(db: None, django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        yield


def change(browser: Client, member: Member, **changed: Any) -> Response:
    """Send the form of a member with something changed in it; None is a box without its tick."""
    marks = {name: "on" for name in ("is_coordinator", "is_reader", "is_active") if getattr(member, name)}
    shown = {"name": member.name, "email": member.email, "organisation": member.organisation_id or ""} | marks
    typed = {name: value for name, value in (shown | changed).items() if value is not None}
    response: Response = browser.post(f"/gruppen/medlemmar/{member.pk}/andra/", typed)
    return response


def assert_says(response: Response, words: str) -> None:
    assert words in response.content.decode()


def asks(response: Response) -> bool:
    return 'type="password" name="own_password"' in response.content.decode()


def anew(member: Member) -> Member:
    found: Member = Member.objects.get(pk=member.pk)
    return found


def given_long_ago(browser: Client, seconds: int) -> None:
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - seconds
    session["account_authentication_methods"] = session["account_authentication_methods"]
    session.save()


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
    assert_says(response, "<li>Skriv ditt lösenord för att ändra adressen</li>")


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


# Mails


def sent() -> list[EmailMessage]:
    """In the order of who gets them: each is sent by itself."""
    wait_for_mails()
    return sorted(mail.outbox, key=lambda letter: str(letter.to))


def letters() -> list[tuple[list[str], str]]:
    return [(letter.to, str(letter.subject)) for letter in sent()]


def test_a_changed_address_is_told_to_both_and_the_old_one_learns_no_more(
    coordinator: Member, representative: Member, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        representative.change(by=Actor.of(coordinator), email=ANOTHER)

    subject = "Din e-postadress i registret är ändrad"
    assert letters() == [([ANOTHER], subject), (["omar@exempel.se"], subject)]
    new, old = (str(letter.body) for letter in sent())
    assert "Maja Exempel har ändrat e-postadressen för Omar Prov." in old
    assert ANOTHER not in old
    assert f"Maja Exempel har ändrat e-postadressen för Omar Prov till {ANOTHER}." in new
    assert old.startswith("Hej!")
    assert old.endswith("Trygghet Vetlanda")


def bodies() -> list[str]:
    return [" ".join(str(letter.body).split()) for letter in mail.outbox]


def test_the_mails_of_an_address_say_whom_to_turn_to_and_where_to_sign_in(
    as_coordinator: Client, coordinator: Member, representative: Member, django_capture_on_commit_callbacks: Any
) -> None:
    Member.objects.filter(pk=coordinator.pk).update(phone="0383-971 00")
    MemberFactory(name="Anna Annan", is_coordinator=True)
    with django_capture_on_commit_callbacks(execute=True):
        change(as_coordinator, representative, email=ANOTHER, **SAYS)

    old, new = bodies()
    asks_her = "Är det fel? Hör genast av dig till Maja Exempel, 0383-971 00, maja@exempel.se."
    assert (asks_her in old, asks_her in new) == (True, True)
    assert "samma lösenord som förut: http://testserver/konto/login/ Är det fel?" in new
    assert "http" not in old


def test_who_gave_the_mark_is_told_of_another_samordnare_than_the_new_one(
    as_coordinator: Client, representative: Member, django_capture_on_commit_callbacks: Any
) -> None:
    MemberFactory(name="Örjan Annan", email="orjan@exempel.se", is_coordinator=True)
    with django_capture_on_commit_callbacks(execute=True):
        change(as_coordinator, representative, is_coordinator="on", **SAYS)

    to_her, to_the_other = bodies()
    assert "Är det fel? Hör genast av dig till Maja Exempel, maja@exempel.se." in to_her
    chosen = "Välj genast ett nytt lösenord och hör av dig till Örjan Annan, orjan@exempel.se: http://testserver/konto/"
    assert f"Var det inte du? {chosen}password/reset/" in to_the_other


def test_the_only_samordnare_is_told_what_she_can_do_herself(
    as_coordinator: Client, coordinator: Member, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change(as_coordinator, coordinator, email="maja.ny@exempel.se", **SAYS)

    old, new = bodies()
    assert "Gruppen har ingen annan samordnare: hör genast av dig till den som sköter registrets drift." in old
    assert "Är det fel? Välj genast ett nytt lösenord: http://testserver/konto/password/reset/" in new


def test_a_changed_password_and_its_link_say_as_much(
    as_representative: Client, client: Client, coordinator: Member
) -> None:
    new = "tolv blå kaniner"
    as_representative.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post("/konto/password/reset/", {"email": "omar@exempel.se"})

    changed, link = bodies()
    assert "hör av dig till Maja Exempel, maja@exempel.se: http://testserver/konto/password/reset/" in changed
    assert "Länken gäller i tre dagar och går att använda en gång." in link


@pytest.mark.parametrize(
    ("given", "to_her", "to_the_other"),
    [
        (True, "Du är samordnare i registret", "Omar Prov är samordnare i registret"),
        (False, "Du är inte längre samordnare i registret", "Omar Prov är inte längre samordnare i registret"),
    ],
)
def test_a_mark_is_told_to_her_and_to_who_gave_or_took_it(
    coordinator: Member,
    representative: Member,
    given: bool,
    to_her: str,
    to_the_other: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    Member.objects.filter(pk=representative.pk).update(is_coordinator=not given)
    with django_capture_on_commit_callbacks(execute=True):
        anew(representative).change(by=Actor.of(coordinator), is_coordinator=given)

    assert letters() == [(["maja@exempel.se"], to_the_other), (["omar@exempel.se"], to_her)]


def test_a_new_samordnare_is_told_and_so_is_who_entered_her(
    coordinator: Member, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Member.objects.create_user("ny@exempel.se", by=Actor.of(coordinator), name="Åsa <Öberg>", is_coordinator=True)

    assert letters() == [
        (["maja@exempel.se"], "Åsa <Öberg> är samordnare i registret"),
        (["ny@exempel.se"], "Du är samordnare i registret"),
    ]
    assert "Åsa <Öberg>" in sent()[0].body


def test_ones_own_mark_is_told_once(coordinator: Member, django_capture_on_commit_callbacks: Any) -> None:
    MemberFactory(is_coordinator=True)
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.change(by=Actor.of(coordinator), is_coordinator=False)

    assert letters() == [(["maja@exempel.se"], "Du är inte längre samordnare i registret")]
    assert "Du har slutat som samordnare." in mail.outbox[0].body


def test_nothing_else_is_told_and_nothing_that_was_not_saved(
    coordinator: Member, representative: Member, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        representative.change(by=Actor.of(coordinator), title="Chef", is_reader=True)
        MemberFactory(is_coordinator=True)
        with suppress(ConnectionError), transaction.atomic():
            coordinator.change(by=a_coordinator(), email="annan@exempel.se", is_coordinator=False)
            raise ConnectionError

    assert letters() == []


def test_a_mail_that_cannot_be_sent_undoes_nothing_and_is_logged(
    coordinator: Member,
    representative: Member,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def refuse(*args: Any) -> int:
        raise OSError(f"{ANOTHER} is not taken here")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        representative.change(by=Actor.of(coordinator), email=ANOTHER)
    wait_for_mails()

    assert anew(representative).email == ANOTHER
    assert sorted(record.getMessage() for record in caplog.records) == [
        "A mail could not be sent: members/email/address_left, OSError",
        "A mail could not be sent: members/email/address_taken, OSError",
    ]


def test_no_page_waits_for_a_mail_server(
    coordinator: Member,
    representative: Member,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent_by, send_messages = [], EmailBackend.send_messages

    def note(backend: EmailBackend, letters: Any) -> int:
        thread = threading.current_thread()
        sent_by.append((thread is threading.main_thread(), thread.daemon))
        return send_messages(backend, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", note)
    here, new = signed_in(coordinator), "tolv blå kaniner"
    with django_capture_on_commit_callbacks(execute=True):
        change(here, representative, email=ANOTHER, is_coordinator="on", **SAYS)
        here.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert len(sent()) == 5
    assert sent_by == [(False, False)] * 5


def test_a_link_that_cannot_be_sent_is_answered_as_any_other(
    client: Client, representative: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sent = client.post("/konto/password/reset/", {"email": representative.email})
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *args: 1 / 0)
    caplog.clear()
    unsent = client.post("/konto/password/reset/", {"email": representative.email})

    assert (unsent.status_code, unsent["Location"]) == (sent.status_code, sent["Location"])
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "A mail could not be sent: account/email/password_reset_key, ZeroDivisionError"
    ]


# Sessions


def test_her_sessions_end_with_her_address_wherever_they_are(as_coordinator: Client, representative: Member) -> None:
    browsers = [signed_in(representative) for _ in range(2)]
    change(as_coordinator, representative, email=ANOTHER, **SAYS)

    assert [browser.get("/").status_code for browser in browsers] == [302, 302]


def test_who_changes_her_own_address_stays_where_she_is(coordinator: Member) -> None:
    here, elsewhere = signed_in(coordinator), signed_in(coordinator)
    key = here.session.session_key
    response = change(here, coordinator, email="maja.ny@exempel.se", **SAYS)

    assert here.get(response["Location"]).status_code == 200
    assert here.session.session_key != key
    assert "device" in here.cookies
    assert elsewhere.get("/").status_code == 302


def test_sessions_end_elsewhere_with_a_changed_password(coordinator: Member) -> None:
    here, elsewhere = signed_in(coordinator), signed_in(coordinator)
    new = "tolv blå kaniner"
    here.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


def test_signing_in_makes_a_new_session_and_a_new_token(client: Client, representative: Member) -> None:
    page = Client(enforce_csrf_checks=True)
    token = _token(page.get("/konto/login/"))
    session = page.session
    session["kept"] = True
    session.save()
    page.cookies["sessionid"] = str(session.session_key)
    secret = page.cookies["csrftoken"].value
    typed = {"login": representative.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    page.post("/konto/login/", typed)

    assert page.session["_auth_user_id"] == str(representative.pk)
    assert page.session.session_key != session.session_key
    assert page.cookies["csrftoken"].value != secret


def _token(response: Response) -> str:
    return str(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[0])


@pytest.mark.parametrize(
    "to",
    ["https://elak.example/", "//elak.example/", "/\\elak.example/", "https:///elak.example", "javascript:alert(1)"],
)
def test_nobody_is_led_away_after_the_sign_in(client: Client, representative: Member, to: str) -> None:
    typed = {"login": representative.email, "password": PASSWORD}

    assert client.post("/konto/login/", typed, query_params={"next": to})["Location"] == "/"
    assert client.post("/konto/logout/", {"next": to})["Location"] == "/"
