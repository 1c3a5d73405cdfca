"""The page of components shows every one, and every one is used."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from temagrupp.showcase.sheets import SHEETS

CSS = Path(settings.BASE_DIR / "static" / "css" / "components")
COMPONENTS = sorted(path.stem for path in CSS.glob("*.css"))


@pytest.fixture
def page(as_coordinator: Client, settings: LazySettings) -> str:
    settings.COMPONENTS_PAGE = True
    return as_coordinator.get("/komponenter/").content.decode()


def classes(markup: str) -> set[str]:
    return {name for group in re.findall(r'class="([^"]*)"', markup) for name in group.split()}


def test_each_component_has_a_sentence_of_its_own():
    assert sorted(name for sheet in SHEETS for name in sheet.components) == COMPONENTS


def test_each_component_is_seen_on_the_page(page: str):
    assert sorted(set(COMPONENTS) - classes(page)) == []


def test_no_two_things_on_the_page_have_the_same_id(page: str):
    ids = re.findall(r'\sid="([^"]+)"', page)

    assert sorted(set(ids)) == sorted(ids)


def test_the_page_is_there_only_where_the_house_says_so(as_coordinator: Client):
    assert as_coordinator.get("/komponenter/").status_code == 404


def test_no_component_is_idle():
    root = Path(settings.BASE_DIR)
    tags = root / "temagrupp" / "ui" / "templatetags" / "ui.py"
    markup = " ".join(path.read_text() for path in [tags, *(root / "templates").rglob("*.html")])
    named_by_blocks = " ".join(re.findall(r"{% block main_class %}([^{]*)", markup))

    used = classes(markup) | set(named_by_blocks.split())
    assert sorted(set(COMPONENTS) - used) == []
