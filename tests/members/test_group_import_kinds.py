"""An organisation whose kind the register does not have goes in, and it is told as which."""

from __future__ import annotations

import pytest
from django.test import Client

from members.models import Organisation
from tests.factories import OrganisationFactory
from tests.members.importing import imported, lines, plan_of, read, review, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["Förening", "Region", "Myndighet", "Stiftelse", "Aktiebolag", "Kyrka"])
def test_an_unknown_kind_goes_in_as_another_and_it_is_told_first(as_coordinator: Client, kind: str) -> None:
    page = words_of(as_coordinator.get(review(read(as_coordinator, lines(f"Tråden|{kind}|||||||")))))

    assert f"”{kind}” finns inte som slag. Organisationen läggs in som Annan." in page
    assert imported(as_coordinator, f"Tråden|{kind}|||||||").outcome == {"organisations_new": 1}
    assert Organisation.objects.get(name="Tråden").kind == Organisation.Kind.OTHER


def test_where_the_name_tells_the_kind_it_goes_in_as_that(as_coordinator: Client) -> None:
    [row] = plan_of(as_coordinator, "Polisområde Norr|Myndighet|||||||").changing

    assert row.told == ["”Myndighet” finns inte som slag. Organisationen läggs in som Polis."]


def test_what_another_row_says_is_the_kind(as_coordinator: Client) -> None:
    person = "Tråden|bolag||Kim Skiss||kim@exempel.se|||"
    plan = plan_of(as_coordinator, "Tråden|Stiftelse|||||||", person)

    assert [(row.told, row.wrong) for row in plan.rows] == [([], []), ([], [])]
    assert plan.rows[0].words == ["Ny organisation: Tråden (bolag)."]


def test_an_unknown_kind_never_changes_one_that_the_register_has(as_coordinator: Client) -> None:
    OrganisationFactory(name="Polisen Norr", kind="police")
    OrganisationFactory(name="Tråden", kind="other")
    police, other = plan_of(as_coordinator, "Polisen Norr|Myndighet|||||||", "Tråden|Förening|||||||").unchanged

    assert police.told == ["”Myndighet” finns inte som slag. Det ändras inte: Polisen Norr är polis."]
    assert other.told == []
