"""Where the files of a meeting are named: in the room, on its papers, in its minutes and in the call."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant, Issue
from issues.restricting import lift, restrict
from meetings.calling import call_meeting
from meetings.minutes.editions import Edition
from meetings.minutes.reading import frozen_view
from meetings.models import AgendaItem, Meeting, Minutes
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import pdf_text, word_text
from tests.factories import AgendaItemFactory, IssueFactory
from tests.meetings.appended import appended
from tests.meetings.called import AT, sent
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    """Under way, with a file of its own, one of an item about an issue and one of a restricted item."""
    meeting = under_way(coordinator)
    for title, restricted in (("Tunneln", False), ("Facklorna", True)):
        issue = IssueFactory(title=title, restricted=restricted)
        item = AgendaItemFactory(meeting=meeting, issue=issue, title=title)
        appended(meeting, f"{title}.pdf", item=item)
    appended(meeting, "Lägesbild.pdf")
    return meeting


TOLD = ["Bilaga 1: Lägesbild.pdf", "Bilaga 2: Tunneln.pdf, till ”Tunneln”"]


def item_of(meeting: Meeting, title: str) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, title=title)


def test_in_the_room_the_files_of_the_item_stand_at_it(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.get(item_of(meeting, "Tunneln").get_absolute_url()))

    assert "Bilaga 2: Tunneln.pdf" in page
    assert "Bilaga 1: Lägesbild.pdf" not in page
    assert "Lägg till en bilaga" in page


@pytest.mark.parametrize(("route", "read"), [("meetings:agenda_pdf", pdf_text), ("meetings:agenda_word", word_text)])
def test_the_agenda_on_paper_names_them(as_coordinator: Client, meeting: Meeting, route: str, read: object) -> None:
    paper = read(as_coordinator.get(reverse(route, args=[meeting.pk])).content)  # type: ignore[operator]

    assert [told for told in TOLD if told not in " ".join(paper.split())] == []
    assert "Facklorna.pdf" not in paper


def test_the_minutes_name_them_on_the_page_and_on_paper(
    as_coordinator: Client, as_representative: Client, coordinator: Member, meeting: Meeting
) -> None:
    draft = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    close(meeting, coordinator)

    page = words(as_representative.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    paper = pdf_text(as_representative.get(reverse("meetings:minutes_pdf", args=[meeting.pk])).content)
    for text in (draft, page, " ".join(paper.split())):
        assert [told for told in TOLD if told not in text] == []
        assert "Facklorna.pdf" not in text


def test_minutes_leave_out_the_file_of_what_became_restricted_and_keep_the_numbers_of_the_others(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    appended(meeting, "Sist.pdf", item=AgendaItemFactory(meeting=meeting, title="Övrigt"))
    close(meeting, coordinator)

    restrict(Issue.objects.get(title="Tunneln"), reason="Kan pekas ut.", named=[], by=Actor.of(coordinator))

    page = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    assert "Tunneln.pdf" not in page
    assert "Bilaga 3: Sist.pdf" in page


def test_the_page_of_a_closed_meeting_goes_by_the_numbers_of_its_minutes(
    as_representative: Client, coordinator: Member, meeting: Meeting
) -> None:
    appended(meeting, "Sist.pdf", item=AgendaItemFactory(meeting=meeting, title="Övrigt"))
    close(meeting, coordinator)
    by, pages = Actor.of(coordinator), (meeting.get_absolute_url(), reverse("meetings:appendices", args=[meeting.pk]))
    hidden = Issue.objects.get(title="Facklorna")
    AccessGrant.objects.create(issue=hidden, member=coordinator, updated_by=coordinator)

    restrict(Issue.objects.get(title="Tunneln"), reason="Kan pekas ut.", named=[], by=by)
    lift(hidden, reason="Behövs inte längre.", by=by)

    for address in pages:
        page = words(as_representative.get(address))
        assert "Bilaga 1: Lägesbild.pdf" in page
        assert "Tunneln.pdf" not in page
        assert "Bilaga 3: Sist.pdf" in page
        assert "Bilaga: Facklorna.pdf" in page


def test_minutes_from_before_there_were_files_are_read_as_ever(as_coordinator: Client, coordinator: Member) -> None:
    meeting = under_way(coordinator)
    minutes = close(meeting, coordinator)
    del minutes.content["appendices"]

    assert Minutes.objects.count() == 1
    assert frozen_view(Edition.of(minutes)).appendices == ()


def test_the_call_names_them_with_their_pages(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    one = appended(coming)
    hidden = AgendaItemFactory(meeting=coming, issue=IssueFactory(restricted=True))
    appended(coming, "Facklorna.pdf", item=hidden)
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)

    [body] = [str(mail.body) for mail in mailoutbox if mail.to == ["omar@sitter.exempel.se"]]

    assert "Bilagor, som öppnas i registret:\n– Bilaga 1: Lägesbild.pdf" in body
    assert one.get_absolute_url() in body
    assert "Facklorna.pdf" not in body


def test_a_guest_is_told_of_the_files_of_the_own_item_alone(
    coming: Meeting, coordinator: Member, outsider: Member, mailoutbox: list[EmailMessage]
) -> None:
    own = AgendaItemFactory(meeting=coming, title="Nattvandring", presenter=outsider)
    appended(coming)
    appended(coming, "Schema.pdf", item=own)
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)
    sent(mailoutbox, AT + timedelta(minutes=2))

    [body] = [str(mail.body) for mail in mailoutbox if mail.to == [outsider.email]]

    assert "– Bilaga 2: Schema.pdf" in body
    assert "Lägesbild.pdf" not in body
