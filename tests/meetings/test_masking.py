"""A passage is masked in minutes that are frozen: a copy is read from then on, and the version stays as it was."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from base.swedish.passages import pattern
from meetings.closing import close_meeting
from meetings.minutes.files import MAKERS, Kind, keep_files
from meetings.minutes.masking import mask_versions, versions_with
from meetings.models import AgendaItem, Meeting, Minutes, MinutesFile
from meetings.models.minutes import digest_of
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import pdf_text, word_text
from tests.factories import reopened
from tests.meetings.test_minutes_document import as_pdf, as_word, meeting
from tests.meetings.test_minutes_frozen import MADE_EACH_TIME, close, kept, minutes_page, no_paper, sha256

__all__ = ["close", "meeting"]

pytestmark = pytest.mark.django_db

Close = Callable[[], Minutes]
MASKED_AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
LINE = "Uppgifter är maskerade 27 november 2026. Originalet finns kvar hos samordnaren."


def mask(passage: str, by: Member, at: datetime = MASKED_AT) -> list[str]:
    """Mask it wherever it is read, and return which versions that were."""
    changed = mask_versions(versions_with(pattern(passage)), pattern(passage), by=Actor.of(by), at=at)
    return [str(copy.minutes) for copy in changed]


def read(client: Client, meeting: Meeting) -> list[str]:
    """The minutes as a page, as PDF and as Word, each as text with one blank between words."""
    papers = pdf_text(client.get(as_pdf(meeting)).content), word_text(client.get(as_word(meeting)).content)
    return [" ".join(text.split()) for text in (minutes_page(client, meeting), *papers)]


def test_a_masked_passage_is_on_no_page_and_no_paper(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    close()
    assert ["Lampan är köpt" in text for text in read(as_reader, meeting)] == [True] * 3

    masked = mask("lampan är KÖPT", coordinator)

    assert masked == ["Möte 25 november 2026, version 1"]
    texts = read(as_reader, meeting)
    assert ["Lampan är köpt" in text for text in texts] == [False] * 3
    assert ["[maskerat]." in text for text in texts] == [True] * 3
    assert [LINE in text for text in texts] == [True] * 3
    assert ["MASKERAD KOPIA" in text for text in texts] == [False, True, True]


def test_the_version_and_its_files_stay_as_they_were(coordinator: Member, meeting: Meeting, close: Close) -> None:
    version = close()
    files = list(MinutesFile.objects.order_by("pk").values())

    mask("Lampan är köpt", coordinator)

    version.refresh_from_db()
    assert version.digest == digest_of(version.content)
    assert "Lampan är köpt" in str(version.content)
    assert list(MinutesFile.objects.order_by("pk").values()) == files
    assert kept(version).digest == sha256(kept(version).content)


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        ("Per Modell", "Adjungerad: [maskerat], "),
        ("Maja Exempel", "Ordförande [maskerat], Höglandets räddningstjänstförbund"),
        ("laga lampan", "Gruppen föreslår Tekniska förvaltningen att [maskerat]."),
        ("Räcket är lagat", "Återkoppling: ”[maskerat].”"),
        ("Mörkt i\ntunneln", "6.1 [maskerat] (ärende"),
        ("Lampan är köpt. Den sätts\N{NO-BREAK SPACE}upp", "[maskerat] i morgon."),
    ],
)
def test_it_is_masked_wherever_people_have_written(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close, passage: str, told: str
) -> None:
    close()

    mask(passage, coordinator)

    _, paper, word = read(as_reader, meeting)
    assert told in paper
    assert told in word


@pytest.mark.parametrize(
    "passage",
    ["closed", "standing", "new_issues", "2026-11-25", "Per Modell, adjungerad", "Ett namn som inte står där"],
)
def test_what_is_no_word_of_the_minutes_is_neither_found_nor_masked(
    coordinator: Member, meeting: Meeting, close: Close, passage: str
) -> None:
    """A code, a time, and what stands in two texts beside each other."""
    close()

    assert versions_with(pattern(passage)) == []
    assert mask_versions(Minutes.objects.all(), pattern(passage), by=Actor.of(coordinator), at=MASKED_AT) == []
    assert not Minutes.objects.exclude(masked=None).exists()


def test_what_is_masked_already_is_not_found_again(coordinator: Member, meeting: Meeting, close: Close) -> None:
    close()
    mask("Lampan är köpt", coordinator)

    assert versions_with(pattern("Lampan är köpt")) == []
    assert mask("Lampan är köpt", coordinator) == []


def test_a_second_masking_is_made_in_the_first_copy(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    version = close()
    mask("Lampan är köpt", coordinator)
    mask("Per Modell", coordinator, at=datetime(2026, 12, 1, 9, tzinfo=UTC))

    version = Minutes.objects.get(pk=version.pk)

    assert "Lampan är köpt" not in str(version.masked.content)
    assert "Per Modell" not in str(version.masked.content)
    assert "Uppgifter är maskerade 1 december 2026." in read(as_reader, meeting)[1]
    assert [text for text in read(as_reader, meeting) if "Per Modell" in text or "Lampan är köpt" in text] == []


def test_every_version_of_a_meeting_is_masked(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    close()
    unclose_meeting(meeting, by=Actor.of(coordinator))
    close()

    assert mask("Lampan är köpt", coordinator) == [
        "Möte 25 november 2026, version 1",
        "Möte 25 november 2026, version 2",
    ]
    handed_out = [as_reader.get(f"/moten/{meeting.pk}/anteckningar-{n}.pdf").content for n in (1, 2)]
    texts = [" ".join(pdf_text(pdf).split()) for pdf in handed_out]
    assert ["Lampan är köpt" in text for text in texts] == [False, False]
    assert [text.count(LINE) for text in texts] == [1, 1]


def test_a_version_made_after_the_masking_is_whole_and_has_no_copy(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    """The rows are masked too, so the next closing freezes what they say."""
    close()
    mask("Lampan är köpt", coordinator)
    with reopened(meeting):
        AgendaItem.objects.filter(meeting=meeting, heading__key="other").update(note="[maskerat].")
    unclose_meeting(meeting, by=Actor.of(coordinator))
    second = close()

    assert [minutes.masked_copy is None for minutes in Minutes.objects.order_by("version")] == [False, True]
    page, paper, _ = read(as_reader, meeting)
    assert "[maskerat]." in paper
    assert "MASKERAD KOPIA" not in paper
    assert LINE not in page
    assert sha256(as_reader.get(as_pdf(meeting)).content) == kept(second).digest


def test_the_page_tells_which_sum_is_whose(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    version = close()
    mask("Lampan är köpt", coordinator)

    page = " ".join(minutes_page(as_reader, meeting).split())

    copy = sha256(as_reader.get(as_pdf(meeting)).content)
    assert re.findall(r"<code>(\w{64})</code>", page) == [copy, kept(version).digest]
    assert f"Originalets kontrollsumma:<br><code>{kept(version).digest}</code>" in page


def test_a_copy_that_cannot_be_printed_has_a_page_all_the_same(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close, monkeypatch: pytest.MonkeyPatch
) -> None:
    close()
    mask("Räcket är lagat", coordinator)
    monkeypatch.setitem(MAKERS, Kind.PDF, no_paper)

    page = minutes_page(as_reader, meeting)

    assert "[maskerat].”" in page
    assert MADE_EACH_TIME in page


def test_the_copy_has_a_name_that_says_what_it_is(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    close()
    mask("Lampan är köpt", coordinator)

    names = [as_reader.get(paper(meeting))["Content-Disposition"] for paper in (as_pdf, as_word)]

    name = f"minnesanteckningar-2026-11-25-mote-{meeting.number}-maskerad-kopia"
    assert names == [f'attachment; filename="{name}.pdf"', f'attachment; filename="{name}.docx"']


def test_a_meeting_that_closes_late_makes_the_files_of_what_was_frozen(coordinator: Member, meeting: Meeting) -> None:
    """A masking in between does not make a file that is called the original and is not."""
    version = close_meeting(meeting, by=Actor.of(coordinator))
    mask("Lampan är köpt", coordinator)

    keep_files(Minutes.objects.get(pk=version.pk))

    assert "Lampan är köpt" in " ".join(pdf_text(bytes(kept(version).content)).split())
