"""What the database does for each page: every SELECT explained once, and told what does not stay flat.

`python -m benchmarks.explaining ADDRESSES`, in a process of its own, which has the address of a filled register in its
environment. A statement does not hold when it reads or sorts many rows of a table that grows, asks a subplan row by
row, or is planned for longer than it is read.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.pages import PAGES, SAMORDNARE
from benchmarks.visiting import visit
from temagrupp.tools.terminal import ROOT, say

MOST_ROWS = 2_000
"""Rows that a statement may read or sort of a table that grows; a table grows that has more than these."""
MOST_LOOPS = 500
MOST_PLANNING = 5.0
"""Milliseconds."""
ROLES = (SAMORDNARE, "ordinarie", "handläggare", "läsare")
READING = ("SELECT", "(SELECT", "WITH")
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
READ = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter")
NOT_THE_ASKER = (".venv", "benchmarks", "base")

GROWING = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples > %s"
)
INDEXES = """
    SELECT indexrelname, relname FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid)
    WHERE NOT indisunique AND relname = ANY(%s) ORDER BY relname, indexrelname
"""

Plan = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What does not hold in a statement: what it does, and to how many rows or how long."""

    what: str
    number: float


@dataclass
class Found:
    """One fault of one place in the code, with the worst figures and the pages of its statements."""

    number: float = 0
    milliseconds: float = 0
    pages: list[str] = field(default_factory=list)


def faults(explained: Plan, growing: Container[str | None]) -> Iterator[Fault]:
    """Yield what does not hold in one plan, as PostgreSQL gives it in JSON."""
    planning, execution = explained["Planning Time"], explained["Execution Time"]
    if planning > max(execution, MOST_PLANNING):
        yield Fault("is planned for longer than it is read, ms", planning)
    for node in nodes(explained["Plan"]):
        loops, kind = node["Actual Loops"], node["Node Type"]
        table, index = node.get("Relation Name"), node.get("Index Name")
        read = loops * sum(node.get(each, 0) for each in READ)
        if table in growing and (read > MOST_ROWS or (kind == "Seq Scan" and loops)):
            yield Fault(f"reads {table} by {index or kind.lower()}", read)
        if kind.endswith("Sort") and loops * node["Plans"][0]["Actual Rows"] > MOST_ROWS:
            yield Fault(f"sorts by {', '.join(node['Sort Key'])[:80]}", loops * node["Plans"][0]["Actual Rows"])
        if node.get("Parent Relationship") == "SubPlan" and loops > MOST_LOOPS:
            yield Fault(f"asks a subplan of {table or kind.lower()} in loops", loops)


def nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from nodes(each)


class Explaining:
    """The faults of all pages that are opened, and the indexes that were of use to them."""

    def __init__(self, growing: Iterable[str]) -> None:
        self.growing = frozenset(growing)
        self.used: set[str] = set()
        self.asked: set[tuple[str, str]] = set()
        self.found: dict[tuple[str, str], Found] = {}
        self.statements = self.pages = 0

    @contextmanager
    def page(self, name: str) -> Iterator[None]:
        """Explain each SELECT that is sent in the block and has not been explained before."""
        self.pages += 1

        def explain(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            def plan() -> Plan:
                execute(EXPLAIN + sql, params, many, context)
                explained: Plan = context["cursor"].fetchone()[0][0]
                return explained

            asked = sql, repr(params)
            if sql.startswith(READING) and asked not in self.asked:
                self.asked.add(asked)
                first = plan()
                # The first that is planned in a connection reads the catalogue.
                self.note(name, _asker(), plan() if first["Planning Time"] > MOST_PLANNING else first)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(explain):
            yield

    def note(self, page: str, asker: str, explained: Plan) -> None:
        self.statements += 1
        self.used.update(node.get("Index Name", "") for node in nodes(explained["Plan"]))
        for fault in faults(explained, self.growing):
            found = self.found.setdefault((asker, fault.what), Found())
            found.number = max(found.number, fault.number)
            found.milliseconds = max(found.milliseconds, explained["Execution Time"])
            found.pages.append(page)

    def markdown(self, unused: Iterable[tuple[str, str]]) -> str:
        """What does not hold, the slowest first, and the indexes that nothing used; or that all is well."""
        asked = f"{self.statements} statements of {self.pages} pages explained."
        ranked = sorted(self.found.items(), key=lambda one: -one[1].milliseconds)
        rows = [
            f"| {found.milliseconds:.1f} | {what} | {found.number:.0f} | {asker} | {_listed(found.pages)} |"
            for (asker, what), found in ranked
        ]
        table = ["| ms | what it does | number | asked in | pages |", "|--:|---|--:|---|---|", *rows] if rows else []
        idle = [f"- {index} of {table}" for index, table in unused]
        told = [asked, *(["", *table] if table else ["All is well."])]
        return "\n".join([*told, *(["", "Indexes that no statement used:", "", *idle] if idle else [])]) + "\n"


def _asker() -> str:
    """The place in our code that asked: the innermost that is neither a library's nor serves all alike."""
    for frame, _ in traceback.walk_stack(None):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and not path.relative_to(ROOT).parts[0].startswith(NOT_THE_ASKER):
            return f"{path.relative_to(ROOT)} {frame.f_code.co_name}"
    return "the sign-in"


def _listed(pages: list[str]) -> str:
    shown = ", ".join(pages[:2])
    return f"{shown} and {len(pages) - 2} more" if pages[2:] else shown


def explain_all(addresses: dict[str, str], members: Mapping[str, Any]) -> str:
    """Visit every page as the member of each role; returns what was found, as Markdown."""
    with connection.cursor() as cursor:
        cursor.execute(GROWING, [MOST_ROWS])
        explaining = Explaining(table for (table,) in cursor.fetchall())
    for role, member in members.items():
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        client.force_login(member)

        def get(address: str, client: Client = client, role: str = role) -> Any:
            with explaining.page(f"{address} ({role})"):
                response = client.get(address)
            if response.status_code == HTTPStatus.BAD_REQUEST:  # nothing was read, so nothing would be found
                raise RuntimeError(f"{address}: {response.status_code}")
            return response

        say(f"Förklarar sidorna: {role} …")
        visit(get, [*(page.where(addresses) for page in PAGES), *addresses.values()])
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [[*explaining.growing]])
        unused = [(index, table) for index, table in cursor.fetchall() if index not in explaining.used]
    return explaining.markdown(unused)


def main() -> None:
    from demo.story.people import ACCOUNTS
    from members.models import Member

    logging.getLogger("django.request").setLevel(logging.ERROR)  # not each page that a role may not open
    members = {role: Member.objects.get(name=ACCOUNTS[role]) for role in ROLES}
    sys.stdout.write(explain_all(json.loads(sys.argv[1]), members))


if __name__ == "__main__":
    django.setup()
    main()
