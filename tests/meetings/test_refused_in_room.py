"""What is refused of a decision and a new action in the room: each thing once, and of what is chosen."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import AgendaItem
from tests.meetings.meetings import write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"kind": "refer", "to": "n" * 121}, {"to": "max_length"}),
        ({"kind": "inform", "to": "n" * 121}, {"kind": ""}),
        ({"kind": "other", "text": "b" * 2001, "to": "nämnden"}, {"text": "max_length", "kind": ""}),
        ({"kind": "escalate", "lifts": "1-1"}, {"lifts": "invalid_choice"}),
        (
            {"kind": "close", "outcome": "gone", "feedback": "t" * 501},
            {"outcome": "invalid_choice", "feedback": "max_length"},
        ),
        ({"what": "å" * 161, "why": "Det är mörkt", "text": "Vi gör så."}, {"what": "max_length", "responsible": ""}),
    ],
)
def test_what_is_refused_is_told_once_and_of_what_is_chosen(
    as_coordinator: Client, item: AgendaItem, typed: dict[str, str], errors: dict[str, str]
) -> None:
    form = write(as_coordinator, item, **typed).context["form"]

    told = {name: [error.code or "" for error in found] for name, found in form.errors.as_data().items()}
    assert told == {name: [code] for name, code in errors.items()}


def test_an_escalation_that_was_chosen_and_left_hinders_nothing_when_it_is_offered_no_more(
    as_coordinator: Client, item: AgendaItem
) -> None:
    write(as_coordinator, item, kind="other", text="Vi väntar.", lifts="1-1", outcome="gone")

    decision = item.decisions.get()
    assert (decision.kind, decision.text) == ("other", "Vi väntar.")
