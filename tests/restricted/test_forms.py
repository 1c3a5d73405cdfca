"""What a form that is sent answers, as where the restricted never was: refusals tell nothing either."""

import pytest

from tests.restricted.asking import send_to_what_is_restricted, send_what_names_it
from tests.restricted.twins import Twins
from tests.restricted.visiting import Visitor

pytestmark = pytest.mark.django_db

ROLES = ("coordinator",)


def journey(visitor: Visitor) -> None:
    for role in ROLES:
        send_to_what_is_restricted(visitor, role)
    send_what_names_it(visitor, "coordinator")


@pytest.mark.parametrize("role", ROLES)
def test_every_form_answers_as_where_it_never_was(twins: Twins, role: str) -> None:
    assert twins.differing(role) == {}


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_takes_more_or_fewer_statements(twins: Twins, role: str) -> None:
    assert twins.costing(role) == {}


@pytest.mark.parametrize("role", ROLES)
def test_its_words_and_its_number_stand_in_no_answer(twins: Twins, role: str) -> None:
    assert twins.telling(role) == {}
