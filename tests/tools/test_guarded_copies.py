"""Forged copies: what the application's role is refused though it writes the masked copies of frozen minutes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from base.swedish.passages import MASK, pattern
from meetings.minutes.masking import mask_versions
from meetings.models import AnnexPart, MaskedAnnexPart, MaskedMinutes, Meeting, Minutes
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from tests.meetings.meetings import item_of
from tests.meetings.reopening import close
from tests.meetings.test_restricted_since import restrict
from tests.tools.test_guards import closed, copied, forged

__all__ = ["closed"]

pytestmark = pytest.mark.django_db


def test_in_the_masked_copy_nothing_but_words_are_masked(closed: Meeting, coordinator: Member) -> None:
    frozen = Minutes.objects.get()
    [first] = mask_versions([frozen], pattern("beställda"), by=Actor.of(coordinator), at=timezone.now())
    told = first.content
    [item] = [item for part in told["headings"] for item in part["items"] if MASK in item["note"]]
    refused = "I den maskerade kopian kan bara ord maskeras. Inget är ändrat."

    def with_note(text: str, **facts: Any) -> str:
        item.update(facts, note=text)
        return forged(first, content=told)

    assert item["note"] == "Lamporna är [maskerat]."
    for text in (
        "Lamporna är beställda.",
        "Lamporna är stulna.",
        "Lamporna [maskerat] är stulna.",
        "Lamporna är [maskerat][maskerat].%",
        "_amporna är [maskerat].",
        "Lamporna \\är [maskerat].",
        "",
    ):
        assert with_note(text) == refused, text
    assert forged(first, content={}) == forged(first, content=frozen.content) == refused
    assert forged(first, content={**first.content, "more": "Nytt"}) == refused
    assert forged(first, content={**first.content, "headings": []}) == refused
    assert with_note("Lamporna är [maskerat].", kind="[maskerat]") == refused


def test_more_is_masked_in_a_masked_copy(closed: Meeting, coordinator: Member) -> None:
    frozen, by = Minutes.objects.get(), Actor.of(coordinator)
    for passage in ("beställda", "Lamporna är", "Gruppen"):
        assert mask_versions([frozen], pattern(passage), by=by, at=timezone.now())

    said = str(MaskedMinutes.objects.get().content)
    assert "'[maskerat] [maskerat].'" in said
    assert "'[maskerat] följer tunneln.'" in said


def test_when_and_by_whom_it_was_masked_changes_with_its_words_alone(
    closed: Meeting, coordinator: Member, representative: Member
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    [first] = mask_versions([Minutes.objects.get()], pattern("beställda"), by=Actor.of(coordinator), at=yesterday)
    refused = "När och av vem det maskerades står kvar. Inget är ändrat."

    assert forged(first, masked_by=representative) == forged(first, masked_at=timezone.now()) == refused
    [again] = mask_versions([first.minutes], pattern("Gruppen"), by=Actor.of(representative), at=timezone.now())
    assert MaskedMinutes.objects.get().masked_by == again.masked_by == representative


def test_a_masked_copy_stays_with_its_version(closed: Meeting, coordinator: Member) -> None:
    first = Minutes.objects.get()
    unclose_meeting(closed, by=Actor.of(coordinator))
    item_of(closed, "Mörkt").write_note(text="Rättat.", version=1, by=Actor.of(coordinator))
    close(closed, coordinator)
    [copy] = mask_versions([first], pattern("beställda"), by=Actor.of(coordinator), at=timezone.now())

    assert forged(copy, minutes=Minutes.objects.latest("version")).startswith("I den maskerade kopian")
    assert copied(copy, minutes=Minutes.objects.latest("version")).startswith("I den maskerade kopian")


def test_so_it_is_in_the_masked_copy_of_a_part_of_the_annex(
    closed: Meeting, coordinator: Member, representative: Member
) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))
    for title in ("Mörkt", "Ljust"):
        restrict(title, coordinator)
    close(closed, coordinator)
    latest, yesterday = [Minutes.objects.latest("version")], timezone.now() - timedelta(days=1)
    part = AnnexPart.objects.get(issue__title="Mörkt")
    [copy] = mask_versions(latest, pattern("beställda"), by=Actor.of(coordinator), at=yesterday)
    told: Any = copy.content
    [item] = [item for heading in told["headings"] for item in heading["items"]]
    words, by_itself = (
        "I den maskerade kopian av bilagan kan bara ord maskeras. Inget är ändrat.",
        "När och av vem det maskerades står kvar. Inget är ändrat.",
    )

    assert isinstance(copy, MaskedAnnexPart)
    assert (copy.part, item["note"]) == (part, "Lamporna är [maskerat].")
    for text in ("Lamporna är beställda.", "Lamporna är stulna.", ""):
        item["note"] = text
        assert forged(copy, content=told) == words, text
    assert forged(copy, content={}) == forged(copy, content=part.content) == words
    assert forged(copy, part=AnnexPart.objects.get(issue__title="Ljust")) == words
    assert forged(copy, masked_by=representative) == forged(copy, masked_at=timezone.now()) == by_itself
    [again] = mask_versions(latest, pattern("Gruppen"), by=Actor.of(coordinator), at=timezone.now())
    assert "[maskerat] följer tunneln." in str(again.content)
