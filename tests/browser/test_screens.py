"""The ten main pages as a visitor of the demo meets them, and their pictures.

    python3 manage.py test tests/browser/test_screens.py -n 0 --screens

takes all forty into `.local/screens`, and the four of docs/screens anew. CI takes the forty too; else the pages are
examined alone.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from issues.models import Action, Issue
from meetings.models import Meeting
from tests.browser.demo import member
from tests.browser.examining import Examination, Examined, listening_page
from tests.browser.house import window_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SCREENS = Path(settings.BASE_DIR / "docs" / "screens")
ALL = Path(settings.BASE_DIR / ".local" / "screens")
KEPT = {"start-samordnare-desktop-day", "rapportera-phone-day", "arende-desktop-day", "motesrum-desktop-night"}
"""Those that the repository has."""
SIZES = {"phone": ViewportSize(width=390, height=844), "desktop": ViewportSize(width=1280, height=900)}
LIGHTS: dict[str, Literal["light", "dark"]] = {"day": "light", "night": "dark"}
COLOURS = 64
"""Enough for flat ground and smoothed letters; a picture is then some thirty kilobytes."""


def issue_with_most_to_read() -> str:
    told = Issue.objects.filter(restricted=False, state=Issue.State.OPEN)
    return max(
        told, key=lambda issue: (issue.actions.count(), issue.observations.count(), -issue.pk)
    ).get_absolute_url()


def question_to_her_organisation() -> str:
    waiting = Action.objects.filter(state=Action.State.PROPOSED, issue__restricted=False).order_by("pk")
    asked = member("ordinarie").organisation
    return next(action for action in waiting if action.current.organisation == asked).get_absolute_url()


def next_meeting() -> str:
    return Meeting.objects.coming()[0].get_absolute_url()


PAGES: dict[str, tuple[str, str | Callable[[], str]]] = {
    "start-samordnare": ("samordnare", "/"),
    "start-representant": ("ordinarie", "/"),
    "rapportera": ("ordinarie", "/rapportera/"),
    "sortera": ("samordnare", "/sortera/"),
    "arenden": ("samordnare", "/arenden/"),
    "arende": ("samordnare", issue_with_most_to_read),
    "atgard-svar": ("ordinarie", question_to_her_organisation),
    "atgarder": ("samordnare", "/atgarder/"),
    "mote": ("samordnare", next_meeting),
    "motesrum": ("samordnare", next_meeting),
}
"""Who looks, and where. The last goes on into the room, which begins the meeting: nothing may come after it."""


@pytest.fixture(scope="module")
def windows(demo: str, chromium: Browser) -> Iterator[dict[str, BrowserContext]]:
    opened = {role: window_of(member(role), chromium, demo) for role in ("samordnare", "ordinarie")}
    yield opened
    for window in opened.values():
        window.close()


@pytest.fixture
def opened(name: str, windows: dict[str, BrowserContext]) -> Iterator[tuple[Page, list[str]]]:
    """The page of that name, and what the browser complains of."""
    role, address = PAGES[name]
    page, complaints = listening_page(windows[role])
    page.goto(address if isinstance(address, str) else address())
    if name == "motesrum":
        goes_into_the_room(page)
    assert "/konto/" not in page.url, "She is not signed in."
    yield page, complaints
    page.close()


def goes_into_the_room(page: Page) -> None:
    """Begins the meeting, sees who is there, and goes on to the first issue that it speaks of."""
    page.get_by_role("link", name="Starta mötet …").click()
    page.get_by_role("button", name="Starta mötet i dag").click()
    page.get_by_role("link", name="0 av").click()
    page.get_by_role("button", name="Alla som väntas är närvarande").click()
    page.get_by_role("link", name="Till mötesläget").click()
    page.get_by_role("navigation", name="Dagordning").get_by_role("link", name="Ärenden").first.click()


def take_pictures(page: Page, name: str, *, keeps: bool) -> None:
    """All of the page; those of the repository anew where it `keeps` them."""
    ALL.mkdir(parents=True, exist_ok=True)
    for size, viewport in SIZES.items():
        for light, scheme in LIGHTS.items():
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            taken = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
            flat = taken.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            picture = f"{name}-{size}-{light}"
            folders = [ALL, SCREENS] if keeps and picture in KEPT else [ALL]
            for folder in folders:
                flat.save(folder / f"{picture}.png", optimize=True)


@pytest.mark.parametrize("name", PAGES)
def test_a_main_page_of_the_demo_is_for_all(
    name: str, opened: tuple[Page, list[str]], examined: Examined, pytestconfig: pytest.Config
) -> None:
    page, complaints = opened

    keeps = bool(pytestconfig.getoption("screens"))
    if keeps or os.environ.get("CI"):
        take_pictures(page, name, keeps=keeps)

    assert Examination(page, complaints, examined).faults_found() == []


def test_every_picture_of_the_list_is_there_and_no_other() -> None:
    listed = re.findall(r'src="([^"]+)"', (SCREENS / "README.md").read_text())

    assert sorted(listed) == sorted(path.name for path in SCREENS.glob("*.png"))
    assert {Path(name).stem for name in listed} == KEPT
    assert sum(path.stat().st_size for path in SCREENS.glob("*.png")) < 250_000
