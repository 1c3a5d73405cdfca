"""A step of the answer to what was asked before the meeting, sent while another saves the item: both stand."""

from __future__ import annotations

from threading import Event as Signal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from issues.models import Action, Answer
from meetings.forms.item import ItemForm
from meetings.models import AgendaItem, Decision, ItemDraft
from members.actor import Actor
from members.models import Member
from tests.at_once import at_once
from tests.days import in_days
from tests.meetings.test_asked_before_drafts import HALF, item, keep, late, steps

__all__ = ["item", "late"]

pytestmark = pytest.mark.django_db(transaction=True)

USES = ItemDraft.use


def test_the_item_is_saved_while_an_answer_to_its_action_is_sent(
    as_coordinator: Client,
    coordinator: Member,
    representative: Member,
    item: AgendaItem,
    late: Action,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = keep(as_coordinator, item, "question", fraga__text=HALF)["version"]
    ItemDraft.keep(item, "decision", texts={"text": HALF}, chosen={}, version=0, by=Actor.of(coordinator))
    question = steps(as_coordinator, item)["fraga"].form
    answers, saves = Signal(), Signal()

    def pausing(*args: Any, **kwargs: Any) -> None:
        """As it is, until the other side holds what it has locked: with one order of locks that never comes."""
        if args[1] == "question":
            answers.set()
            saves.wait(timeout=1)
            USES(*args, **kwargs)
        else:
            USES(*args, **kwargs)
            saves.set()
            answers.wait(timeout=1)

    monkeypatch.setattr(ItemDraft, "use", pausing)

    def answer() -> Any:
        sent = {"fraga-channel": "phone", "fraga-text": HALF, "fraga-draft_version": version}
        return as_coordinator.post(question.url, {**sent, "key": question["key"].value()})

    def save() -> Any:
        asked = {"what": "Räkna lamporna", "responsible": late.current.organisation_id, "answer_due": in_days(9)}
        typed = {
            "note": "",
            "version": 0,
            "then": "stay",
            "text": HALF,
            "kind": "other",
            "decision_version": 1,
            **asked,
        }
        form = ItemForm(typed, item=AgendaItem.objects.get(pk=item.pk), by=coordinator)
        assert form.is_valid(), form.errors
        with transaction.atomic():
            return form.save()

    at_once(answer, save)

    assert Answer.objects.get().text == HALF
    assert {decision.text for decision in Decision.objects.all()} >= {f"{HALF}."}
    assert not ItemDraft.objects.filled().exists()
