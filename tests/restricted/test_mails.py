"""What is mailed to those who are not named, and to the organisations, as where the restricted never was."""

import pytest

from members.models import Organisation
from tests.restricted.alike import (
    pytestmark,
    test_every_answer_is_as_where_it_never_was,
    test_its_words_and_its_number_stand_in_no_answer,
)
from tests.restricted.story import NOT_NAMED
from tests.restricted.twins import Twins
from tests.restricted.visiting import MAIL, Asked, Visitor

__all__ = [
    "pytestmark",
    "test_every_answer_is_as_where_it_never_was",
    "test_its_words_and_its_number_stand_in_no_answer",
]

MAILBOXES = "mailboxes"
ROLES = (*(role for role in NOT_NAMED if role != "signed_out"), MAILBOXES)


def journey(visitor: Visitor) -> None:
    for role in ROLES[:-1]:
        visitor.ask(Asked(role, visitor.register.people[role].email, MAIL))
    for organisation in Organisation.objects.exclude(mailbox="").order_by("pk"):
        visitor.ask(Asked(MAILBOXES, organisation.mailbox, MAIL))


TOLD = (
    ("coordinator", "Svar från Tekniska förvaltningen: Laga lamporna"),
    ("ordinary", "Kallelse till möte"),
    ("colleague", "Trasigt räcke"),
    ("handler", ": Svetsa räcket"),
    ("handler", "Påminnelse, svar skulle ha kommit"),
    (MAILBOXES, ": Svetsa räcket"),
    (MAILBOXES, "Påminnelse, svar skulle ha kommit"),
)
"""What else they are mailed in this register: without it the others could not fail."""


@pytest.mark.parametrize(("told", "of"), TOLD)
def test_they_are_mailed_what_they_may_know(twins: Twins, told: str, of: str) -> None:
    assert of in " ".join(twins.first[asked].words for asked in twins.of(told))
