"""§ that go on over the year: told as they would be, fixed when a meeting closes, the same on every page and paper."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.documents.tree import Subheading
from base.swedish.points import SIGN
from meetings.agenda.building import agenda
from meetings.agenda.document import agenda_document
from meetings.attendance import note_expected
from meetings.calling_off import call_off
from meetings.deciding import decide
from meetings.minutes.editions import Edition
from meetings.minutes.reading import draft_view, frozen_view
from meetings.models import AgendaTemplate, Heading, Meeting, Minutes, Presence
from meetings.own_headings import make_own
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, word_text
from tests.days import today
from tests.factories import AgendaItemFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import item_of, under_way, words
from tests.meetings.reopening import close, told

pytestmark = pytest.mark.django_db

SPRING = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def of_the_year() -> None:
    AgendaTemplate.objects.update(numbering="year")


def held(coordinator: Member, days: int = 0, **facts: Any) -> Meeting:
    """Under way, on a day so long after the third of March."""
    meeting: Meeting = MeetingFactory(chair=coordinator, starts_at=SPRING + timedelta(days=days), **facts)
    meeting.expect_organisations()
    start_meeting(meeting, by=Actor.of(coordinator), started_at=meeting.starts_at)
    return meeting


def first(meeting: Meeting) -> int | None:
    return Meeting.objects.get(pk=meeting.pk).first_paragraph


def titles(minutes: Minutes) -> list[str]:
    return [heading.title.replace(SIGN, "§ ") for heading in frozen_view(Edition.original(minutes)).headings]


def test_paragraphs_go_on_where_the_last_meeting_of_the_year_stopped(coordinator: Member) -> None:
    one = close(held(coordinator), coordinator)
    other = close(held(coordinator, 28), coordinator)

    assert (titles(one)[0], titles(one)[-1]) == ("§ 1 Öppnande och närvaro", "§ 13 Nästa möte")
    assert (titles(other)[0], titles(other)[-1]) == ("§ 14 Öppnande och närvaro", "§ 26 Nästa möte")


def test_a_new_year_begins_with_its_first(coordinator: Member) -> None:
    close(held(coordinator, -90), coordinator)

    assert titles(close(held(coordinator), coordinator))[0] == "§ 1 Öppnande och närvaro"


def test_meetings_have_them_in_the_order_that_they_close(coordinator: Member) -> None:
    march, april = held(coordinator), held(coordinator, 28)

    later, earlier = close(april, coordinator), close(march, coordinator)

    assert (titles(later)[0], titles(earlier)[0]) == ("§ 1 Öppnande och närvaro", "§ 14 Öppnande och närvaro")


def test_an_extra_meeting_between_moves_those_that_come_and_none_that_has_closed(coordinator: Member) -> None:
    closed, april = held(coordinator), held(coordinator, 28)
    minutes = close(closed, coordinator)
    was = first(april)
    close(held(coordinator, 14, is_extra=True), coordinator)

    assert (was, first(april), first(closed)) == (14, 27, 1)
    assert titles(minutes)[0] == "§ 1 Öppnande och närvaro"


def test_an_undone_closing_keeps_its_paragraphs_also_when_another_has_closed_meanwhile(coordinator: Member) -> None:
    march = held(coordinator)
    close(march, coordinator)
    unclose_meeting(march, by=Actor.of(coordinator))

    another = close(held(coordinator, 28), coordinator)

    assert titles(another)[0] == "§ 14 Öppnande och närvaro"
    assert titles(close(march, coordinator))[0] == "§ 1 Öppnande och närvaro"


def test_the_numbers_of_a_meeting_never_change_afterwards(coordinator: Member) -> None:
    meeting = held(coordinator)
    close(meeting, coordinator)

    with pytest.raises(DatabaseError, match="behåller sitt nummer"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(paragraphs_from=20)


def test_a_planned_meeting_tells_what_it_would_have_after_those_that_come_before(coordinator: Member) -> None:
    june = datetime(today().year + 1, 6, 1, 12, tzinfo=UTC)
    coming = [MeetingFactory(chair=coordinator, starts_at=june + timedelta(days=days)) for days in (0, 1, 2)]
    make_own(coming[0])
    Heading.objects.get(meeting=coming[0], key="other").delete()
    call_off(coming[1], by=Actor.of(coordinator), reason="Sjukdom.")

    known = [Heading.objects.of(meeting)[0].numbered.replace(SIGN, "§ ") for meeting in (coming[0], coming[2])]

    assert known == ["§ 1 Öppnande och närvaro", "§ 13 Öppnande och närvaro"]


def test_meetings_that_number_from_one_take_no_paragraphs(coordinator: Member) -> None:
    plain = AgendaTemplate.objects.create(name="Arbetsgrupp", numbering="meeting")
    for heading in AgendaTemplate.objects.default().headings.all():
        heading.pk, heading.template = None, plain
        heading.save()
    close(held(coordinator, template=plain), coordinator)

    minutes = close(held(coordinator, 28), coordinator)

    assert titles(minutes)[0] == "§ 1 Öppnande och närvaro"


def test_a_template_that_is_changed_renumbers_no_meeting_that_has_begun(coordinator: Member) -> None:
    begun = held(coordinator)

    AgendaTemplate.objects.update(numbering="meeting")

    assert (first(begun), first(MeetingFactory())) == (1, None)


def test_undoing_the_start_gives_the_numbering_of_the_template_back(coordinator: Member) -> None:
    meeting = held(coordinator)
    unstart_meeting(meeting, by=Actor.of(coordinator))

    AgendaTemplate.objects.update(numbering="meeting")

    assert first(meeting) is None


def test_what_the_meeting_did_not_come_to_keeps_its_paragraph(coordinator: Member) -> None:
    meeting = held(coordinator)
    AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")
    item_of(meeting, "Dagordning").mark_discussed(by=a_coordinator())

    view = frozen_view(Edition.original(close(meeting, coordinator)))

    told = {heading.title.replace(SIGN, "§ "): heading for heading in view.headings}
    assert [title.split()[1] for title in told] == [str(number) for number in range(1, 14)]
    assert told["§ 2 Dagordning"].sentences == ()
    assert told["§ 8 Remisser"].sentences == ("Behandlades inte.",)
    [left] = told["§ 10 Uppföljning"].items
    assert (left.title.replace(SIGN, "§ "), left.left) == ("§ 10.1 Ny karta", "Behandlades inte.")


def test_attendance_and_events_name_paragraphs(coordinator: Member, technical: Organisation) -> None:
    close(held(coordinator, -28), coordinator)
    dark = IssueFactory(title="Mörkt", opened_by=coordinator)
    meeting = held(coordinator)
    place = agenda(meeting, coordinator)[5]
    item_of(meeting, dark.title).mark_discussed(by=a_coordinator())
    spans = [Presence(meeting=meeting, items=(first_one, end)) for first_one, end in ((1, 6), (6, None), (3, 4))]
    for span in spans:
        span.items = Presence._meta.get_field("items").to_python([span.items[0], span.items[1]])
    close(meeting, coordinator)

    assert place.number == f"{SIGN}19"
    assert [span.span.replace(SIGN, "§ ") for span in spans] == [", § 14–18", ", från § 19", ", § 16"]
    assert any("§ 19.1" in line.replace(SIGN, "§ ") for line in told("Mörkt"))


def test_agenda_call_page_and_papers_say_the_same(as_coordinator: Client, coordinator: Member) -> None:
    meeting = held(coordinator)
    AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")
    decide(item_of(meeting, "Ny karta"), by=Actor.of(coordinator), kind="other", text="Kartan ska göras om.")
    draft = draft_view(meeting)
    note_expected(meeting, by=a_coordinator())
    close(meeting, coordinator)

    page = words(as_coordinator.get(meeting.get_absolute_url()))
    pdf = pdf_text(as_coordinator.get(reverse("meetings:minutes_pdf", args=[meeting.pk])).content)
    word = word_text(as_coordinator.get(reverse("meetings:minutes_word", args=[meeting.pk])).content)
    paper = agenda_document(meeting, coordinator).blocks

    assert f"{SIGN}10 Uppföljning" in [heading.title for heading in draft.headings]
    assert "§ 10 Uppföljning" in page
    assert all("§ 10.1 Ny karta" in " ".join(text.split()) for text in (page, pdf, word))
    assert f"{SIGN}10.1 Ny karta" in [block.text for block in paper if isinstance(block, Subheading)]


def test_the_samordnare_lets_a_template_number_by_paragraphs(as_coordinator: Client) -> None:
    AgendaTemplate.objects.update(numbering="meeting")
    template = AgendaTemplate.objects.default()
    form = as_coordinator.get(template.get_absolute_url()).context["form"]
    shown = {bound.html_name: bound.value() or "" for bound in form if bound.name not in ("key", "then", "removed")}

    as_coordinator.post(template.get_absolute_url(), {**shown, "numbering": "year"})

    template.refresh_from_db()
    assert template.numbering == "year"
    assert "§ 1 Öppnande" in words(as_coordinator.get(MeetingFactory().get_absolute_url()))


def test_an_agenda_by_paragraphs_costs_no_further_statement(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    with CaptureQueriesContext(
        connection,
    ) as by_paragraphs:
        agenda(Meeting.objects.get(pk=meeting.pk), coordinator)
    Meeting.objects.update(numbering="meeting")
    with CaptureQueriesContext(connection) as from_one:
        agenda(Meeting.objects.get(pk=meeting.pk), coordinator)

    assert len(by_paragraphs) == len(from_one)
