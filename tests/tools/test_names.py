"""One name for one class: who reads `Group` in a traceback or looks for it finds one thing."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from temagrupp.tools.terminal import ROOT

APPS = ("base", "members", "issues", "meetings", "demo", "temagrupp")
GIVEN = {"Command", "Migration"}  # Django finds these by name


def named_twice(modules: dict[str, str]) -> dict[str, list[str]]:
    """The classes at the top of the modules (path → source) whose name stands in more than one of them."""
    places = defaultdict(list)
    for path, source in modules.items():
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef) and node.name not in GIVEN:
                places[node.name].append(path)
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def source_of(app: str) -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text() for path in sorted(Path(ROOT, app).rglob("*.py"))}


def test_no_two_classes_of_the_house_share_a_name() -> None:
    modules = {path: source for app in APPS for path, source in source_of(app).items()}

    assert len(modules) > 200
    assert named_twice(modules) == {}


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        ("class Group: ...", "class Group: ...", {"Group": ["here.py", "there.py"]}),
        ("class Group: ...", "class Seat: ...", {}),
        ("class Command: ...", "class Command: ...", {}),
        ("class Group:\n    class Meta: ...", "class Seat:\n    class Meta: ...", {}),
    ],
)
def test_a_name_that_stands_twice_is_found(here: str, there: str, found: dict[str, list[str]]) -> None:
    assert named_twice({"here.py": here, "there.py": there}) == found
