"""Every route × every role → status. That nothing restricted stands in any answer, the visits see to."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from issues.models import Issue
from tests.access import TABLE
from tests.access.table import Row
from tests.access.visiting import Visits
from tests.access.world import World


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_each_role_meets_the_status_of_the_table(visits: Visits, db: None, row: Row) -> None:
    assert {role: answer.status for role, answer in visits.answers(row).items()} == row.statuses


def test_a_leak_would_be_noticed(world: World) -> None:
    restricted = world.things["restricted"]
    Issue.objects.filter(pk=restricted.pk).update(restricted=False)

    with pytest.raises(AssertionError, match="coordinator reads the secret"):
        Visits(world).answer_at("coordinator", "GET", restricted.get_absolute_url())


def routes(resolver: URLResolver, namespace: str = "") -> set[str]:
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{namespace}{entry.name}")
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found |= routes(entry, inner)
    return found


def test_every_route_stands_in_the_table() -> None:
    assert routes(get_resolver()) == {row.route for row in TABLE}
