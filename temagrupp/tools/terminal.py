"""Output to the terminal, and programs that run in it."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_TIDY_UP = 20


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def run(command: list[str], environment: dict[str, str], *, inherit: Sequence[int] = ()) -> int:
    """Run a program in the checkout to its end. If we are stopped ourselves, it may tidy up first.

    `environment` is all of it, `inherit` the open files that it keeps.
    """
    process = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=inherit)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(SECONDS_TO_TIDY_UP)
        except subprocess.TimeoutExpired:
            process.kill()
        raise
