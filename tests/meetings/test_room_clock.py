"""The clock in the room against the plan, and what is written at an item of an action that has been asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from issues.models import Action
from meetings.agenda.building import agenda
from meetings.models import AgendaItem, Meeting
from meetings.room import RoomPosition
from meetings.room_clock import RoomClock
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import item_of, under_way, words

pytestmark = pytest.mark.django_db


BEGAN = timezone.now().replace(second=0, microsecond=0)
TEN_MINUTES = RoomClock(BEGAN + timedelta(minutes=5), BEGAN + timedelta(minutes=15))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (3, "2 min före planen"),
        (5, "enligt planen, 10 min kvar"),
        (11, "enligt planen, 4 min kvar"),
        (15, "enligt planen"),
        (18, "3 min efter planen"),
    ],
)
def test_the_clock_is_told_against_the_plan(after: int, said: str) -> None:
    now = BEGAN + timedelta(minutes=after)

    assert TEN_MINUTES.words(now) == f"Klockan {timezone.localtime(now):%H.%M}, {said}"


def test_an_item_begins_when_the_minutes_of_those_before_it_have_gone(coordinator: Member) -> None:
    IssueFactory(title="Mörkt i tunneln")
    meeting = under_way(coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(started_at=BEGAN, ends_at=F("starts_at") + timedelta(minutes=30))
    meeting = Meeting.objects.get(pk=meeting.pk)
    item, first = item_of(meeting, "Mörkt i tunneln"), meeting.items.on_agenda().first()
    assert first
    AgendaItem.objects.filter(pk=first.pk).update(minutes=5)
    AgendaItem.objects.filter(pk=item.pk).update(minutes=10)
    position = RoomPosition(agenda(meeting, coordinator), item)

    assert RoomClock.at(meeting, position.lines, position.step) == TEN_MINUTES


def test_where_nobody_has_planned_it_the_clock_tells_the_time_alone(as_coordinator: Client, item: AgendaItem) -> None:
    page = words(as_coordinator.get(item.get_absolute_url()))

    assert "Klockan " in page
    assert "planen" not in page


@pytest.fixture
def asked(coordinator: Member, technical: Organisation) -> Action:
    action: Action = ActionFactory(
        title="Laga lampan",
        issue=IssueFactory(title="Mörkt i tunneln"),
        assignment__organisation=technical,
        assignment__answer_due=in_days(-3),
    )
    return action


def at_its_item(meeting: Meeting, action: Action) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, action=action)


def test_the_answer_is_written_at_the_item_and_one_stays_there(
    as_coordinator: Client, coordinator: Member, asked: Action
) -> None:
    item = at_its_item(under_way(coordinator), asked)
    page = as_coordinator.get(item.get_absolute_url())
    yes = next(step.form for step in page.context["answers"] if step.form.prefix == "ja")
    typed: dict[str, Any] = {"ja-planned": "other", "ja-other_day": in_days(20).isoformat(), "key": yes["key"].value()}
    if "channel" in yes.fields:
        typed["ja-channel"] = "meeting"

    answered = as_coordinator.post(yes.url, typed, follow=True)

    assert answered.redirect_chain[-1][0].partition("#")[0] == item.get_absolute_url()
    asked.refresh_from_db()
    assert asked.state == Action.State.ACCEPTED
    assert "svarade på mötet" in words(answered)
    assert answered.context["answers"] == []


def test_who_is_here_for_the_responsible_organisation_is_told_at_its_action(
    as_coordinator: Client, coordinator: Member, asked: Action, technical: Organisation, representative: Member
) -> None:
    item = at_its_item(under_way(coordinator), asked)

    page = words(as_coordinator.get(item.get_absolute_url()))

    assert f"{technical} på mötet: " in page
    assert str(representative) in page


def test_one_who_only_reads_has_no_forms_of_answers_there(
    as_representative: Client, coordinator: Member, asked: Action
) -> None:
    item = at_its_item(under_way(coordinator), asked)

    assert as_representative.get(item.get_absolute_url()).context["answers"] == []


def test_a_topic_has_none(as_coordinator: Client, coordinator: Member) -> None:
    IssueFactory(title="Trasigt räcke")
    item = item_of(under_way(coordinator), "Trasigt räcke")

    assert as_coordinator.get(item.get_absolute_url()).context["answers"] == []
