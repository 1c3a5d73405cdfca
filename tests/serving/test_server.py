"""How a web process receives, refuses and ends, around an application of a few lines."""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.conf import LazySettings

from temagrupp.serving import server as serving
from temagrupp.serving.server import LONGEST_HEAD, Server
from temagrupp.tools.demo_server import listen
from tests.base.logs.conftest import Lines
from tests.serving.asking import HOST, ask, ask_on, received, send, wait_until

HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
TYPED = "anna-andersson-19121212"
POST = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n"


class Application:
    """Tells how long a body it was given and how much of it is there; waits at /langsamt until it is let go on."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go_on = threading.Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        body = environ["wsgi.input"].read()
        if environ["PATH_INFO"] == "/langsamt":
            self.go_on.wait(20)
        told = f"{environ.get('CONTENT_LENGTH', '')} {len(body)} {environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}"
        if environ["PATH_INFO"].startswith("/fel"):
            raise ValueError(TYPED)
        pages = [b"x" * 1_000_000] * 30 if environ["PATH_INFO"] == "/stort" else [told.encode()]
        length = [] if environ["PATH_INFO"] == "/bitvis" else [("Content-Length", str(sum(map(len, pages))))]
        status = "503 Service Unavailable" if environ["PATH_INFO"] == "/borta" else "200 OK"
        start_response(status, [("Content-Type", "text/plain"), *length])
        return pages


@contextmanager
def served(application: Application, **how: object) -> Iterator[tuple[Server, int]]:
    """A server in a thread of its own and its port; it is stopped after the block."""
    with listen(0) as listener:
        port = listener.getsockname()[1]
        with running(application, listener, **how) as server:
            yield server, port


@contextmanager
def running(application: Application, listener: socket.socket, **how: object) -> Iterator[Server]:
    server = Server(application, listener, **how)  # type: ignore[arg-type]

    def run() -> None:
        server.serve()
        server.finish()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield server
    finally:
        application.go_on.set()
        server.stop()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def port(application: Application) -> Iterator[int]:
    with served(application) as (_, port):
        yield port


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SECONDS_IDLE", 1)


@pytest.mark.parametrize(
    "sent", [b"", HEAD, POST + b"Content-Length: 9\r\n\r\nhalf", b"GET /stort HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"]
)
def test_a_client_that_stands_still_is_let_go(impatient: None, application: Application, sent: bytes) -> None:
    with served(application) as (server, port), send(port, sent):
        assert wait_until(lambda: bool(server.waitress.active_channels))

        assert wait_until(lambda: not server.waitress.active_channels, 6)


@pytest.mark.parametrize("begun", [HEAD + b"X: ", POST + b"Content-Length: 900\r\n\r\n"])
def test_a_client_that_sends_a_sign_now_and_then_is_let_go(
    monkeypatch: pytest.MonkeyPatch, application: Application, begun: bytes
) -> None:
    monkeypatch.setattr(serving, "SECONDS_FOR_A_HEAD", 1)
    monkeypatch.setattr(serving, "SECONDS_FOR_A_BODY", 1)
    with served(application) as (server, port), send(port, begun) as client:

        def is_let_go() -> bool:
            try:
                client.sendall(b"x")
            except OSError:
                return True
            return not server.waitress.active_channels

        assert wait_until(lambda: bool(server.waitress.active_channels))
        assert wait_until(is_let_go, 6)


def test_more_clients_than_files_of_old_are_held(application: Application) -> None:
    with served(application) as (server, port), ExitStack() as clients:
        for _ in range(300):
            clients.enter_context(send(port, HEAD))

        assert ask(port, "/").status == 200
        assert len(server.waitress.active_channels) >= 300


def test_a_body_of_the_longest_is_kept_and_of_a_longer_one_nothing_but_its_length(
    port: int, settings: LazySettings
) -> None:
    settings.MOST_BYTES_SENT = 1_000_000
    client = http.client.HTTPConnection(HOST, port, timeout=20)

    assert ask_on(client, "/", b"x" * 1_000_000).page.startswith("1000000 1000000 ")
    length, kept, *_ = ask_on(client, "/", b"x" * 30_000_000).page.split()
    assert (length, int(kept) <= 1_000_000) == ("30000000", True)
    assert ask_on(client, "/", b"short").page.startswith("5 5 ")
    client.close()


def test_so_is_a_body_that_comes_in_pieces(port: int, settings: LazySettings) -> None:
    settings.MOST_BYTES_SENT = 1_000
    pieces = b"".join(b"200\r\n" + b"x" * 512 + b"\r\n" for _ in range(10)) + b"0\r\n\r\n"
    twice = (POST + b"Transfer-Encoding: chunked\r\n\r\n" + pieces) * 2

    with send(port, twice + HEAD + b"Connection: close\r\n\r\n") as client:
        told = received(client)

    assert told.count("\r\n\r\n5120 ") == 2
    assert told.count("200 OK") == 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (POST + b"Content-Length: many\r\n\r\n", "400 Bad Request"),
        (POST + b"Content-Length: -1\r\n\r\n", "400 Bad Request"),
        (POST + b"Content-Length: 1, 2\r\n\r\n", "400 Bad Request"),
        (POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n", "400 Bad Request"),
        (POST + b"Content-Length: 99999999999999\r\n\r\n", "413 Request Entity Too Large"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "400 Bad Request"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n", "400 Bad Request"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 9_000, "400 Bad Request"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"1" * 9_000, "400 Bad Request"),
        (POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400 Bad Request"),
        (POST + b"transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n", "400 Bad Request"),
        (POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "400 Bad Request"),
        (POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400 Bad Request"),
        (POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", "400 Bad Request"),
        (POST.replace(b"1.1", b"1.0") + b"Transfer-Encoding: identity\r\n\r\n", "400 Bad Request"),
        (POST + b"Content-Length: 4\r\nContent-Length: 4\r\n\r\nlamp", "400 Bad Request"),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", "501 Not Implemented"),
        ((HEAD + b"X: ").ljust(LONGEST_HEAD, b"1"), "431 Request Header Fields Too Large"),
        (b"no request\r\n\r\n", "400 Bad Request"),
        (b"\0\0\0\r\n\r\n", "400 Bad Request"),
    ],
)
def test_what_is_no_request_is_answered_with_a_page_in_swedish(
    port: int, application: Application, lines: Lines, sent: bytes, status: str
) -> None:
    with send(port, sent) as client:
        told = received(client)

    assert told.splitlines()[0].split(" ", 1)[1] == status
    assert "Det du skickade är för stort" in told or "Det som skickades gick inte att läsa" in told
    assert "Content-Security-Policy: " in told
    assert "default-src 'none'" in told
    assert "Permissions-Policy: " in told
    assert "Server: " not in told
    assert application.asked == []
    assert ask(port, "/").status == 200
    told_of = [(line["level"], line["logger"], line["event"], line["status"], len(line)) for line in lines()]
    assert told_of == [("WARNING", "temagrupp.request", "refused", int(status[:3]), 5)]  # and nothing that was sent


def test_an_answer_that_nobody_reads_holds_no_thread(port: int) -> None:
    with ExitStack() as clients:
        for _ in range(4):
            clients.enter_context(send(port, b"GET /stort HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))

        assert ask(port, "/").status == 200


def test_what_goes_wrong_outside_of_django_is_told_without_the_address(
    port: int, lines: Lines, stream: io.StringIO
) -> None:
    assert ask(port, f"/fel/{TYPED}").status == 500

    (line,) = lines()
    told = {name: line[name] for name in ("level", "logger", "event", "status")}
    assert told == {"level": "ERROR", "logger": "temagrupp.fault", "event": "fault", "status": 500}
    assert line["trace"].endswith("ValueError")
    assert TYPED not in stream.getvalue()


def test_what_a_proxy_says_and_cannot_be_read_is_one_line_without_it(
    application: Application, lines: Lines, stream: io.StringIO
) -> None:
    with served(application, proxy=HOST) as (_, port):
        assert ask(port, "/", headers={"X-Forwarded-For": f'"{TYPED}'}).status == 400

    assert [(line["event"], line["status"]) for line in lines()] == [("refused", 400)]
    assert TYPED not in stream.getvalue()


def test_a_body_cut_short_is_never_taken_for_a_whole_one(port: int, application: Application) -> None:
    send(port, POST + b"Content-Length: 9\r\n\r\nhalf").close()

    assert ask(port, "/").status == 200
    assert application.asked == ["/"]


def test_what_is_being_answered_is_answered_before_the_end_and_nothing_new_is_taken(application: Application) -> None:
    with served(application) as (server, port), ThreadPoolExecutor(5) as clients:
        waiting = [clients.submit(ask, port, "/langsamt") for _ in range(5)]  # more than there are threads
        assert wait_until(lambda: len(application.asked) == 4 and len(server.waitress.task_dispatcher.queue) == 1)
        server.stop()
        assert wait_until(lambda: server.waitress.ending)
        application.go_on.set()

        assert [each.result().status for each in waiting] == [200] * 5
        assert {each.result().headers["Connection"] for each in waiting} == {"close"}


def test_half_a_request_does_not_hold_up_the_end_and_one_that_goes_on_is_answered(application: Application) -> None:
    start = time.monotonic()
    with served(application) as (server, port), send(port, HEAD), send(port, HEAD) as second:
        assert wait_until(lambda: len(server.waitress.active_channels) == 2)
        server.stop()
        assert wait_until(lambda: server.waitress.ending)
        second.sendall(b"\r\n")
        assert "200 OK" in received(second)

    assert time.monotonic() - start < serving.SECONDS_TO_FINISH / 2


def test_an_answer_that_never_comes_does_not_hold_up_the_end(application: Application) -> None:
    with (
        served(application, seconds_to_finish=1) as (server, port),
        send(port, b"GET /langsamt HTTP/1.1\r\nHost: x\r\n\r\n"),
    ):
        assert wait_until(lambda: application.asked == ["/langsamt"])
        start = time.monotonic()
        server.stop()

        assert wait_until(lambda: not server.waitress._map, 4)
        assert time.monotonic() - start > 0.9


def test_ends_after_as_many_requests_as_it_was_to_answer(
    application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    with served(application, requests=3) as (server, port):
        for _ in range(3):
            assert ask(port, "/").status == 200

        assert wait_until(lambda: server.stopping)

    assert caplog.messages == []  # it is nothing to tell of


def test_that_it_could_not_answer_is_not_counted(application: Application) -> None:
    with served(application, requests=2) as (server, port):
        assert [ask(port, path).status for path in ("/borta", "/borta", "/", "/borta")] == [503, 503, 200, 503]
        assert not server.stopping
        assert ask(port, "/").status == 200

        assert wait_until(lambda: server.stopping)


@pytest.mark.parametrize("path", ["/", "/stort", "/bitvis"])
def test_an_answer_to_head_is_its_head_alone(port: int, application: Application, path: str) -> None:
    head = f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
    with send(port, head + b"Connection: close\r\n\r\n") as client:
        told = received(client)

    assert told.startswith("HTTP/1.1 200 OK\r\n")
    assert told.index("\r\n\r\n") == len(told) - 4
    assert "Content-Length: " in told or path == "/bitvis"


def test_nor_does_it_stand_before_the_next_answer(port: int) -> None:
    asked = b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 2 + HEAD + b"Connection: close\r\n\r\n"
    with send(port, asked) as client:
        heads = [answer.split("\r\n\r\n") for answer in received(client).split("HTTP/1.1 200 OK\r\n")[1:]]

    assert [body for _, body in heads] == ["", "", f" 0 {HOST} http"]


@pytest.mark.parametrize(
    ("proxy", "told"), [(None, f"{HOST} http"), ("10.0.0.1", f"{HOST} http"), (HOST, "192.0.2.7 https")]
)
def test_only_our_own_proxy_tells_who_asks_and_how(application: Application, proxy: str | None, told: str) -> None:
    headers = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7", "X-Forwarded-Proto": "https"}
    with served(application, proxy=proxy) as (_, port):
        assert ask(port, "/", headers=headers).page.endswith(told)


def test_a_socket_in_the_file_system_is_the_proxys_own(application: Application, tmp_path: Path) -> None:
    """As systemd makes it for nginx: whoever may open it is trusted."""
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
        listener.bind(str(tmp_path / "web.sock"))
        listener.listen()
        with running(application, listener, proxy=HOST):
            client.connect(str(tmp_path / "web.sock"))
            client.sendall(
                HEAD + b"X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
            )

            assert received(client).endswith("192.0.2.7 https")
