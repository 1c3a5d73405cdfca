"""Every page and document of those who are not in the group, as where the restricted never was."""

from tests.restricted import expected
from tests.restricted.alike import *  # noqa: F403  the three tests
from tests.restricted.journeys import read_everything
from tests.restricted.visiting import Visitor

costing = expected.costing
ROLES = ("handler", "neighbour", "reader", "guest", "signed_out")


def journey(visitor: Visitor) -> None:
    for role in ROLES:
        read_everything(visitor, role)
