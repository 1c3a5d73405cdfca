"""A web process of the register among clients that are slow, and told to stop."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from temagrupp.tools.demo_server import listen, server
from temagrupp.tools.terminal import ROOT
from tests.serving.asking import HOST, ask, ask_on, received, send, wait_until
from tests.serving.conftest import Register, Web, serving

HEAD = b"GET /konto/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BODY = b"POST /konto/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nlogin="
LARGE = b"GET /stort/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SLOW = {"half heads": HEAD, "missing bodies": BODY, "never read": LARGE, "idle": b""}


@pytest.mark.parametrize("number", [8, 60])
@pytest.mark.parametrize("what", SLOW)
def test_a_page_is_served_while_slow_clients_stand_there(web: Web, what: str, number: int) -> None:
    with ExitStack() as clients:
        for _ in range(number):
            clients.enter_context(send(web.port, SLOW[what]))
        answers = [ask(web.port, "/konto/login/") for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert max(answer.seconds for answer in answers) < 5


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_too_much_is_told_as_that_and_does_not_break_the_next_request(web: Web, kind: str) -> None:
    client = http.client.HTTPConnection(HOST, web.port, timeout=20)

    answer = ask_on(client, "/rapportera/", b"x" * 55_000_000, {"Content-Type": kind})

    assert (answer.status, answer.headers["Content-Security-Policy"] is not None) == (413, True)
    assert "Det du skickade är för stort" in answer.page
    assert ask_on(client, "/konto/login/").status == 200
    client.close()


def test_the_server_does_not_say_what_it_is(web: Web) -> None:
    assert ask(web.port, "/konto/login/").headers["Server"] is None


def test_one_told_to_stop_answers_what_it_has_taken(register: Register) -> None:
    with serving(register.environment) as web, ThreadPoolExecutor(3) as clients:
        asked = [clients.submit(ask, web.port, "/sover/1500/") for _ in range(3)]
        time.sleep(0.7)
        web.process.send_signal(signal.SIGINT)
        web.process.send_signal(signal.SIGTERM)

        assert [each.result().page for each in asked] == ["awake"] * 3
        assert web.process.wait(10) == 0


def test_one_that_hangs_when_told_to_stop_ends_all_the_same(register: Register) -> None:
    endless = HEAD.replace(b"konto/login", b"sover/60000") + b"\r\n"
    with serving(register.environment, "--finish", "0") as web, send(web.port, endless) as client:
        time.sleep(0.5)
        start = time.monotonic()
        web.process.terminate()
        web.process.wait(10)

        assert time.monotonic() - start < 5
        assert received(client) == ""


def test_a_process_that_does_not_end_by_itself_is_ended(register: Register) -> None:
    with serving(register.environment, "--finish", "1") as web:
        assert ask(web.port, "/utan-slut/").page == "left"
        start = time.monotonic()
        web.process.terminate()

        assert web.process.wait(10) == 1
        assert 2 < time.monotonic() - start < 5


def test_more_threads_than_connections_to_the_database_are_refused_by_a_sentence(register: Register) -> None:
    command = [sys.executable, "manage.py", "serve", "--threads", "9", "--listen", "127.0.0.1:0"]

    done = subprocess.run(command, cwd=ROOT, env=register.environment, capture_output=True, text=True, timeout=20)

    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "Inställningen DATABASE_POOL är minst 9, en anslutning för varje sida som görs samtidigt (--threads), eller 0.",
    )


@pytest.fixture
def renewed(register: Register) -> Iterator[tuple[int, list[int]]]:
    """A port, and how the processes have ended that served there in turn, each for about fifteen requests."""
    ended: list[int] = []
    stopping = threading.Event()
    with listen(0) as listener:

        def start() -> subprocess.Popen[bytes]:
            command = [*server(listener), "--requests", "15"]
            return subprocess.Popen(command, cwd=ROOT, env=register.environment, pass_fds=[listener.fileno()])

        def manage() -> None:
            while not stopping.is_set():
                process = start()
                while process.poll() is None:
                    if stopping.wait(0.05):
                        process.terminate()
                ended.append(process.wait())

        manager = threading.Thread(target=manage)
        manager.start()
        yield listener.getsockname()[1], ended
        stopping.set()
        manager.join()


def test_none_is_lost_when_processes_end_and_are_started_again(renewed: tuple[int, list[int]]) -> None:
    port, ended = renewed

    with ThreadPoolExecutor(6) as clients:
        answers = list(clients.map(lambda _: ask(port, "/konto/login/").status, range(45)))

    assert answers == [200] * 45
    assert wait_until(lambda: len(ended) >= 2)
    assert set(ended) == {0}


HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.executable, [sys.executable, "manage.py", "serve"])
"""
"""As systemd does it: the socket is file 3, and it says which process that it is meant for."""


def test_a_service_manager_hands_over_its_socket(register: Register) -> None:
    with listen(0) as listener:
        number = listener.fileno()
        command = [sys.executable, "-c", HAND_OVER, str(number)]
        process = subprocess.Popen(command, cwd=ROOT, env=register.environment, pass_fds=[number])
        try:
            assert ask(listener.getsockname()[1], "/konto/login/").status == 200
        finally:
            process.terminate()
            assert process.wait(20) == 0
