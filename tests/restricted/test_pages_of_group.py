"""Every page and document of the group, as where the restricted never was."""

import pytest

from tests.restricted import expected
from tests.restricted.journeys import read_everything
from tests.restricted.twins import Twins
from tests.restricted.visiting import Visitor

pytestmark = pytest.mark.django_db

ROLES = ("ordinary", "deputy", "colleague")


def journey(visitor: Visitor) -> None:
    for role in ROLES:
        read_everything(visitor, role)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_as_where_it_never_was(twins: Twins, role: str) -> None:
    assert twins.differing(role) == {}


@pytest.mark.parametrize("role", ROLES)
def test_no_page_takes_more_or_fewer_statements(twins: Twins, role: str) -> None:
    assert twins.costing(role).keys() == expected.costing(twins, role)


@pytest.mark.parametrize("role", ROLES)
def test_its_words_and_its_number_stand_nowhere(twins: Twins, role: str) -> None:
    assert twins.telling(role) == {}
