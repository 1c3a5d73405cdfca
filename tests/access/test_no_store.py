"""What is restricted is stored nowhere on its way to one who may see it, whatever her role and wherever it is shown.

The other roles of the table see nothing of it, so here they are named.
"""

import pytest
from django.urls import reverse

from issues.models import AccessGrant
from tests.access import PAGES
from tests.access.world import SECRET, World
from tests.base.documents.reading import words_of
from tests.the import the


def addresses(world: World) -> set[str]:
    """The pages of the table, and those that it has only of things that are not restricted."""
    restricted, alone, organisation = (
        world.things["restricted"],
        world.things["lone_restricted"],
        world.things["handled"],
    )
    steps = ["change", "close", "pause", "action_create"]
    triage = ["observation_issue", "observation_attach", "observation_reject"]
    return {
        *(row.address(world) for row in PAGES),
        *(reverse(f"issues:{step}", args=[restricted.number]) for step in steps),
        *(reverse(f"issues:{step}", args=[alone.pk]) for step in triage),
        reverse("members:organisation_detail", args=[organisation.pk]),
        f"{reverse('search')}?q={SECRET}",
    }


@pytest.mark.parametrize(("role", "shown_on"), [("coordinator", 25), ("handler", 8), ("secretary", 13)])
def test_whoever_may_see_it_it_is_not_stored(world: World, role: str, shown_on: int) -> None:
    member, client = the(world.people[role]), world.client(role)
    AccessGrant.objects.create(member=member, issue=world.things["restricted"])
    AccessGrant.objects.create(member=member, observation=world.things["lone_restricted"])

    answers = {address: client.get(address) for address in addresses(world)}

    shown = {
        address: answer for address, answer in answers.items() if SECRET in words_of(answer).replace(f"?q={SECRET}", "")
    }
    assert len(shown) >= shown_on
    assert [address for address, answer in shown.items() if "no-store" not in answer["Cache-Control"]] == []
