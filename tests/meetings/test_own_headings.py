"""The headings of a meeting are its template's until it starts; then its own, whatever is done to the template."""

import pytest
from django.db import IntegrityError

from meetings.agenda.building import agenda
from meetings.calling_off import call_off, reinstate
from meetings.models import AgendaItem, AgendaTemplate, Heading, Meeting
from meetings.own_headings import make_own
from meetings.planning import plan_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member
from tests.factories import AgendaItemFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import under_way
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


def template() -> AgendaTemplate:
    return AgendaTemplate.objects.default()


def rename(key: str, label: str) -> None:
    template().headings.filter(key=key).update(label=label)


def labels(meeting: Meeting) -> list[str]:
    return [heading.label for heading in Heading.objects.of(meeting)]


def lines(meeting: Meeting, member: Member) -> dict[str, list[str]]:
    headings = {heading.key: [line.title for line in heading.lines] for heading in agenda(meeting, member)}
    return {key: titles for key, titles in headings.items() if titles}


def test_a_planned_meeting_has_the_headings_of_its_template_as_they_are_now() -> None:
    meeting = MeetingFactory()

    rename("other", "Fritt ord")

    assert (len(labels(meeting)), labels(meeting)[11]) == (13, "Fritt ord")


def test_what_is_done_to_the_template_changes_no_meeting_that_has_begun(coordinator: Member) -> None:
    begun, planned = under_way(coordinator), MeetingFactory()

    rename("other", "Fritt ord")
    template().headings.filter(key="follow_up").update(removed=True)

    assert ("Övriga frågor" in labels(begun), "Uppföljning" in labels(begun)) == (True, True)
    assert ("Fritt ord" in labels(planned), "Uppföljning" in labels(planned)) == (True, False)
    assert {item.heading.meeting for item in begun.items.select_related("heading")} == {begun}


def test_undoing_the_start_gives_the_template_back(coordinator: Member) -> None:
    IssueFactory(title="Mörkt")
    meeting = MeetingFactory(chair=coordinator)
    topic = AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")
    was = lines(meeting, coordinator)
    start_meeting(meeting, by=Actor.of(coordinator))

    unstart_meeting(meeting, by=Actor.of(coordinator))

    rename("follow_up", "Uppföljt")
    topic.refresh_from_db()
    assert (lines(meeting, coordinator), topic.heading.label) == (was, "Uppföljt")
    assert not Heading.objects.filter(meeting=meeting).exists()


def test_undoing_the_start_leaves_what_was_changed_by_hand(coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator)
    make_own(meeting)
    start_meeting(meeting, by=Actor.of(coordinator))

    unstart_meeting(meeting, by=Actor.of(coordinator))

    assert Heading.objects.filter(meeting=meeting).count() == 13


def test_a_start_that_is_undone_loses_nothing_whose_heading_the_template_has_no_longer(coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator)
    AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")
    start_meeting(meeting, by=Actor.of(coordinator))
    template().headings.filter(key="follow_up").update(removed=True)

    unstart_meeting(meeting, by=Actor.of(coordinator))

    assert lines(meeting, coordinator) == {"other": ["Ny karta"]}


def test_a_topic_that_follows_stands_under_the_heading_of_its_new_meeting(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")
    close(meeting, coordinator)

    following = plan_meeting(starts_at=meeting.starts_at.replace(year=2027), by=Actor.of(coordinator))

    [topic] = AgendaItem.objects.at(following)
    assert (topic.title, topic.heading) == ("Ny karta", template().headings.get(key="follow_up"))


def test_what_moves_on_and_back_stands_under_a_heading_of_its_meeting(coordinator: Member) -> None:
    by = Actor.of(coordinator)
    off, later = MeetingFactory(chair=coordinator), MeetingFactory(chair=coordinator)
    for meeting in (off, later):
        make_own(meeting)
    Heading.objects.filter(meeting=later, key="follow_up").update(removed=True)
    topic = AgendaItemFactory(meeting=off, title="Ny karta", under="follow_up")

    call_off(off, by=by)
    assert lines(later, coordinator) == {"other": ["Ny karta"]}

    reinstate(off, by=by)
    topic.refresh_from_db()
    assert (topic.heading.meeting, topic.heading.key) == (off, "other")


def test_a_line_whose_heading_was_taken_away_this_moment_is_not_lost(coordinator: Member) -> None:
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")

    template().headings.filter(key="follow_up").update(removed=True)

    assert lines(meeting, coordinator) == {"other": ["Ny karta"]}


@pytest.mark.parametrize("both", [True, False])
def test_a_heading_has_one_owner(both: bool) -> None:
    owners = {"template": template(), "meeting": MeetingFactory()} if both else {}

    with pytest.raises(IntegrityError, match="heading_has_one_owner"):
        Heading.objects.create(key="laget", number=14, label="Laget", **owners)


def test_two_headings_of_one_template_never_have_one_number() -> None:
    with pytest.raises(IntegrityError, match="heading_number_once_at_template"):
        template().headings.create(key="laget", number=13, label="Laget")
