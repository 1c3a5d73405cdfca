"""What does differ, and why it has to. What is told here and no longer differs fails the test as well.

Minutes that tell of what is restricted since lie with several authorities. What is read of them is made anew without
it, so it is no longer the kept file: it has no checksum, and nobody can keep it.
"""

from __future__ import annotations

from django.urls import reverse

from tests.restricted.twins import Twins

KEEPS_FILES = {"coordinator", "secretary"}
READS_DOCUMENTS = {
    "coordinator": ["minutes_word", "minutes_pdf"],
    "colleague": ["minutes_word"],
    "reader": ["minutes_word"],
}


def differing(twins: Twins, role: str) -> set[str]:
    """The page of the minutes: those that are made anew cannot be kept."""
    return _of_the_minutes(twins, role, ["minutes_detail"] if role in KEEPS_FILES else [])


def costing(twins: Twins, role: str) -> set[str]:
    """Their documents: no kept file is looked for."""
    return _of_the_minutes(twins, role, READS_DOCUMENTS.get(role, []))


def _of_the_minutes(twins: Twins, role: str, names: list[str]) -> set[str]:
    held = twins.register.things["held"].pk
    return {f"{role} GET {reverse(f'meetings:{name}', args=[held])}" for name in names}
