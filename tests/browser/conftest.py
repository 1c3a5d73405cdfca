"""A real Chromium, a real server, and one window for each person, of the size that the test is run with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Playwright, ViewportSize, expect, sync_playwright

from members.models import Member
from tests.browser.demo import demo, story
from tests.browser.examining import Examined
from tests.browser.house import as_served, house, server
from tests.browser.keyboard import AtKeyboard
from tests.browser.person import Examiner, Person

__all__ = ["as_served", "demo", "house", "server", "story"]

# Playwright's loop runs in the thread of the test, where Django's guard would stop every question to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PEOPLES = "chromium", "chromium-browser"
"""Debian's names for the browser that people have."""
WITHOUT_WINDOW = "chromium-headless-shell"
"""Debian's name for the same without a window of its own to draw: it shows a page at two thirds of the cost."""

FEATURES_OFF = (
    *("WebUIOmniboxAimPopup", "WebUIOmniboxPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "MediaRouter"),
    *("OptimizationHints", "PaintHolding", "ThirdPartyStoragePartitioning"),
)
"""Two pages that its window keeps for the address bar, costlier than ours; and what Playwright has off, for Chromium
heeds the last list alone."""

PATIENCE = 20_000
"""Milliseconds to wait for what should be seen at once; a busy machine is no fault of the page."""

SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": ViewportSize(width=390, height=844), "color_scheme": "light"},
    "desktop": {"viewport": ViewportSize(width=1280, height=900), "color_scheme": "dark"},
}
"""The sizes the register is made for; between them both day and night are seen."""

WAYS: dict[str, Way] = {
    "phone": (Person, SCREENS["phone"]),
    "desktop": (Person, SCREENS["desktop"]),
    "phone without scripts": (Person, SCREENS["phone"] | {"java_script_enabled": False}),
    "desktop by keyboard": (AtKeyboard, SCREENS["desktop"] | {"reduced_motion": "reduce"}),
}
"""How somebody may come to the register."""

Way = tuple[type[Person], dict[str, Any]]
Enter = Callable[..., Person]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def peoples_browser(playwright: Playwright) -> Iterator[Browser]:
    """One that brings back the page that one left as it was."""
    with launched(playwright, as_people_have=True) as browser:
        yield browser


@contextmanager
def launched(playwright: Playwright, *, as_people_have: bool = False) -> Iterator[Browser]:
    """A Chromium; `as_people_have` it, it brings back the page that one left as it was.

    To keep one it gives every page a process of its own, which makes all that one opens slower.
    """
    names = PEOPLES if as_people_have else (WITHOUT_WINDOW, *PEOPLES)
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail("The browser tests need Debian's chromium: apt-get install chromium")
    browser = playwright.chromium.launch(
        executable_path=program,
        args=["--no-sandbox", "--disable-gpu", f"--disable-features={','.join(FEATURES_OFF)}"],
        ignore_default_args=["--disable-back-forward-cache"] if as_people_have else None,
    )
    yield browser
    browser.close()


@pytest.fixture
def way(request: pytest.FixtureRequest) -> Way:
    """How people come here: by phone, unless a test is parametrised over `WAYS`, indirectly."""
    return WAYS[getattr(request, "param", "phone")]


@pytest.fixture(scope="session")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Examined:
    folder = tmp_path_factory.getbasetemp()
    return Examined((folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder) / "examined")


@pytest.fixture
def enter(
    server: str,
    as_served: override_settings,
    transactional_db: None,
    chromium: Browser,
    way: Way,
    examined: Examined,
) -> Iterator[Enter]:
    """Find a person at her window, which she keeps; signed in, unless she is to do that herself."""
    kind, window_kind = way
    examiner = Examiner(examined, scripts=window_kind.get("java_script_enabled", True))
    people: dict[Member, Person] = {}

    def enter(member: Member, *, signed_in: bool = True) -> Person:
        if member not in people:
            window = chromium.new_context(base_url=server, locale="sv-SE", **window_kind)
            window.set_default_timeout(PATIENCE)
            people[member] = kind(member.name, window.new_page(), examiner)
            if signed_in:
                client = Client()
                client.force_login(member)
                session = client.cookies["sessionid"].value
                window.add_cookies([{"name": "sessionid", "value": session, "url": server}])
        person = people[member]
        if signed_in:
            person.opens("/")
        return person

    with as_served:
        yield enter
    for person in people.values():
        person.page.context.close()
