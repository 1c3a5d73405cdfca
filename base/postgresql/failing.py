"""Which errors of the database pass: it is away, has too much to do, or somebody else holds what was asked for."""

from __future__ import annotations

import django.db
import psycopg

PASSING = {
    "25006": "read only, as one that has just been replaced",
    "25P03": "a transaction stood still",
    "40001": "two wrote at once",
    "40P01": "two waited for each other",
    "55P03": "another held it",
    "57014": "it took too long",
    "57P01": "the server was stopped",
    "57P02": "the server crashed",
    "57P03": "the server is starting",
    "57P05": "a session stood still",
}
PASSING_CLASSES = {"08": "the line to the server", "53": "the server has no more of something"}
UNTOLD = (psycopg.OperationalError, psycopg.InterfaceError, django.db.OperationalError, django.db.InterfaceError)
"""Of these one without a state is about the connection: there was none, or it broke."""
NO_STATE = "no connection"


def passing(error: BaseException | None) -> str | None:
    """The state of the error, or of what led to it, by which it will pass; None when it will not, or is none of these.

    States: https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    while error:
        state = getattr(error, "sqlstate", None)
        if state in PASSING or (state and state[:2] in PASSING_CLASSES):
            return str(state)
        led_to_it = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if isinstance(error, UNTOLD) and not state and not isinstance(led_to_it, psycopg.Error):
            return NO_STATE
        error = led_to_it
    return None
