"""How long the pages take beside the plainest Django view and the bare question, in one run.

See README.md beside this file for how to read what it prints.
"""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
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


def milliseconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1_000


def quickest(*acts: Callable[[], object]) -> list[float]:
    """The quickest round of each, after one for warmth. They take turns, and what else the machine does only adds."""
    rounds = [[milliseconds(act) for act in acts] for _ in range(TIMES + 1)]
    return [min(times) for times in zip(*rounds[1:], strict=True)]


def ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.fetchall()


def thousand_calls(act: Callable[[], object]) -> float:
    profile = Profile()
    profile.runcall(act)
    return sum(entry.callcount for entry in profile.getstats()) / 1_000


def questions(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


@override_settings(ROOT_URLCONF="benchmarks.plainest")
@pytest.mark.usefixtures("register")
def test_pages_beside_the_plainest_view() -> None:
    clients = {role: signed_in(role) for role, _ in PAGES.values()}

    def open_plainest() -> None:
        clients["samordnare"].get("/enklast/")

    print(f"\n{OBSERVATIONS} observations.")
    for name, (role, address) in PAGES.items():
        url = address if isinstance(address, str) else address()

        def open_page(role: str = role, url: str = url) -> None:
            assert clients[role].get(url).status_code == 200

        page, plainest, bare = quickest(open_page, open_plainest, ask)
        beside = f"{page / plainest:6.1f} × the plainest {page / bare:5.0f} × bare"
        work = f"{questions(open_page):4} questions {thousand_calls(open_page):5.0f} thousand calls"
        print(f"{name:30}{page:5.0f} ms {beside} {work}")
