"""Whoever sees a page of the demo, on screen or on paper, sees that its people and events are invented."""

import pytest
from django.conf import settings
from django.test import Client

from members.models import Group
from tests.access import PAGES
from tests.access.world import ROLES, World

MARK = '<strong class="mark">Demodata</strong>'


def page(client: Client, address: str) -> str:
    response = client.get(address)
    return response.content.decode() if response.headers["Content-Type"].startswith("text/html") else ""


def test_every_page_is_marked_in_its_head_and_at_its_foot(world: World) -> None:
    Group.current().change(demo=True)
    clients = {role: world.client(role) for role in ROLES}
    unmarked = []
    for row in PAGES:
        role = next(role for role in ROLES if row.statuses[role] == 200)
        said = page(clients[role], row.address(world))
        head, _, foot = said.partition("<main")
        if said and not (MARK in head and f"{MARK}\n Alla personer och händelser är påhittade." in foot):
            unmarked.append(str(row))

    assert unmarked == []


@pytest.mark.parametrize("address", ["/konto/login/", "/konto/password/reset/", "/finns-inte/"])
def test_so_are_the_entrance_and_a_page_that_is_not_there(client: Client, world: World, address: str) -> None:
    Group.current().change(demo=True)

    assert MARK in page(client, address)


def test_so_is_the_page_for_what_one_may_not_know(world: World) -> None:
    Group.current().change(demo=True)

    assert MARK in page(world.client("guest"), "/arenden/2026-99999/")


def test_a_group_of_ones_own_is_not_marked(client: Client, db: None) -> None:
    assert MARK not in page(client, "/konto/login/")


def test_no_stylesheet_takes_the_mark_off_the_paper() -> None:
    printed = (settings.BASE_DIR / "static/css/base.css").read_text()

    assert ".site-footer:not(:has(.mark))" in printed
    assert ".mark" not in (settings.BASE_DIR / "static/css/components/site-footer.css").read_text()
