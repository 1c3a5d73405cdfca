"""What costs more or fewer statements, and why it has to. What is told here and no longer does fails the test as well.

Minutes that tell of what is restricted since lie with several authorities. What is read of them is made anew without
it: no kept file is read, and on their page it is asked for whom there is an original beside it.
"""

from __future__ import annotations

from django.urls import reverse

from tests.restricted.journeys import THOROUGH
from tests.restricted.twins import Twins

READS_MINUTES = {"coordinator", "secretary", "ordinary", "deputy", "colleague", "reader"}
RUNS_MEETINGS = {"coordinator", "secretary"}


def costing(twins: Twins, role: str) -> set[str]:
    """The page of those minutes, their documents, and for those who run meetings what goes to the diarium."""
    if role not in READS_MINUTES:
        return set()
    documents = ["minutes_word"] if role in THOROUGH else []
    set_once = ["minutes_pdf"] if role == "coordinator" else []
    held = twins.register.things["held"].pk
    names = ["minutes_detail", *documents, *set_once]
    pages = {reverse(f"meetings:{name}", args=[held]) for name in names}
    if role in RUNS_MEETINGS:
        pages |= {reverse("meetings:registry", args=[held]), reverse("meetings:minutes_package", args=[held, 1])}
    return {f"{role} GET {page}" for page in pages}
