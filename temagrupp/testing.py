"""What an engineer runs: the tests, and every check of the house, on a private PostgreSQL of their own."""

import os
import subprocess
import sys

from temagrupp import postgres
from temagrupp.environment import ROOT

SECONDS_TO_TIDY_UP = 20


def run_tests(arguments: list[str]) -> None:
    """The whole pytest suite; the arguments are pytest's."""
    with postgres.database("tests", disposable=True) as addresses:
        status = run([sys.executable, "-m", "pytest", *arguments], addresses.environment)
    sys.exit(status)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run it to its end; if we are stopped ourselves, let it tidy up before the database goes."""
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(SECONDS_TO_TIDY_UP)
        except subprocess.TimeoutExpired:
            process.kill()
        raise
