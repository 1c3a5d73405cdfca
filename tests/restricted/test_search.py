"""What the search, the filters and what is typed in an address find, as where the restricted never was."""

from tests.restricted.alike import *  # noqa: F403  the three tests
from tests.restricted.asking import search
from tests.restricted.visiting import Visitor

ROLES = ("coordinator",)


def journey(visitor: Visitor) -> None:
    for role in ROLES:
        search(visitor, role)
