"""What a page costs the one who waits for it: bytes, requests, strange hosts, and text that jumps when more arrives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
BAD_LINE = {"latency": 150, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
"""Milliseconds, and bytes a second: a phone at the edge of what the mast reaches."""


class Meter:
    """Counts what goes over the wire to the page, headers and redirects included, with its cache empty at first.

    `sizes`: the bytes of each answer that came.
    """

    def __init__(self, page: Page, line: Mapping[str, float] = BAD_LINE, *, times_slower: float = 1) -> None:
        """`times_slower` a processor than the one that the machine has."""
        self.page = page
        self.sizes: list[int] = []
        self.hosts: set[str] = set()
        page.add_init_script(WATCH_SHIFTS)
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.requestWillBeSent", self._asked)
        devtools.on("Network.loadingFinished", self._came)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", {"offline": False, **line})
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": times_slower})

    @property
    def shifted(self) -> float:
        """How much of what was already shown has moved, by the browsers' own measure (CLS)."""
        self.page.wait_for_load_state("networkidle")
        return float(self.page.evaluate("window.shifted"))

    def _asked(self, event: dict[str, Any]) -> None:
        self.hosts.add(urlsplit(event["request"]["url"]).netloc)
        if redirect := event.get("redirectResponse"):
            self.sizes.append(redirect["encodedDataLength"])

    def _came(self, event: dict[str, Any]) -> None:
        """What she already has is asked for too, but costs nothing."""
        if event["encodedDataLength"]:
            self.sizes.append(event["encodedDataLength"])
