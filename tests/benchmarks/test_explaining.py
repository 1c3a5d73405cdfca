"""What is told of the statements of a page, and which pages are visited."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import override_settings

from benchmarks.explaining import Explaining, Fault, explain_all, faults
from benchmarks.visiting import kind_of, offers, visit
from issues.models import Issue
from members.models import Member
from tests.factories import IssueFactory, MemberFactory


def node(kind: str, rows: int = 1, loops: int = 1) -> dict[str, Any]:
    return {"Node Type": kind, "Actual Rows": rows, "Actual Loops": loops}


def found(plan: dict[str, Any], *, planning: float = 1, execution: float = 1) -> list[Fault]:
    explained = {"Planning Time": planning, "Execution Time": execution, "Plan": plan}
    return list(faults(explained, {"grows"}))


def scan(rows: int, loops: int = 1, table: str = "grows") -> dict[str, Any]:
    return node("Index Scan", rows, loops) | {"Relation Name": table, "Index Name": "by_id"}


def test_a_sequential_scan_of_a_table_that_grows_does_not_hold_however_few_it_reads() -> None:
    assert found(node("Seq Scan", 3) | {"Relation Name": "grows"}) == [Fault("reads grows by seq scan", 3)]
    assert found(node("Seq Scan", 3) | {"Relation Name": "stays"}) == []
    assert found(node("Seq Scan", 0, 0) | {"Relation Name": "grows"}) == []  # never executed


def test_rows_are_counted_in_all_loops_and_with_those_that_were_read_in_vain() -> None:
    assert found(scan(2_000)) == []
    assert found(scan(2_001)) == [Fault("reads grows by by_id", 2_001)]
    assert found(scan(3, 1_000)) == [Fault("reads grows by by_id", 3_000)]
    assert found(scan(1) | {"Rows Removed by Filter": 2_500}) == [Fault("reads grows by by_id", 2_501)]
    assert found(scan(9_000, table="stays")) == []


def test_a_sort_counts_what_comes_into_it_and_a_subplan_how_often_it_is_asked() -> None:
    def sort(rows: int) -> dict[str, Any]:
        return node("Sort", 25) | {"Sort Key": ["at DESC", "id"], "Plans": [node("Result", rows)]}

    assert found(sort(2_000)) == []
    assert found(node("Limit") | {"Plans": [sort(2_001)]}) == [Fault("sorts by at DESC, id", 2_001)]
    subplan: dict[str, Any] = {"Parent Relationship": "SubPlan"}
    assert found(scan(1, 500) | subplan) == []
    assert found(scan(1, 501) | subplan) == [Fault("asks a subplan of grows in loops", 501)]


def test_a_statement_is_to_be_read_for_longer_than_it_is_planned_unless_both_are_short() -> None:
    assert found(node("Result"), planning=5, execution=1) == []
    assert found(node("Result"), planning=9, execution=10) == []
    assert found(node("Result"), planning=11, execution=10) == [Fault("is planned for longer than it is read, ms", 11)]


@pytest.mark.django_db
def test_each_select_is_explained_once_and_answers_as_it_would_have() -> None:
    IssueFactory.create_batch(3)
    explaining = Explaining({"issues_issue"})

    for page in ("first", "second"):
        with explaining.page(page):
            assert len(Issue.objects.order_by("text")) == 3
            assert Issue.objects.update(text="") == 3

    told = explaining.markdown([("issue_latest", "issues_issue")])
    assert "1 statements of 2 pages explained." in told
    assert "reads issues_issue by seq scan | 3 | tests/benchmarks/test_explaining.py" in told
    assert "- issue_latest of issues_issue" in told


def test_all_is_well_where_nothing_was_found() -> None:
    assert Explaining(set()).markdown([]) == "0 statements of 0 pages explained.\nAll is well.\n"


PAGE = """
<a href="/arenden/2026-4/">one</a> <a href="?sida=2">on</a> <a href="https://example.com/">out</a>
<form action="/arenden/"><input name="q"><input type="hidden" name="arende">
<select name="lage"><option value="">any</option><option value="nya">new</option></select></form>
<form method="post" action="/arenden/"><select name="to"><option value="3">three</option></select></form>
"""


def test_a_page_offers_its_links_and_each_choice_of_its_filters_but_sends_nothing() -> None:
    assert offers("/arenden/?oppnade=ar&sida=2", PAGE) == [
        *("/arenden/2026-4/", "/arenden/?sida=2", "https://example.com/"),
        *("/arenden/?oppnade=ar&q=torget", "/arenden/?oppnade=ar", "/arenden/?oppnade=ar&lage=nya"),
    ]


def test_pages_are_of_one_kind_that_differ_in_what_they_are_about() -> None:
    assert kind_of("/arenden/2026-4/") == kind_of("/arenden/2025-17/") == ("issues:detail", frozenset())
    assert kind_of("/arenden/?organisation=3") == kind_of("/arenden/?organisation=4") != kind_of("/arenden/")
    assert kind_of("/arenden/?plats=Norra+torget") == kind_of("/arenden/?plats=Hamngatan+4")
    assert kind_of("/arenden/?lage=nya") != kind_of("/arenden/?lage=alla")
    assert kind_of("/finns-inte/") is None
    assert kind_of("https://example.com/arenden/") is None


def test_a_visit_opens_one_of_each_kind() -> None:
    opened = []

    def get(address: str) -> HttpResponse:
        opened.append(address)
        return HttpResponse(PAGE)

    visit(get, ["/arenden/2026-1/", "item"])

    assert opened[0] == "/arenden/2026-1/"
    assert len(opened) == len({kind_of(address) for address in opened})
    assert "/arenden/?q=torget&lage=nya" in opened
    assert not {"/arenden/2026-4/", "https://example.com/"}.intersection(opened)


@pytest.mark.django_db
def test_every_page_of_a_small_register_is_visited_and_none_reads_much() -> None:
    guest: Member = MemberFactory()

    told = explain_all({}, {"gäst": guest})

    visited = re.search(r"of (\d+) pages", told)
    assert visited
    assert int(visited[1]) > 15
    assert "reads" not in told


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["no host"])
def test_a_register_that_does_not_answer_is_not_well() -> None:
    with pytest.raises(RuntimeError, match="400"):
        explain_all({}, {"gäst": MemberFactory()})
