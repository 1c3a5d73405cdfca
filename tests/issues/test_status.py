"""What an action needs, and what its issue does for it, on one day: case by case."""

from datetime import date, timedelta

import pytest

from issues.models import (
    UNENDED,
    ActionStatus,
    Issue,
    IssueStatusFilter,
)
from tests.factories import ActionFactory

DAY = date(2026, 11, 23)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
NO = {"reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}


def test_the_order_of_need_is_the_decided_one() -> None:
    assert [status.name for status in sorted(ActionStatus)] == [
        *["QUESTION", "SILENT", "LATE", "WAITING", "UNDER_WAY", "DRAFT", "DECLINED", "DONE", "CANCELLED"]
    ]
    assert [status.name for status in UNENDED] == ["QUESTION", "SILENT", "LATE", "WAITING", "UNDER_WAY", "DRAFT"]


@pytest.mark.parametrize(
    ("state", "facts", "status"),
    [
        ("draft", {"asked_at": None, "answer_due": BEFORE}, ActionStatus.DRAFT),
        ("proposed", {"answer_due": BEFORE}, ActionStatus.SILENT),
        ("proposed", {"answer_due": DAY}, ActionStatus.WAITING),
        ("proposed", {"answer_due": AFTER, "planned": BEFORE}, ActionStatus.WAITING),
        ("proposed", {"answer_due": None}, ActionStatus.WAITING),
        ("question", {"answer": "question", "answer_due": BEFORE}, ActionStatus.QUESTION),
        ("accepted", {"answer": "accepted", "planned": BEFORE}, ActionStatus.LATE),
        ("accepted", {"answer": "accepted", "planned": DAY, "answer_due": BEFORE}, ActionStatus.UNDER_WAY),
        ("ongoing", {"answer": "accepted", "planned": BEFORE}, ActionStatus.LATE),
        ("ongoing", {"answer": "accepted", "planned": AFTER}, ActionStatus.UNDER_WAY),
        ("ongoing", {"planned": None}, ActionStatus.UNDER_WAY),
        ("declined", {"answer": "declined", **NO, "answer_due": BEFORE}, ActionStatus.DECLINED),
        ("done", {"answer": "accepted", "planned": BEFORE}, ActionStatus.DONE),
        ("cancelled", {"answer_due": BEFORE, "planned": BEFORE}, ActionStatus.CANCELLED),
    ],
)
def test_what_an_action_needs(db: None, state: str, facts: dict[str, object], status: ActionStatus) -> None:
    action = ActionFactory(state=state, **{f"assignment__{name}": value for name, value in facts.items()})

    assert action.status_on(DAY) == status


@pytest.mark.parametrize(
    ("state", "answer_due", "told"),
    [
        ("proposed", BEFORE, (1, 1)),
        ("proposed", DAY, (1, 0)),
        ("proposed", None, (1, 0)),
        ("question", BEFORE, (0, 0)),
        ("accepted", BEFORE, (0, 0)),
        ("draft", BEFORE, (0, 0)),
    ],
)
def test_an_issue_waits_and_is_silent_when_one_of_its_actions_is(
    db: None, state: str, answer_due: date | None, told: tuple[int, int]
) -> None:
    issue = ActionFactory(state=state, assignment__answer_due=answer_due).issue
    ActionFactory(issue=issue, state="done")

    assert Issue.objects.waiting_and_silent(DAY) == told
    assert list(Issue.objects.in_status(IssueStatusFilter.WAITING, DAY)) == [issue] * told[0]
    assert Issue.objects.counts_by_status(DAY)[IssueStatusFilter.WAITING] == told[0]
