"""The page of components shows every one, and every one is used."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from demo.gallery.sheets import SHEETS

CSS = Path(settings.BASE_DIR / "static" / "css" / "components")
COMPONENTS = sorted(path.stem for path in CSS.glob("*.css"))


@pytest.fixture
def page(as_coordinator: Client) -> str:
    return as_coordinator.get("/komponenter/").content.decode()


def classes(markup: str) -> set[str]:
    return {name for group in re.findall(r'class="([^"]*)"', markup) for name in group.split()}


def test_each_component_has_a_sentence_of_its_own() -> None:
    assert sorted(name for sheet in SHEETS for name in sheet.components) == COMPONENTS


def test_each_component_is_seen_on_the_page(page: str) -> None:
    assert sorted(set(COMPONENTS) - classes(page)) == []


def test_no_two_things_on_the_page_have_the_same_id(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)

    assert sorted(set(ids)) == sorted(ids)


ASKED = """
import django
from django.conf import settings
from django.urls import NoReverseMatch, reverse
django.setup()
try:
    print(reverse("demo:components"))
except NoReverseMatch:
    print("demo" in settings.INSTALLED_APPS)
"""


@pytest.mark.parametrize(("demo", "told"), [("false", "False"), ("true", "/komponenter/")])
def test_the_demo_is_installed_only_where_the_setting_says_so(demo: str, told: str) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "temagrupp.settings", "DEMO": demo}

    answer = subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == told


def test_no_component_is_idle() -> None:
    root = Path(settings.BASE_DIR)
    drawn = [root / "base" / "ui" / "templatetags" / "ui.py", root / "base" / "ui" / "renderer.py"]
    markup = " ".join(path.read_text() for path in [*drawn, *(root / "templates").rglob("*.html")])
    named_by_blocks = " ".join(re.findall(r"{% block main_class %}([^{]*)", markup))

    used = classes(markup) | set(named_by_blocks.split())
    assert sorted(set(COMPONENTS) - used) == []
