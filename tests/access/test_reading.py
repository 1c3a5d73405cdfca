"""Reading changes nothing: whoever opens a page leaves every table as it was.

But for her own session, and the log of who opened what is restricted.
"""

import pytest

from members.actor import Actor
from tests.access import TABLE
from tests.access.table import Row
from tests.access.visiting import Visits, rows_written
from tests.access.world import World
from tests.the import the

READING = [row for row in TABLE if row.method == "GET"]
MAY_CHANGE = {"django_session", "issues_opening", "meetings_originalopening"}
"""Her own session, and the logs of who opened what is restricted and what is hidden in minutes."""


@pytest.mark.parametrize("row", READING, ids=str)
def test_a_get_leaves_every_table_as_it_was(visits: Visits, db: None, row: Row) -> None:
    written = {role: answer.written - MAY_CHANGE for role, answer in visits.answers(row).items()}

    assert {role: tables for role, tables in written.items() if tables} == {}


def test_a_changed_row_would_be_noticed(world: World) -> None:
    before = rows_written()

    issue = world.things["issue"]
    issue.change(by=Actor.of(the(world.people["coordinator"])), title="Ljust i tunneln")

    assert {*(rows_written() - before)} == {"issues_issue", "issues_issueevent", "issues_event"}
