"""The house's own Python environment, made from the lock file with nothing but Python.

`.venv` is made on first use; uv, pinned by its hashes in uv.lock, is installed into it by pip and fills it.
A stamp with the lock's hash makes the next start quick. Only the standard library may be used here: this runs
before anything is installed.
"""

import errno
import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from temagrupp.tools.terminal import ROOT, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "uv.lock"


MAY_NOT_WRITE = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True)
class Requirement:
    """What a command must have installed: arguments to `uv sync`, and the modules that tell it is there."""

    name: str
    sync: tuple[str, ...]
    modules: tuple[str, ...]


# The smaller requirement never uninstalls what the larger one brought: a demo after the tests takes no time.
RUNTIME = Requirement("runtime", ("--no-dev", "--group", "local", "--inexact"), ("django", "waitress"))
EVERYTHING = Requirement("everything", ("--all-groups",), ("django", "waitress", "pytest_django", "mypy"))


def enter(required: Requirement) -> None:
    """Go on in an environment that has what is needed, after making it if it is not there."""
    if _is_the_engineers_own(required) or _is_ready(required):
        return
    try:
        with _one_at_a_time():
            if not _is_stamped(required):
                _make(required)
    except OSError as error:
        _go_on_with_what_is_there(required, error)
    if Path(sys.prefix) != VENV:
        os.execv(PYTHON, [str(PYTHON), *sys.orig_argv[1:]])
    if not _can_import(required):
        sys.exit("Miljön i .venv är trasig. Ta bort katalogen .venv och försök igen.")


def pinned_uv(lock: Path = LOCK) -> str:
    """uv's line for pip, with the hash of every wheel that the lock file knows."""
    packages = tomllib.loads(lock.read_text())["package"]
    uv = next(package for package in packages if package["name"] == "uv")
    return " ".join([f"uv=={uv['version']}", *(f"--hash={wheel['hash']}" for wheel in uv["wheels"])])


def _is_the_engineers_own(required: Requirement) -> bool:
    """Whether this is the engineer's own virtual environment with what is needed, to be used as it is."""
    return sys.prefix != sys.base_prefix and Path(sys.prefix) != VENV and _can_import(required)


def _is_ready(required: Requirement) -> bool:
    """Whether this is the environment, with nothing to do: a server that may write nowhere starts by it."""
    return Path(sys.prefix) == VENV and _is_stamped(required) and _can_import(required)


def _can_import(required: Requirement) -> bool:
    return all(importlib.util.find_spec(module) for module in required.modules)


def _go_on_with_what_is_there(required: Requirement, error: OSError) -> None:
    """Or end. A server that may write nowhere is started again between a new lock file and its installation."""
    if error.errno not in MAY_NOT_WRITE or Path(sys.prefix) != VENV or not _can_import(required):
        sys.exit(f"Miljön går inte att göra i {ROOT}: {error.strerror}.")
    say("Miljön i .venv är äldre än uv.lock, och här får ingen ny göras. Fortsätter med den som finns.")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Lock the making of the environment: of two first starts in one clone the second finds it made."""
    place = ROOT / ".local" / "environment.lock"
    place.parent.mkdir(exist_ok=True)
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Väntar på att en annan start ska göra miljön klar …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stamp(required: Requirement) -> Path:
    return VENV / f".synced-{required.name}"


def _fingerprint() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def _is_stamped(required: Requirement) -> bool:
    """Whether the environment was last filled from this very lock file, with this requirement or a larger one."""
    stamps = {_stamp(required), _stamp(EVERYTHING)}
    return PYTHON.exists() and any(stamp.exists() and stamp.read_text() == _fingerprint() for stamp in stamps)


def _make(required: Requirement) -> None:
    say("Hämtar det som behövs till .venv (tar en stund första gången) …")
    for stamp in VENV.glob(".synced-*"):
        stamp.unlink()
    if not PYTHON.exists():
        _make_python()
    if not any(VENV.glob(f"lib/python*/site-packages/uv-{_uv_version()}.dist-info")):
        _install_uv()
    _sync(required)
    _stamp(required).write_text(_fingerprint())


def _make_python() -> None:
    if not (_has("ensurepip") or _has("pip")):
        _explain_missing_pip()
    venv.EnvBuilder(clear=VENV.exists(), symlinks=True).create(VENV)


def _uv_version() -> str:
    return pinned_uv().split()[0].removeprefix("uv==")


def _install_uv() -> None:
    """By the environment's pip where Python can make one, else by the system's pip from outside."""
    if _has("ensurepip"):
        _run([str(PYTHON), "-m", "ensurepip", "--default-pip"], quiet=True)
        pip = [str(PYTHON), "-m", "pip"]
    elif _has("pip"):
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    else:
        _explain_missing_pip()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        requirements.write(pinned_uv())
        requirements.flush()
        _run([*pip, "install", "--quiet", "--only-binary=:all:", "--require-hashes", "-r", requirements.name])


def _sync(required: Requirement) -> None:
    """Fill the environment from the lock file, with the uv that lies in it."""
    uv = [str(VENV / "bin" / "uv"), "sync", "--frozen", "--quiet", "--project", str(ROOT), "--python", str(PYTHON)]
    settings = {
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_PYTHON_DOWNLOADS": "never",
        # Certificates of the machine, as pip uses them: a municipality's network often inspects TLS.
        "UV_SYSTEM_CERTS": "1",
    }
    without_outer = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    _run([*uv, *required.sync], env=without_outer | settings)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _explain_missing_pip() -> NoReturn:
    sys.exit("Python saknar ensurepip här. Installera det (på Debian: apt install python3-venv) och försök igen.")


def _run(command: list[str], *, env: dict[str, str] | None = None, quiet: bool = False) -> None:
    try:
        subprocess.run(
            command,
            check=True,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else None,
        )
    except subprocess.CalledProcessError:
        sys.exit("Miljön i .venv gick inte att göra klar, se felet ovan. Försök igen när det är avhjälpt.")
