"""What was put on an agenda in words and not reached stands on the next one, once, whenever that is planned."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.agenda.ordering import add_item, remove_line
from meetings.closing import close_meeting
from meetings.foreseen import preview
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting
from meetings.planning import plan_meeting, take_over
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.meetings.meetings import words
from tests.presenting import presented_by
from tests.the import the


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    """A meeting under way that reached one of its two topics in words."""
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))
    add_item(meeting, by=Actor.of(coordinator), title="Nattvandring", presenters=[coordinator], minutes=10)
    add_item(meeting, by=Actor.of(coordinator), title="Taget i tur").mark_discussed(by=a_coordinator())
    return meeting


def close(meeting: Meeting, by: Member, *, next_starts_at: datetime | None = None) -> None:
    for row in meeting.organisations.all():
        row.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)
    close_meeting(meeting, by=Actor.of(by), next_starts_at=next_starts_at)


def later(meeting: Meeting, weeks: int = 4) -> datetime:
    return meeting.starts_at + timedelta(weeks=weeks)


def topics(meeting: Meeting) -> list[str]:
    return [item.title for item in AgendaItem.objects.at(meeting).in_words().on_agenda()]


def test_a_topic_stands_on_the_meeting_that_closing_plans(meeting: Meeting, coordinator: Member) -> None:
    assert "Nattvandring" in [item.title for item in preview(meeting, coordinator).unspoken]

    close(meeting, coordinator, next_starts_at=later(meeting))

    (carried,) = AgendaItem.objects.at(the(meeting.following()))
    assert (carried.title, presented_by(carried), carried.minutes) == ("Nattvandring", coordinator, 10)
    assert carried.reason.startswith("Behandlades inte på mötet ")
    assert the(carried.continues).meeting == meeting


def test_a_topic_with_a_note_was_spoken_of_but_not_dealt_with(
    as_coordinator: Client, meeting: Meeting, coordinator: Member
) -> None:
    item = AgendaItem.objects.get(title="Nattvandring")
    item.write_note(text="Vi återkommer.", version=0, by=Actor.of(coordinator))
    draft = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    assert f"Föredragande {coordinator}, {coordinator.organisation}. Blev inte färdigbehandlad. Vi återkommer." in draft
    assert "Nattvandring har en notering" in words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))

    close(meeting, coordinator, next_starts_at=later(meeting))

    (carried,) = AgendaItem.objects.at(the(meeting.following()))
    assert carried.reason.startswith("Blev inte färdigbehandlad på mötet ")
    page = words(as_coordinator.get(meeting.get_absolute_url()))
    assert "Nattvandring blev inte färdigbehandlad" in page


def test_a_topic_stands_on_a_meeting_that_was_in_the_calendar(meeting: Meeting, coordinator: Member) -> None:
    following = plan_meeting(starts_at=later(meeting), by=Actor.of(coordinator))
    assert topics(following) == []

    close(meeting, coordinator)

    assert topics(following) == ["Nattvandring"]


def test_a_topic_waits_for_a_meeting_that_is_planned_later(
    meeting: Meeting, coordinator: Member, as_coordinator: Client
) -> None:
    close(meeting, coordinator)
    day = timezone.localdate() + timedelta(weeks=4)
    facts = {"day": day.isoformat(), "starts": "13:00", "chair": coordinator.pk, "secretary": coordinator.pk}

    as_coordinator.post(reverse("meetings:create"), facts)

    assert topics(Meeting.objects.coming().get()) == ["Nattvandring"]


def test_a_topic_is_taken_over_by_one_meeting_only(meeting: Meeting, coordinator: Member) -> None:
    close(meeting, coordinator, next_starts_at=later(meeting))
    following = the(meeting.following())

    another = plan_meeting(starts_at=later(meeting, weeks=8), by=Actor.of(coordinator))
    take_over(following, by=a_coordinator())

    assert (topics(following), topics(another)) == (["Nattvandring"], [])


def test_a_topic_that_is_left_again_goes_on(meeting: Meeting, coordinator: Member) -> None:
    close(meeting, coordinator, next_starts_at=later(meeting))
    following = the(meeting.following())
    start_meeting(following, by=Actor.of(coordinator))

    close(following, coordinator, next_starts_at=later(meeting, weeks=8))

    assert topics(the(following.following())) == ["Nattvandring"]


def test_a_topic_called_as_another_heading_is_a_topic_all_the_same(meeting: Meeting, coordinator: Member) -> None:
    add_item(meeting, by=Actor.of(coordinator), title="Uppföljning")
    assert "Uppföljning" in [item.title for item in preview(meeting, coordinator).unspoken]

    close(meeting, coordinator, next_starts_at=later(meeting))

    assert topics(the(meeting.following())) == ["Nattvandring", "Uppföljning"]


def test_a_topic_that_was_taken_off_the_next_agenda_does_not_come_back(meeting: Meeting, coordinator: Member) -> None:
    close(meeting, coordinator, next_starts_at=later(meeting))
    following = the(meeting.following())
    remove_line(following, AgendaItem.objects.at(following).get().key, by=Actor.of(coordinator))

    assert topics(plan_meeting(starts_at=later(meeting, weeks=8), by=Actor.of(coordinator))) == []


def test_a_heading_that_was_not_spoken_of_is_no_topic(meeting: Meeting, coordinator: Member) -> None:
    assert meeting.items.filter(heading__key="other", discussed_at=None).exists()

    close(meeting, coordinator, next_starts_at=later(meeting))

    assert "Övriga frågor" not in topics(the(meeting.following()))
