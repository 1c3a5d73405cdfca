"""A mail about an account that could not be sent at once is sent by the outbox, and looked after like any mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from benchmarks.mail_server import mail_server
from members.account_mail import ACCOUNT, owe
from members.actor import Actor
from members.link_mail import LINK, owe_link
from members.models import Member, Notice, NoticeCause
from members.outbox.sending import send_due
from members.outbox.trouble import seen_to
from tests.factories import PASSWORD, MemberFactory
from tests.mails import wait_for_mails
from tests.members.trying import NEW, OMAR, at, is_in
from tests.outbox.conftest import use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_counted")]

ADDRESS = "https://register.exempel.se"
NIGHT = timezone.localtime().replace(hour=3, minute=0, second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = ADDRESS


def sent(at: datetime | None = None) -> list[str]:
    """The links in the mails that a run of the outbox sends."""
    mail.outbox.clear()
    send_due(at=at or timezone.now())
    return [re.findall(rf"{ADDRESS}(/konto/\S+)", str(letter.body))[0] for letter in mail.outbox]


@pytest.mark.django_db(transaction=True)
def test_what_the_mail_server_did_not_take_lets_her_in_when_it_is_back(
    representative: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", lambda *args: 1 / 0)
        for email in (OMAR, "ingen@exempel.se"):
            Client().post("/konto/password/reset/", {"email": email})
        wait_for_mails()
    assert [cause.facts for cause in NoticeCause.objects.filter(kind=LINK)] == [{"member": representative.pk}]

    [link] = sent()
    hers = at("203.0.113.7")
    form = hers.get(link, follow=True)
    hers.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert ([letter.to for letter in mail.outbox if link in str(letter.body)], is_in(hers)) == ([[OMAR]], True)


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_at_once_is_not_owed(representative: Member) -> None:
    Client().post("/konto/password/reset/", {"email": OMAR})
    wait_for_mails()

    assert (len(mail.outbox), NoticeCause.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_what_the_mail_server_may_have_taken_is_not_sent_again_and_is_told(
    settings: Settings, coordinator: Member
) -> None:
    member = MemberFactory(email="bryter-efter@exempel.se")
    with mail_server() as caught:
        use(settings, caught)
        Client().post("/konto/password/reset/", {"email": member.email})
        wait_for_mails()
        member.change(by=Actor.of(coordinator), is_coordinator=True)
        wait_for_mails()

        member.change(by=Actor.of(coordinator), email="ny@exempel.se")
        wait_for_mails()

        assert send_due() == {}

    told = Notice.objects.filter(member=member).order_by("pk")
    state, trouble = Notice.State.UNCERTAIN, "SMTPServerDisconnected"
    went_to = "bryter-efter@exempel.se"
    assert [(each.cause.kind, each.state, each.trouble, each.sent_to) for each in told] == [
        (LINK, state, trouble, went_to),
        (ACCOUNT, state, trouble, went_to),  # that she leads
        (ACCOUNT, state, trouble, went_to),  # that she has left the address
    ]
    mails = seen_to(Notice.objects.to_look_at(), coordinator)
    assert {(mail.sent_to, mail.notice.is_to_another_address) for mail in mails} == {(went_to, True)}


def test_asked_for_several_times_it_is_one_mail_to_her_alone(representative: Member, deputy: Member) -> None:
    now = timezone.now().replace(second=30) - timedelta(minutes=1)
    for seconds in (300, 31, 1, 0):
        owe_link(representative, at=now - timedelta(seconds=seconds))
    NoticeCause.of("meetings.since", "1", at=timezone.now(), member=representative.pk).save()  # another, and later

    assert NoticeCause.objects.filter(kind=LINK).count() == 3
    assert len(sent()) == 1
    assert [letter.to for letter in mail.outbox] == [[OMAR]]


def test_it_comes_in_her_quiet_hours_for_she_waits_for_it(representative: Member) -> None:
    owe_link(representative, at=NIGHT)

    assert len(sent(NIGHT + timedelta(minutes=1))) == 1


def came_in(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(last_login=timezone.now())


def is_closed(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)


@pytest.mark.parametrize("happened", [came_in, is_closed])
def test_it_is_not_sent_when_she_has_come_in_or_may_not(
    representative: Member, happened: Callable[[Member], None]
) -> None:
    owe_link(representative, at=timezone.now() - timedelta(seconds=1))
    happened(representative)

    assert sent() == []


@pytest.mark.parametrize(("hours", "mails"), [(23, 1), (25, 0)])
def test_after_a_day_nobody_waits_for_it(representative: Member, hours: int, mails: int) -> None:
    owe_link(representative, at=timezone.now() - timedelta(hours=hours))

    assert len(sent()) == mails


# What tells of a change in an account


def letters() -> list[tuple[list[str], str]]:
    """To whom, and the subject, of what a run of the outbox sends."""
    mail.outbox.clear()
    send_due(at=timezone.now())
    return sorted((letter.to, str(letter.subject)) for letter in mail.outbox)


@pytest.mark.django_db(transaction=True)
def test_that_her_password_is_changed_is_told_when_the_server_is_back(
    representative: Member, as_representative: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", lambda *args: 1 / 0)
        typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        as_representative.post("/konto/password/change/", typed)
        wait_for_mails()
    [cause] = NoticeCause.objects.all()
    assert (cause.kind, NEW in f"{cause.facts}", OMAR in f"{cause.facts}") == (ACCOUNT, False, False)

    assert letters() == [([OMAR], "Ditt lösenord är bytt")]
    body = str(mail.outbox[0].body)
    assert ("Var det inte du?" in body, body.count("Hej!"), f"{ADDRESS}/konto/login/" in body) == (True, 0, True)
    assert letters() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_otherwise_by_then_is_not_told(
    representative: Member, coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = Actor.of(coordinator)
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", lambda *args: 1 / 0)
        representative.change(by=by, email="omar.ny@exempel.se", is_coordinator=True)
        representative.change(by=by, is_coordinator=False)
        wait_for_mails()
    assert NoticeCause.objects.filter(kind=ACCOUNT).count() == 6

    assert letters() == [
        ([coordinator.email], f"{representative} är inte längre samordnare i registret"),
        (["omar.ny@exempel.se"], "Din e-postadress i registret är ändrad"),
        (["omar.ny@exempel.se"], "Du är inte längre samordnare i registret"),
        ([OMAR], "Din e-postadress i registret är ändrad"),
    ]


@pytest.mark.django_db(transaction=True)
def test_each_address_that_she_has_left_is_told_so_and_learns_no_other(
    representative: Member, coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, subject = Actor.of(coordinator), "Din e-postadress i registret är ändrad"
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", lambda *args: 1 / 0)
        for address in ("forst@exempel.se", "sedan@exempel.se"):
            representative.change(by=by, email=address)
            wait_for_mails()
    facts = " ".join(f"{cause.facts}" for cause in NoticeCause.objects.all())
    assert [address for address in (OMAR, "forst@", "sedan@") if address in facts] == []

    assert letters() == [(["forst@exempel.se"], subject), ([OMAR], subject), (["sedan@exempel.se"], subject)]
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    assert "Det går inte längre att logga in med den här adressen." in bodies[OMAR]
    assert [address for address in (OMAR, "forst@exempel.se") if "sedan@" in bodies[address]] == []
    assert letters() == []


@pytest.mark.django_db(transaction=True)
def test_who_led_is_told_that_her_account_is_closed_at_both_addresses_when_the_server_is_back(
    representative: Member, coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, new = Actor.of(coordinator), "omar.ny@exempel.se"
    representative.change(by=by, is_coordinator=True)
    wait_for_mails()
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", lambda *args: 1 / 0)
        representative.change(by=by, email=new, is_active=False)
        wait_for_mails()

    assert letters() == [
        ([coordinator.email], f"{representative} är inte längre samordnare i registret"),
        ([new], "Din e-postadress i registret är ändrad"),
        ([new], "Du är inte längre samordnare i registret"),
        ([OMAR], "Din e-postadress i registret är ändrad"),
    ]
    told = " ".join(str(message.body) for message in mail.outbox if message.to == [new])
    assert "har stängt ditt konto." in told
    assert "Kontot är stängt, så det går inte att logga in." in told
    assert "Logga in med den adressen" not in told


def test_an_address_that_she_has_left_and_is_nobodys_is_no_mail_to_look_after(
    representative: Member, coordinator: Member, settings: Settings
) -> None:
    left, now = "okand@exempel.se", timezone.now()
    for address in (left, "ratt@exempel.se"):
        Member.objects.filter(pk=representative.pk).update(email=address)
    member = Member.objects.get(pk=representative.pk)
    owe("members/email/address_left", to=member, about=member, by=coordinator, address=left)
    with mail_server() as caught:
        use(settings, caught)
        send_due(at=now + timedelta(minutes=1))

    assert (caught.mails, Notice.objects.get().state) == ([], Notice.State.DROPPED)
    assert not Notice.objects.in_trouble().exists()


def test_of_another_and_of_all_else_one_who_may_not_sign_in_is_told_nothing(
    representative: Member, coordinator: Member
) -> None:
    owe("members/email/coordinator_taken_by", to=representative, about=MemberFactory(), by=coordinator)
    owe_link(representative)
    is_closed(representative)

    assert letters() == []
