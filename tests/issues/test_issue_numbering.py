"""Numbers come from one locked counter for each year: never twice the same."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from issues.models import Counter, Issue
from members.actor import Actor
from members.models import Member
from tests.at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_two_who_open_an_issue_at_once_get_a_number_each(coordinator: Member) -> None:
    Issue.create(by=Actor.of(coordinator), title="Det första i år")

    issues = at_once(
        *(lambda title=title: Issue.create(by=Actor.of(coordinator), title=title) for title in ("Mörkt", "Trasigt"))
    )

    year = timezone.localdate().year
    assert {issue.number for issue in issues} == {f"{year}-2", f"{year}-3"}


def test_a_new_year_starts_at_one(coordinator: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_on(year: int, month: int, day: int) -> str:
        noon = datetime(year, month, day, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
        monkeypatch.setattr(timezone, "now", lambda: noon)
        return Issue.create(by=Actor.of(coordinator), title="Mörkt").number

    assert [open_on(2026, 12, 30), open_on(2026, 12, 31), open_on(2027, 1, 1)] == ["2026-1", "2026-2", "2027-1"]


def test_each_series_counts_for_itself(coordinator: Member) -> None:
    taken = [Counter.take(series, 2026) for series in (Counter.Series.ISSUE, Counter.Series.MEETING)]

    assert taken == [1, 1]


def test_an_issue_that_could_not_be_opened_takes_no_number(coordinator: Member) -> None:
    with pytest.raises(Exception, match="title"):
        Issue.create(by=Actor.of(coordinator), title="")

    assert Issue.create(by=Actor.of(coordinator), title="Mörkt").serial == 1
