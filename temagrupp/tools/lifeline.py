"""What a command has started ends with it, also when it is killed and can tidy up nothing itself.

The starter holds one end of a pipe that nobody writes to; the system closes it when the starter is gone, however that
came about, and whoever reads the other end then knows.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

VARIABLE = "TEMAGRUPP_LIFELINE"
"""In a started program's environment: the number of its end of the pipe."""


@contextmanager
def lifeline() -> Iterator[int]:
    """The end of the pipe to give to what is started in the block, which is then told of the end by `wait`."""
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.close(writing)
        os.close(reading)


def end_with_starter() -> None:
    """Be told to stop, as by a service manager, when the one who has started this program is gone."""
    if number := os.environ.pop(VARIABLE, None):
        threading.Thread(target=_stop_after, args=[int(number)], name="lifeline", daemon=True).start()


def wait(number: int) -> None:
    """Until the starter is gone."""
    while os.read(number, 1):
        pass


def _stop_after(number: int) -> None:
    wait(number)
    os.kill(os.getpid(), signal.SIGTERM)
