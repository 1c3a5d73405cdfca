"""A list's tab, its heading and its rows tell the same number."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from base.records import said_columns
from base.swedish.said_days import SaidDay
from base.swedish.words import NUMBERS
from issues.filters.action import SOME, STAGES
from members.models import Organisation
from tests.days import in_days, today
from tests.factories import IssueFactory, ObservationFactory
from tests.issues.test_action_list import asked
from tests.pages import text_of

RUNNING = said_columns("planned", SaidDay(in_days(-5), "running", "tills vidare"))
"""A running action, past the day when it was to be reviewed."""


@pytest.fixture
def register(technical: Organisation, housing: Organisation) -> None:
    """Other numbers in every tab, so that one that is told in another's place is seen."""
    states: list[tuple[int, str, dict[str, object]]] = [
        (1, "question", {"answer": "question", "text": "Var?"}),
        (2, "proposed", {"answer_due": in_days(-2)}),
        (3, "proposed", {}),
        (4, "ongoing", {"answer": "accepted", "planned": today()}),
        (5, "declined", {"answer": "declined", "reason": "budget", "text": "Nej.", "next_step": "I vår."}),
        (6, "done", {"answer": "accepted", "planned": today()}),
        (1, "ongoing", {"answer": "accepted", "planned": in_days(-1)}),
        (2, "ongoing", {"answer": "accepted", **RUNNING}),
    ]
    for number, state, facts in states:
        for _ in range(number):
            asked(technical if number % 2 else housing, f"{state} {number}", state, **facts)
    for number, state in ((7, "new"), (8, "on_hold"), (9, "closed")):
        IssueFactory.create_batch(number, state=state)


def said(heading: str) -> int:
    """The first number of the heading: Två ärenden … · Klara: 16 åtgärder. · Inga …"""
    words = heading.rpartition(": ")[2].split()
    first = words[0].lower()
    numbers = {word: number for number, word in enumerate(NUMBERS)} | {"ett": 1, "inga": 0, "ingen": 0}
    return int(first) if first.isdecimal() else numbers[first]


def heading_of(page: str) -> str:
    return re.sub(r"<[^>]*>", "", re.findall(r"<h1.*?</h1>", page, re.DOTALL)[0]).strip()


def visited(client: Client, address: str) -> tuple[str, int]:
    """The heading of the list, and the number of rows on all its pages."""
    first = client.get(address)
    pages = range(2, first.context["page"].paginator.num_pages + 1)
    rest = [client.get(f"{address}&sida={number}") for number in pages]
    return heading_of(first.content.decode()), sum(len(response.context["page"]) for response in [first, *rest])


@pytest.mark.usefixtures("register")
def test_each_tab_of_the_issues_is_the_number_of_its_heading_and_of_its_rows(as_representative: Client) -> None:
    for tab in as_representative.get(reverse("issues:list")).context["tabs"]:
        heading, rows = visited(as_representative, tab.url)

        assert (tab.label, said(heading), rows) == (tab.label, tab.count, tab.count)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("of_one", [False, True], ids=["of all", "of one organisation"])
def test_each_tab_of_the_actions_is_the_number_of_its_heading_and_of_its_rows(
    as_coordinator: Client, technical: Organisation, of_one: bool
) -> None:
    address = reverse("issues:action_list")
    chosen = f"?organisation={technical.pk}" if of_one else ""

    for stage, tab in zip(STAGES, as_coordinator.get(address + chosen).context["filter"].tabs, strict=True):
        heading, rows = visited(as_coordinator, address + tab.url)
        told = said(heading) if stage in SOME else tab.count  # the other two say what burns

        assert (tab.label, told, rows) == (tab.label, tab.count, tab.count)


def test_a_running_action_that_is_to_be_reviewed_is_told_of_in_every_headline(
    as_coordinator: Client, as_representative: Client, technical: Organisation
) -> None:
    asked(technical, "Håll lamporna tända", "ongoing", answer="accepted", **RUNNING)

    start, everything = text_of(as_coordinator), heading_of(text_of(as_coordinator, "/atgarder/"))
    page, own = text_of(as_coordinator, technical.get_absolute_url()), heading_of(text_of(as_representative))

    assert everything == "En löpande åtgärd ska stämmas av."
    assert own == "En löpande åtgärd hos er ska stämmas av."
    assert ">En löpande åtgärd ska stämmas av</h2>" in page
    assert [words in start for words in ("Följ upp åtgärder<", "En löpande åtgärd ska stämmas av.", "1 återstår")] == [
        True
    ] * 3
    assert ">Att följa upp</h2>" in start


def test_the_observations_under_the_heading_are_as_many_as_it_says(as_representative: Client) -> None:
    ObservationFactory.create_batch(3)

    response = as_representative.get(reverse("issues:observation_list"))

    assert ">3 observationer</h2>" in response.content.decode()
    assert len(response.context["page"]) == 3
