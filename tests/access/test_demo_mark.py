"""Whoever sees a page of the demo, on screen or on paper, sees that its people and events are invented."""

import pytest
from django.conf import settings

from members.models import Group
from tests.access import PAGES
from tests.access.visiting import Visits
from tests.access.world import ROLES, World
from tests.acting import a_coordinator

MARK = '<strong class="mark">Demodata</strong>'


@pytest.fixture
def marked(world: World) -> World:
    Group.current().change(by=a_coordinator(), demo=True)
    return world


def test_every_page_is_marked_in_its_head_and_at_its_foot(marked: World) -> None:
    visits, unmarked = Visits(marked), []
    for row in PAGES:
        page = visits.answer(next(role for role in ROLES if row.statuses[role] == 200), row).page
        head, _, foot = page.partition("<main")
        if page and not (MARK in head and f"{MARK}\n Alla personer och händelser är påhittade." in foot):
            unmarked.append(str(row))

    assert unmarked == []


@pytest.mark.parametrize("address", ["/konto/login/", "/konto/password/reset/", "/finns-inte/"])
def test_so_are_the_entrance_and_a_page_that_is_not_there(marked: World, address: str) -> None:
    assert MARK in Visits(marked).answer_at("signed_out", "GET", address).page


def test_so_is_the_page_for_what_one_may_not_know(marked: World) -> None:
    assert MARK in Visits(marked).answer_at("guest", "GET", "/arenden/2026-99999/").page


def test_a_group_of_ones_own_is_not_marked(visits: Visits, db: None) -> None:
    assert MARK not in visits.answer_at("signed_out", "GET", "/konto/login/").page


def test_no_stylesheet_takes_the_mark_off_the_paper() -> None:
    printed = (settings.BASE_DIR / "static/css/base.css").read_text()

    assert ".site-footer:not(:has(.mark))" in printed
    assert ".mark" not in (settings.BASE_DIR / "static/css/components/site-footer.css").read_text()
