"""Output to the terminal, and programs that run in it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from temagrupp.tools.lifeline import VARIABLE, lifeline

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_TIDY_UP = 20


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def run(command: list[str], environment: dict[str, str], *, inherit: Sequence[int] = ()) -> int:
    """Run a program in the checkout to its end. If we are stopped ourselves, it may tidy up first; see `lifeline`.

    `environment` is all of it, `inherit` the open files that it keeps.
    """
    with lifeline() as line:
        variables = environment | {VARIABLE: f"{line}"}
        process = subprocess.Popen(command, cwd=ROOT, env=variables, pass_fds=[*inherit, line])
        try:
            return process.wait()
        except BaseException:
            process.terminate()
            try:
                process.wait(SECONDS_TO_TIDY_UP)
            except subprocess.TimeoutExpired:
                process.kill()
            raise


@contextmanager
def beside(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Have a program of the checkout run beside the block; it ends with it, and with this process."""
    with lifeline() as line:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment | {VARIABLE: f"{line}"}, pass_fds=[line], start_new_session=True
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(SECONDS_TO_TIDY_UP)


@contextmanager
def outlived_by(module: str, *arguments: str) -> Iterator[None]:
    """Have a module of ours beside the block, to tidy up if this process is killed in it.

    Its first argument is the end of a lifeline, and no signal of the terminal reaches it.
    """
    with lifeline() as line:
        process = subprocess.Popen(
            [sys.executable, "-m", module, f"{line}", *arguments],
            cwd=ROOT,
            pass_fds=[line],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # whoever reads what we write waits for no one else
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            process.kill()
            process.wait()
