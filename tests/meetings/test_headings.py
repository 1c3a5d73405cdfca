"""The headings of the agenda are rows: their words, numbers and order are the group's, the rules know them by key."""

import pytest
from django.db import IntegrityError
from django.test import Client

from issues.models import Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item
from meetings.models import AgendaItem, Heading
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import item_of, under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

Key, Kind = Heading.Key, AgendaItem.Kind


def renumber() -> None:
    """New issues are spoken of last."""
    for key, number in ((Key.NEXT_MEETING, 14), (Key.NEW_ISSUES, 13), (Key.NEXT_MEETING, 6)):
        Heading.objects.filter(key=key).update(number=number)


def test_a_rule_finds_its_heading_wherever_the_group_has_put_it(as_coordinator: Client, coordinator: Member) -> None:
    IssueFactory(title="Mörkt", state=Issue.State.NEW)
    renumber()
    Heading.objects.filter(key=Key.NEW_ISSUES).update(label="Nytt")

    page = words(as_coordinator.get(MeetingFactory(chair=coordinator).get_absolute_url()))

    last = agenda(MeetingFactory(), coordinator)[-1]
    assert (last.number, last.title, [line.title for line in last.lines]) == (13, "Nytt", ["Mörkt"])
    assert page.index("6 Nästa möte") < page.index("13 Nytt Mörkt")


def test_the_minutes_say_when_the_next_meeting_is_under_its_heading(coordinator: Member) -> None:
    renumber()

    minutes = close(under_way(coordinator), coordinator)

    headings = {heading["title"]: heading["number"] for heading in minutes.content["headings"]}
    assert headings["Nästa möte"] == 6


def test_a_heading_is_an_item_of_its_own_kind_with_its_standing_text(coordinator: Member) -> None:
    Heading.objects.filter(key=Key.OTHER).update(text="Ordet är fritt.")

    item = under_way(coordinator).items.get(heading=Key.OTHER)

    assert (item.kind, item.is_standing, item.reason) == (Kind.HEADING, True, "Ordet är fritt.")


def test_a_topic_in_the_words_of_a_heading_is_a_topic(coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator)
    add_item(meeting, by=a_coordinator(), title="Övriga frågor")
    start_meeting(meeting, by=Actor.of(coordinator))

    topic = item_of(meeting, "Övriga frågor")

    assert (topic.kind, topic.is_standing) == (Kind.TOPIC, False)


@pytest.mark.parametrize("kind", ["heading", "topic", "action"])
def test_an_item_about_an_issue_is_no_other_kind(kind: str) -> None:
    with pytest.raises(IntegrityError, match="agenda_item_is_what_its_kind_says"):
        AgendaItemFactory(issue=IssueFactory(), kind=kind)


def test_an_action_stands_with_its_issue() -> None:
    action = ActionFactory()
    assert AgendaItemFactory(issue=action.issue, action=action).kind == Kind.ACTION

    with pytest.raises(IntegrityError, match="agenda_item_is_what_its_kind_says"):
        AgendaItemFactory(action=ActionFactory(), kind="action")
