"""Where one who is not named goes to find out."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from django.urls import reverse

from tests.restricted.addresses import addresses, with_some
from tests.restricted.telling import Register
from tests.restricted.visiting import Answer, Asked, Visitor

THOROUGH = {"coordinator", "colleague", "handler", "reader"}
"""One of each kind: they read the documents as well, and try each filter, order and page of the lists."""
LEFT = ("/konto/", "/gruppen/")
"""Where the queries name people and organisations."""


def read_everything(visitor: Visitor, role: str) -> None:
    """Every page of the register; who is thorough also goes on to each that these lead on to by a query."""
    ahead: dict[str, None] = {}
    for address in _to_read(visitor.register, is_thorough=role in THOROUGH, sets=role == "coordinator"):
        answer = visitor.ask(Asked(role, address))
        ahead |= dict.fromkeys(_further(address, answer))
    for address in ahead if role in THOROUGH else ():
        visitor.ask(Asked(role, address))


def _to_read(register: Register, *, is_thorough: bool, sets: bool) -> Iterator[str]:
    """The addresses. A PDF is set of the same document as the Word file, so that one of each kind is enough."""
    set_once = {
        reverse("meetings:agenda_pdf", args=[register.things["planned"].pk]),
        reverse("meetings:minutes_pdf", args=[register.things["held"].pk]),
    }
    for address in addresses(register, combined=with_some):
        if address == reverse("demo:components"):  # what is made up
            continue
        kind = address.rpartition(".")[2]
        if {"pdf": sets and address in set_once, "docx": is_thorough}.get(kind, True):
            yield address


def _further(address: str, answer: Answer) -> list[str]:
    """The addresses with a query that the page offers: its links, and each choice of the filter alone."""
    if answer.status != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return sorted(Queries(address, answer.words).found)


class Queries(HTMLParser):
    """The addresses with a query that a page leads to by itself."""

    def __init__(self, address: str, page: str) -> None:
        super().__init__()
        self.address, self.found = address, set[str]()
        self.action, self.select = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._leads_to(said.get("href", ""))
        if tag == "form":
            self.action = said.get("action") or self.address if said.get("method", "get").lower() == "get" else ""
        if tag == "select":
            self.select = said.get("name", "")
        if tag == "option" and self.action and self.select and said.get("value"):
            self._leads_to(f"{self.action}?{urlencode({self.select: said['value']})}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.action = ""

    def _leads_to(self, address: str) -> None:
        whole = urlsplit(urljoin(f"http://testserver{self.address}", address))
        if whole.netloc == "testserver" and whole.query and not whole.path.startswith(LEFT):
            self.found.add(f"{whole.path}?{whole.query}")
