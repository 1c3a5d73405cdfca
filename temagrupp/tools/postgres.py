"""The private PostgreSQL of the demo and the tests: a server of our own, up while one command runs.

Each has its own cluster, so that neither stops the other, and two roles: the tables' owner and the
application. Nobody but the two can log in, and only through a socket in a folder that nobody else can enter.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, Any, NoReturn

from temagrupp.tools.postgres_machine import Account, find_binaries, home, is_running, major_version, server_account
from temagrupp.tools.terminal import outlived_by, say

DATABASE = "temagrupp"
OWNER = "temagrupp_owner"
APPLICATION = "temagrupp_application"
OLDEST_VERSION = 15
LOGIN_RULES = f"local all {OWNER},{APPLICATION} trust\n"
# One statement a line, as the single-user mode reads them.
ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB
CREATE ROLE {APPLICATION} LOGIN
"""
# What only a superuser can take away, in the template that every database copies: large objects, which lie outside the
# tables where neither a grant nor a trigger sees them; and the server's own databases.
CLOSED = """
DO $$ DECLARE one regprocedure; BEGIN FOR one IN SELECT oid FROM pg_proc \
WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(lo_|loread$|lowrite$)' \
LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one); END LOOP; END $$
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC
"""
CLOSED += f"GRANT CONNECT ON DATABASE postgres TO {OWNER}\n"
OWN_DATABASE = f"""
CREATE DATABASE {DATABASE} OWNER {OWNER}
"""
PREPARED = hashlib.sha256((ROLES + CLOSED).encode()).hexdigest()
"""Which preparation a cluster has had: it stands in a file beside its data."""
# What a lost machine may take with it: everything, for data that every run makes anew.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SOCKET_FOLDER = "temagrupp-"
OTHER_TABLES = (
    "Demons databas gjordes för en annan version av registret och går inte att använda i den här.\n"
    "Den görs om från början. Det som har skrivits i demon försvinner."
)
START_SECONDS = 30
GUARD_SECONDS = 2
STOPPED_BY = signal.SIGTERM, signal.SIGHUP, signal.SIGINT


@dataclass(frozen=True)
class Addresses:
    """Where the two roles log in: the application's address and the owner's, as DATABASE_URL has them.

    `socket` is a private server's folder. There any database may be made and thrown away.
    """

    application: str
    owner: str
    socket: Path | None = None

    @classmethod
    def at(cls, socket: Path, database: str = DATABASE) -> "Addresses":
        where = f"/{database}?host={socket}"
        return cls(f"postgres://{APPLICATION}@{where}", f"postgres://{OWNER}@{where}", socket)

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.application, "DATABASE_OWNER_URL": self.owner}


@contextmanager
def database(
    name: str, *, disposable: bool = False, reset: bool = False, migrations: dict[str, str] | None = None
) -> Iterator[Addresses]:
    """The database of a command: the one given in the environment, else a private one for as long as it runs.

    `disposable` data is made for speed and thrown away when it does not fit; `reset` throws it away now. With
    `migrations`, name → hash, data is thrown away when one that it may have been made from reads otherwise today.
    """
    if application := os.environ.get("DATABASE_URL"):
        yield _given(application)
        return
    cluster = Cluster(name, programs=find_binaries(), account=server_account(), disposable=disposable)
    guard = "temagrupp.tools.postgres_guard", name, str(cluster.folder), str(cluster.programs)
    with cluster.lock(), outlived_by(*guard):
        if reset:
            cluster.drop()
        elif migrations and not cluster.follows(migrations):
            say(OTHER_TABLES)
            cluster.drop()
        # Without this neither a `kill` nor a closed terminal would come to the `finally`.
        before = _heed(_stop)
        try:
            say("Startar databasen …")
            cluster.start()
            if migrations:
                cluster.migrations.write_text(json.dumps(migrations))
            yield cluster.addresses
        finally:
            _heed(signal.SIG_IGN)  # nor does what comes now break off the tidying up; what it starts ignores it too
            cluster.stop()
            for number, handler in before.items():
                signal.signal(number, handler)


def _heed(handler: Any) -> dict[signal.Signals, Any]:
    """Do this when told to stop. Returns what each signal did before."""
    return {number: signal.signal(number, handler) for number in STOPPED_BY}


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """End the command. It is told once: a second signal would break off what the first one made it tidy up."""
    _heed(signal.SIG_IGN)
    sys.exit(128 + number)


def _given(application: str) -> Addresses:
    """The addresses from the environment, after asking that a new enough PostgreSQL answers there."""
    import psycopg

    owner = os.environ.get("DATABASE_OWNER_URL")
    if not owner:
        raise SystemExit("DATABASE_URL är satt men inte DATABASE_OWNER_URL, adressen för den som äger tabellerna.")
    for variable, address in (("DATABASE_URL", application), ("DATABASE_OWNER_URL", owner)):
        try:
            with psycopg.connect(address, connect_timeout=5) as connection:
                version = connection.info.server_version // 10_000
        except psycopg.Error as error:
            raise SystemExit(f"Databasen i {variable} går inte att nå: {str(error).splitlines()[0]}") from None
        if version < OLDEST_VERSION:
            raise SystemExit(
                f"Registret behöver PostgreSQL {OLDEST_VERSION} eller nyare, men {variable} leder till {version}."
            )
    return Addresses(application, owner)


def _locked(file: IO[str]) -> bool:
    """Take the lock, also when what guards a killed run has it for the moment that it takes to stop the server."""
    deadline = time.monotonic() + GUARD_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        else:
            return True


