import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.database", "tests.people"]

ONE_WORLD = (
    "tests/access/",
    "tests/browser/test_every_page.py",
    "tests/browser/test_screens.py",
    "tests/browser/test_wire.py",
    "tests/demo/test_demo.py",
    "tests/home/test_statements.py",
)
"""Rooms and files whose tests share what takes long to make: the world of a table, or the demo's story."""


class WorldByWorld(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of such a room go to one process, the largest room first; any other test goes where there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return next((room for room in ONE_WORLD if nodeid.startswith(room)), nodeid)


# The mark `xdist_group` would say it beside the tests, but with pytest 9.2 it does nothing (pytest-xdist issue 1386).
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WorldByWorld:
    return WorldByWorld(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screens", action="store_true", help="take all pictures, and those in docs/screens anew")
