"""What may be asked of the demo when it is started, and what is left of it when it is killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from temagrupp.tools.demo_server import HOST, migrations, run_demo
from temagrupp.tools.postgres_machine import is_running
from temagrupp.tools.terminal import ROOT, SECONDS_TO_TIDY_UP


@pytest.mark.parametrize("number", ["-1", "0.5", "många", "1e4", "1000001", "9" * 30])
def test_how_many_observations_is_a_whole_number_that_a_machine_can_hold(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run_demo([f"--observations={number}"])

    assert "--observations är ett helt tal från 0 till 1000000." in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "65536", "-80", "åtta"])
def test_a_port_is_a_number_that_a_port_can_have(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run_demo([f"--port={number}"])

    assert "--port är ett tal från 1 till 65535." in capsys.readouterr().err


def test_it_knows_all_migrations_of_the_house() -> None:
    loaded = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    files = (Path(sys.modules[migration.__module__].__file__ or "") for migration in loaded)
    ours = {f"{file.relative_to(ROOT)}" for file in files if file.is_relative_to(ROOT) and ".venv" not in file.parts}

    assert {*migrations()} == ours
    assert "issues/migrations/0001_tables.py" in ours


KILLED = """
import os, sys
from pathlib import Path
from temagrupp.tools import demo_server, postgres
from temagrupp.tools.terminal import run

postgres.home = lambda account: Path(sys.argv[1])
with demo_server.listen(int(sys.argv[2])) as listener, postgres.database("killed", disposable=True) as addresses:
    Path(sys.argv[1], "socket").write_text(str(addresses.socket))
    web = demo_server._web_environment() | {"DATABASE_URL": addresses.application}
    prepares = [sys.executable, "manage.py", "shell", "-c", "import time; time.sleep(60)"]
    run(prepares if sys.argv[3] == "prepares" else demo_server.server(listener), web, inherit=[listener.fileno()])
"""
"""The demo without its story, which takes long to tell."""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for the database that a system user can come into."""
    folder = Path(tempfile.mkdtemp(prefix="temagrupp-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def wait_until(is_true: Callable[[], bool], seconds: float = SECONDS_TO_TIDY_UP) -> bool:
    deadline = time.monotonic() + seconds
    while not is_true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_true()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind((HOST, port))
        except OSError:
            return False
        return True


def children(process: int) -> list[str]:
    """What it is called that the process has started and that still runs."""
    listed = subprocess.run(["ps", "-o", "args=", "--ppid", f"{process}"], capture_output=True, text=True, check=False)
    return [line for line in listed.stdout.splitlines() if "<defunct>" not in line]


def left_of(session: int) -> list[str]:
    """What runs of a session, its zombies not counted."""
    listed = subprocess.run(["ps", "-o", "args=", "-s", f"{session}"], capture_output=True, text=True, check=False)
    return [line for line in listed.stdout.splitlines() if "<defunct>" not in line]


def end(session: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


@pytest.mark.parametrize(("while_it", "started"), [("serves", "manage.py serve"), ("prepares", "manage.py shell")])
def test_one_that_is_killed_leaves_nothing_that_serves(
    place: Path, request: pytest.FixtureRequest, while_it: str, started: str
) -> None:
    port = free_port()
    command = [sys.executable, "-c", KILLED, str(place), str(port), while_it]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    demo = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    request.addfinalizer(lambda: end(demo.pid))
    assert wait_until(lambda: any(started in line for line in children(demo.pid)))
    postmaster = int((place / "killed" / "data" / "postmaster.pid").read_text().split()[0])

    os.kill(demo.pid, signal.SIGKILL)
    demo.wait()

    assert wait_until(lambda: not left_of(demo.pid))
    assert wait_until(lambda: not is_running(postmaster, place / "killed" / "data"))
    assert wait_until(lambda: not Path((place / "socket").read_text()).exists())
    assert is_free(port)
