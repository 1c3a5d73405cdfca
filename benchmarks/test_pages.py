"""How long the pages take beside the plainest Django view and the bare question, in one run.

See README.md beside this file for how to read what it prints.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from benchmarks.register import OBSERVATIONS, Address, issue_with_most_to_read, next_meeting, room, signed_in

TIMES = 15
PAGES: dict[str, tuple[str, Address]] = {
    "the samordnare's start page": ("samordnare", "/"),
    "a representative's start page": ("ordinarie", "/"),
    "the report page": ("ordinarie", "/rapportera/"),
    "observations": ("samordnare", "/observationer/"),
    "to sort": ("samordnare", "/sortera/"),
    "open issues": ("samordnare", "/arenden/"),
    "all issues": ("samordnare", "/arenden/?lage=alla"),
    "one issue": ("samordnare", issue_with_most_to_read),
    "handed out": ("samordnare", "/atgarder/"),
    "search, a common word": ("samordnare", "/sok/?q=belysning"),
    "search, inside words": ("samordnare", "/sok/?q=tunnel"),
    "search, no hit": ("samordnare", "/sok/?q=zeppelinare"),
    "the live agenda": ("samordnare", next_meeting),
    "the room": ("samordnare", room),
}
"""Who looks, and where. The room begins the meeting: nothing may come after it that wants one to come."""

BARE = "SELECT id, title FROM issues_issue ORDER BY created_at DESC, id DESC LIMIT 25"


def took(act: Callable[[], object]) -> float:
    """The median time in milliseconds, after one round for warmth."""
    act()
    rounds = []
    for _ in range(TIMES):
        start = perf_counter()
        act()
        rounds.append((perf_counter() - start) * 1_000)
    return median(rounds)


def ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.fetchall()


def questions(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


@override_settings(ROOT_URLCONF="benchmarks.plainest")
@pytest.mark.usefixtures("register")
def test_pages_beside_the_plainest_view() -> None:
    clients = {role: signed_in(role) for role, _ in PAGES.values()}
    bare, plainest = took(ask), took(lambda: clients["samordnare"].get("/enklast/"))

    print(f"\n{OBSERVATIONS} observations. The bare question {bare:.1f} ms, the plainest view {plainest:.1f} ms.")
    for name, (role, address) in PAGES.items():
        url = address if isinstance(address, str) else address()

        def open_page(role: str = role, url: str = url) -> None:
            assert clients[role].get(url).status_code == 200

        page = took(open_page)
        beside = f"{page / plainest:6.1f} × the plainest {page / bare:6.0f} × bare"
        print(f"{name:30}{page:6.0f} ms {beside} {questions(open_page):5} questions")
