"""A restricted row says itself that it was read, however it came out of the database."""

from collections.abc import Callable
from typing import Any

import pytest

from base.records import reading_restricted
from issues.models import Action, Issue
from tests.factories import ActionFactory, IssueFactory

pytestmark = pytest.mark.django_db

READS: dict[str, Callable[[], Any]] = {
    "by itself": lambda: Issue.objects.get(),
    "in a list": lambda: list(Issue.objects.all()),
    "beside another": lambda: list(Action.objects.select_related("issue")),
    "after another": lambda: list(Action.objects.prefetch_related("issue")),
    "from another": lambda: Action.objects.get().issue,
    "with the state of an action": lambda: list(Action.objects.with_current()),
    "one after the other": lambda: list(Issue.objects.iterator()),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
@pytest.mark.parametrize("restricted", [True, False])
def test_a_row_says_that_it_is_restricted(restricted: bool, read: Callable[[], Any]) -> None:
    ActionFactory(issue=IssueFactory(restricted=restricted))

    with reading_restricted() as reading:
        read()

    assert reading.found is restricted


def test_what_a_verb_reads_is_its_own() -> None:
    IssueFactory(restricted=True)

    with reading_restricted() as page:
        with reading_restricted() as verb:
            Issue.objects.get()
        assert (page.found, verb.found) == (False, True)
    Issue.objects.get()  # nobody asks
