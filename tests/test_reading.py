"""Reading changes nothing: whoever opens a page leaves every table as it was, but for her own session."""

import pytest
from django.db import connection

from tests.access import TABLE
from tests.access.table import Row
from tests.access.world import ROLES, World

READING = [row for row in TABLE if row.method == "GET"]
MAY_CHANGE = {"django_session", "account_emailaddress"}
"""Her own session, and allauth's copy of her address, which it writes down when she first reads her account."""


def contents() -> dict[str, str]:
    """A digest of all rows of each table."""
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - MAY_CHANGE)
    digests = [f"SELECT '{table}', md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table} t" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(digests))
        return dict(cursor.fetchall())


@pytest.mark.parametrize("row", READING, ids=str)
def test_a_get_leaves_every_table_as_it_was(world: World, row: Row) -> None:
    clients = {role: world.client(role) for role in ROLES}
    before = contents()

    for role, client in clients.items():
        client.get(row.address(world))

        assert contents() == before, role


def test_a_changed_row_would_be_noticed(world: World) -> None:
    before = contents()

    issue = world.things["issue"]
    issue.change(by=world.people["coordinator"], title="Ljust i tunneln")

    changed = {table for table, digest in contents().items() if digest != before[table]}
    assert changed == {"issues_issue", "issues_issueevent", "issues_event"}
