"""The product served as in production, for as long as it is measured, and a browser that is nobody's but ours."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.counting import ASKED, TOLD
from temagrupp.tools.demo_server import HOST, listen, server
from temagrupp.tools.terminal import ROOT, SECONDS_TO_TIDY_UP

PROCESSES = 2
"""Of four threads each, as in docs/howto/serve.md."""
SECONDS_TO_START = 30
SECONDS_KEPT_OPEN = 1.0
"""How long a connection may be idle and still be used: the server closes it a second later."""


@dataclass(frozen=True)
class Answer:
    status: int
    milliseconds: float
    statements: int
    body: bytes


class Browser:
    """One connection that is kept open, with the cookies of one who is signed in."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(HOST, port)
        self.cookies: dict[str, str] = {}
        self.last_used = 0.0

    def get(self, address: str, *, count: bool = False) -> Answer:
        return self._ask("GET", address, {ASKED: "1"} if count else {})

    def post(self, address: str, fields: Mapping[str, str], *, count: bool = False) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.cookies.get("csrftoken", "")}
        return self._ask("POST", address, kind | ({ASKED: "1"} if count else {}), urlencode(fields))

    def sign_in(self, login: str, password: str) -> None:
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/konto/login/").body)
        assert token
        fields = {"login": login, "password": password, "csrfmiddlewaretoken": token[1].decode()}
        assert self.post("/konto/login/", fields).status == 302

    def _ask(self, method: str, address: str, headers: dict[str, str], body: str | None = None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self.last_used > SECONDS_KEPT_OPEN:
            self.connection.close()
            self.connection.connect()
        start = time.perf_counter()
        self.connection.request(method, address, body, {"Cookie": cookies, "Accept-Encoding": "identity"} | headers)
        response = self.connection.getresponse()
        content = response.read()
        spent = (time.perf_counter() - start) * 1_000
        self.last_used = time.monotonic()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, spent, int(response.headers.get(TOLD, 0)), content)


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[tuple[int, list[int]]]:
    """The port and the processes of a register that answers, as many as a service manager is told to start."""
    with listen(0) as listener, ExitStack() as stack:
        port = listener.getsockname()[1]
        started = [_start(listener, environment) for _ in range(PROCESSES)]
        for process in started:
            stack.callback(process.wait, SECONDS_TO_TIDY_UP)
        for process in started:
            stack.callback(process.terminate)
        _wait_for(port)
        yield port, [process.pid for process in started]


def _start(listener: socket.socket, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(server(listener), cwd=ROOT, env=dict(environment), pass_fds=[listener.fileno()])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while Browser(port).get("/konto/login/").status != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
