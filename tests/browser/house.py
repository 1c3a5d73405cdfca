"""The register as production serves it, open while a whole module of tests walks about in it.

The live server of pytest-django empties every table after each test and serves the static files as they are written.
Where a hundred tests only look around in the same rows, that is the wrong house.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext
from pytest_django import DjangoDbBlocker

from members.models import Member

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
    return served


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker, as_served: override_settings) -> Iterator[str]:
    """Its address. What a module puts into the tables stays until the last of its tests.

    The tests bear the mark `django_db`: pytest-django makes a database only where some test asks for one.
    """
    with django_db_blocker.unblock(), as_served:
        add_standard_categories()
        server = LiveServerThread(HOST, static_handler=lambda application: application)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        yield f"http://{server.host}:{server.port}"
        server.terminate()
        call_command("flush", interactive=False, verbosity=0)
        add_standard_categories()  # as migrated, for those who come after
        # While Playwright's loop runs, Django keeps other connections for this thread, which nobody else would close.
        connections.close_all()


def add_standard_categories() -> None:
    """What the migration brings, for the test before may have emptied every table."""
    import_module("issues.migrations.0002_standard_categories").add(apps, None)


def window_of(member: Member | None, chromium: Browser, house: str, **look: object) -> BrowserContext:
    """A window with an empty cache in which the member is signed in; None is somebody who is not."""
    window = chromium.new_context(base_url=house, locale="sv-SE", **look)  # type: ignore[arg-type]
    if member:
        client = Client()
        client.force_login(member)
        window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": house}])
    return window
