"""The same database as in the tests, with the demo's own register in it."""

from benchmarks.register import register
from tests.database import *  # noqa: F403

__all__ = ["register"]
