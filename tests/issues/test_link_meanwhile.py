"""What is sent by link after more has happened: nothing of it is lost, and nobody is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from issues.answer_link import address_for
from issues.handling import note_handling
from issues.models import Action, Event
from members.actor import Actor, Voice
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import OrganisationFactory
from tests.issues.test_answer_link import MOVED, NO, again, say
from tests.meetings.meetings import words

pytestmark = pytest.mark.django_db

KEPT = "Det ni skrev är inte sparat, men det står kvar här."
DONE = {"done_on": today().isoformat(), "note": "Alla sex."}


@pytest.fixture
def link(asked: Action) -> str:
    return address_for(asked.current)


@pytest.fixture
def promised(asked: Action, representative: Member) -> Action:
    asked.current.accept(by=Actor.of(representative), planned=in_days(7))
    return again(asked)


def test_after_done_by_link_a_colleagues_other_word_is_not_lost(client: Client, promised: Action, link: str) -> None:
    say(client, link, "klar", **DONE)

    page = words(say(client, link, "datum", **MOVED | {"reason": "Nej, först i mars."}))

    assert KEPT in page
    assert "Nej, först i mars." in page
    assert again(promised).state == "done"
    assert not promised.issue.events.filter(kind=Event.Kind.DATE_CHANGED).exists()


def test_after_passing_on_by_link_a_colleagues_no_is_not_lost(client: Client, asked: Action, link: str) -> None:
    say(client, link, "vidare", to=OrganisationFactory(name="Bostäder").pk)

    page = words(say(client, link, "nej", **NO))

    assert KEPT in page
    assert NO["text"] in page


def test_the_same_sent_again_after_it_ended_is_a_receipt(client: Client, promised: Action, link: str) -> None:
    sent = {"key": "6d3c1f6a-4f0f-4c22-8a9f-0f5b2f6f1c11", **{f"klar-{name}": value for name, value in DONE.items()}}

    replies = [client.post(f"{link}klar/", sent) for _ in range(2)]

    assert (replies[0].status_code, replies[0]["Location"]) == (302, link)
    assert "Det var redan skickat" in words(replies[1])
    assert KEPT not in words(replies[1])


@pytest.mark.parametrize(
    ("step", "typed"),
    [("nej", NO), ("lage", {"text": "4 av 6"}), ("handlaggning", {"external_ref": "TF-1", "version": "old"})],
)
@pytest.mark.parametrize("is_answered", [False, True])
def test_no_refusal_names_anybody(
    client: Client,
    asked: Action,
    representative: Member,
    link: str,
    step: str,
    typed: dict[str, Any],
    is_answered: bool,
) -> None:
    note_handling(asked.current, by=Actor.of(representative), handler=representative)
    if is_answered:
        again(asked).current.accept(by=Actor.of(representative), planned=in_days(7))

    page = words(say(client, link, step, **typed))

    assert str(representative) not in page
    assert str(asked.current.asked_by) not in page


def test_handling_that_is_refused_keeps_its_words_though_nothing_is_promised(
    client: Client, asked: Action, technical: Organisation, link: str
) -> None:
    asked.current.accept(by=Voice.by_link(technical), planned=in_days(7))
    again(asked).current.withdraw_answer(by=Actor.of(asked.created_by))

    page = say(client, link, "handlaggning", external_ref="TF-77", version="old").content.decode()

    assert "TF-77" in page
    assert KEPT in page


def test_in_a_closed_issue_nobody_else_is_asked(client: Client, asked: Action, link: str) -> None:
    asked.issue.close(by=Actor.of(asked.created_by), outcome="solved", feedback="Klart.", despite="Ändå.")

    page = words(say(client, link, "vidare", to=OrganisationFactory(name="Bostäder").pk))

    assert "Ärendet är avslutat, så ingen annan får frågan." in page
    assert again(asked).state == "proposed"
