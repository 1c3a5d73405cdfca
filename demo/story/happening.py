"""One thing that happens in the story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from demo.story.reading import Record
from demo.story.teller import Teller


@dataclass(frozen=True)
class Happening:
    """When, what is done through the register's verbs, and the line of the data that says so."""

    moment: datetime
    tell: Callable[[Teller], None]
    record: Record


@contextmanager
def naming_the_line(record: Record) -> Iterator[None]:
    """Turn a refusal in the block into a StoryError that names the line of the data."""
    try:
        yield
    except ValidationError as error:
        raise record.error(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise record.error(f"Databasen tar inte emot det här: {error}") from error
    except ValueError as error:
        raise record.error(str(error)) from error
