"""Warm is what is late, to everybody; and what waits, to the one on whom it waits."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory


@pytest.fixture
def one_of_each(technical: Organisation) -> None:
    """Asked and in time, asked back, promised; of one organisation."""
    ActionFactory(title="Väntar", assignment__organisation=technical, assignment__answer_due=in_days(9))
    asked_back = {"assignment__answer": "question", "assignment__text": "Var?"}
    ActionFactory(title="Undrar", state="question", assignment__organisation=technical, **asked_back)
    promised = {"assignment__answer": "accepted", "assignment__planned": today()}
    ActionFactory(title="Lovad", state="accepted", assignment__organisation=technical, **promised)


def warm(client: Client, page: str) -> list[str]:
    """The titles whose state is marked as waiting on the reader."""
    html = client.get(page).content.decode()
    rows = re.findall(r">([^<]+)</a></h3><p class=\"state\" data-state=\"\w+\"( data-yours)?>", html)
    assert {title for title, _ in rows} >= {"Väntar", "Undrar", "Lovad"}
    return [title for title, yours in rows if yours]


def test_a_question_in_time_waits_on_those_who_were_asked_and_on_nobody_else(
    as_coordinator: Client, as_representative: Client, as_officer: Client, one_of_each: None
) -> None:
    everything = reverse("issues:action_list") + "?vy=alla"

    assert warm(as_coordinator, everything) == ["Undrar"]
    assert warm(as_representative, everything) == ["Väntar"]
    assert warm(as_officer, everything) == []


def test_the_row_of_an_issue_is_the_readers_where_one_of_its_actions_is(
    as_coordinator: Client, as_representative: Client, technical: Organisation
) -> None:
    ActionFactory(assignment__organisation=technical, assignment__answer_due=in_days(9))

    def badge(client: Client) -> list[str]:
        return re.findall(r'<span class="badge" (data-state="waiting"[^>]*)>', client.get("/arenden/").content.decode())

    assert badge(as_coordinator) == ['data-state="waiting"']
    assert badge(as_representative) == ['data-state="waiting" data-yours']
