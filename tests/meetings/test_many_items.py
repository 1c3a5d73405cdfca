"""An agenda with very many points, and one whose headings are taken away while it stands there."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.agenda.building import agenda
from meetings.changing_headings import Typed, change_headings
from meetings.models import AgendaItem, AgendaTemplate, Heading, Meeting
from members.actor import Actor
from members.models import Member
from tests.factories import MeetingFactory
from tests.meetings.meetings import under_way
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

MANY = 200


def fill(meeting: Meeting) -> None:
    under = Heading.objects.of(meeting).get(key="other")
    titles = [f"Punkt {number} av många" for number in range(1, MANY + 1)]
    items = [AgendaItem(meeting=meeting, heading=under, kind="topic", title=title, minutes=1) for title in titles]
    AgendaItem.objects.bulk_create(items)


def statements(client: Client, meeting: Meeting) -> int:
    client.get(meeting.get_absolute_url())
    with CaptureQueriesContext(connection) as sent:
        page = client.get(meeting.get_absolute_url())
    assert f"Punkt {MANY} av många" in page.content.decode()
    return len(sent)


@pytest.mark.parametrize("numbering", ["meeting", "year"])
def test_two_hundred_points_stay_within_the_statements_of_an_agenda(
    as_coordinator: Client, coordinator: Member, numbering: str
) -> None:
    AgendaTemplate.objects.update(numbering=numbering)
    meeting = MeetingFactory(chair=coordinator)
    fill(meeting)

    assert statements(as_coordinator, meeting) <= 18


def test_a_heading_that_is_taken_from_the_template_stays_in_a_meeting_that_uses_it(coordinator: Member) -> None:
    begun, planned = under_way(coordinator), MeetingFactory(chair=coordinator)
    for meeting in (begun, planned):
        under = Heading.objects.of(meeting).get(key="follow_up")
        AgendaItem.objects.create(meeting=meeting, heading=under, kind="topic", title="Ny karta")
    template = AgendaTemplate.objects.default()
    left = template.headings.standing().exclude(key="follow_up")
    change_headings(template, [Typed(one.key, one.label, one.kind, one.rule) for one in left], by=Actor.of(coordinator))
    headings = {heading.title: [line.title for line in heading.lines] for heading in agenda(planned, coordinator)}

    minutes = close(begun, coordinator)

    places = {each["title"]: [item["title"] for item in each["items"]] for each in minutes.content["headings"]}
    assert places["Uppföljning"] == ["Ny karta"]
    assert ("Uppföljning" in headings, headings["Övriga frågor"]) == (False, ["Ny karta"])
