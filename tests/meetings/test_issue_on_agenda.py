"""An issue's page says that it stands on the coming agenda just when it does, and leads to its line there."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Action, Issue
from meetings.agenda import ceiling
from meetings.agenda.ordering import add_item, line_about, move_line, remove_line
from meetings.models import AgendaItem, Heading, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import planned

pytestmark = pytest.mark.django_db
NOW = timezone.now()
Case = Callable[[Meeting, Issue, Actor], object]


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    return planned(coordinator)


def line_on_its_page(client: Client, issue: Issue) -> str | None:
    """The id of the line that the page of the issue leads to."""
    page = client.get(issue.get_absolute_url()).content.decode()
    found = re.search(r'href="(/moten/\d+/)#([^"]+)">Tas upp', page)
    if not found:
        assert "Ta upp" in page
        return None
    assert f'<li id="{found[2]}"' in client.get(found[1]).content.decode()
    return found[2]


def asks(meeting: Meeting, issue: Issue, by: Actor) -> Action:
    action: Action = ActionFactory(issue=issue, state=Action.State.QUESTION)
    return action


def rests(meeting: Meeting, issue: Issue, by: Actor) -> None:
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.ON_HOLD)
    issue.refresh_from_db()


def added(meeting: Meeting, issue: Issue, by: Actor) -> None:
    rests(meeting, issue, by)
    add_item(meeting, issue=issue, by=by)


def moved(meeting: Meeting, issue: Issue, by: Actor) -> None:
    move_line(meeting, f"issue-{issue.pk}", by=by, after=f"issue-{IssueFactory().pk}")


def removed(meeting: Meeting, issue: Issue, by: Actor) -> None:
    remove_line(meeting, f"issue-{issue.pk}", by=by)


def only_action_removed(meeting: Meeting, issue: Issue, by: Actor) -> None:
    remove_line(meeting, f"action-{asks(meeting, issue, by).pk}", by=by)


def one_of_two_actions_removed(meeting: Meeting, issue: Issue, by: Actor) -> None:
    only_action_removed(meeting, issue, by)
    asks(meeting, issue, by)


def added_after_it_was_removed(meeting: Meeting, issue: Issue, by: Actor) -> None:
    removed(meeting, issue, by)
    add_item(meeting, issue=issue, by=by)


def started(meeting: Meeting, issue: Issue, by: Actor) -> None:
    start_meeting(meeting, by=by)


def opened_during_it(meeting: Meeting, issue: Issue, by: Actor) -> None:
    rests(meeting, issue, by)
    start_meeting(meeting, by=by)
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.OPEN)


def below_a_ceiling(meeting: Meeting, issue: Issue, by: Actor) -> None:
    IssueFactory.create_batch(2, created_at=issue.created_at)


STANDS: list[Case] = [asks, added, moved, one_of_two_actions_removed, added_after_it_was_removed, started]
DOES_NOT: list[Case] = [rests, removed, only_action_removed, opened_during_it, below_a_ceiling]


@pytest.mark.parametrize(("happens", "stands"), [(case, case in STANDS) for case in (*STANDS, *DOES_NOT)])
def test_the_page_of_an_issue_and_the_agenda_agree(
    as_coordinator: Client,
    coordinator: Member,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    happens: Case,
    stands: bool,
) -> None:
    monkeypatch.setattr(ceiling, "MOST", 2)
    issue = IssueFactory()

    happens(meeting, issue, Actor.of(coordinator))

    assert bool(line_about(meeting, issue, coordinator)) == stands
    assert bool(line_on_its_page(as_coordinator, issue)) == stands


def test_of_several_lines_it_leads_to_the_first(as_coordinator: Client, meeting: Meeting, coordinator: Member) -> None:
    issue = IssueFactory()
    days = [NOW.date() - timedelta(days=days) for days in (3, 9, 5)]
    third, first, second = [ActionFactory(issue=issue, assignment__answer_due=day) for day in days]
    assert line_on_its_page(as_coordinator, issue) == f"action-{first.pk}"

    remove_line(meeting, f"action-{first.pk}", by=Actor.of(coordinator))
    assert line_on_its_page(as_coordinator, issue) == first_line(meeting, issue, coordinator)

    topics = Heading.objects.of(meeting).taking(None).pk
    AgendaItem.objects.create(
        meeting=meeting, heading_id=topics, issue=issue, kind="issue", title="Till sist", position=1
    )
    move_line(meeting, f"action-{second.pk}", by=Actor.of(coordinator), after=f"action-{third.pk}")
    assert line_on_its_page(as_coordinator, issue) == first_line(meeting, issue, coordinator)


def first_line(meeting: Meeting, issue: Issue, member: Member) -> str:
    line = line_about(meeting, issue, member)
    assert line
    return line.key


def test_what_is_above_a_ceiling_leads_to_its_line_too(
    as_coordinator: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ceiling, "MOST", 1)
    IssueFactory()
    latest = IssueFactory()

    assert line_on_its_page(as_coordinator, latest) == f"issue-{latest.pk}"
