"""What is asked of every page: that it can be read and used by all, at any width, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, CDPSession, ConsoleMessage, Page

EXAMINATION = (Path(__file__).parent / "examination.js").read_text()
ASK_AXE = (Path(__file__).parent / "axe.js").read_text()
HEIGHT = {320: 640, 390: 844, 1280: 900, 1920: 1080}
PHONE, DESKTOP = 390, 1280


class Examined:
    """What has been examined, so that it is not examined again: the lines of a file that all processes of a run share.

    Whoever comes first with something writes it there and examines it; if that finds a fault, that test says so.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._file.touch()
        self._read = 0
        self._known: set[str] = set()

    def knows(self, bones: set[int], *widths: int) -> bool:
        """Whether each of these bones has been examined in windows of all these widths. From now on they have."""
        return not self._add({f"bone {width} {bone}" for bone in bones for width in widths})

    def ask_axe(self, page: Page, *, colours_only: bool = False) -> list[str]:
        """A sentence for each fault that axe finds on the page as it is shown now.

        That the colours do not differ enough costs it more to find than all the rest. It is asked of the texts that
        look like none whose colours were right: the same ink, size and ground, on whatever page, day or night.
        """
        if not page.evaluate("Boolean(window.axe)"):
            page.add_script_tag(url="/static/axe.js")
        self._look_again()
        known = [int(line.removeprefix("look ")) for line in self._known if line.startswith("look ")]
        faults, looks = page.evaluate(ASK_AXE, [not colours_only, known])
        self._add({f"look {look}" for look in looks})
        return [f"axe, {page.evaluate('innerWidth')} px: {fault}" for fault in faults]

    def _add(self, lines: set[str]) -> set[str]:
        """Those of the lines that were not there."""
        self._look_again()
        new = lines - self._known
        with self._file.open("ab", buffering=0) as file:  # in one piece: others write there too
            file.write("".join(f"{line}\n" for line in new).encode())
        self._known |= new
        return new

    def _look_again(self) -> None:
        """Read what others have written since: whole lines alone, for one of them may be writing now."""
        with self._file.open() as file:
            file.seek(self._read)
            written = file.read()
        whole = written[: written.rfind("\n") + 1]
        self._read += len(whole)
        self._known |= {*whole.splitlines()}


class Examination:
    """One page at every width, by day and by night."""

    def __init__(self, page: Page, complaints: list[str], examined: Examined) -> None:
        self.page = page
        self.faults = complaints
        self.examined = examined
        self.devtools: CDPSession = page.context.new_cdp_session(page)

    def faults_found(self) -> list[str]:
        """A sentence for each fault, after what the browser itself complained of."""
        for width in HEIGHT:
            self._widen(width)
            self.faults += self.page.evaluate(EXAMINATION, width == PHONE)
            if width in (PHONE, DESKTOP):
                self._ask_axe("light")
                self._ask_axe("dark", colours_only=True)  # by its colours alone does night differ from day
        self.devtools.detach()
        return self.faults

    def _widen(self, width: int) -> None:
        """What is as narrow as a phone is held in a hand."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT[width]})
        self.devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": width <= PHONE})

    def _ask_axe(self, scheme: Literal["light", "dark"], *, colours_only: bool = False) -> None:
        self.page.emulate_media(color_scheme=scheme)
        self.faults += [f"{scheme}, {fault}" for fault in self.examined.ask_axe(self.page, colours_only=colours_only)]


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
