"""Where a passage is found: in every text and its history, and in nothing that is hidden from who looks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from base.records.freetext import freetext_fields
from base.swedish.passages import pattern
from issues.models import AccessGrant, Event, Issue, Observation, Tombstone
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member
from temagrupp.redaction.finding import FoundText, find
from temagrupp.redaction.redacting import redact_passage
from temagrupp.redaction.scope import MaskingScope
from temagrupp.redaction.texts import TEXTS
from temagrupp.redaction.tombstones import named_places
from tests.factories import ActionFactory, AgendaItemFactory, CategoryFactory, IssueFactory, ObservationFactory

pytestmark = pytest.mark.django_db

KIM = pattern("Kim Fiktiv")


def names(found: list[FoundText]) -> list[str]:
    return [place.name for place in found]


def test_every_column_of_free_text_is_named() -> None:
    """A new one is named in the `redaction.py` of its app, with the issue that it hangs on."""
    named = {(texts.model, column) for texts in TEXTS for column in texts.columns}

    assert named == {(model, field.name) for model, field in freetext_fields()}


def test_it_is_found_in_the_row_and_in_its_history_by_name(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim Fiktiv klottrar", text="Av KIM\nFIKTIV")
    Issue.objects.filter(pk=issue.pk).update(title="Klotter")
    IssueFactory(title="Kim Fiktivsson")

    found = find(MaskingScope(coordinator), KIM)

    assert [(place.name, place.stands, place.versions, place.issue) for place in found] == [
        (f"Rubriken på ärende {issue.number}", False, 1, issue.pk),
        (f"Beskrivningen av ärende {issue.number}", True, 2, issue.pk),
    ]
    assert [place.text for place in found] == ["Kim Fiktiv klottrar", "Av KIM\nFIKTIV"]
    assert found[1].url == issue.get_absolute_url()


def test_what_hangs_on_the_issue_that_she_came_from_is_first(coordinator: Member) -> None:
    other, issue = IssueFactory(title="Kim Fiktiv"), IssueFactory(title="Kim Fiktiv 2")

    assert [place.issue for place in find(MaskingScope(coordinator, issue), KIM)] == [issue.pk, other.pk]


def test_a_row_that_is_gone_is_found_in_its_history(coordinator: Member) -> None:
    item = AgendaItemFactory(title="Kim Fiktiv", meeting__state=Meeting.State.PLANNED)
    item.delete()

    [place] = find(MaskingScope(coordinator), KIM)

    assert (place.name, place.url, place.versions) == ("Rubriken på något som är borttaget", "", 2)


def test_nothing_restricted_is_found_by_one_who_is_not_named(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim Fiktiv", restricted=True)
    item = AgendaItemFactory(title="Kim Fiktiv", note="Kim Fiktiv", issue=issue, kind="issue")
    gone = AgendaItemFactory(title="Kim Fiktiv", issue=issue, kind="issue", meeting__starts_at=item.meeting.starts_at)
    gone.delete()
    issue.record(Event.Kind.PAUSED, by=Actor.of(coordinator), text="Kim Fiktiv")
    inside = ObservationFactory(text="Kim Fiktiv", issue=issue, state=Observation.State.ATTACHED)
    alone = ObservationFactory(text="Kim Fiktiv", restricted=True)
    struck = ActionFactory(issue=issue, title="Laga räcket")
    Tombstone.leave(struck, str(struck.pk), why="Kim Fiktiv", by=Actor.of(coordinator))

    assert find(MaskingScope(coordinator), KIM) == []

    AccessGrant.objects.create(issue=issue, member=coordinator, updated_by=coordinator)
    assert {place.issue for place in find(MaskingScope(coordinator), KIM)} == {issue.pk}
    assert {place.key for place in find(MaskingScope(coordinator), KIM) if place.table == "issues_observation"} == {
        str(inside.pk)
    }
    assert len(find(MaskingScope(coordinator), KIM)) == 7
    AccessGrant.objects.create(observation=alone, member=coordinator, updated_by=coordinator)
    assert len(find(MaskingScope(coordinator), KIM)) == 8


def test_others_find_it_in_the_thing_that_is_theirs_alone(representative: Member) -> None:
    IssueFactory(title="Kim Fiktiv")
    own = ObservationFactory(text="Kim Fiktiv", reporter=representative)
    ObservationFactory(text="Kim Fiktiv")

    assert names(find(MaskingScope(representative, own), KIM)) == [f"Beskrivningen av observationen {own.with_its_day}"]
    assert find(MaskingScope(representative), KIM) == []


def test_observations_of_one_place_are_told_apart_by_their_days(coordinator: Member) -> None:
    alike: dict[str, Any] = {"category": CategoryFactory(name="Klotter"), "where": "Hos Kim Fiktiv"}
    for day in (4, 5):
        ObservationFactory(**alike, created_at=datetime(2025, 10, day, 12, tzinfo=UTC))

    place = "Platsen för observationen Klotter, Hos Kim Fiktiv, registrerad"
    assert names(find(MaskingScope(coordinator), KIM)) == [f"{place} 4 oktober 2025", f"{place} 5 oktober 2025"]


def test_those_of_one_place_and_day_and_notes_of_one_issue_are_told_apart_by_their_numbers(
    coordinator: Member,
) -> None:
    alike: dict[str, Any] = {"category": CategoryFactory(name="Klotter"), "where": "Hos Kim Fiktiv"}
    first, second = (ObservationFactory(**alike, created_at=datetime(2025, 10, 4, 12, tzinfo=UTC)) for _ in range(2))

    place = "Platsen för observationen Klotter, Hos Kim Fiktiv, registrerad 4 oktober 2025"
    found = find(MaskingScope(coordinator), KIM)
    assert names(found) == [f"{place}, nr {first.pk}", f"{place}, nr {second.pk}"]
    done = redact_passage("Kim Fiktiv", found, why="Begärt", by=Actor.of(coordinator))
    told = named_places(done.places.order_by("pk"))
    assert [each.name[-len(str(first.pk)) - 4 :] for each in told] == [f" nr {first.pk}", f" nr {second.pk}"]


def test_it_takes_a_statement_with_time_of_its_own_and_one_for_each_kind_that_is_found(coordinator: Member) -> None:
    for _ in range(3):
        IssueFactory(title="Kim Fiktiv", text="Kim Fiktiv")
        ObservationFactory(text="Kim Fiktiv")

    with CaptureQueriesContext(connection) as sent:
        names(find(MaskingScope(coordinator), KIM))

    assert len(sent) == 3 + len(("SAVEPOINT", "statement_timeout", "RELEASE"))
