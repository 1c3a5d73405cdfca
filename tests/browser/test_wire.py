"""The first pages on a bad line: the sign-in and the start page of each role, from the demo, with an empty cache."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.metering import WATCH_SHIFTS, Meter
from demo.story import people
from tests.browser.conftest import SCREENS
from tests.browser.house import window_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_BYTES = 60_000
MOST_REQUESTS = 10
"""The start page that sends her to the sign-in, the stylesheet, what is drawn, the signing in, the start page and its
four scripts, which nothing waits for."""
PIECE = 150
"""Signs of a page that come at a time, each shown before the next."""
COMES_IN_PIECES = """async ([html, size]) => {
  const shown = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  let end = html.indexOf("<body");
  document.open();
  document.write(html.slice(0, end));
  const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet);
  await Promise.all(sheets.map((link) => new Promise((done) => link.addEventListener("load", done))));
  window.shifted = 0;
  for (; end < html.length; end += size) {
    document.write(html.slice(end, end + size));
    await shown();
  }
  document.close();
  await shown();
  return window.shifted;
}"""
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
    sign_in(page, role)
    shifted += meter.shifted
    window.close()

    assert sum(meter.sizes) < MOST_BYTES
    assert len(meter.sizes) <= MOST_REQUESTS
    assert meter.hosts == {urlsplit(demo).netloc}
    assert shifted < LEAST_SEEN


@pytest.mark.parametrize("role", ["samordnare", "ordinarie"])
def test_on_a_phone_nothing_moves_as_the_rest_of_the_page_comes(role: str, demo: str, chromium: Browser) -> None:
    window = window_of(None, chromium, demo, **SCREENS["phone"])
    page = window.new_page()
    page.add_init_script(WATCH_SHIFTS)
    page.goto("/")
    sign_in(page, role)

    shifted = page.evaluate(COMES_IN_PIECES, [page.request.get("/").text(), PIECE])
    window.close()

    assert shifted < LEAST_SEEN


def sign_in(page: Page, role: str) -> None:
    page.get_by_label("E-postadress").fill(people.address(people.ACCOUNTS[role]))
    page.get_by_label("Lösenord", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("/")
