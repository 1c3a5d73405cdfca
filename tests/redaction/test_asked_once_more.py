"""To mask in many places is asked about once more; the button says how many they are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from issues.models import Issue
from members.models import Member
from temagrupp.redaction.models import Redaction
from tests.factories import IssueFactory
from tests.redaction.test_pages import WHY, mask, places_on, ticked, yes_on
from tests.redaction.test_tables import a_table

pytestmark = pytest.mark.django_db

QUESTION = "Ska det maskeras på {} ställen?"


def button_of(page: str) -> str:
    [label] = re.findall(r"<button[^>]*data-counts[^>]*>([^<]*)</button>", page)
    return str(label)


def issues(number: int) -> list[str]:
    made = IssueFactory.create_batch(number, title="Kim Fiktiv")
    return [f"issues_issue:title:{issue.pk}" for issue in made]


@pytest.mark.parametrize(("number", "label"), [(1, "Maskera på ett ställe"), (3, "Maskera på 3 ställen")])
def test_the_button_says_in_how_many_places(as_coordinator: Client, number: int, label: str) -> None:
    places = issues(number)

    assert button_of(as_coordinator.post("/maskera/", {"passage": "Kim Fiktiv"}).content.decode()) == label
    assert button_of(mask(as_coordinator, "Kim Fiktiv", places=places[:1], why="").content.decode()).endswith("ställe")
    page = as_coordinator.post("/maskera/", {"passage": "Kim Fiktiv", "untick": "1"}).content.decode()
    assert button_of(page) == "Maskera"


def test_ten_are_masked_at_once(as_coordinator: Client) -> None:
    issues(10)

    mask(as_coordinator, "Kim Fiktiv")

    assert Redaction.objects.get().places.count() == 10


def test_more_than_ten_are_asked_about_and_what_was_written_stands(as_coordinator: Client, coordinator: Member) -> None:
    places = issues(12)
    table = a_table(coordinator, ["Kim Fiktiv"])
    chosen: dict[str, Any] = {"places": places[:11], "offered_tables": [table.pk], "tables": [table.pk]}

    page = mask(as_coordinator, "Kim Fiktiv", **chosen).content.decode()

    assert page.count(QUESTION.format(12)) == 1
    assert "Det maskeras på elva ställen och i en inläst tabell. Tabellen tas bort i sin helhet." in page
    assert "behöver rättas" not in page
    assert "Rätta:" not in page
    assert (ticked(page), WHY in page, len(places_on(page))) == ([*places[:11], str(table.pk)], True, 12)
    assert not Redaction.objects.exists()

    mask(as_coordinator, "Kim Fiktiv", **chosen, sure=yes_on(page))

    assert Redaction.objects.get().places.count() == 12
    assert Issue.objects.filter(title="Kim Fiktiv").count() == 1


def test_who_has_said_yes_to_others_is_asked_again(as_coordinator: Client, coordinator: Member) -> None:
    places, table = issues(12), a_table(coordinator, ["Kim Fiktiv"])
    before: dict[str, Any] = {"places": places[:11], "tables": [table.pk]}
    sure = yes_on(mask(as_coordinator, "Kim Fiktiv", **before).content.decode())

    others: list[dict[str, Any]] = [{"tables": []}, {"places": places[1:]}, {"places": places, "tables": []}]
    for chosen in others:
        page = mask(as_coordinator, "Kim Fiktiv", **{**before, **chosen}, sure=sure).content.decode()
        assert "Ska det maskeras på" in page
        assert 'name="sure" value=' in page
    assert not Redaction.objects.exists()


def test_what_is_wrong_is_put_right_before_it_is_asked(as_coordinator: Client) -> None:
    issues(11)

    page = mask(as_coordinator, "Kim Fiktiv", why="").content.decode()

    assert "Skriv varför det maskeras." in page
    assert QUESTION.format(11) not in page
