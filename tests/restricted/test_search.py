"""What the search, the filters and what is typed in an address find, as where the restricted never was."""

import pytest

from tests.restricted.asking import search
from tests.restricted.twins import Twins
from tests.restricted.visiting import Visitor

pytestmark = pytest.mark.django_db

ROLES = ("coordinator",)


def journey(visitor: Visitor) -> None:
    for role in ROLES:
        search(visitor, role)


@pytest.mark.parametrize("role", ROLES)
def test_every_search_finds_what_it_would_find_where_it_never_was(twins: Twins, role: str) -> None:
    assert twins.differing(role) == {}


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_takes_more_or_fewer_statements(twins: Twins, role: str) -> None:
    assert twins.costing(role) == {}


@pytest.mark.parametrize("role", ROLES)
def test_its_words_and_its_number_stand_in_no_answer(twins: Twins, role: str) -> None:
    assert twins.telling(role) == {}
