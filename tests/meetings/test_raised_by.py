"""Who raised an item, and what it is for: said of a line, and told wherever the agenda and the minutes are."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.agenda.building import agenda_for_paper
from meetings.agenda.document import agenda_document
from meetings.agenda.ordering import add_item
from meetings.minutes.editions import Edition
from meetings.minutes.reading import frozen_view
from meetings.models import AgendaItem, Heading, Meeting
from meetings.starting import start_meeting
from meetings.texts.calling import call_lists
from members.actor import Actor
from members.models import Member
from tests.factories import IssueFactory
from tests.meetings.meetings import planned, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db
OUTSIDE = "Handlarna i gallerian"


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    meeting = planned(coordinator)
    add_item(
        meeting,
        title="Porten står öppen",
        raised_by=OUTSIDE,
        purpose=Heading.Purpose.DECISION,
        by=Actor.of(coordinator),
    )
    return meeting


def test_it_is_typed_when_the_item_is_added_and_stands_on_the_agenda(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = planned(coordinator)
    typed = {"title": "Porten står öppen", "raised_by": OUTSIDE, "purpose": "decision"}

    as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), typed)

    page = words(as_coordinator.get(meeting.get_absolute_url()))
    assert "12.1 Porten står öppen Beslut" in page
    assert f"Anmäld av {OUTSIDE}." in page


def test_it_is_told_in_the_call_and_on_the_paper(meeting: Meeting, coordinator: Member) -> None:
    headings = agenda_for_paper(meeting, coordinator)

    called = [line.words for lines in call_lists(coordinator, [], headings, []) for line in lines]
    assert f"12.1 Porten står öppen (beslut), anmäld av {OUTSIDE}" in called
    paper = str(agenda_document(meeting, coordinator, headings))
    assert "12.1 Porten står öppen (beslut)" in paper
    assert f"Anmäld av {OUTSIDE}." in paper


def test_it_is_frozen_in_the_minutes(meeting: Meeting, coordinator: Member) -> None:
    start_meeting(meeting, by=Actor.of(coordinator))
    AgendaItem.objects.get(title="Porten står öppen").mark_discussed(by=Actor.of(coordinator))

    minutes = close(meeting, coordinator)

    told = [item.passing for heading in frozen_view(Edition.original(minutes)).headings for item in heading.items]
    assert f"Anmäld av {OUTSIDE}." in " ".join(told)


def test_it_is_said_of_a_line_that_the_rules_raised_and_keeps_it_there(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue, meeting = IssueFactory(), planned(coordinator)
    address = reverse("meetings:agenda_present", args=[meeting.pk, f"issue-{issue.pk}"])
    assert OUTSIDE not in words(as_coordinator.get(address))

    as_coordinator.post(address, {"raised_by": OUTSIDE, "purpose": "information"})

    item = AgendaItem.objects.get(issue=issue)
    assert (item.raised_by, item.is_for) == (OUTSIDE, "Information")
    page = words(as_coordinator.get(meeting.get_absolute_url()))
    assert f"Uppgifterna om ”{issue}” är sparade." in page
    assert f'value="{OUTSIDE}"' in as_coordinator.get(address).content.decode()


def test_without_a_purpose_of_its_own_it_has_the_headings(coordinator: Member) -> None:
    meeting = planned(coordinator)
    item = add_item(meeting, title="Vi hör efter", by=Actor.of(coordinator))
    assert item.is_for == ""

    Heading.objects.filter(pk=item.heading_id).update(purpose=Heading.Purpose.DISCUSSION)

    assert AgendaItem.objects.get(pk=item.pk).is_for == "Diskussion"


def test_what_a_meeting_did_not_reach_takes_it_along(meeting: Meeting, coordinator: Member) -> None:
    start_meeting(meeting, by=Actor.of(coordinator))

    close(meeting, coordinator, next_starts_at=meeting.starts_at.replace(year=meeting.starts_at.year + 1))

    item = AgendaItem.objects.get(meeting__state=Meeting.State.PLANNED, title="Porten står öppen")
    assert (item.raised_by, item.purpose) == (OUTSIDE, Heading.Purpose.DECISION)
