"""What is found in texts when the register's own names are known: read once, and only where there is a name."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from base.records.personal_data import find_personal_data
from tests.factories import (
    CategoryFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db


def told(*texts: str) -> list[list[str]]:
    return [
        [text[one.start : one.end] for one in found]
        for text, found in zip(texts, find_personal_data(texts), strict=True)
    ]


def test_the_names_of_members_organisations_places_and_categories_are_known() -> None:
    MemberFactory(name="Kevin Larsson")
    OrganisationFactory(name="Larsson & Berg Fastigheter", short_name="Sara Berg")
    PlaceFactory(name="Axel Holm", locality=PlaceFactory(name="Elsa Holm"))
    CategoryFactory(name="Nils Holm")

    assert (
        told("Det sa Kevin Larsson.", "Det sa Sara Berg.", "Vid Axel Holm, Elsa Holm.", "Det sa Nils Holm.") == [[]] * 4
    )


def test_what_stands_in_an_issue_or_an_observation_is_never_known() -> None:
    IssueFactory(title="Kevin Larsson", where="Kevin Larsson")
    ObservationFactory(where="Kevin Larsson")

    assert told("Det sa Kevin Larsson.") == [["Kevin Larsson"]]


def test_the_names_are_read_once_for_all_texts(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert told("Det sa Kevin Larsson.", "Det sa Sara Berg.") == [["Kevin Larsson"], ["Sara Berg"]]


def test_where_there_is_no_name_nothing_is_read(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert told("Ring 0701740605.", "Lampan är trasig.") == [["0701740605"], []]
