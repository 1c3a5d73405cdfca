"""A promised day may move, but never without a word, and never over somebody else's."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from base.records import Conflict
from base.swedish.words import day_and_month
from issues.models import Action, DateChange
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.pages import Response
from tests.people import signed_in

FIRST, SECOND, THIRD = (in_days(days) for days in (7, 30, 60))
"""So far off that it is the same to them on which side of a midnight they were counted."""


@pytest.fixture
def promised(technical: Organisation, representative: Member) -> Action:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=FIRST)
    return action


def move(client: Client, action: Action, **typed: Any) -> Response:
    typed = {"old": FIRST.isoformat(), "planned": SECOND.isoformat(), "reason": "Materialet är sent."} | typed
    fields = {f"datum-{name}": value for name, value in typed.items()}
    return client.post(reverse("issues:action_change_date", args=[action.pk]), fields)


def planned(action: Action) -> date | None:
    return Action.objects.get(pk=action.pk).current.planned


def test_a_moved_day_is_told_with_its_reason(as_representative: Client, promised: Action) -> None:
    response = move(as_representative, promised)

    assert response["Location"] == promised.get_absolute_url()
    assert planned(promised) == SECOND
    page = as_representative.get(promised.get_absolute_url()).content.decode()
    first, second = (day_and_month(day, today=today()) for day in (FIRST, SECOND))
    assert f"Ändrat datum: {first} blev {second}: ”Materialet är sent.” Omar Prov." in page
    assert "Materialet är sent." in str(promised.issue.events.get(kind="date_changed"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Skriv varför datumet flyttas."),
        ({"reason": "x" * 1001}, "Texten är 1 tecken för lång."),
        ({"planned": ""}, "Skriv det nya datumet."),
        ({"planned": "2020-01-01"}, "Dagen har redan varit."),
        ({"planned": FIRST.isoformat()}, "Välj ett annat om det ska flyttas."),
    ],
)
def test_a_day_is_not_moved_without_reason_nor_into_the_past(
    as_representative: Client, promised: Action, wrong: dict[str, str], sentence: str
) -> None:
    page = move(as_representative, promised, **wrong).content.decode()

    assert sentence in page
    assert planned(promised) == FIRST


def test_the_second_who_moves_it_is_told_where_it_stands(
    as_representative: Client, deputy: Member, promised: Action
) -> None:
    move(as_representative, promised)

    page = move(signed_in(deputy), promised, planned=THIRD.isoformat(), reason="Snö.").content.decode()

    assert "Datumet är redan" in page
    assert "Snö." in page
    assert planned(promised) == SECOND


def test_once_told_she_may_move_it_from_there(as_representative: Client, deputy: Member, promised: Action) -> None:
    move(as_representative, promised)
    page = move(signed_in(deputy), promised, planned=THIRD.isoformat(), reason="Snö.").content.decode()
    (seen,) = re.findall(r'name="datum-old" value="([^"]*)"', page)

    response = move(signed_in(deputy), promised, old=seen, planned=THIRD.isoformat(), reason="Snö.")

    assert response["Location"] == promised.get_absolute_url()
    assert planned(promised) == THIRD


def test_told_by_phone_it_is_noted_so(as_coordinator: Client, promised: Action) -> None:
    move(as_coordinator, promised, channel="phone")

    page = as_coordinator.get(promised.get_absolute_url()).content.decode()
    assert "på telefon, noterat av Maja Exempel." in page


def test_what_is_done_has_no_day_to_move(promised: Action, representative: Member) -> None:
    promised.finish(note="Klart.", by=Actor.of(representative))

    with pytest.raises(Conflict, match="Åtgärden är klar"):
        DateChange.make(promised.current, old=FIRST, new=SECOND, reason="Sent.", by=Actor.of(representative))


def test_how_a_day_moved_is_never_rewritten(promised: Action, representative: Member) -> None:
    DateChange.make(promised.current, old=FIRST, new=SECOND, reason="Sent.", by=Actor.of(representative))

    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        DateChange.objects.update(reason="Något annat.")
