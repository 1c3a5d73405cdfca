"""Who opened what is restricted: a row for each, which those who are named read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from issues.models import AccessGrant, Issue, Opening
from issues.opening import tell_all_opened
from issues.restricting import lift
from members.actor import Actor
from members.models import Member
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, ObservationFactory


@pytest.fixture
def hidden(coordinator: Member) -> Issue:
    issue = IssueFactory(title="Oro vid skolan", restricted=True)
    AccessGrant.objects.create(issue=issue, member=coordinator)
    return issue


def openings() -> list[tuple[Member, Any, str]]:
    return [(one.member, one.issue or one.observation, one.how) for one in Opening.objects.order_by("pk")]


def test_opening_a_restricted_issue_leaves_one_row_however_often_the_page_is_loaded(
    as_coordinator: Client, coordinator: Member, hidden: Issue
) -> None:
    for _ in range(3):
        as_coordinator.get(hidden.get_absolute_url())

    assert openings() == [(coordinator, hidden, "page")]


def test_so_does_opening_what_hangs_on_it(as_coordinator: Client, coordinator: Member, hidden: Issue) -> None:
    seen = ObservationFactory(issue=hidden, restricted=True, reporter=coordinator)
    for thing in (ActionFactory(issue=hidden), AgendaItemFactory(issue=hidden), seen):
        as_coordinator.get(thing.get_absolute_url())

    assert openings() == [
        (coordinator, hidden, "page"),
        (coordinator, hidden, "item"),
        (coordinator, seen, "page"),
    ]


def test_a_list_that_shows_it_and_a_head_request_open_nothing(as_coordinator: Client, hidden: Issue) -> None:
    listed = as_coordinator.get(reverse("issues:list"))
    as_coordinator.head(hidden.get_absolute_url())

    assert hidden.title in listed.content.decode()
    assert openings() == []


def test_what_is_not_restricted_and_what_she_may_not_know_of_leave_nothing(
    as_representative: Client, hidden: Issue
) -> None:
    as_representative.get(IssueFactory().get_absolute_url())
    refused = as_representative.get(hidden.get_absolute_url())

    assert (refused.status_code, openings()) == (404, [])


def test_when_it_has_been_lifted_the_page_of_who_opened_it_leads_to_the_thing(
    as_coordinator: Client, coordinator: Member, hidden: Issue
) -> None:
    address = reverse("issues:openings", args=[hidden.number])
    assert as_coordinator.get(address).status_code == 200
    lift(hidden, reason="Det gällde platsen.", by=Actor.of(coordinator))

    assert as_coordinator.get(address)["Location"] == hidden.get_absolute_url()


def test_ten_minutes_later_it_is_another_opening(coordinator: Member, hidden: Issue) -> None:
    at = datetime(2026, 11, 27, 10, 3, tzinfo=UTC)
    for minutes in (0, 6, 8, 20):
        Opening.write(coordinator, "page", [hidden], at=at + timedelta(minutes=minutes))

    assert [one.at.minute for one in Opening.objects.of(hidden).latest_first()] == [23, 11, 3]


def test_an_opening_is_of_one_thing(coordinator: Member, hidden: Issue) -> None:
    for things in ({}, {"issue": hidden, "observation": ObservationFactory()}):
        with pytest.raises(IntegrityError, match="opening_of_one_thing"), transaction.atomic():
            Opening.objects.create(member=coordinator, within=timezone.now(), **things)


def test_many_opened_at_once_take_one_statement(coordinator: Member, hidden: Issue) -> None:
    seen, open_to_all = ObservationFactory(restricted=True), IssueFactory()
    request: Any = RequestFactory().get("/")
    request.user = coordinator

    with CaptureQueriesContext(connection) as sent:
        tell_all_opened(request, Opening.How.FILE, [hidden, seen, open_to_all])

    assert len(sent) == 1
    assert openings() == [(coordinator, hidden, "file"), (coordinator, seen, "file")]
