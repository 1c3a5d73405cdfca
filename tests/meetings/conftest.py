import pytest

from issues.models import Issue
from meetings.models import AgendaItem, Section
from members.models import Member
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way


@pytest.fixture
def item(coordinator: Member) -> AgendaItem:
    """A new issue that the meeting speaks of; a second one stands after it."""
    IssueFactory(title="Mörkt i tunneln", state=Issue.State.NEW)
    IssueFactory(title="Trasigt räcke")
    return item_of(under_way(coordinator), "Mörkt i tunneln")


@pytest.fixture
def topic(coordinator: Member) -> AgendaItem:
    """A heading with no issue under it."""
    return under_way(coordinator).items.get(section=Section.OTHER)
