"""A page's title says what is on it: in the row of tabs, in the history and in what she sends to a colleague."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from tests.access import TABLE
from tests.access.visiting import Visits
from tests.access.world import ROLES, World

OWNER = " – Temagruppens register"


def titles_of(visits: Visits, role: str) -> dict[str, str]:
    """The title of every page that she may open, by its address."""
    rows = [row for row in TABLE if row.method == "GET" and row.statuses[role] == 200]
    pages = {row.address(visits.world): visits.answer(role, row).page for row in rows}
    return {address: title_of(page) for address, page in sorted(pages.items()) if page}


def title_of(page: str) -> str:
    title = re.search("<title>(.*?)</title>", page, re.DOTALL)
    assert title
    return unescape(" ".join(title[1].split()))


@pytest.mark.parametrize("role", ROLES)
def test_no_two_kinds_of_page_have_the_same_title(visits: Visits, db: None, role: str) -> None:
    kinds: dict[str, set[str]] = {}
    for page, title in titles_of(visits, role).items():
        kinds.setdefault(title, set()).add(resolve(page).view_name)

    assert {title: names for title, names in kinds.items() if len(names) > 1} == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_title_is_plain_text(visits: Visits, db: None, role: str) -> None:
    assert {page: title for page, title in titles_of(visits, role).items() if "<" in title} == {}


def test_a_title_says_what_before_whose(visits: Visits, db: None) -> None:
    titles = titles_of(visits, "coordinator")

    assert [page for page, title in titles.items() if not title.removesuffix(OWNER) or OWNER not in title] == []
    assert titles["/arenden/2026-1/"] == f"2026-1 Mörkt i tunneln{OWNER}"
    action = visits.world.things["action"]
    assert titles[action.get_absolute_url()] == f"Laga belysningen, ärende 2026-1{OWNER}"


def test_the_register_has_an_icon_for_a_tab_and_for_a_telephone(client: Client, db: None) -> None:
    page = client.get("/konto/login/").content.decode()

    static = Path(settings.BASE_DIR) / "static"
    linked = re.findall(r'<link rel="(icon|apple-touch-icon)" href="/static/([^"]+)"', page)
    assert [rel for rel, _ in linked] == ["icon", "apple-touch-icon"]
    assert all((static / name).exists() for _, name in linked)


@pytest.mark.parametrize(
    "elsewhere", ["https://elak.example/", "//elak.example/", "/\\elak.example", "javascript:alert(1)"]
)
def test_the_sign_in_leads_to_no_other_house(client: Client, world: World, elsewhere: str) -> None:
    member = world.people["reader"]
    assert member

    response = client.post("/konto/login/", {"login": member.email, "password": "ljus i tunneln", "next": elsewhere})

    assert response["Location"] == "/"
