"""The PDF of the minutes is made once, when the meeting closes; from then on those very bytes are handed out."""

import hashlib
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.closing import close_meeting
from meetings.minutes import printing as minutes_printing
from meetings.models import Meeting, Minutes
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Group, Member
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text
from tests.meetings.test_minutes_document import as_pdf, meeting

__all__ = ["meeting"]

pytestmark = pytest.mark.django_db


def test_closing_keeps_the_pdf_and_its_sha256(coordinator: Member, meeting: Meeting) -> None:
    minutes = close_meeting(meeting, by=Actor.of(coordinator))

    minutes.refresh_from_db()
    assert minutes.pdf_digest == hashlib.sha256(minutes.pdf).hexdigest()
    assert "Version 1, sparad" in pdf_text(bytes(minutes.pdf))


def test_the_very_bytes_are_handed_out_whatever_has_changed_since(
    as_reader: Client, coordinator: Member, meeting: Meeting
) -> None:
    minutes = close_meeting(meeting, by=Actor.of(coordinator))
    coordinator.change(by=Actor.of(coordinator), name="Nytt Namn")
    Group.current().change(by=a_coordinator(), name="Ett annat namn")

    taken_home = as_reader.get(as_pdf(meeting)).content

    assert hashlib.sha256(taken_home).hexdigest() == minutes.pdf_digest


def test_the_page_gives_each_version_and_what_proves_it_unaltered(
    as_reader: Client, coordinator: Member, meeting: Meeting
) -> None:
    first = close_meeting(meeting, by=Actor.of(coordinator))
    unclose_meeting(meeting, by=Actor.of(coordinator))
    second = close_meeting(meeting, by=Actor.of(coordinator))
    page = as_reader.get(reverse("meetings:minutes_detail", args=[meeting.pk]))

    handed_out = [as_reader.get(f"/moten/{meeting.pk}/anteckningar-{n}.pdf").content for n in (2, 1)]

    assert [hashlib.sha256(pdf).hexdigest() for pdf in handed_out] == [second.pdf_digest, first.pdf_digest]
    told = page.content.decode()
    assert re.findall(r"<code>(\w{64})</code>", told) == [second.pdf_digest, first.pdf_digest]
    assert re.findall(r"PDF av version (\d)", told) == ["2", "1"]


def test_a_draft_has_nothing_to_prove(as_coordinator: Client, meeting: Meeting) -> None:
    page = as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])).content.decode()

    assert "kontrollsumma" not in page


def test_a_version_from_before_is_printed_from_what_was_frozen(
    as_reader: Client, coordinator: Member, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.closing.print_once", lambda minutes: None)
    close_meeting(meeting, by=Actor.of(coordinator))

    assert "Laga lampan" in pdf_text(as_reader.get(as_pdf(meeting)).content)
    assert Minutes.objects.get().pdf is None


def test_a_fault_in_the_printing_lets_the_meeting_close(
    as_reader: Client,
    coordinator: Member,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def no_paper(document: object) -> bytes:
        Minutes.objects.raw("SELECT no_such_column FROM meetings_minutes")[0]
        return b""

    with monkeypatch.context() as today:
        today.setattr(minutes_printing, "pdf", no_paper)
        close_meeting(meeting, by=Actor.of(coordinator))

    meeting.refresh_from_db()
    assert meeting.is_closed
    assert (Minutes.objects.get().pdf, Minutes.objects.get().pdf_digest) == (None, "")
    assert f"The minutes of meeting {meeting.number} were frozen without a PDF" in caplog.text
    assert "Laga lampan" in pdf_text(as_reader.get(as_pdf(meeting)).content)


@pytest.mark.parametrize("page", ["meetings:detail", "meetings:minutes_detail", "meetings:list"])
def test_a_page_does_not_carry_the_pdf(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, page: str
) -> None:
    close_meeting(meeting, by=Actor.of(coordinator))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        as_coordinator.get(reverse(page, args=[] if page == "meetings:list" else [meeting.pk]))

    assert [query["sql"] for query in asked if '"pdf"' in query["sql"]] == []
