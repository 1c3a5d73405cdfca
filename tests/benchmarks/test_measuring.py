"""What the measuring reads and how it is told."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.test import Client, override_settings

from base.swedish.words import thousands
from benchmarks.counting import ASKED, TOLD
from benchmarks.first_paint import Paint, middle
from benchmarks.measuring import Bench, Cost, Run
from benchmarks.pages import DOCUMENTS, FLOORS, PAGES, REPRESENTATIVE, SAMORDNARE
from benchmarks.processes import cpu_seconds, machine_seconds, megabytes, parent, tree
from benchmarks.reporting import as_json, markdown
from benchmarks.serving import Answer, Browser
from benchmarks.settings import MIDDLEWARE
from tests.factories import ActionFactory, IssueFactory, ObservationFactory

SERVED = override_settings(ROOT_URLCONF="benchmarks.floors", MIDDLEWARE=MIDDLEWARE)


@SERVED
@pytest.mark.django_db
@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)
def test_a_floor_shows_its_rows_in_few_statements_however_many(as_coordinator: Client, floor: object) -> None:
    page = next(each for each in FLOORS if each is floor)

    def statements(rows: int) -> int:
        for _ in range(rows):
            ObservationFactory(issue=ActionFactory(issue=IssueFactory(title="Mörkt")).issue)
        answer = as_coordinator.get(page.address, headers={ASKED: "1"})
        assert "Mörkt" in answer.content.decode()
        return int(answer[TOLD])

    assert statements(1) == statements(3) <= page.most


@SERVED
@pytest.mark.django_db
def test_nobody_who_is_not_signed_in_reads_a_floor(client: Client) -> None:
    assert [client.get(floor.address).status_code for floor in FLOORS] == [302, 302]


@SERVED
@pytest.mark.django_db
def test_statements_are_told_to_whoever_asks(as_coordinator: Client) -> None:
    assert TOLD not in as_coordinator.get("/hjalp/")
    assert as_coordinator.get("/hjalp/", headers={ASKED: "1"})[TOLD] == "1"  # the member; the session is left out


def test_a_tree_of_processes_is_read_from_the_system() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in tree(os.getpid())
        assert parent(child.pid) == os.getpid()
        child.communicate(b"\n")
    before = cpu_seconds([os.getpid()])
    sum(range(1_000_000))
    assert before < cpu_seconds([os.getpid()]) < machine_seconds()
    assert 5 < megabytes([os.getpid()]) < 10_000
    assert megabytes([2**30]) == 0  # ended meanwhile


def run(milliseconds: float, *, others: float = 0.01) -> Run:
    costs = {page.name: Cost([milliseconds] * 20, [5.0] * 20, [1.0] * 20, 9, 8.5) for page in (*FLOORS, *PAGES)}
    costs["plainest"] = Cost([7.0] * 20, [6.0] * 20, [1.0] * 20, 2, 0.3)
    costs["fair"] = Cost([28.0] * 20, [25.0] * 20, [3.0] * 20, 11, 3.0)
    return Run(costs, 0.4, {"fair": 30.0}, {"fresh": 150, "after 100 documents": 160}, others)


def test_the_tables_say_what_is_reached_and_what_has_grown() -> None:
    told = markdown({"small": run(28), "large": run(56)})

    small, large, growth = told.split("## ")[1:]
    assert "| issues, open | 28 | 28 | 5 | 1.0 | 9 | 8.5 | 4.0 | 1.00 | ✓ 1.2 × fair |" in small
    assert "| issues, open | 56 | 56 | 5 | 1.0 | 9 | 8.5 | 8.0 | 2.00 | ✗ 1.2 × fair |" in large
    assert "| issues, open | 2.00 |" in growth


def test_a_page_is_held_to_the_floor_of_its_own_round() -> None:
    slow_at_times = Cost([70, 10, 80]), Cost([7, 1, 2])

    assert slow_at_times[0].beside(slow_at_times[1]) == 10


def paint(usable: float, *, shifted: float = 0) -> Paint:
    return Paint("sign-in", usable - 10, usable, usable / 2, 4, 18.2, shifted)


def test_a_first_paint_counts_by_its_median_and_by_what_moved_the_most() -> None:
    assert middle([paint(700), paint(3_000, shifted=0.2), paint(800)]) == paint(800, shifted=0.2)


def test_a_first_paint_is_to_come_in_two_seconds_and_stand_still() -> None:
    measured = run(28)
    measured.paints = [paint(2_000), paint(2_001), paint(800, shifted=0.01)]
    told = markdown({"small": measured})

    assert "| sign-in | 1990 | 2000 | 1000 | 4 | 18.2 | 0.000 | ✓ 2000 ms, shift 0.01 |" in told
    assert "| sign-in | 1991 | 2001 | 1000 | 4 | 18.2 | 0.000 | ✗ 2000 ms, shift 0.01 |" in told
    assert "| sign-in | 790 | 800 | 400 | 4 | 18.2 | 0.010 | ✗ 2000 ms, shift 0.01 |" in told
    assert "No Chromium" in markdown({"small": run(28)})


def test_the_memory_of_the_server_is_told_fresh_and_after_work() -> None:
    told = markdown({"small": run(28)})

    assert "Memory of the server 150 MB fresh, 160 MB after 100 documents (to reach 250 MB)." in told


def test_pages_and_documents_are_opened_in_turn_and_the_memory_read_after_each_kind() -> None:
    opened: list[str] = []

    class Opening(Browser):
        def get(self, address: str, *, count: bool = False) -> Answer:
            opened.append(address)
            return Answer(200, 1.0, 0, b"")

    people = {role: Opening(0) for role in (SAMORDNARE, REPRESENTATIVE)}
    memory = dict(Bench(0, [os.getpid()], os.getpid(), people, {}).wear(lambda said: None))

    pages = [f"after {thousands(1_000)} pages", f"after {thousands(2_000)} pages"]
    assert [*memory] == [*pages, "after 100 documents", "after 200 documents"]
    assert Counter(opened[2_000:]) == dict.fromkeys([page.address for page in DOCUMENTS], 50)
    assert {*opened[:1_000]} == {page.address for page in PAGES}


def test_a_machine_that_others_used_is_not_believed() -> None:
    assert "Too busy" not in markdown({"small": run(28)})
    assert "Too busy" in markdown({"small": run(28, others=0.4)})
    assert as_json({"small": run(28, others=0.4)})["small"]["is_believable"] is False
