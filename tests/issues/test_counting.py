"""What is counted: of a period, a place, a category, an organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from issues.counting import ObservationCount, Scope
from issues.models import Observation
from tests.factories import (
    CategoryFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


def counted(**scope: Any) -> set[str]:
    return set(Scope(**scope).observations.values_list("text", flat=True))


def test_scope_counts_all_but_what_is_rejected_or_restricted() -> None:
    ObservationFactory(text="Ny")
    ObservationFactory(text="Noterad", state=Observation.State.NOTED)
    ObservationFactory(text="Avvisad", state=Observation.State.REJECTED, rejection="Nej.")
    ObservationFactory(text="Begränsad", restricted=True)
    ObservationFactory(text="I ett begränsat ärende", issue=IssueFactory(restricted=True))

    assert counted() == {"Ny", "Noterad"}


def test_scope_of_a_period_is_after_its_beginning_until_its_end() -> None:
    for text, at in {"före": NOW - HOUR, "gränsen": NOW, "efter": NOW + HOUR}.items():
        ObservationFactory(text=text, created_at=at)

    assert counted(after=NOW) == {"efter"}
    assert counted(until=NOW) == {"före", "gränsen"}
    assert counted(after=NOW - HOUR, until=NOW) == {"gränsen"}


def test_scope_of_a_place_has_the_places_in_it_and_of_a_category_those_under_it() -> None:
    town, category = PlaceFactory(name="Orten"), CategoryFactory(name="Mörker")
    street = PlaceFactory(name="Gatan", locality=town)
    under = CategoryFactory(name="Trasig lampa", parent=category)
    ObservationFactory(text="i orten", place=town, category=under)
    ObservationFactory(text="på gatan", place=street, category=category)
    ObservationFactory(text="annanstans", category=CategoryFactory(name="Annat"))

    assert counted(place=town) == {"i orten", "på gatan"}
    assert counted(place=street) == {"på gatan"}
    assert counted(category=category) == {"i orten", "på gatan"}
    assert counted(category=under) == {"i orten"}


def test_scope_of_an_organisation() -> None:
    first, _ = ObservationFactory(text="deras"), ObservationFactory(text="andras")

    assert counted(organisation=first.organisation) == {"deras"}


def test_latest_of_each_has_so_many_of_each_organisation() -> None:
    member, other = MemberFactory(), MemberFactory()
    for hours in range(3):
        ObservationFactory(text=f"hans {hours}", reporter=member, created_at=NOW - hours * HOUR)
    ObservationFactory(text="hennes", reporter=other, created_at=NOW - 9 * HOUR)

    assert {each.text for each in Scope().latest_of_each(2)} == {"hans 0", "hans 1", "hennes"}


def test_observations_are_counted_alike_however_they_are_read() -> None:
    issue, by = IssueFactory(), MemberFactory(is_coordinator=True)
    for source in ("police", "resident", "own", "own", "fault_report"):
        ObservationFactory(issue=issue, source=source)

    of, among = ObservationCount.of(issue, by), ObservationCount.among(issue.observations.latest_first())

    assert of == among
    assert [*of.others] == [*among.others] == ["resident", "police", "fault_report"]
