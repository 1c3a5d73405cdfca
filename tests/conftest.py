import gc
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core.signals import request_finished
from django.http import FileResponse
from django.template import Context, Template
from django.utils.safestring import SafeString
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from temagrupp.tools.lifeline import end_with_starter
from tests.mails import wait_for_mails

pytest_plugins = ["tests.database", "tests.people"]

TWINS = ("pages_of_leaders", "pages_of_group", "pages_of_others", "search", "forms", "mails")
ONE_WORLD = {
    "tests/access/": "the access table",
    "tests/browser/test_every_page.py": "the access table, in a browser",
    "tests/browser/test_screens.py": "the story, in a browser",
    "tests/browser/test_wire.py": "the story, in a browser",
    "tests/demo/test_demo.py": "the story",
    "tests/home/old_tabs/": "the table of old tabs",
    "tests/home/test_statements.py": "the table of statements",
    "tests/home/test_statements_of_posts.py": "the table of statements of posts",
    "tests/issues/test_status_of_every_action.py": "every action",
    **{f"tests/restricted/test_{name}.py": f"twin registers, {name}" for name in TWINS},
}
"""Rooms and files by what their tests share and takes long to make: a world, or the story."""


class WorldByWorld(LoadScopeScheduling):  # type: ignore[misc]
    """The tests that share a world go to one process, the largest world first; any other goes where there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return next((world for room, world in ONE_WORLD.items() if nodeid.startswith(room)), nodeid)


# The mark `xdist_group` would say it beside the tests, but with pytest 9.2 it does nothing (pytest-xdist issue 1386).
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WorldByWorld:
    return WorldByWorld(config, log)


def pytest_configure() -> None:
    end_with_starter()
    request_finished.connect(wait_for_mails)


def pytest_collection_finish() -> None:
    """The thousands of tests themselves are no garbage, and what one leaves need not be looked for at every step."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 10)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What a test has committed at its end is not the next one's mail."""
    wait_for_mails()


@pytest.fixture(autouse=True)
def answered_files_are_closed() -> Iterator[None]:
    """As a server does: the tests' client leaves open what it has not read to its end."""
    answered: list[Any] = []
    told = FileResponse.set_headers

    def set_headers(response: FileResponse, file: Any) -> None:
        answered.append(file)
        told(response, file)

    with patch.object(FileResponse, "set_headers", set_headers):
        yield
    for file in answered:
        file.close()


@pytest.fixture(autouse=True, scope="session")
def pages_tell_what_they_are_made_with(django_test_environment: None) -> Iterator[None]:
    """A page tells the tests' client its context, and its parts do not: each would have the whole of it copied."""
    tell: Any = vars(Template)["_render"]

    def render(template: Template, context: Context) -> SafeString:
        return tell(template, context) if context.template is template else template.nodelist.render(context)

    with patch.object(Template, "_render", render):
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screens", action="store_true", help="take all pictures, and those in docs/screens anew")
