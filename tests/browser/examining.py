"""What is asked of every page: that it can be read and used by all, at any width, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch and copy our style sheets, which the page's policy forbids
}
BY_COLOUR = AXE | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""Night differs from day by its colours alone: no other rule can find more there."""

EXAMINATION = (Path(__file__).parent / "examination.js").read_text()
HEIGHT = {320: 640, 390: 844, 1280: 900, 1920: 1080}
PHONE, DESKTOP = 390, 1280
BONES = """() => {
    const all = [...document.querySelectorAll("body *")];
    const told = (elements) => elements.map((e) => e.localName + e.className + (e.role || "")).join();
    return [told(all.filter((e) => e.closest("main"))), told(all.filter((e) => !e.closest("main")))];
}"""


class Examination:
    """One page at every width, by day and by night."""

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.faults = complaints
        self.devtools = page.context.new_cdp_session(page)

    def faults_found(self) -> list[str]:
        """A sentence for each fault, after what the browser itself complained of."""
        self.page.evaluate(AXE_SCRIPT)
        for width in HEIGHT:
            self._widen(width)
            self.faults += self.page.evaluate(EXAMINATION, width == PHONE)
            if width in (PHONE, DESKTOP):
                self._ask_axe("light", AXE)
                self._ask_axe("dark", BY_COLOUR)
        self.devtools.detach()
        return self.faults

    def _widen(self, width: int) -> None:
        """What is as narrow as a phone is held in a hand."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT[width]})
        self.devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": width <= PHONE})

    def _ask_axe(self, scheme: Literal["light", "dark"], options: dict[str, Any]) -> None:
        self.page.emulate_media(color_scheme=scheme)
        for violation in self.page.evaluate("options => axe.run(options).then(found => found.violations)", options):
            nodes = ", ".join(node["html"][:120] for node in violation["nodes"][:3])
            self.faults.append(f"axe, {self.page.viewport_size}, {scheme}: {violation['id']}: {nodes}")


def bones(page: Page) -> set[int]:
    """What the page is made of, without its words: that of its own, and the frame that it shares with others.

    Where both have been examined, on one page or on two, there is nothing more to find.
    """
    return {hash(part) for part in page.evaluate(BONES)}


def listening_page(window: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and the list where everything that the browser complains of is written down."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    page = window.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    return page, complaints
