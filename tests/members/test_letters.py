"""The mails about who may sign in as whom: to each whom it concerns, and no page waits for them."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.factories import PASSWORD, MemberFactory
from tests.mails import bodies, letters, sent, wait_for_mails
from tests.members.changing import ANOTHER, SAYS, anew, change
from tests.people import signed_in

pytestmark = pytest.mark.usefixtures("told_after_commit")


def test_a_changed_address_is_told_to_both_and_the_old_one_learns_no_more(
    coordinator: Member, representative: Member, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        representative.change(by=Actor.of(coordinator), email=ANOTHER)

    subject = "Din e-postadress i registret är ändrad"
    assert letters() == [([ANOTHER], subject), (["omar@exempel.se"], subject)]
    new, old = (str(letter.body) for letter in sent())
    assert "Maja Exempel har ändrat e-postadressen för Omar Prov i registret." in old
    assert ANOTHER not in old
    assert f"Maja Exempel har ändrat e-postadressen för Omar Prov i registret till {ANOTHER}." in new
    assert old.startswith("Hej!")
    assert old.endswith("Temagruppens register")


def test_they_have_the_form_of_every_mail(
    coordinator: Member, representative: Member, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    with django_capture_on_commit_callbacks(execute=True):
        representative.change(by=Actor.of(coordinator), email=ANOTHER)
    Client().post("/konto/password/reset/", {"email": ANOTHER})

    mails = [letter.message() for letter in sent()]
    assert len(mails) == 3
    for told in mails:
        assert (told["Auto-Submitted"], told["X-Auto-Response-Suppress"]) == ("auto-generated", "OOF, AutoReply")
        assert told["Message-ID"].endswith("@register.exempel.se>")
        parts = message_from_bytes(told.as_bytes(), policy=default).walk()
        plain, html = (part.get_content() for part in parts if not part.is_multipart())
        assert "<h1" in html
        assert re.findall(r'href="([^"]+)"', html) == re.findall(r"^http\S+$", plain, re.MULTILINE)


def test_the_mails_of_an_address_say_whom_to_turn_to_and_where_to_sign_in(
    as_coordinator: Client, coordinator: Member, representative: Member, django_capture_on_commit_callbacks: Any
) -> None:
    Member.objects.filter(pk=coordinator.pk).update(phone="0383-971 00")
    MemberFactory(name="Anna Annan", is_coordinator=True)
    with django_capture_on_commit_callbacks(execute=True):
        change(as_coordinator, representative, email=ANOTHER, **SAYS)

    old, new = bodies()
    asks_her = "Är det fel? Kontakta genast samordnaren Maja Exempel, 0383-971 00, maja@exempel.se."
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
    assert "Är det fel? Kontakta genast samordnaren Maja Exempel, maja@exempel.se." in to_her
    asks = "kontakta samordnaren Örjan Annan, orjan@exempel.se: http://testserver/konto/password/reset/"
    assert f"Var det inte du? Välj genast ett nytt lösenord och {asks}" in to_the_other


def test_the_only_samordnare_is_told_what_she_can_do_herself(
    as_coordinator: Client, coordinator: Member, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change(as_coordinator, coordinator, email="maja.ny@exempel.se", **SAYS)

    old, new = bodies()
    assert "Maja Exempel har ändrat sin e-postadress i registret. Det går inte längre att logga in med den" in old
    assert "Maja Exempel har ändrat sin e-postadress i registret till maja.ny@exempel.se." in new
    assert "Gruppen har ingen annan samordnare: kontakta genast den som sköter registrets drift." in old
    assert "Är det fel? Välj genast ett nytt lösenord: http://testserver/konto/password/reset/" in new


def test_a_changed_password_and_its_link_say_as_much(
    as_representative: Client, client: Client, coordinator: Member
) -> None:
    new = "tolv blå kaniner"
    as_representative.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post("/konto/password/reset/", {"email": "omar@exempel.se"})

    changed, link = bodies()
    assert "kontakta samordnaren Maja Exempel, maja@exempel.se: http://testserver/konto/password/reset/" in changed
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
    assert "Du har avslutat ditt uppdrag som samordnare." in mail.outbox[0].body


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


@pytest.mark.django_db(transaction=True)  # the outbox is told by the thread that sends
def test_a_mail_that_cannot_be_sent_undoes_nothing_and_is_logged(
    coordinator: Member,
    representative: Member,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*args: Any) -> int:
        raise OSError(f"{ANOTHER} is not taken here")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with caplog.at_level(logging.ERROR):
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
    sent_by: list[tuple[bool, bool]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    here, new = signed_in(coordinator), "tolv blå kaniner"
    with django_capture_on_commit_callbacks(execute=True):
        change(here, representative, email=ANOTHER, is_coordinator="on", **SAYS)
        here.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert len(sent()) == 5
    assert sent_by == [(False, False)] * 5


@pytest.mark.django_db(transaction=True)  # the outbox is told by the thread that sends
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
