"""Every page that somebody comes to who follows each link and tries each choice of each filter, one of a kind."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve

MOST_CHOICES = 2
"""Fields of a filter that are set at once."""
TYPED = "torget"
"""What is typed where a filter has no choices: a word of every hundredth row."""

CHOICE = re.compile("[a-z_-]+")
"""What is no choice is the number or name of one of many."""

Kind = tuple[str, frozenset[tuple[str, str]]]


def visit(get: Callable[[str], HttpResponse], first: Iterable[str]) -> None:
    """Get the first pages and all that they lead to, one of each kind."""
    waiting, seen = deque(first), set[Kind]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind is None or kind in seen or len(kind[1]) > MOST_CHOICES:
            continue
        seen.add(kind)
        response = get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            waiting.extend(offers(address, response.content.decode()))


def kind_of(address: str) -> Kind | None:
    """The route and what is chosen; which single thing, organisation or page it is makes no other kind.

    None where no page of ours is.
    """
    parts = urlsplit(address)
    if parts.netloc:
        return None
    try:
        route = resolve(parts.path).view_name
    except Resolver404:
        return None
    chosen = parse_qsl(parts.query)
    return route, frozenset((name, value if CHOICE.fullmatch(value) else "one") for name, value in chosen)


def offers(address: str, page: str) -> list[str]:
    """The addresses that the page offers: its links, and each choice of its filters."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[str] = []
        self.filter: str | None = None
        self.field = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        match tag, has.get("type", "text"):
            case "a", _:
                self.found.append(urljoin(self.address, has.get("href", "")))
            case "form", _:
                sends = has.get("method", "get").lower() == "get"
                self.filter = urljoin(self.address, has.get("action", "")) if sends else None
            case "select", _:
                self.field = has.get("name", "")
            case "option", _:
                self._choose(self.field, has.get("value", ""))
            case "input", "text" | "search":
                self._choose(has.get("name", ""), TYPED)

    def _choose(self, field: str, value: str) -> None:
        """With what was chosen already."""
        if self.filter is not None and field:
            chosen = dict(parse_qsl(urlsplit(self.address).query)) | {field: value}
            query = urlencode({name: value for name, value in chosen.items() if value and name != "sida"})
            self.found.append(f"{urlsplit(self.filter).path}?{query}")
