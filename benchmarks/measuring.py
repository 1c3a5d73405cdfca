"""One interleaved run: every page, both floors and the bare question take turns, so that all meet the same machine."""

from __future__ import annotations

import gzip
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice

import psycopg

from base.swedish.words import thousands
from benchmarks.first_paint import Paint
from benchmarks.pages import DOCUMENTS, FLOORS, PAGES, Page, report
from benchmarks.processes import cpu_seconds, machine_seconds, megabytes, tree
from benchmarks.serving import Answer, Browser

BARE = "SELECT id, title FROM issues_issue ORDER BY created_at DESC, id DESC LIMIT 25"
"""The one question that such a list cannot do without."""
CLIENTS = 8
SECONDS_OF_CROWD = 5.0
BELIEVABLE = 0.15
"""How much of the machine others may take before the figures say more of them than of us."""


@dataclass
class Cost:
    """What a page has cost, round by round."""

    milliseconds: list[float] = field(default_factory=list)
    web: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    statements: int = 0
    kilobytes: float = 0

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    def beside(self, floor: Cost) -> float:
        """How many times as long as the floor, in the same round: of a machine that is slow at times the truest."""
        return statistics.median(
            ours / theirs for ours, theirs in zip(self.milliseconds, floor.milliseconds, strict=True)
        )

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1]


@dataclass
class Run:
    """All that one run over one register gave."""

    costs: dict[str, Cost]
    bare: float  # milliseconds
    per_second: dict[str, float]
    memory: dict[str, float]  # megabytes of the server's processes: fresh, and after what
    others: float  # of the machine's time, what neither we nor what we measure took
    paints: list[Paint] = field(default_factory=list)

    @property
    def is_believable(self) -> bool:
        return self.others <= BELIEVABLE


class Bench:
    """A served register with somebody signed in for each role."""

    def __init__(
        self, port: int, web: list[int], database: int, browsers: Mapping[str, Browser], addresses: dict[str, str]
    ):
        self.port, self.web, self.database = port, web, database
        self.browsers, self.addresses = browsers, addresses

    def run(self, rounds: int, address: str, say: Callable[[str], None]) -> Run:
        """Open each page so many times after twice for warmth; then with many at once. `address` is the database's."""
        memory = {"fresh": megabytes(tree(*self.web))}
        costs = {page.name: Cost() for page in (*FLOORS, *PAGES)}
        self._count(costs)
        before, start = self._spent(), time.perf_counter()
        bare = []
        with psycopg.connect(address, autocommit=True) as connection:
            for number in range(rounds):
                say(f"Varv {number + 1} av {rounds} …")
                for page in (*FLOORS, *PAGES):
                    self._measure(page, costs[page.name])
                bare.append(_milliseconds(lambda: connection.execute(BARE).fetchall()))
        ours, all_of_it = (after - was for after, was in zip(self._spent(), before, strict=True))
        others = (all_of_it - ours) / ((time.perf_counter() - start) * (os.cpu_count() or 1))
        crowd = {page.name: self._crowd(page, say) for page in (*FLOORS, PAGES[0])}
        memory.update(self.wear(say))
        return Run(costs, statistics.median(bare), crowd, memory, others)

    def _spent(self) -> tuple[float, float]:
        """Seconds on the processors: ours with what we measure, and everybody's."""
        measured = cpu_seconds([*tree(*self.web), *tree(self.database)])
        return measured + time.process_time(), machine_seconds()

    def _count(self, costs: dict[str, Cost]) -> None:
        """Twice for warmth, counted the second time."""
        for page in (*FLOORS, *PAGES):
            for _ in range(2):
                answer = self._open(page, count=True)
            costs[page.name].statements = answer.statements
            costs[page.name].kilobytes = len(gzip.compress(answer.body, 6)) / 1_000

    def _measure(self, page: Page, cost: Cost) -> None:
        web, database = tree(*self.web), tree(self.database)
        web_before, database_before = cpu_seconds(web), cpu_seconds(database)
        cost.milliseconds.append(self._open(page).milliseconds)
        cost.web.append((cpu_seconds(web) - web_before) * 1_000)
        cost.database.append((cpu_seconds(database) - database_before) * 1_000)

    def _open(self, page: Page, *, count: bool = False) -> Answer:
        browser, where = self.browsers[page.who], page.where(self.addresses)
        answer = (
            browser.post(where, report(self.addresses), count=count) if page.posts else browser.get(where, count=count)
        )
        if answer.status != (302 if page.posts else 200):
            raise RuntimeError(f"{page.name}: {answer.status} at {where}")
        return answer

    def _crowd(self, page: Page, say: Callable[[str], None]) -> float:
        """Answers in a second to eight who ask at once."""
        say(f"Åtta på en gång: {page.name} …")
        cookies, where = self.browsers[page.who].cookies, page.where(self.addresses)
        deadline = time.perf_counter() + SECONDS_OF_CROWD

        def ask(_: int) -> int:
            browser, answers = Browser(self.port), 0
            browser.cookies = dict(cookies)
            while time.perf_counter() < deadline:
                answers += browser.get(where).status == 200
            return answers

        with ThreadPoolExecutor(CLIENTS) as crowd:
            return sum(crowd.map(ask, range(CLIENTS))) / SECONDS_OF_CROWD

    def wear(self, say: Callable[[str], None]) -> Iterator[tuple[str, float]]:
        """Yield the memory of the server after many pages, after as many again, and after documents likewise."""
        read = [page for page in PAGES if not page.posts]
        for pages, times, what in ((read, 1_000, "pages"), (DOCUMENTS, 100, "documents")):
            for turn in (1, 2):
                say(f"{turn * times} {what} …")
                for page in islice(cycle(pages), times):
                    self._open(page)
                yield f"after {thousands(turn * times)} {what}", megabytes(tree(*self.web))


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1_000
