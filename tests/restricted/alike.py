"""What is asked of each journey: nothing in one register is answered otherwise than in its twin.

A file of tests takes all of this in, beside its `ROLES` and its `journey`; what may cost more or fewer
statements it says by `costing`.
"""

import pytest

from tests.restricted.twins import Twins

__all__ = [
    "pytestmark",
    "test_every_answer_is_as_where_it_never_was",
    "test_its_words_and_its_number_stand_in_no_answer",
    "test_no_answer_takes_more_or_fewer_statements",
]

pytestmark = pytest.mark.django_db


def test_every_answer_is_as_where_it_never_was(twins: Twins, role: str) -> None:
    differing = twins.differing(role)

    assert differing == {}, differing


def test_no_answer_takes_more_or_fewer_statements(request: pytest.FixtureRequest, twins: Twins, role: str) -> None:
    costing = getattr(request.module, "costing", None)
    costs, expected = twins.costing(role), costing(twins, role) if costing else set()

    others = {asked: numbers for asked, numbers in costs.items() if asked not in expected}
    assert others == {}, others
    assert expected - costs.keys() == set()


def test_its_words_and_its_number_stand_in_no_answer(twins: Twins, role: str) -> None:
    telling = twins.telling(role)

    assert telling == {}, telling
