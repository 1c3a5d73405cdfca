"""A newcomer's first day in a fresh clone: start the demo, sign in, stop it, and come back to it.

Runs in the clone, with nothing but the standard library and the Python it is started with.
"""

import argparse
import contextlib
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

CLONE = Path.cwd()
FIRST_START_SECONDS = 400
LATER_START_SECONDS = 60
STOP_SECONDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with-tests", action="store_true", help="a few tests start at the same moment")
    options = parser.parse_args()
    # Where CI itself runs in the background, an ignored Ctrl-C would be handed down to the demo.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    port = _free_port()
    address = f"http://127.0.0.1:{port}/"

    tests = _start_tests() if options.with_tests else None
    with _demo(port, stopped_by=signal.SIGINT) as (demo, terminal):
        _wait_for(address, demo, terminal, FIRST_START_SECONDS)
        _sign_in(browser, address, *_account(terminal))
        if tests and tests.wait() != 0:
            sys.exit("The tests failed beside the demo.")
    with _demo(port, stopped_by=signal.SIGTERM) as (demo, terminal):
        _wait_for(address, demo, terminal, LATER_START_SECONDS)
        if "/konto/" in browser.open(address).url:
            sys.exit("The second start did not keep what the first one had: we are no longer signed in.")


def _start_tests() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "manage.py", "test", "-n", "0", "tests/tools/test_roles.py"])


@contextlib.contextmanager
def _demo(port: str, *, stopped_by: signal.Signals) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The demo while the block lasts, and where it says what it says; afterwards nothing of it may be left."""
    with tempfile.NamedTemporaryFile() as terminal:
        command = [sys.executable, "manage.py", "demo", "--port", port]
        process = subprocess.Popen(command, stdout=terminal, stderr=terminal, start_new_session=True)
        try:
            yield process, Path(terminal.name)
            os.killpg(process.pid, stopped_by)
            process.wait(STOP_SECONDS)
        finally:
            sys.stdout.write(Path(terminal.name).read_text())
            sys.stdout.flush()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if left := _left_after(STOP_SECONDS):
        sys.exit(f"Still running after the demo: {left}")


def _left_after(seconds: int) -> list[str]:
    """What still runs when it has had its time to end: a web worker outlives its master by a moment."""
    deadline = time.monotonic() + seconds
    while (left := _processes_of_the_clone()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def _processes_of_the_clone() -> list[str]:
    """What runs with the clone's data or programs. This script and a zombie have no such arguments."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            arguments = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            if f"{CLONE}/.venv/" in arguments or f"{CLONE}/.local/" in arguments:
                found.append(arguments)
    return found


def _wait_for(address: str, demo: subprocess.Popen[bytes], terminal: Path, seconds: int) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and demo.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if "Ctrl-C" in terminal.read_text() and urllib.request.urlopen(address, timeout=10).status == 200:
                return
        time.sleep(0.5)
    sys.exit(f"The demo did not answer within {seconds} seconds, or ended before it did.")


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _account(terminal: Path) -> tuple[str, str]:
    """The first demo account and the password that the demo printed."""
    said = terminal.read_text()
    email = re.search(r"\S+@\S+\.\w+", said)
    password = re.search(r"lösenord\w*:? ”([^”]+)”", said)
    if not (email and password):
        sys.exit(f"The demo printed no account to sign in with:\n{said}")
    return email[0], password[1]


def _sign_in(browser: urllib.request.OpenerDirector, address: str, email: str, password: str) -> None:
    page = browser.open(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    if not token:
        sys.exit(f"No form to sign in by at {page.url}.")
    answers = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
    request = urllib.request.Request(page.url, urllib.parse.urlencode(answers).encode(), {"Referer": page.url})
    start = browser.open(request)
    if start.status != 200 or "/konto/" in start.url:
        sys.exit(f"{email} could not sign in: {start.status} at {start.url}.")


if __name__ == "__main__":
    main()
