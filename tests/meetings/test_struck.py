"""An issue that is struck leaves the agendas of meetings that have not closed; what a meeting spoke of stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from base.records import Conflict, NotAllowed
from issues.models import Issue
from issues.striking import ELSEWHERE, Places, restore, strike
from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item, present_line, remove_line, restore_line
from meetings.agenda.striking import ON_AGENDAS
from meetings.deciding import decide, make_issue
from meetings.models import AgendaItem, ItemDraft, Meeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, planned, under_way
from tests.meetings.reopening import close
from tests.presenting import presented_by

WHY = "Upplagt i fel register."


@pytest.fixture
def issue(coordinator: Member) -> Issue:
    IssueFactory(title="Trasigt räcke")
    return IssueFactory(title="Mörkt i tunneln", state=Issue.State.NEW)


def titles(meeting: Meeting, member: Member) -> list[str]:
    return [line.title for heading in agenda(meeting, member) for line in heading.under]


def test_it_leaves_the_agenda_that_is_made_whether_it_had_a_place_or_not(
    issue: Issue, coordinator: Member, by: Actor
) -> None:
    meeting, other = planned(coordinator), planned(coordinator)
    line = next(line for heading in agenda(meeting, coordinator) for line in heading.lines if line.issue == issue)
    present_line(meeting, line.key, by=by, presenters=[coordinator], minutes=5)

    strike(issue, reason=WHY, by=by)

    for each in (meeting, other):
        assert "Mörkt i tunneln" not in titles(each, coordinator)
        assert "Trasigt räcke" in titles(each, coordinator)
    assert not [item for heading in agenda(meeting, coordinator) for item in heading.removed]


def test_restored_it_has_its_place_and_who_presents_it(issue: Issue, coordinator: Member, by: Actor) -> None:
    meeting = planned(coordinator)
    item = add_item(meeting, by=by, issue=None, title="Nattvandring")
    line = next(line for heading in agenda(meeting, coordinator) for line in heading.lines if line.issue == issue)
    present_line(meeting, line.key, by=by, presenters=[coordinator], minutes=5)
    strike(issue, reason=WHY, by=by)

    restore(issue, by=by)

    assert "Mörkt i tunneln" in titles(meeting, coordinator)
    stands = AgendaItem.objects.get(meeting=meeting, issue=issue)
    assert (stands.removed, presented_by(stands), stands.minutes) == (False, coordinator, 5)
    assert item.title in titles(meeting, coordinator)


def test_an_old_tab_does_not_put_it_back(issue: Issue, coordinator: Member, by: Actor) -> None:
    meeting = planned(coordinator)
    line = next(line for heading in agenda(meeting, coordinator) for line in heading.lines if line.issue == issue)
    item = remove_line(meeting, line.key, by=by).item
    strike(issue, reason=WHY, by=by)

    with pytest.raises(NotAllowed, match="struket"):
        restore_line(meeting, item.key, by=by)

    assert "Mörkt i tunneln" not in titles(meeting, coordinator)


def test_of_a_meeting_under_way_what_nobody_has_spoken_of_goes_and_the_room_says_so(
    issue: Issue, coordinator: Member, by: Actor, as_coordinator: Client
) -> None:
    meeting = under_way(coordinator)
    item = item_of(meeting, "Mörkt i tunneln")

    strike(issue, reason=WHY, by=by)

    assert "Mörkt i tunneln" not in titles(meeting, coordinator)
    with pytest.raises(Conflict, match="borttagen"):
        item.write_note(text="Ord.", version=0, by=by)
    assert as_coordinator.get(item.get_absolute_url()).status_code in (200, 302)
    minutes = close(meeting, coordinator)
    assert "Mörkt i tunneln" not in str(minutes.content)


def test_the_heading_stays_in_the_room_when_its_only_item_goes(coordinator: Member, by: Actor) -> None:
    issue = IssueFactory(title="Mörkt i tunneln", state=Issue.State.NEW)
    meeting = under_way(coordinator)
    heading = item_of(meeting, "Mörkt i tunneln").heading

    strike(issue, reason=WHY, by=by)

    assert AgendaItem.objects.at(meeting).on_agenda().filter(heading=heading, kind="heading").exists()


@pytest.mark.parametrize("touch", ["note", "discussed", "decided", "drafted"])
def test_what_a_meeting_under_way_has_spoken_of_hinders(
    touch: str, issue: Issue, coordinator: Member, by: Actor, as_coordinator: Client
) -> None:
    item = item_of(under_way(coordinator), "Mörkt i tunneln")
    match touch:
        case "note":
            item.write_note(text="Ord.", version=0, by=by)
        case "discussed":
            item.mark_discussed(by=by)
        case "decided":
            decide(item, by=by, text="Vi ses på plats.")
        case "drafted":
            ItemDraft.keep(item, "decision", texts={"text": "Vi ses på"}, chosen={}, version=0, by=by)

    with pytest.raises(NotAllowed, match="Ärendet behandlas på mötet"):
        strike(issue, reason=WHY, by=by)

    assert "Ärendet behandlas på mötet" in as_coordinator.get(f"{issue.get_absolute_url()}stryk/").content.decode()
    issue.refresh_from_db()
    assert issue.is_open


def test_a_topic_of_which_an_issue_was_made_by_mistake_is_a_topic_again(coordinator: Member, by: Actor) -> None:
    meeting = under_way(coordinator)
    add_item(meeting, by=by, title="Nattvandring")
    issue = make_issue(item_of(meeting, "Nattvandring"), by=by, title="Nattvandring")

    strike(issue, reason=WHY, by=by)

    item = item_of(meeting, "Nattvandring")
    assert (item.kind, item.issue, item.removed) == (AgendaItem.Kind.TOPIC, None, False)


def test_restored_the_topic_has_its_issue_again(coordinator: Member, by: Actor) -> None:
    meeting = under_way(coordinator)
    add_item(meeting, by=by, title="Nattvandring")
    issue = make_issue(item_of(meeting, "Nattvandring"), by=by, title="Nattvandring")
    strike(issue, reason=WHY, by=by)

    restore(issue, by=by)

    item = item_of(meeting, "Nattvandring")
    assert (item.kind, item.issue, item.removed) == (AgendaItem.Kind.ISSUE, issue, False)


@pytest.mark.parametrize("meanwhile", ["decided", "another issue"])
def test_restored_it_takes_no_topic_that_has_become_something_else(
    meanwhile: str, coordinator: Member, by: Actor
) -> None:
    meeting = under_way(coordinator)
    add_item(meeting, by=by, title="Nattvandring")
    issue = make_issue(item_of(meeting, "Nattvandring"), by=by, title="Nattvandring")
    strike(issue, reason=WHY, by=by)
    item = item_of(meeting, "Nattvandring")
    match meanwhile:
        case "decided":
            decide(item, by=by, text="Vi går i mars.")
        case "another issue":
            make_issue(item, by=by, title="Nattvandring i vår")
    stands = item_of(meeting, "Nattvandring").issue

    restore(issue, by=by)

    assert item_of(meeting, "Nattvandring").issue == stands
    assert stands != issue


def test_what_was_struck_before_an_app_came_is_restored(
    issue: Issue, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike(issue, reason=WHY, by=by)
    came_back: list[Places] = []
    later = replace(ON_AGENDAS, name="map", come_back=lambda issue, places, by, at: came_back.append(places))
    monkeypatch.setattr("issues.striking.ELSEWHERE", [later, *ELSEWHERE])

    restore(issue, by=by)

    assert (issue.is_open, came_back) == (True, [{}])


def test_what_a_closed_meeting_spoke_of_stands_and_its_closing_is_no_longer_undone(
    issue: Issue, coordinator: Member, by: Actor
) -> None:
    meeting = under_way(coordinator)
    item_of(meeting, "Mörkt i tunneln").mark_discussed(by=by)
    minutes = close(meeting, coordinator)

    strike(issue, reason=WHY, by=by)

    minutes.refresh_from_db()
    assert "Mörkt i tunneln" in str(minutes.content)
    assert not item_of(meeting, "Mörkt i tunneln").removed
    with pytest.raises(NotAllowed, match="Ärendet struket"):
        unclose_meeting(meeting, by=by)


def test_how_it_ended_is_presented_to_no_meeting(issue: Issue, coordinator: Member, by: Actor) -> None:
    strike(issue, reason=WHY, by=by)

    meeting = Meeting.plan(starts_at=timezone.now() + timedelta(days=7), by=by)

    assert "Mörkt i tunneln" not in titles(meeting, coordinator)
