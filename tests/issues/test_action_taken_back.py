"""An action that was proposed by mistake is taken back with a reason, whatever state it is in: never silently."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from base.records import Conflict
from issues.models import Action, Tombstone
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.pages import text_of

WHY = "Lampan är redan lagad."
ANSWERED: dict[str, dict[str, Any]] = {
    "proposed": {},
    "question": {"assignment__answer": "question", "assignment__text": "Vilken?"},
    "accepted": {"assignment__answer": "accepted", "assignment__planned": in_days(9)},
    "ongoing": {"assignment__answer": "accepted", "assignment__planned": in_days(9)},
}


@pytest.fixture
def by(coordinator: Member) -> Actor:
    return Actor.of(coordinator)


@pytest.mark.parametrize("state", ANSWERED)
def test_those_who_were_asked_read_on_their_start_page_that_it_is_taken_back_and_why(
    state: str, technical: Organisation, as_representative: Client, as_officer: Client, by: Actor
) -> None:
    action = ActionFactory(state=state, title="Byt armatur", assignment__organisation=technical, **ANSWERED[state])

    action.cancel(reason=WHY, by=by)

    start = text_of(as_representative)
    assert f"Skäl: {WHY}" in start
    assert WHY not in text_of(as_officer)
    page = text_of(as_representative, action.get_absolute_url())
    assert f"Maja Exempel tog tillbaka den {today().day}" in page
    assert WHY in page
    assert action.current.is_answered == (state != "proposed")


@pytest.mark.parametrize(
    ("state", "readers"),
    [("proposed", "Tekniska förvaltningen och alla andra som ser ärendet"), ("draft", "de som ser utkastet")],
)
def test_before_it_is_taken_back_it_stands_who_reads_why_and_that_it_is_for_good(
    state: str, readers: str, technical: Organisation, as_coordinator: Client
) -> None:
    action = ActionFactory(state=state, assignment__organisation=technical)

    page = text_of(as_coordinator, action.get_absolute_url())

    assert f"Läses av {readers}. Åtgärden kan inte återställas." in page


def test_after_a_while_the_start_page_is_done_with_it(
    technical: Organisation, as_representative: Client, by: Actor
) -> None:
    action = ActionFactory(title="Byt armatur", assignment__organisation=technical)

    action.cancel(reason=WHY, by=by, at=timezone.now() - timedelta(days=15))

    assert "Byt armatur" not in text_of(as_representative)
    assert WHY in text_of(as_representative, action.get_absolute_url())


def test_of_a_draft_the_page_tells_why_to_those_who_knew_and_to_nobody_else(
    technical: Organisation, as_coordinator: Client, as_representative: Client, by: Actor
) -> None:
    draft = ActionFactory(state="draft", title="Byt armatur", assignment__organisation=technical)

    draft.cancel(reason=WHY, by=by)

    assert (Tombstone.objects.get().by, Tombstone.objects.get().why) == (by.member, WHY)
    assert f"Maja Exempel tog tillbaka den {today().day}" in text_of(as_coordinator, draft.get_absolute_url())
    assert as_representative.get(draft.get_absolute_url()).status_code == 404
    for page in ("/", "/atgarder/", draft.issue.get_absolute_url()):
        assert WHY not in text_of(as_representative, page)


def test_what_is_done_keeps_its_trail(technical: Organisation, by: Actor) -> None:
    done = ActionFactory(state="done", assignment__organisation=technical, **ANSWERED["accepted"])

    with pytest.raises(Conflict, match="klar"):
        done.cancel(reason=WHY, by=by)

    assert Action.objects.get().state == "done"
