"""The minutes are mailed to the registrar when somebody asks: as a PDF and as a package, as they are read then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.records import NotAllowed
from meetings.minutes.files import keep_files
from meetings.minutes.masking import mask_versions, versions_with
from meetings.models import Meeting, Minutes, RegistryEntry
from meetings.registering import register_minutes
from meetings.registry import mail_registrar
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Group, Member, Notice, OutsideContact
from members.outbox.sending import send_due
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close
from tests.pages import Response

pytestmark = pytest.mark.django_db
DIARIUM, NUMBER = "diarium@exempelstad.example", "KS 2026/123"
LATER = timedelta(minutes=12)


@pytest.fixture(autouse=True)
def address(settings: Settings, coordinator: Member) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    Group.current().change(by=Actor.of(coordinator), name="Trygghet i Exempelstad", registrar_mail=DIARIUM)


@pytest.fixture
def meeting(coordinator: Member, address: None) -> Meeting:
    meeting = under_way(coordinator, place="Sessionssalen")
    close(meeting, coordinator)
    meeting.refresh_from_db()
    keep_files(latest(meeting))
    return meeting


def latest(meeting: Meeting) -> Minutes:
    return Minutes.objects.of(meeting).latest_first()[0]


def page_of(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:registry", args=[meeting.pk])))


def ask(client: Client, meeting: Meeting, version: int = 1, **sent: str) -> Response:
    url = reverse("meetings:minutes_mail_registrar", args=[meeting.pk, version])
    return client.post(url, sent, follow=True)


def sent_to_diarium(mailoutbox: list[EmailMessage], at: datetime | None = None) -> list[EmailMessage]:
    mailoutbox.clear()
    send_due(at=at or timezone.now() + LATER)
    return [mail for mail in mailoutbox if mail.to == [DIARIUM]]


def attached(mail: EmailMessage) -> dict[str, bytes]:
    files: dict[str, Any] = {
        str(part.get_filename()): part.get_payload(decode=True) for part in mail.message().walk() if part.get_filename()
    }
    return files


def test_it_has_the_pdf_and_the_package_that_the_page_gives(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    register_minutes(meeting, registry_no=NUMBER, by=Actor.of(coordinator))
    keep_files(latest(meeting))

    assert "Version 2 mejlas till registratorn." in words(ask(as_coordinator, meeting, 2))
    assert "väntar på att skickas" in page_of(as_coordinator, meeting)
    [mail] = sent_to_diarium(mailoutbox)

    day = str(meeting).removeprefix("Möte ")
    assert mail.subject == f"Minnesanteckningar för registrering: mötet {day}, version 2"
    body = " ".join(str(mail.body).split())
    assert f"Trygghet i Exempelstad lämnar in minnesanteckningarna från mötet {day} för registrering." in body
    assert f"Diarienummer: {NUMBER}." in body
    assert "FGS Ärendehantering 2.0) med dem och uppgifterna om dem." in body
    assert mail.reply_to == [coordinator.email]
    assert "Maja Exempel läser svaret." in body
    files = attached(mail)
    package: Any = as_coordinator.get(reverse("meetings:minutes_package", args=[meeting.pk, 2]))
    pdf: Any = as_coordinator.get(reverse("meetings:minutes_version_pdf", args=[meeting.pk, 2]))
    name = f"minnesanteckningar-{meeting.day}-mote-{meeting.number}-version-2"
    assert files == {f"{name}.pdf": b"".join(pdf), f"{name}-paket.zip": b"".join(package.streaming_content)}
    assert "Mejl till registratorn i dag" in page_of(as_coordinator, meeting)
    assert "av Maja Exempel: skickat." in page_of(as_coordinator, meeting)
    assert sent_to_diarium(mailoutbox) == []


def test_what_is_too_large_for_a_mail_is_said(
    as_coordinator: Client, meeting: Meeting, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(bytes(latest(meeting).files.get(kind="pdf").content))
    for most, number, said in (
        (size, 1, "Paketet för e-arkivet är för stort för ett mejl"),
        (size - 1, 0, "Filerna är för stora för ett mejl"),
    ):
        monkeypatch.setattr("meetings.registrar_mails.MOST_ATTACHED", most)
        ask(as_coordinator, meeting)
        [mail] = sent_to_diarium(mailoutbox)
        assert len(attached(mail)) == number
        assert said in " ".join(str(mail.body).split())


def test_it_goes_when_the_closing_can_not_be_undone_and_not_at_all_when_it_was(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    ask(as_coordinator, meeting)
    until: Any = meeting.undo_until

    assert sent_to_diarium(mailoutbox, until - timedelta(seconds=1)) == []
    unclose_meeting(meeting, by=Actor.of(coordinator))
    assert sent_to_diarium(mailoutbox, until + LATER) == []
    close(Meeting.objects.get(pk=meeting.pk), coordinator)
    assert sent_to_diarium(mailoutbox, until + 2 * LATER) == []  # the version of the first closing stands no longer


def test_one_for_nobody_is_not_told_as_waiting(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    ask(as_coordinator, meeting)
    Group.current().change(by=Actor.of(coordinator), registrar_mail="")
    until: Any = meeting.undo_until

    assert sent_to_diarium(mailoutbox, until + LATER) == []
    assert "väntar på att skickas" not in page_of(as_coordinator, meeting)


def test_what_is_masked_before_it_goes_is_masked_in_it(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    ask(as_coordinator, meeting)
    mask_versions(versions_with("Sessionssalen"), "Sessionssalen", by=Actor.of(coordinator), at=timezone.now())

    [mail] = sent_to_diarium(mailoutbox)

    assert "Maskerad kopia: uppgifter är maskerade." in str(mail.body)
    assert all("maskerad-kopia" in name for name in attached(mail))


def test_it_is_asked_for_once_at_a_time(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    ask(as_coordinator, meeting)
    again = words(ask(as_coordinator, meeting))

    assert "Version 1 är redan på väg till registratorn. Inget är skickat på nytt." in again
    assert len(sent_to_diarium(mailoutbox)) == 1
    ask(as_coordinator, meeting)
    assert len(sent_to_diarium(mailoutbox)) == 1
    assert RegistryEntry.objects.filter(kind=RegistryEntry.Kind.MAILED).count() == 2


def test_it_goes_to_the_address_that_the_group_has_when_it_goes(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    ask(as_coordinator, meeting)
    Group.current().change(by=Actor.of(coordinator), registrar_mail="kommunen@exempelstad.example")

    assert sent_to_diarium(mailoutbox) == []
    assert [mail.to for mail in mailoutbox if "registrering" in mail.subject] == [["kommunen@exempelstad.example"]]


def test_without_an_address_there_is_nobody_to_mail(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    assert "Mejla till registratorn" in page_of(as_coordinator, meeting)
    Group.current().change(by=Actor.of(coordinator), registrar_mail="")

    assert "Mejla till registratorn" not in page_of(as_coordinator, meeting)
    assert "Ingen adress är inskriven" in page_of(as_coordinator, meeting)
    with pytest.raises(NotAllowed, match="Registratorns e-postadress är inte inskriven"):
        mail_registrar(latest(meeting), by=Actor.of(coordinator))
    assert Notice.objects.count() == OutsideContact.objects.count() == 0


def test_the_address_is_a_setting_of_the_group(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.get(reverse("members:group_change")))

    assert "Registratorns e-post" in page
    assert DIARIUM in as_coordinator.get(reverse("members:group_change")).content.decode()
