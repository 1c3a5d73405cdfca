"""What the tests ask a web server: whole requests, and bytes that are none."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

HOST = "127.0.0.1"
SECONDS = 20
"""Until a server that says nothing is taken for one that never will."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    page: str
    seconds: float


def ask(
    port: int, path: str, body: str | bytes | None = None, headers: dict[str, str] | None = None, *, method: str = ""
) -> Answer:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)
    try:
        return ask_on(connection, path, body, headers, method=method)
    finally:
        connection.close()


def ask_on(
    connection: http.client.HTTPConnection,
    path: str,
    body: str | bytes | None = None,
    headers: dict[str, str] | None = None,
    *,
    method: str = "",
) -> Answer:
    start = time.monotonic()
    connection.request(method or ("GET" if body is None else "POST"), path, body, headers or {})
    response = connection.getresponse()
    page = response.read().decode(errors="replace")
    return Answer(response.status, response.headers, page, time.monotonic() - start)


def send(port: int, sent: bytes) -> socket.socket:
    """A client that has sent so much and says nothing more."""
    client = socket.create_connection((HOST, port), timeout=SECONDS)
    client.sendall(sent)
    return client


def received(client: socket.socket) -> str:
    """All that the server says until it hangs up."""
    pieces = []
    while piece := client.recv(65_536):
        pieces.append(piece)
    return b"".join(pieces).decode(errors="replace")


def wait_until(is_true: Callable[[], bool], seconds: float = SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not is_true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return is_true()
