"""Whether a document is one that the register keeps: by the page, for who has it, and by the command, for all of it."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

import pgtrigger
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.minutes.files import Kind
from meetings.models import MaskedMinutes, Meeting, Minutes, MinutesFile
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from temagrupp import roles
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

PDF, WORD = b"%PDF-1.7 som den sparades", b"PK som den sparades"
UNALTERED, UNKNOWN = "Filen är oförändrad:", "Filen känns inte igen."


@pytest.fixture
def minutes(coordinator: Member) -> Minutes:
    """Of a meeting of today, with a file of each kind."""
    minutes = close(under_way(coordinator), coordinator)
    MinutesFile.keep(minutes, Kind.PDF, PDF)
    MinutesFile.keep(minutes, Kind.WORD, WORD)
    return minutes


def ask(client: Client, content: bytes | None) -> str:
    sent = {} if content is None else {"file": SimpleUploadedFile("Från Maja (2).pdf", content)}
    return words(client.post(reverse("meetings:minutes_verify"), sent))


def command(*files: Path) -> str:
    out = StringIO()
    call_command("verify_minutes", *map(str, files), stdout=out)
    return out.getvalue()


def again(minutes: Minutes, by: Member) -> Minutes:
    """Its meeting opened and closed anew."""
    meeting = Meeting.objects.get(pk=minutes.meeting_id)
    unclose_meeting(meeting, by=Actor.of(by))
    return close(meeting, by)


@pytest.mark.parametrize(("content", "kind"), [(PDF, "PDF"), (WORD, "Word")])
def test_a_file_as_it_was_kept_is_told_whatever_it_is_called(
    as_reader: Client, minutes: Minutes, content: bytes, kind: str
) -> None:
    page = ask(as_reader, content)

    when = str(minutes.meeting).removeprefix("Möte ")
    assert f"{UNALTERED} minnesanteckningarna från mötet {when}, version 1 ({kind})." in page
    assert "Det finns en senare version" not in page
    assert "Läs den version som gäller nu" in page


@pytest.mark.parametrize("content", [PDF + b" ", PDF[:-1], b"", "Något helt annat å".encode()])
def test_a_file_that_differs_by_one_sign_is_unknown(as_reader: Client, minutes: Minutes, content: bytes) -> None:
    page = ask(as_reader, content)

    assert UNKNOWN in page
    assert UNALTERED not in page
    assert "Läs den version som gäller nu" not in page


def test_an_older_version_is_told_with_that_there_is_a_later(
    as_reader: Client, coordinator: Member, minutes: Minutes
) -> None:
    later = again(minutes, coordinator)
    MinutesFile.keep(later, Kind.PDF, PDF + b"2")

    assert "Det finns en senare version: 2." in ask(as_reader, PDF)
    assert ", version 2 (PDF)." in ask(as_reader, PDF + b"2")
    assert "Det finns en senare version" not in ask(as_reader, PDF + b"2")


def test_of_one_in_which_something_is_masked_since_it_says_so(
    as_reader: Client, coordinator: Member, minutes: Minutes
) -> None:
    facts = {"masked_at": timezone.now(), "masked_by": coordinator}
    MaskedMinutes.objects.create(minutes=minutes, content=minutes.content, **facts)

    assert "Något i den har maskerats sedan dess." in ask(as_reader, PDF)


def test_without_a_file_it_is_said_what_is_missing(as_reader: Client, minutes: Minutes) -> None:
    page = ask(as_reader, None)

    assert "Välj filen som ska kontrolleras." in page
    assert UNKNOWN not in page


def test_nothing_is_kept_of_what_is_asked_about(as_reader: Client, minutes: Minutes) -> None:
    before = MinutesFile.objects.count()

    ask(as_reader, b"hemligt")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ui_sentform")
        assert (MinutesFile.objects.count(), cursor.fetchone()) == (before, (0,))


def test_the_minutes_lead_there(as_reader: Client, minutes: Minutes) -> None:
    page = as_reader.get(reverse("meetings:minutes_detail", args=[minutes.meeting_id])).content.decode()

    assert reverse("meetings:minutes_verify") in page


def test_the_command_tells_of_each_file_and_fails_of_what_it_does_not_know(minutes: Minutes, tmp_path: Path) -> None:
    kept, other = tmp_path / "kept.pdf", tmp_path / "other.pdf"
    kept.write_bytes(PDF)
    other.write_bytes(b"other")

    assert f"{kept}: {UNALTERED}" in command(kept)
    with pytest.raises(CommandError, match=r"^En fil känns inte igen\.$"):
        command(kept, other)


def test_the_command_goes_on_past_what_it_cannot_read(
    minutes: Minutes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, latin = tmp_path / "kept.pdf", tmp_path / os.fsdecode("från-förr.pdf".encode("latin-1"))
    for path in (kept, latin):
        path.write_bytes(PDF)

    with pytest.raises(CommandError, match=r"^En fil känns inte igen\.$"):
        call_command("verify_minutes", str(tmp_path / "missing.pdf"), str(latin), str(kept))

    missing, *known = capsys.readouterr().out.splitlines()
    assert "missing.pdf: Går inte att läsa: " in missing
    assert [UNALTERED in line for line in known] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_the_command_looks_through_all_that_is_kept(minutes: Minutes) -> None:
    files = minutes.files.order_by("pk")
    assert command() == "Sparade versioner och filer: 3. Alla är oförändrade.\n"

    with roles.owner(), pgtrigger.ignore():  # the hand of one who has the database itself
        Minutes.objects.update(content={**minutes.content, "place": "En annan plats"})
        MinutesFile.objects.filter(kind=Kind.PDF).update(content=PDF + b" ")

    with pytest.raises(CommandError) as error:
        command()
    assert str(error.value) == f"Stämmer inte med sin kontrollsumma: {minutes}; {files[0]}."


def test_of_an_empty_register_it_says_so() -> None:
    assert command() == "Inget är sparat än.\n"
