"""A web process: it answers, and when it is told to stop it answers what it has taken and takes nothing new.

waitress receives and sends without a thread, so a client that sends half a request, or does not read its answer,
holds a place among the connections and nothing else.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from waitress import wasyncore
from waitress.server import create_server

from temagrupp.serving.receiving import ClientChannel

MOST_CONNECTIONS = 2_000
SECONDS_IDLE = 30
"""How long a client may send nothing of its request, or read nothing of its answer."""
SECONDS_FOR_A_HEAD = 30
SECONDS_FOR_A_BODY = 300
"""And how long the whole of it may take: one who sends a byte now and then is never idle. A phone on a bad line sends
its largest form in a minute."""
SECONDS_TO_FINISH = 10
"""For what is being answered when the process is told to stop; then it ends with what is left."""
SECONDS_OF_GRACE = 1
"""How long a stopping process waits for more of half a request, and for the next one from a client that has just had
an answer: it is told with that one that the connection ends."""
LONGEST_HEAD = 65_536
MOST_BYTES_READ = 1 << 40
"""Of one request, of which `receiving.Body` keeps what one may send: to read the rest costs nothing but the line."""
MOST_BYTES_UNREAD = 1 << 30
"""Of one client's answers. What one has not read waits in a file; beyond this a thread would wait with it."""


class Server:
    """waitress around an application, on a socket that others may share."""

    def __init__(
        self,
        application: WSGIApplication,
        listener: socket.socket,
        *,
        threads: int = 4,
        connections: int = MOST_CONNECTIONS,
        proxy: str | None = None,
        requests: int = 0,
        seconds_to_finish: float = SECONDS_TO_FINISH,
    ) -> None:
        """`proxy`: the address whose word is taken for who asks and how; `requests`: how many to end after, 0 never."""
        self.stopping = False
        self.seconds_to_finish = seconds_to_finish
        trusted: dict[str, Any] = {}
        if proxy:
            # A socket in the file system has no addresses: waitress calls whoever comes through it localhost.
            address = "localhost" if listener.family == socket.AF_UNIX else proxy
            trusted = {"trusted_proxy": address, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
        self.waitress = create_server(
            Counted(without_body(application), requests, self.stop),
            sockets=[listener],
            threads=threads,
            connection_limit=connections,
            channel_timeout=SECONDS_IDLE * 2,  # ours comes first
            asyncore_use_poll=True,  # select() ends at descriptor 1 024
            outbuf_high_watermark=MOST_BYTES_UNREAD,
            max_request_body_size=MOST_BYTES_READ,
            max_request_header_size=LONGEST_HEAD,
            log_socket_errors=False,  # one who went away is no fault
            ident="",
            **trusted,
        )
        self.waitress.channel_class = ClientChannel
        self.waitress.ending = False
        # It warns of every request that waits for another.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)

    def serve(self) -> None:
        """Serve until `stop` is called."""
        while not self.stopping:
            self._turn(1)
            self._let_go_of_the_slow()

    def stop(self) -> None:
        """Come to an end; may be called by any thread and by a signal, and more than once."""
        if not self.stopping:
            self.stopping = True
            self.waitress.pull_trigger()

    def finish(self) -> None:
        """Answer what has been taken, within `seconds_to_finish`, and take nothing new."""
        deadline = time.monotonic() + self.seconds_to_finish
        wasyncore.dispatcher.close(self.waitress)  # our copy of the socket: who shares it goes on
        self.waitress.ending = True
        while self._has_work() and time.monotonic() < deadline:
            self._turn(0.1)
        self.waitress.task_dispatcher.shutdown(timeout=SECONDS_OF_GRACE)
        wasyncore.close_all(self.waitress._map)

    def _turn(self, seconds: float) -> None:
        """Receive and send what there is, after waiting so long for it at most."""
        wasyncore.loop(timeout=seconds, use_poll=True, map=self.waitress._map, count=1)

    def _let_go_of_the_slow(self) -> None:
        """waitress lets an idle client go when it can next be written to, which one that does not read never can be;
        and one that sends a byte now and then never."""
        channels: list[ClientChannel] = list(self.waitress.active_channels.values())
        for channel in channels:
            seconds, is_in_body = channel.seconds_receiving()
            is_idle = not channel.requests and time.time() - channel.last_activity > SECONDS_IDLE
            if is_idle or seconds > (SECONDS_FOR_A_BODY if is_in_body else SECONDS_FOR_A_HEAD):
                channel.handle_close()

    def _has_work(self) -> bool:
        """Whether any client is owed something; those that are not are let go."""
        channels: list[ClientChannel] = list(self.waitress.active_channels.values())
        for channel in channels:
            if not channel.is_owed and time.time() - channel.last_activity > SECONDS_OF_GRACE:
                channel.will_close = True
        return bool(channels)


class Counted:
    """The application, which calls `then` when it has answered `most` times; never for 0.

    That it could not (503) is not counted: processes that all ended while the database is away would leave nobody.
    """

    def __init__(self, application: WSGIApplication, most: int, then: Callable[[], None]) -> None:
        self.application, self.most, self.then = application, most, then
        self.times = 0
        self.lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            if not status.startswith("503"):
                self._count()
            return start_response(status, headers, *error)

        return self.application(environ, start)

    def _count(self) -> None:
        with self.lock:
            self.times += 1
            if self.times == self.most:
                self.then()


def without_body(application: WSGIApplication) -> WSGIApplication:
    """The application, of whose answer to HEAD nothing is sent but the head: Django leaves that to its server.

    What followed it would be taken for the next answer on the same connection.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer
