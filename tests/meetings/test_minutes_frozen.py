"""The documents of the minutes are made once, when the closing is over; then those very bytes are handed out."""

import hashlib
import re
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from meetings.closing import close_meeting
from meetings.minutes.files import MAKERS, Kind, keep_files
from meetings.models import Meeting, Minutes, MinutesFile
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Group, Member
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, word_text
from tests.meetings.meetings import words
from tests.meetings.test_minutes_document import as_pdf, as_word, meeting

__all__ = ["meeting"]

pytestmark = pytest.mark.django_db

MADE_EACH_TIME = "Den skrivs ut på nytt varje gång och har ingen kontrollsumma."

Close = Callable[[], Minutes]


@pytest.fixture
def close(
    coordinator: Member, meeting: Meeting, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Close:
    """Closes the meeting, and does what waits for the commit."""

    def closed() -> Minutes:
        with django_capture_on_commit_callbacks(execute=True):
            return close_meeting(meeting, by=Actor.of(coordinator))

    return closed


def kept(minutes: Minutes, kind: Kind = Kind.PDF) -> MinutesFile:
    return minutes.files.get(kind=kind)


def sha256(content: bytes | memoryview) -> str:
    return hashlib.sha256(content).hexdigest()


def minutes_page(client: Client, meeting: Meeting) -> str:
    return client.get(reverse("meetings:minutes_detail", args=[meeting.pk])).content.decode()


def no_paper(document: object) -> bytes:
    Minutes.objects.raw("SELECT no_such_column FROM meetings_minutes")[0]
    return b""


def test_closing_keeps_the_documents_and_their_sha256(close: Close) -> None:
    minutes = close()

    assert [kept(minutes, kind).digest for kind in Kind] == [sha256(kept(minutes, kind).content) for kind in Kind]
    assert "Version 1, sparad" in pdf_text(bytes(kept(minutes).content))
    assert "Version 1, sparad" in word_text(bytes(kept(minutes, Kind.WORD).content))


def test_the_documents_are_made_when_the_closing_is_over(
    coordinator: Member, meeting: Meeting, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        minutes = close_meeting(meeting, by=Actor.of(coordinator))
        assert list(minutes.files.all()) == []

    assert sorted(minutes.files.values_list("kind", flat=True)) == ["pdf", "word"]


def test_a_closing_that_is_not_committed_leaves_no_documents(
    coordinator: Member, meeting: Meeting, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        close_meeting(meeting, by=Actor.of(coordinator))
        transaction.set_rollback(True)

    assert (Minutes.objects.count(), MinutesFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(("kind", "address"), [(Kind.PDF, as_pdf), (Kind.WORD, as_word)])
def test_the_very_bytes_are_handed_out_whatever_has_changed_since(
    as_reader: Client,
    coordinator: Member,
    meeting: Meeting,
    close: Close,
    kind: Kind,
    address: Callable[[Meeting], str],
) -> None:
    minutes = close()
    coordinator.change(by=Actor.of(coordinator), name="Nytt Namn")
    Group.current().change(by=a_coordinator(), name="Ett annat namn")

    taken_home = as_reader.get(address(meeting)).content

    assert sha256(taken_home) == kept(minutes, kind).digest


def test_the_page_gives_each_version_and_what_proves_it_unaltered(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    first = close()
    unclose_meeting(meeting, by=Actor.of(coordinator))
    second = close()
    page = minutes_page(as_reader, meeting)

    handed_out = [as_reader.get(f"/moten/{meeting.pk}/anteckningar-{n}.pdf").content for n in (2, 1)]

    assert [sha256(pdf) for pdf in handed_out] == [kept(second).digest, kept(first).digest]
    assert re.findall(r"<code>(\w{64})</code>", page) == [kept(second).digest, kept(first).digest]
    assert re.findall(r"PDF av version (\d)", page) == ["2", "1"]
    assert MADE_EACH_TIME not in page


def test_a_draft_has_nothing_to_prove(as_coordinator: Client, meeting: Meeting) -> None:
    assert "kontrollsumma" not in minutes_page(as_coordinator, meeting)


def test_a_fault_in_the_printing_lets_the_meeting_close_and_the_page_says_so(
    as_reader: Client, meeting: Meeting, close: Close, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(MAKERS, Kind.PDF, no_paper)

    minutes = close()

    meeting.refresh_from_db()
    assert meeting.is_closed
    assert minutes.files.get().kind == Kind.WORD
    assert f"Version 1 of meeting {meeting.number} has no pdf" in caplog.text
    assert MADE_EACH_TIME in minutes_page(as_reader, meeting)


def test_looking_at_what_has_no_documents_prints_it_and_writes_nothing(
    as_reader: Client, coordinator: Member, meeting: Meeting
) -> None:
    close_meeting(meeting, by=Actor.of(coordinator))

    assert "Laga lampan" in pdf_text(as_reader.get(as_pdf(meeting)).content)
    assert "Laga lampan" in word_text(as_reader.get(as_word(meeting)).content)
    assert MinutesFile.objects.count() == 0


def test_what_could_not_be_made_is_tried_again(
    as_coordinator: Client, meeting: Meeting, close: Close, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/moten/{meeting.pk}/anteckningar-1/filer/"
    with monkeypatch.context() as today:
        today.setitem(MAKERS, Kind.PDF, no_paper)
        minutes = close()
        still_not = words(as_coordinator.post(address, follow=True))

    page = words(as_coordinator.post(address, follow=True))

    assert "Version 1 kunde inte sparas som PDF och Word. Försök igen senare." in still_not
    assert MADE_EACH_TIME in still_not
    assert "Spara den" in still_not
    assert "PDF och Word av version 1 är sparade." in page
    assert kept(minutes).digest in page
    assert "Spara den" not in page


def test_only_those_who_run_the_meeting_are_offered_to_try_again(
    as_reader: Client, coordinator: Member, meeting: Meeting
) -> None:
    close_meeting(meeting, by=Actor.of(coordinator))

    assert "Spara den" not in minutes_page(as_reader, meeting)


def test_documents_that_are_kept_are_not_made_again(close: Close) -> None:
    minutes = close()
    before = list(minutes.files.order_by("pk").values_list("pk", "digest"))

    assert keep_files(minutes)

    assert list(minutes.files.order_by("pk").values_list("pk", "digest")) == before


@pytest.mark.parametrize("page", ["meetings:detail", "meetings:minutes_detail", "meetings:list"])
def test_a_page_does_not_carry_the_documents(as_coordinator: Client, meeting: Meeting, close: Close, page: str) -> None:
    close()

    with CaptureQueriesContext(connection) as asked:
        as_coordinator.get(reverse(page, args=[] if page == "meetings:list" else [meeting.pk]))

    assert [query["sql"] for query in asked if 'minutesfile"."content"' in query["sql"]] == []
