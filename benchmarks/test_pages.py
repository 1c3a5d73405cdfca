"""How long the pages take beside the plainest Django view and the bare question, in one run.

    python3 manage.py test benchmarks -n 0 -s

Milliseconds say something of the machine, ratios of the code. No limit is asserted: the numbers are to be read.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client, override_settings

from benchmarks.register import fill
from members.models import Member
from temagrupp import roles
from tests.factories import MeetingFactory

ISSUES = 5_000
TIMES = 15
PAGES = {
    "the samordnare's start page": "/",
    "observations": "/observationer/",
    "to sort": "/sortera/",
    "handed out": "/atgarder/",
    "the report page": "/rapportera/",
    "the list of open issues": "/arenden/",
    "the list of all": "/arenden/?lage=alla",
    "search, a common word": "/arenden/?lage=alla&q=belysning",
    "search, inside words": "/arenden/?lage=alla&q=tunnel",
    "search, no hit": "/arenden/?lage=alla&q=zeppelinare",
    "one issue": "/arenden/2001-5/",
}
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


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF="benchmarks.plainest")
def test_pages_beside_the_plainest_view(coordinator: Member, as_coordinator: Client) -> None:
    fill(issues=ISSUES, by=coordinator)
    pages = PAGES | {"the live agenda": MeetingFactory(chair=coordinator).get_absolute_url()}
    # What autovacuum does in its own time; only the owner may.
    with roles.owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    bare, plainest = took(ask), took(lambda: as_coordinator.get("/enklast/"))

    print(f"\n{ISSUES} issues. The bare question {bare:.1f} ms, the plainest view {plainest:.1f} ms.")
    for name, address in pages.items():
        page = took(lambda address=address: as_coordinator.get(address))
        print(f"{name:28}{page:7.0f} ms {page / plainest:7.1f} × the plainest {page / bare:7.0f} × bare")
