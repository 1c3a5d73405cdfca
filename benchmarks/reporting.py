"""The run in words: Markdown for a reader, JSON for a program."""

from __future__ import annotations

import statistics
from dataclasses import asdict
from typing import Any

from benchmarks.first_paint import MOST_MILLISECONDS, MOST_SHIFT, Paint
from benchmarks.measuring import Run
from benchmarks.pages import FAIR, FLOORS, PAGES, PLAINEST

HEAD = "| page | ms | p95 | web | database | statements | kB | × plainest | × fair | to reach |"
PAINT_HEAD = "| first paint | ms | usable | again | requests | kB | shift | to reach |"

MOST_MEGABYTES = 250


def markdown(runs: dict[str, Run]) -> str:
    """A table for each register, and one of what grew from the first to the last."""
    return "\n\n".join([*(_table(name, run) for name, run in runs.items()), *_growth(runs)]) + "\n"


def as_json(runs: dict[str, Run]) -> dict[str, Any]:
    return {name: asdict(run) | {"is_believable": run.is_believable} for name, run in runs.items()}


def _table(name: str, run: Run) -> str:
    rows = []
    for page in (*FLOORS, *PAGES):
        cost = run.costs[page.name]
        beside = {floor: cost.beside(run.costs[floor]) for floor in (PLAINEST, FAIR)}
        goal = f"{'✓' if beside[page.floor] <= page.goal else '✗'} {page.goal:g} × {page.floor}" if page.goal else ""
        most = f"{cost.statements}{'' if cost.statements <= page.most else f' (> {page.most})'}"
        rows.append(
            f"| {page.name} | {cost.median:.0f} | {cost.p95:.0f} | {statistics.median(cost.web):.0f} "
            f"| {statistics.median(cost.database):.1f} | {most} | {cost.kilobytes:.1f} "
            f"| {beside[PLAINEST]:.1f} | {beside[FAIR]:.2f} | {goal} |"
        )
    crowd = ", ".join(f"{page} {number:.0f}" for page, number in run.per_second.items())
    memory = ", ".join(f"{number:.0f} MB {when}" for when, number in run.memory.items())
    belief = "" if run.is_believable else " **Too busy a machine to believe in.**"
    below = (
        f"Bare SQL {run.bare:.2f} ms. Eight at once, answers a second: {crowd}. "
        f"Memory of the server {memory} (to reach {MOST_MEGABYTES} MB). "
        f"Others took {run.others:.0%} of the machine.{belief}"
    )
    table = [HEAD, "|---|" + "--:|" * 8 + "---|", *rows]
    return "\n".join([f"## {name}", "", *table, "", below, "", *_first_paint(run.paints)])


def _first_paint(paints: list[Paint]) -> list[str]:
    if not paints:
        return ["No Chromium here, so no first paint was measured."]
    goal = f"{MOST_MILLISECONDS} ms, shift {MOST_SHIFT}"
    rows = [
        f"| {paint.name} | {paint.painted:.0f} | {paint.usable:.0f} | {paint.again:.0f} | {paint.requests} "
        f"| {paint.kilobytes:.1f} | {paint.shifted:.3f} | {'✓' if paint.is_reached else '✗'} {goal} |"
        for paint in paints
    ]
    return [PAINT_HEAD, "|---|" + "--:|" * 6 + "---|", *rows]


def _growth(runs: dict[str, Run]) -> list[str]:
    """How many times as long each page takes in the largest register as in the smallest."""
    if len(runs) < 2:
        return []
    first, *_, last = runs.values()
    rows = [f"| {page.name} | {last.costs[page.name].median / first.costs[page.name].median:.2f} |" for page in PAGES]
    return ["\n".join(["## From the smallest to the largest", "", "| page | × |", "|---|--:|", *rows])]
