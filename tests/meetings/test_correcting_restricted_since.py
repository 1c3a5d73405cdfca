"""What a correction tells when an issue that it is about is restricted since, and of people without an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from issues.restricting import restrict
from meetings.correcting import cancel_correcting, start_correcting
from meetings.models import Meeting, Presence
from meetings.models.presence import AttendanceSpan
from members.actor import Actor
from members.models import Organisation
from members.outbox.sending import send_due
from tests.base.documents.reading import pdf_text
from tests.issues.restricted import WHY
from tests.meetings.correcting import changes, note, open_again, save, sent
from tests.meetings.meetings import item_of, words
from tests.the import the

__all__ = ["open_again", "sent"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]

BECAUSE = "Kalle äger inte lampan."


@pytest.mark.parametrize("also", [False, True])
def test_why_it_was_done_is_hidden_with_what_it_is_about(
    settings: Settings,
    open_again: Meeting,
    by: Actor,
    as_representative: Client,
    mailoutbox: list[EmailMessage],
    also: bool,
) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    note(open_again, "Lampan", "Lampan är köpt.", by)
    if also:
        note(open_again, "Räcket", "Räcket är rakt.", by)
    save(open_again, by, BECAUSE)
    restrict(the(item_of(open_again, "Lampan").issue), reason=WHY, named=[by.member.pk], by=by)
    mailoutbox.clear()

    send_due(at=timezone.now() + timedelta(minutes=1))

    page = words(as_representative.get(reverse("meetings:minutes_detail", args=[open_again.pk])))
    paper = as_representative.get(reverse("meetings:minutes_version_pdf", args=[open_again.pk, 2])).content
    told = [page, " ".join(pdf_text(paper).split()), *(str(mail.body) for mail in mailoutbox)]
    corrected = [str(mail.body) for mail in mailoutbox if str(mail.subject).startswith("Rättade")]
    assert corrected
    assert [text for text in told if BECAUSE in text or "Lampan" in text] == []
    assert {"sedan version 1" in text for text in (*told[:2], *corrected)} == {also}


def test_a_guest_whose_title_is_put_right_is_a_change(open_again: Meeting, by: Actor) -> None:
    Presence.seat(open_again, guest("kurator", "Brottsofferjouren"), organisation=None, by=by)
    save(open_again, by)
    start_correcting(open_again, by=by)
    Presence.objects.get(meeting=open_again, name="Åsa Ärlig").discard(by=by)
    Presence.seat(open_again, guest("polis", "Polisen"), organisation=None, by=by)

    third = save(open_again, by)

    assert changes(third) == ["Närvaro, Gäster: Åsa Ärlig, polis, Polisen."]
    assert [(one["title"], one["home"]) for one in third.content["guests"]] == [("polis", "Polisen")]


def test_a_member_who_has_another_title_since_is_no_change(open_again: Meeting, by: Actor) -> None:
    by.member.title = "Chef"
    by.member.save()

    cancel_correcting(open_again, by=by)

    assert open_again.is_over


def test_an_extract_of_a_version_that_is_replaced_says_so(
    open_again: Meeting, by: Actor, as_representative: Client, technical: Organisation
) -> None:
    note(open_again, "Räcket", "Räcket är rakt.", by)
    save(open_again, by)

    addresses = [
        reverse("meetings:organisation_extract_pdf", args=[open_again.pk, version, technical.pk]) for version in (1, 2)
    ]

    papers = [pdf_text(as_representative.get(address).content) for address in addresses]
    assert ["Ersatt av version 2." in " ".join(paper.split()) for paper in papers] == [True, False]


def guest(title: str, home: str) -> AttendanceSpan:
    return AttendanceSpan(None, "guest", name="Åsa Ärlig", title=title, home=home)
