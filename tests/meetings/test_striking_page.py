"""The page that strikes an issue, of one that stands on an open agenda: it is read as others are, and locks nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import AgendaItem, ItemDraft
from members.actor import Actor
from members.models import Member
from tests.meetings.meetings import words
from tests.the import the


@pytest.mark.django_db(transaction=True)
def test_it_says_whether_what_is_typed_at_the_item_hinders(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    address = f"{the(item.issue).get_absolute_url()}stryk/"
    assert "Ärendet behandlas på" not in words(as_coordinator.get(address))

    by, texts = Actor.of(coordinator), {"text": "Tekniska sätter"}
    ItemDraft.keep(item, "decision", texts=texts, chosen={}, version=0, by=by)

    assert "Ärendet behandlas på" in words(as_coordinator.get(address))
