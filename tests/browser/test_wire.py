"""The first pages on a bad line: the sign-in and the start page of each role, from the demo, with an empty cache."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from benchmarks.metering import Meter
from demo.story import people
from tests.browser.conftest import SCREENS
from tests.browser.house import window_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_BYTES = 60_000
MOST_REQUESTS = 10
"""The start page that sends her to the sign-in, the stylesheet, what is drawn, the signing in, the start page and its
four scripts, which nothing waits for."""
LEAST_SEEN = 0.001
"""Of the screen, times how far it moved: less is a line that is wrapped anew when the end of its paragraph comes."""


@pytest.mark.parametrize("role", people.ACCOUNTS)
def test_the_first_pages_are_light_and_stand_still(role: str, demo: str, chromium: Browser) -> None:
    screen = SCREENS["phone" if role in ("ordinarie", "ersättare") else "desktop"]
    window = window_of(None, chromium, demo, **screen)
    page = window.new_page()
    meter = Meter(page)

    page.goto("/")
    shifted = meter.shifted
    page.get_by_label("E-postadress").fill(people.address(people.ACCOUNTS[role]))
    page.get_by_label("Lösenord", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("/")
    shifted += meter.shifted
    window.close()

    assert sum(meter.sizes) < MOST_BYTES
    assert len(meter.sizes) <= MOST_REQUESTS
    assert meter.hosts == {urlsplit(demo).netloc}
    assert shifted < LEAST_SEEN
