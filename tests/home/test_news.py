"""What a mail would tell stands on the start page as well, where no other panel has it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import swedish_day
from issues.models import Action, Answer, Assignment, Follower, Issue
from meetings.calling import call_meeting
from meetings.calling_off import call_off
from meetings.models import CallAnswer, Meeting
from meetings.planning import change_meeting
from members.actor import Actor
from members.models import Member, Organisation
from members.outbox.sending import send_due
from tests.acting import a_coordinator
from tests.days import next_noon
from tests.factories import AgendaItemFactory, IssueFactory, ObservationFactory
from tests.meetings.meetings import planned
from tests.pages import text_of

pytestmark = pytest.mark.django_db

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def issue(db: None) -> Issue:
    issue: Issue = IssueFactory(title="Mörkt vid Åparken")
    return issue


@pytest.fixture
def omar(representative: Member) -> Actor:
    return Actor.of(representative)


def asked(issue: Issue, organisation: Organisation, title: str = "Byt lamporna") -> Assignment:
    by = a_coordinator()
    action = Action.draft(issue=issue, organisation=organisation, title=title, text="Fyra rapporter.", by=by)
    action.propose(by=by)
    return action.current


def news(client: Client) -> list[str]:
    _, heading, rest = text_of(client).partition("Nyheter</h2>")
    return re.findall(r"<a[^>]*>([^<]+)</a>", rest.partition("</section>")[0]) if heading else []


# Of issues


def test_the_samordnare_reads_who_has_answered_with_a_link_and_nobody_else_does(
    as_coordinator: Client, as_officer: Client, issue: Issue, technical: Organisation, omar: Actor
) -> None:
    asking = asked(issue, technical)
    assert news(as_coordinator) == []

    asking.accept(by=omar, planned=timezone.localdate())

    assert news(as_coordinator) == ["Svar från Tekniska förvaltningen: Byt lamporna"]
    assert f'<a href="{asking.action.get_absolute_url()}">Svar från Tekniska förvaltningen' in text_of(as_coordinator)
    assert news(as_officer) == []


@pytest.mark.usefixtures("coordinator")
def test_a_question_back_that_waits_on_her_is_no_news_beside(
    as_coordinator: Client, issue: Issue, technical: Organisation, omar: Actor
) -> None:
    asked(issue, technical).ask(by=omar, text="Vilka stolpar?")

    assert "Vilka stolpar?" in text_of(as_coordinator)
    assert news(as_coordinator) == []


def test_what_happened_before_the_latest_in_what_she_follows_is_told_in_one_line(
    as_officer: Client, officer: Member, issue: Issue, technical: Organisation, omar: Actor
) -> None:
    Follower.begin(issue, by=Actor.of(officer))
    for title in ("Byt lamporna", "Laga grinden", "Ta ner skylten"):
        asked(issue, technical, title)
    assert news(as_officer) == ["Nytt i ärende som du följer: Mörkt vid Åparken"]

    Follower.end(issue, by=Actor.of(officer))
    assert news(as_officer) == []


def test_the_only_thing_that_happened_is_told_once_where_she_follows_it(
    as_officer: Client, officer: Member, issue: Issue, technical: Organisation
) -> None:
    Follower.begin(issue, by=Actor.of(officer))
    asked(issue, technical)

    assert "Ärenden du följer" in text_of(as_officer)
    assert news(as_officer) == []


def test_endings_that_the_feedback_has_no_room_for_are_news(as_officer: Client, officer: Member) -> None:
    for number in range(7):
        ended = IssueFactory(title=f"Ärende nr {number}")
        ObservationFactory(reporter=officer, issue=ended, state="attached")
        ended.close(by=a_coordinator(), outcome=Issue.Outcome.SOLVED, feedback=f"Klart {number}.")

    page = text_of(as_officer)

    told = news(as_officer)
    assert told == [f"Återkoppling på din rapport: Ärende nr {number}" for number in (1, 0)]
    assert [number for number in range(7) if f"Klart {number}." in page] == [2, 3, 4, 5, 6]


def test_what_she_is_to_answer_is_no_news_beside_for_one_who_follows_it(
    as_representative: Client, issue: Issue, technical: Organisation, omar: Actor
) -> None:
    Follower.begin(issue, by=omar)
    for title in ("Byt lamporna", "Laga grinden"):
        asked(issue, technical, title)

    assert "Laga grinden" in text_of(as_representative)
    assert news(as_representative) == []


def test_there_are_ten_lines_the_latest_first(
    as_coordinator: Client, issue: Issue, technical: Organisation, omar: Actor
) -> None:
    for number in range(12):
        asked(issue, technical, f"Åtgärd {number}").decline(
            by=omar, reason=Answer.Reason.OTHER, text="Nej.", next_step="I vår."
        )

    latest = [f"Svar från Tekniska förvaltningen: Åtgärd {number}" for number in range(11, 1, -1)]
    assert news(as_coordinator) == latest


def test_an_answer_that_was_taken_back_is_no_news(
    as_coordinator: Client, issue: Issue, technical: Organisation, omar: Actor
) -> None:
    mistaken = asked(issue, technical)
    mistaken.accept(by=omar, planned=timezone.localdate())
    assert len(news(as_coordinator)) == 1

    mistaken.withdraw_answer(by=omar)

    assert news(as_coordinator) == []


# Of meetings


@pytest.fixture
def called(representative: Member, deputy: Member, coordinator: Member) -> Meeting:
    """A meeting in five days, which everybody has been called to."""
    meeting = planned(coordinator, starts_at=timezone.now() + 5 * DAY)
    call_meeting(meeting, by=Actor.of(coordinator))
    return meeting


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def move(meeting: Meeting, days: int) -> None:
    meeting.refresh_from_db()
    change_meeting(meeting, starts_at=meeting.starts_at + days * DAY, by=a_coordinator())


def test_a_new_time_is_news_for_those_who_sit_and_not_for_others(
    as_representative: Client, as_coordinator: Client, as_reader: Client, as_handler: Client, called: Meeting
) -> None:
    assert [news(client) for client in (as_representative, as_coordinator)] == [[], []]

    move(called, 1)

    [line] = news(as_representative)
    assert " är flyttat till " in line
    assert [news(client) for client in (as_coordinator, as_reader, as_handler)] == [[], [], []]

    move(called, 1)
    [later] = news(as_representative)
    assert later != line

    Meeting.objects.update(starts_at=timezone.now() - MINUTE)  # it should have begun
    assert news(as_representative) == []


def test_a_new_time_of_a_meeting_that_nobody_was_called_to_is_no_news(
    as_representative: Client, coordinator: Member
) -> None:
    move(planned(coordinator, starts_at=timezone.now() + 20 * DAY), 1)

    assert news(as_representative) == []


def test_a_guest_reads_that_the_time_of_her_item_is_another(
    as_outsider: Client, outsider: Member, called: Meeting
) -> None:
    AgendaItemFactory(meeting=called, presenter=outsider, under="other")
    move(called, 1)

    [line] = news(as_outsider)
    assert " är flyttat till " in line


def test_the_call_to_a_meeting_after_the_next_is_news_for_whoever_is_to_come(
    as_representative: Client, as_deputy: Client, called: Meeting, coordinator: Member
) -> None:
    now, by = timezone.now(), a_coordinator()
    first, known = (planned(coordinator, starts_at=now + days * DAY) for days in (2, 30))
    assert first.starts_at < called.starts_at
    call_meeting(known, by=by, at=now - 15 * DAY)  # which she has known for more than a fortnight

    [line] = news(as_representative)
    assert line.startswith(f"Kallelse till möte {swedish_day(called.day, today=timezone.localdate())}")
    assert news(as_deputy) == []


def test_the_deputy_reads_that_she_need_not_go_after_all_until_she_is_to(
    as_deputy: Client, representative: Member, called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    told = []
    for turn, answer in enumerate(("no", "yes", "no", "yes")):
        CallAnswer.say(called, representative, answer, by=Actor.of(representative))
        told.append([line.partition(" mötet")[0] for line in news(as_deputy)])
        send_due(at=next_noon() + (turn * 10 + 2) * MINUTE)
        send_due(at=next_noon() + (turn * 10 + 4) * MINUTE)

    assert told[:3] == [[], [], []]
    assert [line.partition(" mötet")[0] for line in news(as_deputy)] == ["Du behöver inte gå på"]


def test_a_meeting_called_off_is_news_for_a_guest_and_the_headline_of_the_group(
    as_outsider: Client, as_representative: Client, outsider: Member, called: Meeting
) -> None:
    AgendaItemFactory(meeting=called, presenter=outsider, under="other")
    call_off(called, reason="Snöstorm.", by=a_coordinator())

    [line] = news(as_outsider)
    assert line.startswith("Inställt: möte")
    assert news(as_representative) == []
    assert "är inställt" in text_of(as_representative).partition("</h1>")[0]
