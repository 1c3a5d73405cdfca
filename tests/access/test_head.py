"""HEAD answers with the head that GET has: on every page and document, for one who may open it.

That nothing follows it is for the server to see to (tests/serving); the test client would take away what does.
"""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.access import TABLE
from tests.access.table import Row
from tests.access.world import World
from tests.pages import Response

READING = [row for row in TABLE if row.method == "GET"]
ANEW_EACH_TIME = {"Set-Cookie", "X-Request-ID", "Expires"}


def asked(world: World, row: Row, method: str) -> Response:
    """What one who may open it meets; where nobody may, the samordnare. What the visit changed is taken back."""
    role = next((role for role, status in row.statuses.items() if status == 200), "coordinator")
    with transaction.atomic():
        response: Response = world.client(role).generic(method, row.address(world))
        transaction.set_rollback(True)
    return response


def headers(response: Response) -> dict[str, str]:
    """The headers that are alike whenever it is asked for. A document that is made anew says when, and is as long."""
    made = {"Content-Length"} if "Content-Disposition" in response.headers else set()
    return {name: value for name, value in response.headers.items() if name not in ANEW_EACH_TIME | made}


@pytest.mark.parametrize("row", READING, ids=str)
def test_head_has_the_status_and_the_headers_of_get(world: World, row: Row) -> None:
    page, head = asked(world, row, "GET"), asked(world, row, "HEAD")

    assert head.status_code == page.status_code
    assert headers(head) == headers(page)
