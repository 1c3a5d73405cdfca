"""What an engineer runs: the tests, on a private PostgreSQL of their own."""

import os
import sys

from temagrupp import postgres
from temagrupp.terminal import run


def run_tests(arguments: list[str]) -> None:
    """The whole pytest suite; the arguments are pytest's."""
    with postgres.database("tests", disposable=True) as addresses:
        status = run([sys.executable, "-m", "pytest", *arguments], os.environ | addresses.environment)
    sys.exit(status)
