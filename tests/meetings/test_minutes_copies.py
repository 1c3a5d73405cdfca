"""Those without an account who get the minutes for information: a list of the group's, and a mail with the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.records import EditConflict
from meetings.minutes_mails import causes_of_minutes, write
from meetings.models import Meeting, MinutesCopy
from meetings.models.presenter import NamedPerson
from members.actor import Actor
from members.models import Member, OutsideContact
from members.outbox.sending import send_due
from tests.meetings.meetings import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]

LATER = timedelta(minutes=12)
ADDRESS = reverse("meetings:copies")
ANNA = "Anna Exempel, kommundirektör, Vetlanda kommun, anna@kommunen.example"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def anna(coordinator: Member) -> MinutesCopy:
    person = NamedPerson("Anna Exempel", "kommundirektör", "Vetlanda kommun", "anna@kommunen.example")
    MinutesCopy.change_all([person], by=Actor.of(coordinator))
    return MinutesCopy.objects.get()


def mails_to(mailoutbox: list[EmailMessage], address: str) -> list[EmailMessage]:
    return [mail for mail in mailoutbox if mail.to == [address]]


def send(client: Client, *lines: str, version: str = "") -> str:
    return words(client.post(ADDRESS, {"people": "\n".join(lines), "version": version}, follow=True))


def test_they_are_written_a_line_each_and_shown_again(as_coordinator: Client) -> None:
    said = send(as_coordinator, ANNA, "Bo Prov, bo@prov.example")

    assert "Två personer får minnesanteckningarna för kännedom." in said
    assert ANNA in said
    assert [(one.name, one.title, one.home) for one in MinutesCopy.in_order()] == [
        ("Anna Exempel", "kommundirektör", "Vetlanda kommun"),
        ("Bo Prov", "", ""),
    ]

    assert "Ingen får minnesanteckningarna för kännedom." in send(as_coordinator)
    assert not MinutesCopy.objects.exists()


def test_who_stays_on_the_list_is_the_same_row_and_may_be_called_something_else(
    as_coordinator: Client, anna: MinutesCopy
) -> None:
    send(as_coordinator, "Anna Prov, Länsstyrelsen, chef, anna@kommunen.example")

    assert MinutesCopy.objects.get() == anna
    assert MinutesCopy.objects.get().name == "Anna Prov"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Anna Exempel, kommundirektör", "Rad 1: Skriv en e-postadress på raden för Anna Exempel."),
        ("anna@kommunen.example", "Rad 1: Skriv namnet först på raden."),
        ("Anna Exempel, anna@kommunen", "ingen e-postadress som det går att skicka till"),
        ("Maja Exempel, maja@exempel.se", "Maja Exempel har konto och får minnesanteckningarna ändå."),
        (f"{ANNA}\nBo Prov, anna@kommunen.example", "Bo Prov står på två rader."),
    ],
)
def test_a_line_that_cannot_be_read_is_told_of_and_what_was_typed_stays(
    as_coordinator: Client, line: str, said: str
) -> None:
    page = send(as_coordinator, line)

    assert said in page
    assert line.splitlines()[0] in page
    assert not MinutesCopy.objects.exists()


def test_two_at_once_do_not_write_over_each_other(
    as_coordinator: Client, anna: MinutesCopy, coordinator: Member
) -> None:
    seen = MinutesCopy.version_of_all([anna])
    bo = NamedPerson("Bo Prov", "", "", "bo@prov.example")
    MinutesCopy.change_all([bo], by=Actor.of(coordinator), version=seen)

    with pytest.raises(EditConflict):
        MinutesCopy.change_all([], by=Actor.of(coordinator), version=seen)
    assert "Någon annan har ändrat vilka som får dem" in send(as_coordinator, ANNA, version=seen)
    assert [one.name for one in MinutesCopy.in_order()] == ["Bo Prov"]


def test_who_is_on_the_list_gets_the_decisions_and_the_file_and_no_link(
    anna: MinutesCopy, closed: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    send_due(at=timezone.now() + LATER)

    [mail] = mails_to(mailoutbox, "anna@kommunen.example")
    assert str(mail.subject).startswith("Minnesanteckningar från")
    assert "Det här beslutades:" in str(mail.body)
    assert "för kännedom" in str(mail.body)
    assert "Vill du inte ha fler? Svara på mejlet, så tas du bort." in str(mail.body)
    assert "register.exempel.se/moten" not in str(mail.body)
    assert mail.reply_to == [coordinator.email]
    assert [part for part in mail.message().walk() if part.get_content_type() == "application/pdf"]


def test_who_is_taken_off_before_it_goes_gets_none_and_her_address_is_forgotten(
    anna: MinutesCopy, closed: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    assert OutsideContact.objects.forget_unused() == 0
    MinutesCopy.change_all([], by=Actor.of(coordinator))

    send_due(at=timezone.now() + LATER)

    assert mails_to(mailoutbox, "anna@kommunen.example") == []
    assert OutsideContact.objects.forget_unused() == 1


def test_who_is_taken_off_while_it_waits_to_be_tried_again_gets_none_though_another_does(
    anna: MinutesCopy, closed: Meeting, coordinator: Member
) -> None:
    [cause] = causes_of_minutes(closed.created_at, at=timezone.now() + LATER)
    assert write(cause, anna.contact)
    bo = NamedPerson("Bo Prov", "", "", "bo@prov.example")

    MinutesCopy.change_all([bo], by=Actor.of(coordinator))

    assert write(cause, anna.contact) is None
    assert write(cause, MinutesCopy.objects.get().contact)


def test_who_closes_sees_who_they_are_and_the_minutes_tell_who_has_had_them(
    anna: MinutesCopy, decided: Meeting, as_coordinator: Client
) -> None:
    page = words(as_coordinator.get(reverse("meetings:close", args=[decided.pk])))

    assert "För kännedom: Anna Exempel." in page


def test_the_minutes_tell_who_has_had_them(
    anna: MinutesCopy, closed: Meeting, as_coordinator: Client, mailoutbox: list[EmailMessage]
) -> None:
    send_due(at=timezone.now() + LATER)

    page = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[closed.pk])))

    assert "Anna Exempel" in page.partition("Version 1 mejlades")[2]
    assert "Vilka som får dem för kännedom" in page
