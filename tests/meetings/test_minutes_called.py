"""What the group calls its minutes: they keep the word that they were frozen with, and all else has today's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from meetings.approval_mails import CHOSEN
from meetings.closing import close_meeting
from meetings.correcting import save_correction, start_correcting
from meetings.letterhead import minutes_name
from meetings.minutes.editions import Edition
from meetings.minutes.extract import Extract
from meetings.minutes.package import record_of
from meetings.models import Meeting, Minutes
from meetings.registering import register_minutes
from meetings.reopening import unclose_meeting
from meetings.texts.approving import headline
from members.actor import Actor
from members.models import Group, Member, MinutesName, Organisation
from members.models.minutes_words import WORDS
from members.outbox.kinds import KINDS
from members.outbox.sending import send_due
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, word_text
from tests.meetings.meetings import item_of, words
from tests.meetings.reopening import close

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]

LATER = timedelta(minutes=12)


def call_them(name: MinutesName) -> None:
    Group.current().change(by=a_coordinator(), minutes_name=name)


@pytest.fixture
def protocol(closed: Meeting, by: Actor) -> Minutes:
    """The meeting closed again, after the group has changed the word."""
    unclose_meeting(closed, by=by)
    call_them(MinutesName.PROTOCOL)
    return close_meeting(closed, by=by)


@pytest.fixture
def sent_minutes(closed: Meeting) -> None:
    """Its mails have left, so that it is corrected and not undone."""
    Meeting.objects.filter(pk=closed.pk).update(sent_at=closed.closed_at)


def page_of(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:minutes_detail", args=[meeting.pk])))


def test_every_name_has_every_form() -> None:
    assert set(WORDS) == set(MinutesName)
    assert all(vars(MinutesName(name).words).values() for name in MinutesName.values)


def test_what_was_frozen_before_keeps_its_word(as_coordinator: Client, closed: Meeting) -> None:
    call_them(MinutesName.PROTOCOL)
    [minutes] = Minutes.objects.of(closed)

    assert minutes.content["called"] == "notes"
    assert minutes_name(minutes).startswith(f"minnesanteckningar-{closed.day}")
    assert "Ladda ner minnesanteckningarna" in page_of(as_coordinator, closed)
    assert "protokoll" not in page_of(as_coordinator, closed).lower()


def test_of_what_was_frozen_before_there_was_a_choice_the_first_word_is_read(closed: Meeting) -> None:
    call_them(MinutesName.PROTOCOL)
    [minutes] = Minutes.objects.of(closed)
    del minutes.content["called"]

    assert minutes.called.name == "minnesanteckningar"


def test_page_papers_and_file_names_say_the_word_of_today_when_it_closed(
    as_coordinator: Client, protocol: Minutes
) -> None:
    meeting = protocol.meeting
    pdf = as_coordinator.get(reverse("meetings:minutes_pdf", args=[meeting.pk]))
    word = as_coordinator.get(reverse("meetings:minutes_word", args=[meeting.pk]))

    assert pdf_text(b"".join(pdf)).splitlines()[1].strip() == "Protokoll"
    assert "Protokoll" in word_text(b"".join(word))
    assert f"protokoll-{meeting.day}-mote-{meeting.number}-version-2.pdf" in pdf["Content-Disposition"]
    assert "Ladda ner protokollet" in page_of(as_coordinator, meeting)
    assert "minnesanteckning" not in page_of(as_coordinator, meeting).lower()


def test_the_draft_says_it_too(as_coordinator: Client, decided: Meeting) -> None:
    call_them(MinutesName.PROTOCOL)

    pdf = as_coordinator.get(reverse("meetings:minutes_pdf", args=[decided.pk]))

    assert f"utkast-protokoll-{decided.day}" in pdf["Content-Disposition"]
    assert "Protokoll" in pdf_text(b"".join(pdf))


def test_an_extract_and_a_package_are_of_a_protocol(protocol: Minutes) -> None:
    edition = Edition.of(protocol)
    asked = next(iter(edition.content["actions"]))["responsible"]
    extract = Extract.of_organisation(edition, Organisation.objects.get(pk=asked))

    record = record_of(edition)

    assert extract is not None
    assert extract.document.title == "Utdrag ur protokoll"
    assert record.kind == "Protokoll"
    assert record.title.startswith("Protokoll, ")
    assert record.files[0].path.startswith("data/protokoll-")


def test_a_package_is_made_by_the_group_whatever_its_papers_are_signed_with(decided: Meeting, by: Actor) -> None:
    Group.current().change(by=by, name="Trygghet Provstad", sender="HRF, Trygghet")
    edition = Edition.of(close(decided, by.member))
    Group.current().change(by=by, name="Trygghet i Provstad")

    assert edition.content["group"] == "HRF, Trygghet"
    assert record_of(edition).creator == "Trygghet Provstad"

    del edition.content["creator"]  # as it was frozen before that was kept
    assert record_of(edition).creator == "HRF, Trygghet"


def test_the_mail_says_it(
    settings: Settings, protocol: Minutes, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    mailoutbox.clear()

    send_due(at=timezone.now() + LATER)

    mail = next(mail for mail in mailoutbox if mail.to == [coordinator.email])
    assert str(mail.subject).startswith("Protokoll från mötet")
    assert "Protokollet bifogas som PDF." in str(mail.body)
    assert "Läs protokollet: " in str(mail.body)
    assert "minnesanteckning" not in str(mail.body).lower().replace("/minnesanteckningar/", "")


def test_a_version_with_a_number_and_a_correction_keep_the_word_of_what_they_stand_for(
    closed: Meeting, by: Actor
) -> None:
    call_them(MinutesName.PROTOCOL)
    at = timezone.now() + timedelta(hours=1)

    registered = register_minutes(closed, registry_no="KS 2026/7", by=by, at=at)
    start_correcting(closed, by=by, at=at + LATER)
    item_of(closed, "Parken").write_note(text="Rättat.", version=0, by=by)
    corrected = save_correction(closed, by=by, at=at + LATER)

    assert corrected is not None
    assert registered.called == corrected.called == WORDS[MinutesName.NOTES]


def test_one_meeting_is_spoken_of_by_the_word_that_it_was_frozen_with(
    as_coordinator: Client, as_reader: Client, closed: Meeting, sent_minutes: None
) -> None:
    call_them(MinutesName.PROTOCOL)
    lists = [words(as_reader.get("/")), words(as_coordinator.get(reverse("meetings:list")))]
    assert [("Minnesanteckningar" in page, "Protokoll" in page) for page in lists] == [(True, False)] * 2
    assert "Läs minnesanteckningarna" in words(as_coordinator.get(closed.get_absolute_url()))

    opened = words(as_coordinator.post(reverse("meetings:start_correcting", args=[closed.pk]), follow=True))

    assert "Minnesanteckningarna är öppna för rättelse." in opened
    assert "protokoll" not in opened.lower()
    item = words(as_coordinator.get(item_of(closed, "Parken").get_absolute_url()))
    assert "blir version 2 av minnesanteckningarna när" in item
    assert "Fortsätt rätta minnesanteckningarna" in words(as_coordinator.get(closed.get_absolute_url()))


@pytest.mark.usefixtures("sent_minutes")
def test_so_it_is_where_something_else_tells_of_it(
    as_coordinator: Client, as_reader: Client, closed: Meeting, by: Actor
) -> None:
    call_them(MinutesName.PROTOCOL)
    assert "minnesanteckningarna lämnas som PDF/A" in words(
        as_coordinator.get(reverse("meetings:registry", args=[closed.pk]))
    ).replace("Minnes", "minnes")
    park = item_of(closed, "Parken")
    assert park.issue is not None
    told = words(as_coordinator.get(reverse("issues:restrict", args=[park.issue.number])))
    assert "Står i minnesanteckningarna" in told
    assert "utelämnas sedan ur minnesanteckningarna i registret" in told
    assert "fått dem påverkas inte" in told

    start_correcting(closed, by=by)

    read = words(as_reader.get(park.get_absolute_url()))
    assert "Minnesanteckningarna rättas. Det som noterades läses i dem." in read


def test_what_waits_to_be_approved_is_named_as_each_was_frozen() -> None:
    notes, protocol = WORDS[MinutesName.NOTES], WORDS[MinutesName.PROTOCOL]

    assert headline([]) == ""
    assert headline([protocol]) == "Protokollet väntar på att du justerar det."
    assert headline([protocol, protocol]) == "Protokollen väntar på att du justerar dem."
    assert headline([notes, protocol]) == "Minnesanteckningarna och protokollen väntar på att du justerar dem."


def test_those_of_several_meetings_are_in_the_plural(as_coordinator: Client) -> None:
    call_them(MinutesName.PROTOCOL)

    assert "Här samlas protokollen." in words(as_coordinator.get(reverse("meetings:list")))


def test_what_did_not_come_of_approval_is_told_in_a_word_for_both() -> None:
    assert KINDS[CHOSEN].label == "att justera mötesanteckningar"