class Cluster:
    """One private server with its data. Whoever holds its lock may start and stop it."""

    def __init__(
        self, name: str, *, programs: Path, account: Account, disposable: bool = False, folder: Path | None = None
    ) -> None:
        self.name = name
        self.programs = programs
        self.account = account
        self.disposable = disposable
        self.folder = folder or home(account) / name
        self.data = self.folder / "data"
        self.migrations = self.data / "migrations.json"
        self.log = self.folder / "server.log"
        self.socket: Path | None = None

    @property
    def addresses(self) -> Addresses:
        if self.socket is None:
            raise RuntimeError(f"The server of ”{self.name}” is not started.")
        return Addresses.at(self.socket)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Lock the cluster for this process; the lock is released however the process ends."""
        try:
            self.account.make_private(self.folder)
            file = (self.folder / "lock").open("w")
        except PermissionError:
            raise SystemExit(f"Du får inte skriva i {self.folder}. Den har gjorts av en annan användare.") from None
        with file:
            if not _locked(file):
                raise SystemExit(f"Databasen ”{self.name}” används redan av en annan körning i den här katalogen.")
            yield

    def follows(self, migrations: dict[str, str]) -> bool:
        """Whether all that the data may have been made from is still there, as it was: `migrate` can go on from it."""
        if not self.data.exists():
            return True
        before = json.loads(self.migrations.read_text()) if self.migrations.exists() else None
        return before is not None and before.items() <= migrations.items()

    def drop(self) -> None:
        self.stop_orphan()
        shutil.rmtree(self.data, ignore_errors=True)

    def start(self) -> None:
        self.stop_orphan()
        self._discard_what_does_not_fit()
        if not self.data.exists():
            self._create()
        # A path to a socket may be about 100 bytes long, and the clone's own may be longer than that.
        self.socket = Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER, dir="/tmp"))
        self.account.make_private(self.socket)
        if not self._comes_up() and self.disposable:
            self.drop()
            self._create()
            self._comes_up()
        if not self._is_up():
            raise SystemExit(f"PostgreSQL startade inte. Läs {self.log}.")

    def stop(self) -> None:
        if self._is_up() and not self._control("stop", "-m", "fast", "-t", str(START_SECONDS)):
            self._control("stop", "-m", "immediate")
        if self.socket:
            shutil.rmtree(self.socket, ignore_errors=True)

    def _create(self) -> None:
        """Make the data beside its place and move it there when done: it is whole or it is not there."""
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        made = self._run("initdb", "-D", str(unfinished), "-U", "postgres", "-A", "reject", "-E", "UTF8",
                         "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        # Before the first start, in single-user mode: no superuser ever needs a way in.
        self._prepare(unfinished, "template1", ROLES + CLOSED + OWN_DATABASE, made)
        (unfinished / "pg_hba.conf").write_text(LOGIN_RULES)
        (unfinished / "prepared").write_text(PREPARED)
        unfinished.rename(self.data)

    def _prepare(self, data: Path, database: str, statements: str, made: str = "") -> None:
        made += self._run("postgres", "--single", "-D", str(data), database, text=statements)
        if "ERROR:" in made or "FATAL:" in made or not (data / "PG_VERSION").exists():
            raise SystemExit(f"PostgreSQL gick inte att förbereda i {self.folder}:\n{made}")

    def _discard_what_does_not_fit(self) -> None:
        if not self.data.exists():
            return
        made_by, here = int((self.data / "PG_VERSION").read_text()), major_version(self.programs)
        prepared = self.data / "prepared"
        is_prepared = prepared.exists() and prepared.read_text() == PREPARED
        if made_by == here and is_prepared:
            return
        if self.disposable:
            self.drop()
        elif made_by != here:
            raise SystemExit(
                f"Data i {self.data} hör till PostgreSQL {made_by}, men här finns {here}. Kör med --reset."
            )
        else:
            for database in ("template1", DATABASE):
                self._prepare(self.data, database, CLOSED)
            prepared.write_text(PREPARED)

    def _comes_up(self) -> bool:
        settings = [
            f"unix_socket_directories={self.socket}",
            "listen_addresses=",
            *(CARELESS if self.disposable else ()),
        ]
        options = " ".join(f"-c {setting}" for setting in settings)
        deadline = time.monotonic() + START_SECONDS
        # The children of a killed server may hold its memory for a moment longer.
        while time.monotonic() < deadline:
            if self._control("start", "-l", str(self.log), "-t", str(START_SECONDS), "-o", options):
                return True
            if "pre-existing shared memory" not in self._last_words():
                return False
            time.sleep(0.2)
        return False

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def _is_up(self) -> bool:
        pid_file = self.data / "postmaster.pid"
        return pid_file.exists() and is_running(int(pid_file.read_text().split()[0]), self.data)

    def stop_orphan(self) -> None:
        """Stop a server that a killed run left: the lock is ours, so nobody uses it. Its pid file may outlive it."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        lines = pid_file.read_text().splitlines()
        self.stop()
        pid_file.unlink(missing_ok=True)
        if len(lines) > 4 and Path(lines[4]).name.startswith(SOCKET_FOLDER):
            shutil.rmtree(lines[4], ignore_errors=True)

    def _control(self, command: str, *arguments: str) -> bool:
        """Run pg_ctl. It must not inherit a pipe: the server would hold it open."""
        program = [str(self.programs / "pg_ctl"), command, "-w", "-D", str(self.data), *arguments]
        return self.account.run(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def _run(self, program: str, *arguments: str, text: str = "") -> str:
        command = [str(self.programs / program), *arguments]
        return self.account.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
