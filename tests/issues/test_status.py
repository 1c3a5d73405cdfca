"""What an action needs, and what its issue does for it, on one day: case by case."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from issues.counting import IssueCounts, WaitingCount
from issues.models import (
    UNENDED,
    ActionStatus,
    Issue,
    IssueStatusFilter,
)
from issues.models.issue_status import IssueState
from tests.factories import ActionFactory, IssueFactory

DAY = date(2026, 11, 23)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
AFTER_NEW_YEAR = datetime(2025, 12, 31, 23, tzinfo=UTC)  # by the clocks of Sweden
BEFORE_NEW_YEAR = AFTER_NEW_YEAR - timedelta(seconds=1)
NO = {"reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}


def test_the_order_of_need_is_the_decided_one() -> None:
    assert [status.name for status in sorted(ActionStatus)] == [
        *["QUESTION", "SILENT", "LATE", "REVIEW", "WAITING", "UNDER_WAY", "DRAFT", "DECLINED", "DONE", "CANCELLED"]
    ]
    assert [status.name for status in UNENDED] == [
        *("QUESTION", "SILENT", "LATE", "REVIEW", "WAITING", "UNDER_WAY", "DRAFT")
    ]


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

    counts = IssueCounts(Issue.objects.all(), DAY)
    assert WaitingCount.of(Issue.objects.all(), DAY) == counts.waiting(IssueStatusFilter.ALL) == WaitingCount(1, *told)
    assert list(Issue.objects.in_status(IssueStatusFilter.WAITING, DAY)) == [issue] * told[0]
    assert counts.total(IssueStatusFilter.WAITING) == told[0]


def test_the_counts_of_all_statuses_are_those_of_each_list(db: None) -> None:
    for state, ending in product(IssueState, [AFTER_NEW_YEAR, BEFORE_NEW_YEAR]):
        facts = {"closed_at": ending} if state == IssueState.CLOSED else {}
        issues = IssueFactory.create_batch(4, state=state, **facts)
        ActionFactory(issue=issues[0], assignment__answer_due=BEFORE)
        ActionFactory(issue=issues[1], assignment__answer_due=DAY)
        ActionFactory(issue=issues[2], state="accepted", assignment__planned=BEFORE)
    counts = IssueCounts(Issue.objects.all(), DAY)

    for status in IssueStatusFilter:
        counted = WaitingCount.of(Issue.objects.in_status(status, DAY), DAY)
        assert counts.total(status) == counted.total
        assert counts.waiting(status) in (counted, None)
    assert counts.waiting(IssueStatusFilter.OPEN) == WaitingCount(24, waiting=12, silent=6)
    assert counts.total(IssueStatusFilter.CLOSED_THIS_YEAR) == 4
