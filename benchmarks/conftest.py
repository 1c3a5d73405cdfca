"""The same database and the same people as in the tests."""

from tests.database import *  # noqa: F403
from tests.people import *  # noqa: F403
