"""A real SMTP server on this machine, which does to a mail what the name before the @ of its receiver says."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

HOST = "127.0.0.1"

AT_RCPT = {
    "okand": "550 5.1.1 no such person okand",
    "full": "452 4.2.2 mailbox full",
    "stanger": "421 4.3.2 closing",
    "konstig": "??? what",
    "kanske": "252 cannot tell",
    "kvot": "550 5.4.5 daily sending quota exceeded",
    "avsandare": "550 5.7.60 no permission to send as this sender",
}
AFTER_THE_MAIL = {
    "avvisad": "554 5.7.1 refused for policy",
    "senare": "451 4.7.1 try later",
    "stanger-efter": "421 4.3.2 closing",
    "obegriplig": "??? what",
}
ANSWERS = defaultdict(lambda: "250 ok", {"QUIT": "221 bye", "MAIL in MAIL": "503 5.5.1 nested MAIL command"})
CLOSES = {"bryter-vid": "RCPT", "bryter-fore": "DATA", "bryter-efter": "."}
HANGS = {"tyst-fore": "DATA", "tyst-efter": "."}


@dataclass
class Caught:
    """The address of the server as a setting, and the mails that it has taken, in order, unless it only counts.

    It may take so many by one connection, or in all: then it ends the connection at the next, with a word or none.
    """

    port: int
    counts_only: bool = False
    taken: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    most_by_one_connection: int | None = None
    most_in_all: int | None = None
    ends_with: str = ""

    def is_full(self, taken: int) -> bool:
        """Whether it takes no mail more by a connection by which it has taken so many."""
        return taken == self.most_by_one_connection or self.taken == self.most_in_all

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    @property
    def receivers(self) -> list[str]:
        return [mail["To"] for mail in self.mails]


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, slow: float, *, counts_only: bool) -> None:
        super().__init__((HOST, 0), Client)
        self.slow, self.caught = slow, Caught(self.server_address[1], counts_only)


class Client(socketserver.StreamRequestHandler):
    """One who is connected: gives its mails to the server's `caught`."""

    server: Server

    def handle(self) -> None:
        self.server.caught.connections += 1
        self.say("220 ready")
        name, before, is_in_mail = "", self.server.caught.taken, False
        for line in self.rfile:
            word, _, rest = line.decode().strip().partition(" ")
            word = word.upper()
            if word == "MAIL" and self.server.caught.is_full(self.server.caught.taken - before):
                if self.server.caught.ends_with:
                    self.say(self.server.caught.ends_with)
                return
            if word == "RCPT":
                name = rest.partition("<")[2].partition("@")[0]
                if self.goes_at(word, name):
                    return
                self.say(AT_RCPT.get(name, "250 ok"))
            elif word == "DATA":
                if self.goes_at(word, name):
                    return
                self.say("354 go on")
                words = self.mail()
                if self.goes_at(".", name):
                    return
                time.sleep(self.server.slow)
                answer = AFTER_THE_MAIL.get(name, "250 taken")
                self.server.caught.taken += answer.startswith("250")
                if answer.startswith("250") and not self.server.caught.counts_only:
                    self.server.caught.mails.append(message_from_bytes(words, policy=default))
                self.say(answer)
            else:
                self.say(ANSWERS["MAIL in MAIL" if word == "MAIL" and is_in_mail else word])
            is_in_mail = word in ("MAIL", "RCPT")

    def mail(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)

    def goes_at(self, place: str, name: str) -> bool:
        if HANGS.get(name) == place:
            time.sleep(3)
        return place in (HANGS.get(name), CLOSES.get(name))

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(*, slow: float = 0, counts_only: bool = False) -> Iterator[Caught]:
    """Each mail takes `slow` seconds between its last line and the answer."""
    with Server(slow, counts_only=counts_only) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.caught
        server.shutdown()
