"""An issue stands at two items where somebody puts it there, and nothing counts it double."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Event, Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item, move_line, remove_line, restore_line
from meetings.calling_off import call_off
from meetings.deciding import decide
from meetings.foreseen import preview
from meetings.models import AgendaItem, Decision, Meeting
from meetings.planning import plan_meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import on_behalf
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import planned, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    return planned(coordinator)


def points(meeting: Meeting, issue: Issue, member: Member) -> list[str]:
    lines = [line for heading in agenda(meeting, member) for line in heading.lines if line.issue == issue]
    return [line.number for line in lines]


def test_it_is_told_where_it_stands_and_put_there_once_more_when_she_says_so(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    issue = IssueFactory()
    address = reverse("meetings:agenda_add", args=[meeting.pk])
    typed = {"number": issue.number, "heading": "other"}

    page = words(as_coordinator.post(address, typed))
    assert "Ärendet står redan på dagordningen, som punkt 6.1." in page
    assert "Lägg till ärendet ändå, som en punkt till" in page
    assert not AgendaItem.objects.exists()

    as_coordinator.post(address, typed | {"again": "on"})
    assert points(meeting, issue, coordinator) == ["6.1", "12.1"]


def test_the_rules_never_put_it_there_twice(coordinator: Member, meeting: Meeting, by: Actor) -> None:
    issue = IssueFactory()
    add_item(meeting, issue=issue, heading="other", again=True, by=by)
    assert points(meeting, issue, coordinator) == ["6.1", "12.1"]

    start_meeting(meeting, by=by)

    assert points(meeting, issue, coordinator) == ["6.1", "12.1"]
    with pytest.raises(IntegrityError):
        AgendaItem.objects.filter(issue=issue).update(again=False)


def test_each_of_the_two_is_moved_and_removed_by_itself(coordinator: Member, meeting: Meeting, by: Actor) -> None:
    issue, other = IssueFactory(title="Ett"), IssueFactory(title="Två")
    second = add_item(meeting, issue=issue, heading="other", again=True, by=by)

    move_line(meeting, second.key, by=by, after="next_meeting")
    assert points(meeting, issue, coordinator) == ["6.1", "13.1"]
    move_line(meeting, f"issue-{issue.pk}", by=by, after=f"issue-{other.pk}")
    assert points(meeting, issue, coordinator) == ["6.2", "13.1"]

    remove_line(meeting, second.key, by=by)
    assert points(meeting, issue, coordinator) == ["6.2"]
    restore_line(meeting, second.key, by=by)
    assert points(meeting, issue, coordinator) == ["6.2", "13.1"]

    remove_line(meeting, f"issue-{issue.pk}", by=by)
    assert points(meeting, issue, coordinator) == ["13.1"]


def test_a_decision_may_be_taken_at_either_and_the_issue_is_discussed_once(
    coordinator: Member, meeting: Meeting, by: Actor
) -> None:
    issue = IssueFactory()
    add_item(meeting, issue=issue, heading="other", again=True, by=by)
    start_meeting(meeting, by=by)
    for item in AgendaItem.objects.filter(issue=issue):
        decide(item, by=by, kind=Decision.Kind.OTHER, text=f"Beslut under {item.heading}.")

    close(meeting, by.member)

    told = Event.objects.get(issue=issue, kind=Event.Kind.DISCUSSED)
    assert told.facts["points"] == ["6.1", "12.1"]
    assert Event.objects.filter(issue=issue, kind=Event.Kind.DECIDED).count() == 2
    assert AgendaItem.objects.discussions_of(issue).count() == 1


def test_what_is_answered_at_the_table_is_told_and_dealt_with_at_the_same_one_of_the_two(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    action = ActionFactory(issue=IssueFactory(), assignment__organisation=technical)
    second = add_item(meeting, issue=action.issue, heading="other", again=True, by=by)
    start_meeting(meeting, by=by)
    AgendaItem.objects.filter(issue=action.issue).exclude(pk=second.pk).update(position=1)
    AgendaItem.objects.filter(pk=second.pk).update(position=0)  # each under its own heading

    action.current.accept(by=on_behalf(coordinator, "meeting"), planned=in_days(20))

    lines = [line for heading in agenda(meeting, coordinator) for line in heading.lines]
    [told] = [line.item for line in lines if line.answers]
    assert (preview(meeting).discussed, told != second) == ([told], True)


def test_one_that_is_deferred_is_so_once_and_comes_back_once(coordinator: Member, meeting: Meeting, by: Actor) -> None:
    issue = IssueFactory()
    add_item(meeting, issue=issue, heading="other", again=True, by=by)
    start_meeting(meeting, by=by)
    first, second = AgendaItem.objects.filter(issue=issue).order_by("pk")
    decide(second, by=by, kind=Decision.Kind.DEFER)
    with pytest.raises(NotAllowed, match=r"ska bordläggas \(under punkt 12.1\)"):
        decide(first, by=by, kind=Decision.Kind.DEFER)
    later = timezone.now() + timedelta(days=28)

    close(meeting, by.member, next_starts_at=later)
    next_ = Meeting.objects.planned().get()

    assert len(points(next_, issue, coordinator)) == 1
    assert not AgendaItem.objects.left_behind().exists()


def test_one_that_is_deferred_comes_back_as_the_point_that_stands_and_not_as_the_one_taken_off(
    coordinator: Member, meeting: Meeting, by: Actor
) -> None:
    issue = IssueFactory()
    next_ = plan_meeting(starts_at=meeting.starts_at + timedelta(days=28), by=by)
    second = add_item(next_, issue=issue, heading="other", again=True, by=by)
    remove_line(next_, second.key, by=by)
    start_meeting(meeting, by=by)
    decide(AgendaItem.objects.at(meeting).get(issue=issue), by=by, kind=Decision.Kind.DEFER)

    close(meeting, by.member)

    assert points(next_, issue, coordinator) == ["6.1"]
    assert [item.again for item in AgendaItem.objects.at(next_).exclude(continues=None)] == [False]


def test_both_follow_when_the_meeting_is_called_off(coordinator: Member, meeting: Meeting, by: Actor) -> None:
    issue = IssueFactory()
    add_item(meeting, issue=issue, heading="other", again=True, by=by)
    next_ = plan_meeting(starts_at=meeting.starts_at + timedelta(days=28), by=by)

    call_off(meeting, reason="Salen är upptagen.", by=by)

    assert points(next_, issue, coordinator) == ["6.1", "12.1"]


def test_the_first_that_is_taken_off_and_put_back_stands_there_though_the_rules_raise_the_issue_by_then(
    coordinator: Member, meeting: Meeting, by: Actor
) -> None:
    issue = IssueFactory(state=Issue.State.ON_HOLD)  # which no rule raises
    first = add_item(meeting, issue=issue, by=by)
    add_item(meeting, issue=issue, heading="other", again=True, by=by)
    stood = points(meeting, issue, coordinator)
    issue.resume(by=by)
    remove_line(meeting, first.key, by=by)

    restore_line(meeting, first.key, by=by)

    assert (len(stood), len(points(meeting, issue, coordinator))) == (2, 2)


def test_what_is_put_under_a_heading_that_has_gone_meanwhile_is_refused_in_words(
    meeting: Meeting, coordinator: Member
) -> None:
    with pytest.raises(ValidationError, match="Rubriken står inte längre på dagordningen"):
        add_item(meeting, heading="borta", title="Nattvandring", by=Actor.of(coordinator))
