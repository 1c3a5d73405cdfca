"""What the log writes, line by line."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from base.logs.lines import JsonLines

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What the root's handler writes, in the form that a server writes."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


@pytest.fixture
def lines(stream: io.StringIO) -> Lines:
    """All that has been written, read back: each line must be an object of its own."""
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
