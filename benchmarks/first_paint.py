"""The first paint: how long a page takes on a slow phone and a thin line, with nothing kept from before."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ViewportSize, sync_playwright

from benchmarks.metering import Meter
from benchmarks.pages import REPRESENTATIVE, Page
from benchmarks.serving import Browser
from temagrupp.tools.demo_server import HOST

PROGRAMS = "chromium-headless-shell", "chromium", "chromium-browser"
"""Debian's names for the browser."""
LINE = {"latency": 150, "downloadThroughput": 400_000, "uploadThroughput": 400_000}
"""Milliseconds to the server and back, and bytes a second."""
TIMES_SLOWER = 4
PHONE = ViewportSize(width=390, height=844)
MOST_MILLISECONDS = 2_000
MOST_SHIFT = 0.01
OPENINGS = 3
NOBODY = "nobody"
FIRST_PAGES = (
    Page("sign-in", "/", NOBODY),
    Page("start, samordnare", "/"),
    Page("start, representative", "/", REPRESENTATIVE),
    Page("issues, open", "/arenden/"),
    Page("one issue", "issue"),
    Page("the report page", "/rapportera/", REPRESENTATIVE),
    Page("the agenda", "agenda"),
    Page("an item in the room", "item"),
)
PAINTED = """new Promise(done => new PerformanceObserver((list, watching) => {
    if (list.getEntriesByName('first-contentful-paint').length) { watching.disconnect(); done(); }
}).observe({type: 'paint', buffered: true}))"""
"""A promise: what is asked again and again as a string, the page's own policy forbids."""
TIMES = """[
    performance.getEntriesByName('first-contentful-paint')[0].startTime,
    performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
]"""


@dataclass(frozen=True)
class Paint:
    """What it took to open a page in a window with an empty cache, and `again` in the same window; in milliseconds.

    `painted`: something stands on the screen; `usable`: also all of the page is read and each of its scripts has run.
    """

    name: str
    painted: float
    usable: float
    again: float
    requests: int
    kilobytes: float
    shifted: float

    @property
    def is_reached(self) -> bool:
        return self.usable <= MOST_MILLISECONDS and self.shifted < MOST_SHIFT


def first_paints(port: int, browsers: Mapping[str, Browser], addresses: Mapping[str, str]) -> list[Paint]:
    """The paint of each page, in the middle of some openings; none where the machine has no Chromium."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        paints = []
        for page in FIRST_PAGES:
            cookies = browsers[page.who].cookies if page.who != NOBODY else {}
            address = f"http://{HOST}:{port}{page.where(addresses)}"
            paints.append(middle([_open(page.name, chromium, address, cookies) for _ in range(OPENINGS)]))
        chromium.close()
        return paints


def middle(paints: list[Paint]) -> Paint:
    """The median of each figure, but of what moved the most."""
    painted, usable, again, requests, kilobytes = (
        statistics.median(getattr(paint, figure) for paint in paints)
        for figure in ("painted", "usable", "again", "requests", "kilobytes")
    )
    shifted = max(paint.shifted for paint in paints)
    return Paint(paints[0].name, painted, usable, again, int(requests), kilobytes, shifted)


def _open(name: str, chromium: Chromium, address: str, cookies: Mapping[str, str]) -> Paint:
    window = chromium.new_context(locale="sv-SE", viewport=PHONE)
    window.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
    page = window.new_page()
    meter = Meter(page, LINE, times_slower=TIMES_SLOWER)

    def times() -> tuple[float, float]:
        page.goto(address)
        page.evaluate(PAINTED)
        painted, read = page.evaluate(TIMES)
        return painted, max(painted, read)

    painted, usable = times()
    shifted, requests, kilobytes = meter.shifted, len(meter.sizes), sum(meter.sizes) / 1_000
    _, again = times()
    window.close()
    return Paint(name, painted, usable, again, requests, kilobytes, shifted)
