"""What is found in texts when the register's own names are known: read once, and only where there is a name."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from base.records.personal_data import Finder, recogniser
from base.swedish.guard.recogniser import SECONDS, Recogniser
from tests.factories import (
    CategoryFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    PlaceFactory,
)
from tests.the import the

Plug = Callable[[str], Recogniser]
PLAYED = Path(__file__).parent.parent / "guard" / "played.py"

pytestmark = pytest.mark.django_db


def told(*texts: str) -> list[list[str]]:
    finder = Finder()
    return [[text[one.start : one.end] for one in finder.find(text)] for text in texts]


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


@pytest.fixture
def plugged_in(settings: Settings, tmp_path: Path) -> Iterator[Callable[[str], Recogniser]]:
    """Plugs in a recogniser that plays a part, and waits until it can be asked."""

    def plug_in(part: str) -> Recogniser:
        recogniser.cache_clear()
        settings.GUARD_RECOGNISER = [sys.executable, "-I", str(PLAYED), part, str(tmp_path / "notes")]
        plugged = the(recogniser())
        until = time.monotonic() + 20
        while not plugged.start() and time.monotonic() < until:
            time.sleep(0.02)
        return plugged

    yield plug_in
    if plugged := recogniser():
        plugged.end()
    recogniser.cache_clear()


def test_what_a_recogniser_finds_is_told_beside_what_the_guard_finds(plugged_in: Plug) -> None:
    plugged_in("")

    assert told("Zork ringde från 0701740605.", "Kevin Zork såg det.") == [["Zork", "0701740605"], ["Kevin Zork"]]


def test_names_that_the_register_knows_are_no_finding_of_a_recogniser_either(plugged_in: Plug) -> None:
    PlaceFactory(name="Zork")
    plugged_in("")

    assert told("Det är mörkt i Zork.") == [[]]


def test_all_texts_of_a_form_wait_for_a_recogniser_no_longer_than_one(plugged_in: Plug) -> None:
    plugged_in("hangs")
    begun = time.monotonic()

    assert told(*["Ring 0701740605."] * 8) == [["0701740605"]] * 8
    assert time.monotonic() - begun < 2 * SECONDS
