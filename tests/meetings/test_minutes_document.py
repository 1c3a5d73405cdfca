"""The minutes to take home: the same as on the page, for the same readers."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.asserts import assertContains

from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide, propose_action
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from members.actor import Actor
from members.models import Group, Member, Organisation
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, word_text
from tests.factories import IssueFactory, ObservationFactory, reopened
from tests.meetings.meetings import item_of, under_way, words

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
ONLY_FOR_THE_EAR = (
    "Varje organisation och vem som var närvarande för den",
    "Varje åtgärd, vem som är ansvarig, när den ska vara klar och hur det står till med den",
)


@pytest.fixture
def meeting(coordinator: Member, representative: Member, technical: Organisation, outsider: Member) -> Meeting:
    """One action decided, one issue closed, a note on a heading, a guest; everyone's attendance is noted."""
    dark, railing = (IssueFactory(title=title, opened_by=coordinator) for title in ("Mörkt i tunneln", "Trasigt räcke"))
    ObservationFactory(reporter=representative, issue=railing, state="attached")
    meeting = under_way(coordinator, starts_at=DAY)
    Meeting.objects.update(started_at=DAY)
    meeting.refresh_from_db()
    propose_action(item_of(meeting, dark.title), by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    closing: dict[str, Any] = {"kind": "close", "outcome": "solved", "feedback": "Räcket är lagat."}
    decide(item_of(meeting, railing.title), by=Actor.of(coordinator), **closing)
    other = AgendaItem.objects.get(meeting=meeting, heading__key="other")
    other.write_note(text="Lampan är köpt.\nDen sätts upp i morgon.", version=0, by=Actor.of(coordinator))
    item_of(meeting, dark.title).mark_discussed(by=a_coordinator())
    note_expected(meeting, by=a_coordinator())
    admit(meeting, Newcomer(AttendanceSpan(outsider, "co_opted")), by=a_coordinator())
    return meeting


def as_pdf(meeting: Meeting) -> str:
    return reverse("meetings:minutes_pdf", args=[meeting.pk])


def as_word(meeting: Meeting) -> str:
    return reverse("meetings:minutes_word", args=[meeting.pk])


def test_the_paper_says_what_the_page_says(
    as_coordinator: Client, coordinator: Member, outsider: Member, meeting: Meeting
) -> None:
    close_meeting(meeting, by=Actor.of(coordinator))
    page = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    for caption in (*ONLY_FOR_THE_EAR, "Skriv in diarienumret", "Till diariet"):
        page = page.replace(caption, "")

    lines = pdf_text(as_coordinator.get(as_pdf(meeting)).content).splitlines()

    body = " ".join(line.strip() for line in lines if not line.startswith("Temagruppens register"))
    shown = page[page.index("Tid ") : page.index(" Utdrag ")]
    assert body[body.index("Tid ") :].split() == shown.split()
    assert "13.00" in body
    assert f"Beslut {meeting.year}-1: Gruppen föreslår Tekniska förvaltningen att laga lampan." in body
    assert "Lampan är köpt. Den sätts upp i morgon." in body
    assert f"Adjungerad: Per Modell, {outsider.organisation}." in body


def test_the_file_has_a_name_that_says_what_it_is(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    close_meeting(meeting, by=Actor.of(coordinator))

    response = as_coordinator.get(as_pdf(meeting))

    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="minnesanteckningar-2026-11-25-mote-{meeting.number}.pdf"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_two_meetings_on_one_day_have_files_of_two_names(as_coordinator: Client, coordinator: Member) -> None:
    """The second would be saved over the first, or as "(1)" of it."""
    morning, evening = under_way(coordinator), under_way(coordinator)
    for meeting in (morning, evening):
        note_expected(meeting, by=a_coordinator())
        close_meeting(meeting, by=Actor.of(coordinator))
    names = [
        as_coordinator.get(f"{meeting.get_absolute_url()}{paper}")["Content-Disposition"]
        for meeting in (morning, evening)
        for paper in ("dagordning.pdf", "dagordning.docx", "anteckningar.pdf", "anteckningar.docx")
    ]

    assert morning.day == evening.day
    assert len({*names}) == len(names)


def test_a_draft_is_called_a_draft_and_is_for_those_who_write(
    as_coordinator: Client, as_representative: Client, meeting: Meeting
) -> None:
    response = as_coordinator.get(as_pdf(meeting))

    assert "UTKAST" in pdf_text(response.content)
    assert "Beslut: Gruppen föreslår Tekniska förvaltningen att laga lampan." in pdf_text(response.content)
    assert (
        f'filename="utkast-minnesanteckningar-2026-11-25-mote-{meeting.number}.pdf"' in response["Content-Disposition"]
    )
    assert as_representative.get(as_pdf(meeting)).status_code == 404


def test_it_is_what_was_frozen_and_not_what_is_now(as_reader: Client, coordinator: Member, meeting: Meeting) -> None:
    close_meeting(meeting, by=Actor.of(coordinator))
    with reopened(meeting):
        AgendaItem.objects.filter(title="Mörkt i tunneln").update(title="Ett annat namn", note="Efteråt")

    paper = pdf_text(as_reader.get(as_pdf(meeting)).content)

    assert "Mörkt i tunneln" in paper
    assert "Efteråt" not in paper
    assert Minutes.objects.get().version == 1
    assert paper.index("Version 1, sparad") < paper.index("Närvaro")  # last, it may come alone on a page


def test_word_has_the_same_words_to_edit_on(as_reader: Client, coordinator: Member, meeting: Meeting) -> None:
    close_meeting(meeting, by=Actor.of(coordinator))

    with reopened(meeting):
        meeting.items.update(note="Efteråt")

    response = as_reader.get(as_word(meeting))

    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="minnesanteckningar-2026-11-25-mote-{meeting.number}.docx"'
    )
    paper = pdf_text(as_reader.get(as_pdf(meeting)).content)
    assert set(paper.split()) - set(word_text(response.content).split()) <= {"2"}  # how many pages it has


@pytest.mark.parametrize("is_draft", [True, False])
def test_the_minutes_of_a_demo_say_so_on_every_page(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, is_draft: bool
) -> None:
    Group.current().change(by=a_coordinator(), demo=True)
    if not is_draft:
        close_meeting(meeting, by=Actor.of(coordinator))

    pages = PdfReader(io.BytesIO(as_coordinator.get(as_pdf(meeting)).content)).pages

    mark = "Temagruppens register. Demodata: alla personer och händelser är påhittade."
    assert [page.extract_text().count(mark) for page in pages] == [1] * len(pages)
    in_word = word_text(as_coordinator.get(as_word(meeting)).content)
    assert in_word.count(mark) == 2  # the foot of the first page, and that of the others


def test_the_page_offers_both(as_coordinator: Client, meeting: Meeting) -> None:
    page = as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk]))

    assertContains(page, f'Ladda ner minnesanteckningarna: <a href="{as_pdf(meeting)}">')
    assertContains(page, f'<a href="{as_word(meeting)}">')
