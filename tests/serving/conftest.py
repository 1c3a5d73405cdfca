"""A register with a PostgreSQL of its own, to be stopped and locked without the other tests taking notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from pytest_django import DjangoDbBlocker

from benchmarks.serving import Browser
from members.models import Member
from temagrupp.tools.demo_server import listen, server
from temagrupp.tools.postgres import DATABASE, Addresses, Cluster
from temagrupp.tools.postgres_machine import find_binaries, server_account
from temagrupp.tools.terminal import ROOT
from tests.base.logs.conftest import lines, stream
from tests.factories import PASSWORD, CategoryFactory, MemberFactory, OrganisationFactory
from tests.serving.asking import SECONDS, ask

__all__ = ["lines", "stream"]

LIMITS = {"STATEMENT_TIMEOUT": "1", "LOCK_TIMEOUT": "1", "IDLE_TIMEOUT": "5"}
"""Shorter than in use, so that the tests are short too."""


@dataclass
class Register:
    """The database, and who may sign in."""

    cluster: Cluster
    member: Member
    category: int

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name not in ("TEST_TEMPLATE", "DATABASE_POOL")}
        settings = {"DJANGO_SETTINGS_MODULE": "tests.serving.settings", "ALLOWED_HOSTS": "127.0.0.1:*"}
        return ours | self.cluster.addresses.environment | settings | LIMITS


@dataclass
class Web:
    """A process that serves the register."""

    port: int
    process: subprocess.Popen[bytes]

    def signed_in(self, member: Member) -> Browser:
        browser = Browser(self.port)
        browser.sign_in(member.email, PASSWORD)
        return browser


@contextmanager
def serving(environment: Mapping[str, str], *options: str) -> Iterator[Web]:
    """A web process for the block, with its own socket. It answers when the block begins."""
    with listen(0) as listener, ExitStack() as stack:
        process = subprocess.Popen(
            [*server(listener), *options], cwd=ROOT, env=dict(environment), pass_fds=[listener.fileno()]
        )
        stack.callback(process.wait, SECONDS)
        stack.callback(process.kill)
        web = Web(listener.getsockname()[1], process)
        ask(web.port, "/sover/0/")
        yield web


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="temagrupp-test-"))
    folder.chmod(0o755)
    account = server_account()
    cluster = Cluster("served", programs=find_binaries(), account=account, disposable=True, folder=folder / "served")
    account.make_private(cluster.folder)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def register(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Register:
    _make_tables(cluster)
    with django_db_blocker.unblock(), logged_in_at(cluster.addresses):
        member = MemberFactory(email="maja@exempel.se", organisation=OrganisationFactory(), is_coordinator=True)
        return Register(cluster, member, CategoryFactory().pk)


@pytest.fixture(scope="session")
def web(register: Register) -> Iterator[Web]:
    with serving(register.environment) as web:
        yield web


def _make_tables(cluster: Cluster) -> None:
    """As `manage.py test` has migrated them once for all, for that takes longer than all that is tested here."""
    template, owner = os.environ.get("TEST_TEMPLATE"), os.environ["DATABASE_OWNER_URL"]
    if not template:
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=os.environ | cluster.addresses.environment, check=True)
        return
    dump = [str(cluster.programs / "pg_dump"), owner.replace(f"/{DATABASE}?", f"/{template}?")]
    tables = subprocess.run(dump, check=True, capture_output=True).stdout
    load = [str(cluster.programs / "psql"), "--quiet", cluster.addresses.owner]
    # It complains of the system's own functions, whose rights the owner of the tables has no say in.
    subprocess.run(load, input=tables, check=True, capture_output=True)


@contextmanager
def logged_in_at(addresses: Addresses) -> Iterator[None]:
    """Let the models read and write there instead."""
    before = connections[DEFAULT_DB_ALIAS]
    there = before.copy()
    there.settings_dict |= {"NAME": DATABASE, "HOST": str(addresses.socket), "OPTIONS": {}}
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield
    finally:
        there.close()
        connections[DEFAULT_DB_ALIAS] = before
