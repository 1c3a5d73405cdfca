"""An item about an action that was asked for before the meeting, and that nobody has answered in time."""

from __future__ import annotations

import pytest

from issues.models import Action
from meetings.models import AgendaItem
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory
from tests.meetings.meetings import item_of, under_way


@pytest.fixture
def late(technical: Organisation) -> Action:
    return ActionFactory(title="Laga lampan", assignment__organisation=technical, assignment__answer_due=in_days(-3))


@pytest.fixture
def item(coordinator: Member, late: Action) -> AgendaItem:
    return item_of(under_way(coordinator), "Laga lampan")
