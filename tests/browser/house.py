"""The register as production serves it, and the windows that one looks at it through.

One server is open for all the browser tests of a process. The live server of pytest-django would serve the static files
as they are written, some sixty stylesheets to each window that is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext
from pytest_django import DjangoDbBlocker

from members.models import Member
from tests.snapshot import Snapshot

HOST = "127.0.0.1"
STATIC_STORAGE = {"staticfiles": {"BACKEND": "base.ui.static_storage.StaticStorage"}}


@pytest.fixture(scope="session")
def as_served(tmp_path_factory: pytest.TempPathFactory) -> override_settings:
    """The settings under which the static files are joined, hashed and compressed; they have been."""
    root: Path = tmp_path_factory.mktemp("static")
    served = override_settings(
        STATIC_ROOT=root,
        STORAGES=settings.STORAGES | STATIC_STORAGE,
        WHITENOISE_AUTOREFRESH=False,
        ALLOWED_HOSTS=[HOST, "testserver"],
    )
    with served:
        call_command("collectstatic", interactive=False, verbosity=0)
    (root / "axe.js").write_text(AXE_SCRIPT)  # where a page may have a script from
    return served


@pytest.fixture(scope="session")
def server(
    django_db_setup: Snapshot, django_db_blocker: DjangoDbBlocker, as_served: override_settings
) -> Iterator[str]:
    """Its address. It answers while `as_served` is in force, in a test or in the module that has the house."""
    with django_db_blocker.unblock(), as_served:
        thread = LiveServerThread(HOST, static_handler=lambda application: application)  # type: ignore[arg-type]
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
    yield f"http://{thread.host}:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="module")
def house(
    server: str, django_db_setup: Snapshot, django_db_blocker: DjangoDbBlocker, as_served: override_settings
) -> Iterator[str]:
    """The address of the server. What a module puts into the tables stays until the last of its tests.

    The tests bear the mark `django_db`: pytest-django makes a database only where some test asks for one.
    """
    with django_db_blocker.unblock(), as_served:
        yield server
        django_db_setup.restore()
        # While Playwright's loop runs, Django keeps other connections for this thread, which nobody else would close.
        connections.close_all()


def window_of(member: Member | None, chromium: Browser, house: str, **look: Any) -> BrowserContext:
    """A window with an empty cache in which the member is signed in; None is somebody who is not."""
    window = chromium.new_context(base_url=house, locale="sv-SE", **look)
    if member:
        client = Client()
        client.force_login(member)
        window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": house}])
    return window
