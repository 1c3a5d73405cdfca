"""What an engineer runs: the tests, on a private PostgreSQL of their own."""

import hashlib
import os
import sys
from pathlib import Path

import psycopg

from temagrupp.tools import postgres
from temagrupp.tools.postgres import Addresses
from temagrupp.tools.terminal import ROOT, run, say

MIGRATED = "migrated_"
UNFINISHED = "unfinished"


def run_tests(arguments: list[str]) -> None:
    """The whole pytest suite; the arguments are pytest's."""
    with postgres.database("tests", disposable=True) as addresses:
        environment = os.environ | addresses.environment
        if addresses.socket:
            environment["TEST_TEMPLATE"] = _template(addresses.owner, addresses.socket)
        status = run([sys.executable, "-m", "pytest", *arguments], environment)
    sys.exit(status)


def _template(owner: str, socket: Path) -> str:
    """The name of a migrated database, for the test databases to be copies of: to migrate each takes seconds.

    It is made anew when a migration, a package or what a model says of the application's rights has changed.
    """
    name = MIGRATED + _fingerprint()
    with psycopg.connect(owner, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [MIGRATED])
        there = {row[0] for row in rows}
        if name in there:
            return name
        say("Gör i ordning tabellerna …")
        for old in {*there, UNFINISHED}:
            connection.execute(f'DROP DATABASE IF EXISTS "{old}"')
        connection.execute(f'CREATE DATABASE "{UNFINISHED}"')
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}  # which need nothing of the environment
        if status := run(migrate, os.environ | settings | Addresses.at(socket, UNFINISHED).environment):
            sys.exit(status)
        connection.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{name}"')
    return name


def _fingerprint() -> str:
    """The hash of what the tables and the rights to them depend on: lock file, migrations, models, privileges."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    sources = [path for kind in ("migrations", "models") for path in ROOT.glob(f"[a-z]*/**/{kind}/*.py")]
    for source in sorted([*sources, ROOT / "temagrupp" / "privileges.py"]):
        digest.update(str(source.relative_to(ROOT)).encode() + source.read_bytes())
    return digest.hexdigest()[:16]
