"""A recogniser of names that somebody has plugged in beside the guard: a program of its own, on the same machine.

It is started once and asked a line at a time, in the form that `check_guard --json -` answers in. No page fails because
of it or waits long: after a second it is ended and started again, and if that happens often it is left out until the
process ends. The log tells that, and never a text. How one is plugged in: docs/howto/recogniser.md.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from base.swedish.guard.found import Found, Kind

logger = logging.getLogger("temagrupp.guard")

SECONDS = 1.0
"""Until it is answered, also where other threads ask first."""
SECONDS_TO_START = 120
"""A large model is read from the disk meanwhile; until it has answered once, nobody waits for it."""
FAILURES, WITHIN = 5, 3600.0
"""So many in so many seconds, and then it is asked no more."""
LONGEST_TEXT = 20_000
LONGEST_ANSWER = 1 << 20
ENVIRONMENT = ("PATH", "LANG", "HOME")
"""Of ours, what it is given: neither keys nor passwords."""

OFF = "The recogniser (GUARD_RECOGNISER) is left out until this process ends: it has failed %d times, last because %s."


class Failed(Exception):
    """It did not answer, or not as it should. The message is one of ours."""


class Recogniser:
    """The program, kept going. Any thread may ask; one is answered at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.is_off = False
        self._failed: deque[float] = deque(maxlen=FAILURES)
        self._lock = threading.Lock()
        self._program: Program | None = None

    def find(self, text: str, *, seconds: float = SECONDS) -> list[Found]:
        """What it finds in the text, or nothing where it does not answer in so many seconds. Never raises."""
        until = time.monotonic() + seconds
        if not text.strip() or len(text) > LONGEST_TEXT:
            return []
        with self._alone(seconds) as is_mine:
            if is_mine and (program := self._started()):
                return program.ask(text, until)
        return []

    def start(self) -> bool:
        """Start the program, without waiting for it; whether it can be asked."""
        with self._alone(SECONDS) as is_mine:
            return is_mine and bool(self._started())
        return False

    def end(self) -> None:
        """End the program; the next question starts another."""
        if self._program:
            self._program.end()
            self._program = None

    @contextmanager
    def _alone(self, seconds: float) -> Iterator[bool]:
        """Give whether this thread may ask, for the block. What the program does wrong in it is noted and no error."""
        if self.is_off or not self._lock.acquire(timeout=max(seconds, 0)):
            yield False
            return
        try:
            yield True
        except (Failed, OSError) as error:
            self.end()
            self._note(str(error) if isinstance(error, Failed) else type(error).__name__)
        finally:
            self._lock.release()

    def _started(self) -> Program | None:
        """The program, once it has answered the first question, which only asks whether it is there."""
        if not self._program:
            self._program = Program(self.command)
            self._program.send("")
        return self._program if self._program.has_started() else None

    def _note(self, why: str) -> None:
        self._failed.append(time.monotonic())
        if len(self._failed) == FAILURES and self._failed[-1] - self._failed[0] < WITHIN:
            self.is_off = True
            logger.warning(OFF, FAILURES, why)


class Program:
    """One run of it: what is to be sent, and what has been received. Raises Failed or OSError where it goes wrong."""

    def __init__(self, command: list[str]) -> None:
        self._begun = time.monotonic()
        self._is_ready = False
        self._to_send, self._received = b"", b""
        self._process = subprocess.Popen(  # noqa: S603  whoever sets the register up says which
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a trace of it may have the text
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        pipes: Any = self._process.stdin, self._process.stdout
        self._input, self._output = (pipe.fileno() for pipe in pipes)
        for pipe in pipes:
            os.set_blocking(pipe.fileno(), False)

    def has_started(self) -> bool:
        """Whether the first text, an empty one, has been answered."""
        if not self._is_ready and (answer := self.receive(time.monotonic())):
            self._is_ready = not _read(answer, "")
        if not self._is_ready and time.monotonic() > self._begun + SECONDS_TO_START:
            raise Failed("it did not start")
        return self._is_ready

    def ask(self, text: str, until: float) -> list[Found]:
        self.send(text)
        if answer := self.receive(until):
            return _read(answer, text)
        raise Failed("it took too long")

    def send(self, text: str) -> None:
        """Send a text, as far as there is room, once what it said before has been heard."""
        self._take()
        if self._received:
            raise Failed("it said something that it was not asked")
        self._to_send += json.dumps({"text": text}).encode() + b"\n"
        self._give()

    def receive(self, until: float) -> bytes:
        """The line it answers by; empty where it has not by then."""
        with selectors.DefaultSelector() as either:
            either.register(self._output, selectors.EVENT_READ)
            if self._to_send:
                either.register(self._input, selectors.EVENT_WRITE)
            while True:
                for key, _ in either.select(max(until - time.monotonic(), 0)):
                    if key.fd == self._output:
                        self._take()
                    elif self._give():
                        either.unregister(self._input)
                line, end, rest = self._received.partition(b"\n")
                if rest:
                    raise Failed("it said something that it was not asked")
                if end:
                    self._received = b""
                    return line
                if time.monotonic() >= until:
                    return b""

    def end(self) -> None:
        """End it at once, with what it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._process.wait()

    def _give(self) -> bool:
        """Send what there is room for; whether that was all."""
        with suppress(BlockingIOError):
            while self._to_send:
                self._to_send = self._to_send[os.write(self._input, self._to_send) :]
        return not self._to_send

    def _take(self) -> None:
        """Receive what is there."""
        with suppress(BlockingIOError):
            while True:
                received = os.read(self._output, 65_536)
                if not received:
                    raise Failed("it has ended")
                self._received += received
                if len(self._received) > LONGEST_ANSWER:
                    raise Failed("its answer is too long")


def _read(line: bytes, text: str) -> list[Found]:
    """What a line of the answer says was found. Raises Failed where it cannot be of this text."""
    try:
        found = [_found(one, len(text)) for one in json.loads(line)["found"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Failed("its answer is of another form") from None
    return found


def _found(one: Any, length: int) -> Found:
    start, end = one["start"], one["end"]
    if not (type(start) is type(end) is int and 0 <= start < end <= length):
        raise ValueError
    return Found(Kind(one["kind"]), start, end)
