"""What comes onto an agenda after the call is marked so, by when its cause arose; nothing is before there is a call."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month
from issues.models import Action, Issue
from issues.restricting import restrict
from meetings.agenda.building import agenda
from meetings.agenda.lines import mark_late
from meetings.agenda.ordering import add_item, move_line, remove_line, restore_line
from meetings.calling import call_meeting, called_at
from meetings.calling_off import call_off, reinstate
from meetings.models import Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import words_of
from tests.factories import ActionFactory, IssueFactory
from tests.home.posts import ENDING
from tests.meetings.meetings import planned, words

pytestmark = pytest.mark.django_db

NOW = timezone.now()
CALLED = NOW - timedelta(days=3)
BEFORE, AFTER = CALLED - timedelta(days=2), CALLED + timedelta(days=1)
LATE = "Tillkom efter kallelsen."


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    """In five days, planned long ago."""
    return planned(coordinator, starts_at=NOW + timedelta(days=5), created_at=NOW - timedelta(days=30))


def call(meeting: Meeting, by: Actor) -> None:
    call_meeting(meeting, by=by, at=CALLED)


def late(meeting: Meeting, by: Actor) -> list[str]:
    headings = agenda(Meeting.objects.get(pk=meeting.pk), by.member)
    mark_late(headings, called_at(meeting))
    return sorted(line.title for heading in headings for line in heading.lines if line.late)


def issue(title: str, opened: datetime, **facts: Any) -> Issue:
    opened_issue: Issue = IssueFactory(title=title, created_at=opened, **facts)
    return opened_issue


def silent(title: str, days: int, **facts: Any) -> Action:
    """Its answer should have come so many days ago."""
    clock = {"assignment__asked_at": NOW - timedelta(days=30), "assignment__answer_due": _day(days)}
    action: Action = ActionFactory(title=title, issue=issue(f"Om {title}", BEFORE), **clock, **facts)
    return action


def _day(days: int) -> Any:
    return timezone.localdate(NOW) - timedelta(days=days)


def test_an_issue_that_was_opened_since_is_marked(meeting: Meeting, by: Actor) -> None:
    issue("Lampan", BEFORE)
    issue("Räcket", AFTER)
    assert late(meeting, by) == []

    call(meeting, by)

    assert late(meeting, by) == ["Räcket"]


def test_one_that_came_back_since_is_marked(meeting: Meeting, by: Actor) -> None:
    for title in ("Lampan", "Räcket", "Parken"):
        back = issue(title, BEFORE)
        if title != "Parken":
            back.close(by=by, at=BEFORE, **ENDING)
            back.reopen(by=by, reason="Mörkt igen.", at=AFTER if title == "Räcket" else BEFORE)
    call(meeting, by)

    assert late(meeting, by) == ["Räcket"]


def test_how_an_issue_ended_is_marked_when_it_ended_since(meeting: Meeting, by: Actor) -> None:
    for title, when in (("Lampan", BEFORE), ("Räcket", AFTER)):
        issue(title, BEFORE).close(by=by, at=when, **ENDING)
    call(meeting, by)

    assert late(meeting, by) == ["Räcket"]


def test_an_action_is_marked_when_its_day_passed_since(meeting: Meeting, by: Actor) -> None:
    silent("Laga lampan", 9)
    silent("Sätt upp räcket", 1)
    call(meeting, by)

    assert late(meeting, by) == ["Sätt upp räcket"]


def test_an_action_is_marked_when_it_was_declined_since(meeting: Meeting, by: Actor) -> None:
    words = {"assignment__answer": "declined", "assignment__reason": "budget", "assignment__text": "Nej."}
    for title, when in (("Laga lampan", BEFORE), ("Sätt upp räcket", AFTER)):
        facts = {**words, "assignment__next_step": "I mars.", "assignment__answered_at": when}
        ActionFactory(title=title, state="declined", issue=issue(f"Om {title}", BEFORE), **facts)
    call(meeting, by)

    assert [title for title in late(meeting, by) if not title.startswith("Om ")] == ["Sätt upp räcket"]


def test_what_somebody_adds_since_is_marked_and_not_what_she_orders(meeting: Meeting, by: Actor) -> None:
    lamp, rail = issue("Lampan", BEFORE), issue("Räcket", BEFORE)
    add_item(meeting, by=by, title="Nattvandring", at=BEFORE)
    call(meeting, by)

    add_item(meeting, by=by, title="Budget", at=AFTER)
    move_line(meeting, f"issue-{rail.pk}", by=by, after="new_issues", at=AFTER)

    assert late(meeting, by) == ["Budget"]
    assert lamp.title not in late(meeting, by)


def test_what_was_off_the_agenda_when_it_was_called_and_comes_back_is_marked(meeting: Meeting, by: Actor) -> None:
    topics = {title: add_item(meeting, by=by, title=title, at=BEFORE) for title in ("Nattvandring", "Budget")}
    remove_line(meeting, topics["Budget"].key, by=by, at=BEFORE)
    call_meeting(meeting, by=by, at=timezone.now())
    remove_line(meeting, topics["Nattvandring"].key, by=by)

    for item in topics.values():
        restore_line(meeting, item.key, by=by)

    assert late(meeting, by) == ["Budget"]


def test_the_mark_stays_when_the_meeting_has_started(meeting: Meeting, by: Actor) -> None:
    issue("Lampan", BEFORE)
    issue("Räcket", AFTER)
    call(meeting, by)

    start_meeting(meeting, by=by)

    assert late(meeting, by) == ["Räcket"]


def test_what_moves_on_from_a_meeting_that_is_called_off_is_marked_and_not_when_it_comes_back(
    meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    off = planned(coordinator, starts_at=NOW + timedelta(days=2), created_at=NOW - timedelta(days=30))
    add_item(off, by=by, title="Nattvandring", at=BEFORE)
    call(meeting, by)
    call(off, by)

    call_off(off, by=by)
    assert late(meeting, by) == ["Nattvandring"]

    reinstate(off, by=by)
    assert (late(meeting, by), late(off, by)) == ([], [])


def test_what_moves_on_says_from_which_meeting_on_the_page_and_the_papers(
    as_representative: Client, meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    off = planned(coordinator, starts_at=NOW + timedelta(days=2), created_at=NOW - timedelta(days=30))
    add_item(off, by=by, title="Nattvandring", at=BEFORE)
    add_item(meeting, by=by, title="Belysning", at=BEFORE)
    call_off(off, by=by)
    moved = f"Flyttad från mötet {day_and_month(off.day, today=timezone.localdate())}, som ställdes in."

    for address in (
        meeting.get_absolute_url(),
        *(reverse(f"meetings:{kind}", args=[meeting.pk]) for kind in ("agenda_pdf", "agenda_word")),
    ):
        told = " ".join(words_of(as_representative.get(address)).split())
        assert told.count(moved) == 1
        assert told.index("Nattvandring") < told.index(moved)


def test_the_page_and_the_papers_say_so_and_nothing_of_what_is_restricted(
    as_representative: Client, meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    issue("Lampan", BEFORE)
    hidden = issue("Hemliga huset", AFTER)
    restrict(hidden, reason="Kan kännas igen.", named=[by.member.pk], by=by)
    addresses = [
        meeting.get_absolute_url(),
        *(reverse(f"meetings:{kind}", args=[meeting.pk]) for kind in ("agenda_pdf", "agenda_word")),
    ]
    issue("Räcket", AFTER)
    for address in addresses:
        assert LATE not in words_of(as_representative.get(address))

    call(meeting, by)

    for address in addresses:
        told = " ".join(words_of(as_representative.get(address)).split())
        assert (told.count(LATE), "emliga" in told) == (1, False)
        assert told.index("Lampan") < told.index("Räcket") < told.index(LATE)
    assert late(meeting, by) == ["Hemliga huset", "Räcket"]
    assert words(as_representative.get(addresses[0])).count(LATE) == 1
