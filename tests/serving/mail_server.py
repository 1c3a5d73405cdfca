"""A mail server that takes its time."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.serving.asking import HOST


@contextmanager
def slow_mail_server(seconds: float) -> Iterator[tuple[str, list[str]]]:
    """Its address as a setting, and whom it has taken mail for. Each who comes waits so long for its first word."""
    taken: list[str] = []

    class Client(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            time.sleep(seconds)
            self.say(220)
            to = ""
            for line in self.rfile:
                command = line.decode().strip().upper()
                if command.startswith("RCPT"):
                    to = line.decode().partition("<")[2].partition(">")[0]
                if command == "DATA":
                    self.say(354)
                    while self.rfile.readline() != b".\r\n":
                        pass
                    taken.append(to)
                self.say(221 if command == "QUIT" else 250)

        def say(self, code: int) -> None:
            self.wfile.write(f"{code} x\r\n".encode())

    class MailServer(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with MailServer((HOST, 0), Client) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://{HOST}:{server.server_address[1]}", taken
        server.shutdown()
