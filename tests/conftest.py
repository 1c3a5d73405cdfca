import pytest

pytest_plugins = ["tests.database", "tests.people", "tests.access.world"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screens", action="store_true", help="take the pictures in docs/screens anew")
