"""What is deferred stands on the next agenda, also where it had been taken off it; once discussed it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.agenda.building import agenda
from meetings.agenda.ordering import keep_line, remove_line, removed_items
from meetings.deciding import decide
from meetings.models import AgendaItem, Meeting
from meetings.planning import change_meeting, plan_meeting
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.meetings.meetings import item_of, planned
from tests.meetings.reopening import close
from tests.the import the

pytestmark = pytest.mark.django_db


def reason(meeting: Meeting, item: AgendaItem, member: Member) -> str | None:
    """Why it stands on the agenda of the meeting; None where it does not."""
    lines = [line for heading in agenda(meeting, member) for line in heading.lines]
    return next((line.reason for line in lines if line.title == item.title), None)


def test_what_was_taken_off_the_next_comes_back_and_an_undo_takes_it_off_again(
    by: Actor, item: AgendaItem, coordinator: Member
) -> None:
    following = planned(coordinator, starts_at=timezone.now() + timedelta(weeks=4))
    remove_line(following, f"issue-{item.issue_id}", by=by)
    decide(item, by=by, kind="defer")

    close(item.meeting, coordinator)
    assert (reason(following, item, coordinator) or "").startswith("Bordlagd på mötet ")

    unclose_meeting(Meeting.objects.get(pk=item.meeting_id), by=by)
    assert reason(following, item, coordinator) is None
    assert [each.title for each in removed_items(following, coordinator)] == [item.title]


def test_what_two_meetings_deferred_does_not_come_back_when_it_has_been_discussed(
    by: Actor, item: AgendaItem, coordinator: Member
) -> None:
    decide(item, by=by, kind="defer")
    close(item.meeting, coordinator, next_starts_at=timezone.now() + timedelta(weeks=4))
    second = the(Meeting.objects.get(pk=item.meeting_id).following())
    extra = plan_meeting(starts_at=timezone.now() + timedelta(weeks=5), is_extra=True, by=by)
    there = keep_line(extra, f"issue-{item.issue_id}", by=by)
    change_meeting(extra, starts_at=timezone.now() + timedelta(weeks=1), by=by)
    start_meeting(extra, by=by)
    decide(AgendaItem.objects.get(pk=there.pk), by=by, kind="defer")
    close(extra, coordinator)
    later = plan_meeting(starts_at=timezone.now() + timedelta(weeks=7), by=by)
    assert not AgendaItem.objects.at(later).filter(issue=item.issue).exists()  # it waits on the second

    start_meeting(second, by=by)
    item_of(second, item.title).mark_discussed(by=by)
    close(second, coordinator)

    assert not AgendaItem.objects.at(later).filter(issue=item.issue).exists()
