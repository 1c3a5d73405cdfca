"""What may be asked of the demo when it is started, said before anything is made."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from temagrupp.tools.demo_server import gunicorn, listen, run_demo
from temagrupp.tools.terminal import ROOT, SECONDS_TO_TIDY_UP

WORKERS = 2


@pytest.mark.parametrize("number", ["-1", "0.5", "många", "1e4", "1000001", "9" * 30])
def test_how_many_observations_is_a_whole_number_that_a_machine_can_hold(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run_demo([f"--observations={number}"])

    assert "--observations är ett helt tal från 0 till 1000000." in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "65536", "-80", "åtta"])
def test_a_port_is_a_number_that_a_port_can_have(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run_demo([f"--port={number}"])

    assert "--port är ett tal från 1 till 65535." in capsys.readouterr().err


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def has_ended(process: int) -> bool:
    """Whether a process is gone, or a zombie that only waits for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until(is_true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not is_true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_true()


def test_a_worker_that_does_not_stop_is_not_left_behind() -> None:
    with listen(0) as listener:
        server = subprocess.Popen(gunicorn(listener), cwd=ROOT, pass_fds=[listener.fileno()])
        workers: list[int] = []
        try:
            assert wait_until(lambda: len(children(server.pid)) == WORKERS, SECONDS_TO_TIDY_UP)
            workers = children(server.pid)
            os.kill(workers[0], signal.SIGSTOP)

            server.terminate()
            server.wait(SECONDS_TO_TIDY_UP - 5)

            assert wait_until(lambda: all(has_ended(worker) for worker in workers), 2)
        finally:
            for process in [server.pid, *workers]:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            server.wait()
