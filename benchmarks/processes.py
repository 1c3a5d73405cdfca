"""What a tree of processes has used, as Linux tells it under /proc: CPU to the nanosecond, memory to the page."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")


def tree(*roots: int) -> list[int]:
    """The processes and all that they have started."""
    found = [*roots]
    for process in found:  # grows while it is walked
        for task in PROC.glob(f"{process}/task/*/children"):
            found += [int(child) for child in _read(task).split()]
    return found


def parent(process: int) -> int:
    return int(_read(PROC / f"{process}/stat").rpartition(")")[2].split()[1])


def cpu_seconds(processes: list[int]) -> float:
    """Seconds on a processor, of all their threads together."""
    spent = (_read(thread).split() for process in processes for thread in PROC.glob(f"{process}/task/*/schedstat"))
    return sum(int(fields[0]) for fields in spent if fields) / 1e9


def megabytes(processes: list[int]) -> float:
    """The proportional set: pages that several share are counted once."""
    lines = (line for process in processes for line in _read(PROC / f"{process}/smaps_rollup").splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def machine_seconds() -> float:
    """Seconds that all processors of the machine together have been busy since it started."""
    user, nice, system, _idle, _waiting, interrupt, soft, stolen = map(int, _read(PROC / "stat").split()[1:9])
    return (user + nice + system + interrupt + soft + stolen) / os.sysconf("SC_CLK_TCK")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
