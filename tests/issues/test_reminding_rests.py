"""When no reminder is sent: at night, while the issue rests, while a decision above is waited for, after the answer."""

from __future__ import annotations

from datetime import date

import pytest

from issues.models import Action, Escalation, Issue
from members.actor import Actor
from members.models import Member, Organisation
from tests.issues.reminders import Outbox, moment, nothing_leaves
from tests.issues.test_reminding import DUE, LATE, LATE_TO_ALL, SINCE, TOLD_LAST, question

pytestmark = pytest.mark.django_db


def test_nothing_is_sent_at_night_or_when_nobody_works(tekniska: Organisation, outbox: Outbox) -> None:
    """The outbox had stood still on the day, a Friday."""
    question(tekniska, due=date(2026, 11, 13))

    assert [outbox.at(words) for words in ("2026-11-14 03:10", "2026-11-15 12:00", "2026-11-16 06:50")] == [[], [], []]
    assert len(outbox.at("2026-11-16 07:00")) == 3


def test_an_issue_that_rests_is_not_reminded_of_and_its_days_are_counted_from_when_it_goes_on(
    tekniska: Organisation, maja: Member, outbox: Outbox
) -> None:
    action, by = question(tekniska), Actor.of(maja)
    action.issue.pause(reason="Vi avvaktar budgeten.", by=by, at=moment("2026-11-02 10:00"))

    assert [outbox.at(f"2026-11-{day} 12:00") for day in (11, 18, 25)] == [[], [], []]
    Issue.objects.get(pk=action.issue_id).resume(by=by, at=moment("2026-11-26 10:00"))
    assert [outbox.at(words) for words in ("2026-11-26 12:00", "2026-12-02 12:00")] == [[], []]
    assert outbox.at("2026-12-03 07:00") == LATE_TO_ALL
    assert outbox.told == SINCE
    assert outbox.at("2026-12-10 07:00") == LATE_TO_ALL
    assert outbox.told == TOLD_LAST


def test_what_is_lifted_is_not_reminded_of_while_it_waits_for_a_decision(
    tekniska: Organisation, maja: Member, outbox: Outbox
) -> None:
    action, by = question(tekniska), Actor.of(maja)
    Escalation.escalate(action, to="nämnden", rung=2, by=by, at=moment("2026-11-17 10:00"))

    assert [line for _, line in outbox.at("2026-11-18 12:00") if line == LATE] == []
    Escalation.write_ruling(Action.objects.get(), decision="Svara.", by=by, at=moment("2026-11-20 10:00"))
    assert [line for _, line in outbox.at("2026-11-25 12:00") if line == LATE] == [LATE] * 3


def test_a_reminder_that_waits_is_not_sent_after_the_answer_though_the_day_is_the_same(
    tekniska: Organisation, ordinary: Actor, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = question(tekniska)
    with nothing_leaves(monkeypatch):
        outbox.at("2026-11-11 07:00")
    action.current.accept(by=ordinary, planned=DUE, at=moment("2026-11-11 09:00"))

    assert [line for _, line in outbox.at("2026-11-11 09:30") if "Påminnelse" in line] == []
