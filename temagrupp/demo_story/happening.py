"""One thing that happens in the story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from temagrupp.demo_story.reading import Record

if TYPE_CHECKING:
    from temagrupp.demo_story.teller import Teller


@dataclass(frozen=True)
class Happening:
    """When, what is done through the register's verbs, and the line of the data that says so."""

    moment: datetime
    tell: Callable[[Teller], None]
    record: Record
