"""The samordnare in the room, at the item that is spoken of."""

from __future__ import annotations

import pytest

from meetings.models import AgendaItem
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way


@pytest.fixture
def item(coordinator: Member) -> AgendaItem:
    """A second one stands after it."""
    IssueFactory(title="Mörkt i tunneln")
    IssueFactory(title="Trasigt räcke")
    return item_of(under_way(coordinator), "Mörkt i tunneln")


@pytest.fixture
def maja(enter: Enter, coordinator: Member, item: AgendaItem) -> Person:
    maja = enter(coordinator)
    maja.opens(item.get_absolute_url())
    return maja


def saved(item: AgendaItem) -> str:
    """The note, as the register has it."""
    item.refresh_from_db()
    return item.note
