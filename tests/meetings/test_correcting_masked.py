"""What is masked in minutes does not come back when they are corrected, however often."""

from __future__ import annotations

import pytest
from django.utils import timezone

from base.swedish.passages import pattern
from meetings.correcting import start_correcting
from meetings.deciding import decide
from meetings.minutes.masking import mask_versions, versions_with
from meetings.models import Meeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from temagrupp.redaction.finding import find
from temagrupp.redaction.redacting import redact_passage
from temagrupp.redaction.scope import MaskingScope
from tests.meetings.correcting import changes, note, noted, open_again, save, sent
from tests.meetings.meetings import item_of
from tests.meetings.reopening import close, issue

__all__ = ["open_again", "sent"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def noted_before(closed: Meeting, by: Actor, coordinator: Member) -> Meeting:
    """Its sent minutes say where somebody lives, and so does its item."""
    unclose_meeting(closed, by=by)
    note(closed, "Lampan", "Anna på Storgatan ringde.", by)
    note(closed, "Räcket", "Räcket på Storgatan är rakt.", by)
    close(closed, coordinator)
    Meeting.objects.filter(pk=closed.pk).update(sent_at=timezone.now())
    closed.refresh_from_db()
    return closed


def mask(passage: str, by: Actor, *, only: list[int] | None = None) -> None:
    """In the minutes alone."""
    found = pattern(passage)
    mask_versions(versions_with(found, only=only), found, by=by, at=timezone.now(), only=only)


def test_in_the_minutes_alone_it_does_not_come_back_in_any_version(noted_before: Meeting, by: Actor) -> None:
    mask("Storgatan", by)
    for text, how in (("Den är köpt.", "ny"), ("Den är beställd.", "ändrad"), ("Den är uppsatt.", "ändrad")):
        made = noted(noted_before, by, Parken=text)
        assert "Storgatan" not in f"{made.content}"
        assert [told.partition("Parken")[2] for told in changes(made)] == [f": noteringen är {how}."]
        assert made.content["corrected"]["is_masked"]


def test_a_note_that_is_edited_keeps_it_masked(noted_before: Meeting, by: Actor) -> None:
    mask("Storgatan", by)
    for text in ("Anna på Storgatan ringde igen.", "Anna på Storgatan skrev."):
        made = noted(noted_before, by, Lampan=text)
        assert text.replace("Storgatan", "[maskerat]") in f"{made.content}"
        assert "Storgatan" not in f"{made.content}"
        assert len(changes(made)) == 1


def test_a_decision_that_is_added_has_it_masked(noted_before: Meeting, by: Actor) -> None:
    mask("Storgatan", by)
    noted(noted_before, by, Parken="Den är köpt.")
    start_correcting(noted_before, by=by)
    decide(item_of(noted_before, "Lampan"), by=by, text="Vi frågar Anna på Storgatan.")
    assert "Vi frågar Anna på [maskerat]." in f"{save(noted_before, by).content}"


def test_a_name_does_not_come_back(sent: Meeting, by: Actor) -> None:
    redact_passage("Maja Exempel", find(MaskingScope(by.member), pattern("Maja Exempel")), why="Begärt", by=by)
    for text in ("Räcket är rakt.", "Räcket är målat."):
        made = noted(sent, by, Räcket=text)
        assert "Maja" not in f"{made.content}"
        assert len(changes(made)) == 1


def test_where_it_was_not_masked_it_stands(noted_before: Meeting, by: Actor) -> None:
    mask("Storgatan", by, only=[issue("Lampan").pk])
    for text in ("Den är köpt.", "Den är beställd."):
        made = noted(noted_before, by, Parken=text)
        assert "Anna på [maskerat] ringde." in f"{made.content}"
        assert "Räcket på Storgatan är rakt." in f"{made.content}"
        assert len(changes(made)) == 1
    edited = noted(noted_before, by, Räcket="Räcket på Storgatan är målat.")
    assert "Räcket på Storgatan är målat." in f"{edited.content}"


def test_several_passages_of_one_text(noted_before: Meeting, by: Actor) -> None:
    mask("Storgatan", by)
    mask("Anna", by)
    noted(noted_before, by, Parken="Den är köpt.")
    made = noted(noted_before, by, Lampan="Storgatan, sade Anna.")
    assert "[maskerat], sade [maskerat]." in f"{made.content}"
