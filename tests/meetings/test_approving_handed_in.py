"""A mark stands when something that rests on it has gone to the diarium, and only then."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.records import NotAllowed
from meetings.approving import approve, take_back
from meetings.minutes.files import keep_files
from meetings.minutes.verifying import verify
from meetings.models import Approver, Meeting, RegistryEntry
from meetings.registry import mail_registrar, mark_registered, take_back_registered
from members.actor import Actor
from members.models import Group
from members.outbox.sending import send_due
from tests.meetings.approving import approver, latest, meeting, omar, sent
from tests.meetings.meetings import words

__all__ = ["approver", "meeting", "omar", "sent"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]
DIARIUM, TAKE_BACK = "diarium@exempelstad.example", "Ta tillbaka justeringen"


@pytest.fixture(autouse=True)
def address(settings: Settings, by: Actor) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    Group.current().change(by=by, registrar_mail=DIARIUM)


def test_what_the_mail_told_the_registrar_stands_also_where_it_was_asked_for_before(
    as_representative: Client,
    sent: Meeting,
    approver: Approver,
    omar: Actor,
    by: Actor,
    mailoutbox: list[EmailMessage],
) -> None:
    page = reverse("meetings:minutes_detail", args=[sent.pk])
    keep_files(latest(sent))
    mail_registrar(latest(sent), by=by)
    approve(latest(sent), approver, by=omar)
    take_back(latest(sent), approver, by=omar)  # nothing has gone yet
    approve(latest(sent), approver, by=omar)
    assert TAKE_BACK in words(as_representative.get(page))
    send_due(at=timezone.now() + timedelta(minutes=12))
    [mail] = [one for one in mailoutbox if one.to == [DIARIUM]]
    assert "Justerad av Omar Prov" in str(mail.body)

    with pytest.raises(NotAllowed, match="Version 1 har lämnats till diariet sedan den justerades"):
        take_back(latest(sent), approver, by=omar)
    assert TAKE_BACK not in words(as_representative.get(page))


def test_a_mail_that_went_before_says_nothing_of_it(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    mail_registrar(latest(sent), by=by)
    send_due(at=timezone.now() + timedelta(minutes=12))
    approve(latest(sent), approver, by=omar)

    take_back(latest(sent), approver, by=omar)


def test_a_registration_that_was_a_mistake_locks_nothing(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    approve(latest(sent), approver, by=omar)
    mark_registered(latest(sent), by=by)
    take_back_registered(latest(sent), by=by)
    take_back(latest(sent), approver, by=omar)
    approve(latest(sent), approver, by=omar)
    mark_registered(latest(sent), by=by)

    with pytest.raises(NotAllowed, match="Version 1 har lämnats till diariet"):
        take_back(latest(sent), approver, by=omar)


def known(package: bytes) -> bool:
    return verify(BytesIO(package)) is not None


def test_the_package_that_was_mailed_is_known_whoever_approved_meanwhile(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    keep_files(latest(sent))
    mail_registrar(latest(sent), by=by)
    approve(latest(sent), approver, by=omar)
    send_due(at=timezone.now() + timedelta(minutes=12))
    [mail] = [one for one in mailoutbox if one.to == [DIARIUM]]
    parts = mail.message().walk()
    zipped: Any = next(part for part in parts if str(part.get_filename()).endswith(".zip"))
    package = zipped.get_payload(decode=True)

    entry = RegistryEntry.objects.get(kind=RegistryEntry.Kind.SENT)
    assert entry.package_digest == sha256(package).hexdigest()
    assert known(package)
    assert not known(package + b" ")


def test_a_package_is_known_with_each_state_of_its_approval(
    as_coordinator: Client, sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    keep_files(latest(sent))
    address = reverse("meetings:minutes_package", args=[sent.pk, 1])

    def download() -> bytes:
        response: Any = as_coordinator.get(address)
        return b"".join(response.streaming_content)

    packages = [download()]
    for step in (approve, take_back, approve):
        step(latest(sent), approver, by=omar)
        packages.append(download())
    mark_registered(latest(sent), by=by)

    assert [known(package) for package in packages] == [True] * 4
    assert len({*packages}) == 2
    altered = packages[0].replace(b"Inte justerad.", b"Inte Justerad.")
    assert altered != packages[0]
    assert not known(altered)
    assert RegistryEntry.objects.count() == 1  # to look keeps nothing
