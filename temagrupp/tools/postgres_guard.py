"""Stops the private PostgreSQL of a command that was killed: the server does not know whom it is up for.

`python -m temagrupp.tools.postgres_guard LINE NAME FOLDER PROGRAMS`, beside each command that has such a server.
"""

import sys
from pathlib import Path

from temagrupp.tools.lifeline import wait
from temagrupp.tools.postgres import Cluster
from temagrupp.tools.postgres_machine import server_account


def guard(line: int, name: str, folder: Path, programs: Path) -> None:
    """Wait for the end of the command, and stop what it left unless somebody else has seen to it already."""
    wait(line)
    cluster = Cluster(name, programs=programs, account=server_account(), folder=folder)
    with cluster.lock():
        cluster.stop_orphan()


if __name__ == "__main__":
    guard(int(sys.argv[1]), sys.argv[2], *map(Path, sys.argv[3:]))
