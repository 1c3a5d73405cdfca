"""Every step that can be sent by a link × every state of its action: what the state does not allow changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.test import Client

from issues.answer_link import address_for
from issues.models import Action, Event
from issues.views.answer_link import STEPS
from members.actor import Voice
from members.models import Organisation
from tests.days import in_days, today
from tests.issues.test_answer_link import MOVED, NO, YES, again, say

pytestmark = pytest.mark.django_db

TYPED: dict[str, dict[str, Any]] = {
    "ja": YES,
    "gjort": {"done_on": today().isoformat(), "note": "Lagat."},
    "nej": NO,
    "fraga": {"text": "Vilka lampor?"},
    "vidare": {"to": "nobody"},
    "avstamning": {"old": in_days(7).isoformat(), "review": in_days(90).isoformat()},
    "paborjad": {},
    "klar": {"done_on": today().isoformat(), "note": "Alla sex."},
    "lage": {"text": "4 av 6 lampor"},
    "datum": MOVED,
}


def accepted(action: Action, by: Voice) -> None:
    action.current.accept(by=by, planned=in_days(7))


def started(action: Action, by: Voice) -> None:
    accepted(action, by)
    again(action).start(by=by)


ANSWERS, GOES_ON = {"ja", "gjort", "nej", "fraga", "vidare"}, {"klar", "lage", "datum"}
BROUGHT: dict[str, tuple[Callable[[Action, Voice], object], set[str]]] = {
    Action.State.PROPOSED: (lambda action, by: None, ANSWERS),
    Action.State.QUESTION: (lambda action, by: action.current.ask(by=by, text="Hur många?"), set()),
    Action.State.ACCEPTED: (
        lambda action, by: action.current.accept(by=by, planned=in_days(7)),
        {"paborjad", *GOES_ON},
    ),
    Action.State.ONGOING: (started, GOES_ON),
    Action.State.DECLINED: (lambda action, by: action.current.decline(by=by, **NO), set()),
}


def test_every_step_has_its_words() -> None:
    assert TYPED.keys() == STEPS.keys()


@pytest.mark.parametrize(("state", "step"), [*product(BROUGHT, TYPED)])
def test_a_step_is_taken_in_its_states_and_in_no_other(
    client: Client, asked: Action, technical: Organisation, state: str, step: str
) -> None:
    bring, allowed = BROUGHT[state]
    link = address_for(asked.current)
    bring(again(asked), Voice.by_link(technical))
    assert again(asked).state == state
    before = Event.objects.count()
    assert {str(form.prefix) for form in client.get(link).context["steps"]} == allowed

    response = say(client, link, step, **TYPED[step])

    assert response.status_code == 200
    assert Event.objects.count() - before == (step in allowed)
    assert (response.redirect_chain != []) == (step in allowed)
    if step not in allowed:
        assert again(asked).state == state
        assert response.context["refused"].non_field_errors()
