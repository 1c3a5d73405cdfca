"""No row makes a page an error for good: what no page can show is refused, and a line's sentence never fails."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import DateRangeField
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from issues.models import Event, Issue
from members.actor import Actor
from members.models import Member
from temagrupp.privileges import is_ours
from tests.factories import IssueFactory, ObservationFactory, SeatFactory

pytestmark = pytest.mark.django_db

OLD = datetime(1066, 10, 14, tzinfo=UTC)


def refusal(sql: str) -> str:
    """The name of the constraint that refuses the statement; empty when none does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except IntegrityError as error:
        cause: Any = error.__cause__
        return str(cause.diag.constraint_name)
    return ""


def test_every_column_that_could_hold_what_no_page_shows_has_its_check() -> None:
    kinds = (models.DateField, models.JSONField, DateRangeField)
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint")
        there = [(table, check.replace('"', "")) for table, check in cursor.fetchall()]

    without = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if is_ours(model) and (field.choices or isinstance(field, kinds))
        if not any(table == model._meta.db_table and f"({field.column}" in check for table, check in there)
    ]

    assert without == []


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'zz'", "observation_state_is_a_choice"),
        ("state = ''", "observation_state_is_a_choice"),
        ("unsafe = 99", "observation_unsafe_is_a_choice"),
        ("seen_from = 'infinity'", "observation_seen_from_in_our_time"),
        ("seen_from = '4000-01-01 BC'", "observation_seen_from_in_our_time"),
        ("seen_to = '9999-12-31'", "observation_seen_to_in_our_time"),
        ("unsafe = NULL", ""),
    ],
)
def test_an_observation_holds_what_a_page_can_show(change: str, constraint: str) -> None:
    ObservationFactory()

    assert refusal(f"UPDATE issues_observation SET {change}") == constraint


def test_a_seat_has_no_infinite_days() -> None:
    SeatFactory()

    for period in ("[2021-01-01,infinity)", "[-infinity,2021-01-01)", "[4000-01-01 BC,)"):
        assert refusal(f"UPDATE members_seat SET period = '{period}'") == "seat_period_in_our_time"
    assert refusal("UPDATE members_seat SET period = '[2021-01-01,)'") == ""


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"at": OLD}, "event_at_in_our_time"),
        ({"capacity": "zzz"}, "event_capacity_is_a_choice"),
        ({"channel": "zzz"}, "event_channel_is_a_choice"),
        ({"channel": ""}, "event_channel_is_a_choice"),
        ({"facts": "x"}, "event_facts_is_an_object"),
        ({"facts": ["x"]}, "event_facts_is_an_object"),
    ],
)
def test_so_does_a_line_of_the_timeline(facts: dict[str, Any], constraint: str) -> None:
    issue = IssueFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Event.objects.create(issue=issue, kind="resumed", **facts)


JUNK: list[dict[str, Any]] = [
    {},
    {"day": 5, "extra": None, "number": {}, "decision": "x", "points": 5, "fields": 5, "how": [], "decisions": []},
    {"day": "2026-02-31", "extra": 1, "number": [1], "decision": 10**40, "points": [{}], "fields": [[]], "how": ""},
    {"day": "2026-11-25", "extra": True, "decision": [1], "observations": "x"},
]


@pytest.mark.parametrize("facts", JUNK)
def test_a_line_without_what_its_kind_tells_of_says_its_kind(as_coordinator: Client, facts: dict[str, Any]) -> None:
    issue = IssueFactory()
    for kind in {*Event.Kind} - {Event.Kind.CLOSED}:
        Event.objects.create(issue=issue, kind=kind, facts=facts)

    response = as_coordinator.get(issue.get_absolute_url())

    assert response.status_code == 200
    said = {str(event) for event in issue.events.all()}
    assert {"Behandlat på möte.", "Klar.", "Ändrat."} & said
    assert "Ärendet återupptaget." in said


def test_an_issue_that_rested_by_such_a_line_is_resumed_all_the_same(coordinator: Member) -> None:
    issue = IssueFactory(state=Issue.State.ON_HOLD)
    Event.objects.create(issue=issue, kind="paused")

    issue.resume(by=Actor.of(coordinator))

    assert issue.state == Issue.State.OPEN
