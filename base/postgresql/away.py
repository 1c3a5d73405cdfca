"""A database that is away is told of when it goes and when it is back, not at each knock."""

from __future__ import annotations

import logging
import time
from contextlib import suppress

logger = logging.getLogger("temagrupp.database")

OF_ONE_THAT_IS_AWAY = ("error connecting", "reconnection attempt", "discarding")
"""How the lines of the pool begin that follow from it; its others are of what we do wrong."""

_since: list[float] = []
"""When it was found to be away; empty while it is not."""


class ToldOnce(logging.Filter):
    """The filter of the pool's logger: of one absence it lets the first line pass, with the reason."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not str(record.msg).startswith(OF_ONE_THAT_IS_AWAY):
            return True
        if _since or not str(record.msg).startswith("error connecting"):
            return False
        _since.append(time.monotonic())
        record.told = {"event": "database_away", "message": record.getMessage().partition("\n")[0]}
        return True


def tell_of_answer() -> None:
    """Tell that it is back, if it was away; one of the threads that find it out at once does."""
    with suppress(IndexError):
        seconds = round(time.monotonic() - _since.pop())
        logger.warning("database_back", extra={"told": {"event": "database_back", "seconds": seconds}})
