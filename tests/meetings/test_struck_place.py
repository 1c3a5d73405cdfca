"""Where one stands after a decision is struck in the room, or may stand again."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import Meeting
from tests.meetings.correcting import decision_on, open_again, sent
from tests.meetings.meetings import item_of

__all__ = ["open_again", "sent"]

pytestmark = pytest.mark.django_db


def test_it_is_at_the_row(as_coordinator: Client, open_again: Meeting) -> None:
    item, decision = item_of(open_again, "Lampan"), decision_on(open_again, "Lampan")
    for pressed in ("strike", "restore"):
        typed = {pressed: decision.pk, "version": item.note_version}

        done = as_coordinator.post(item.get_absolute_url(), typed, follow=True)

        assert done.redirect_chain[-1][0] == f"{item.get_absolute_url()}#{decision.anchor}"
        assert f'id="{decision.anchor}" tabindex="-1"' in done.content.decode()
