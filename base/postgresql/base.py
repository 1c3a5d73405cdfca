"""Django's backend for PostgreSQL, but for how it reads a moment and how it finds out that a server was restarted.

A page reads up to three thousand moments, and Django's loader takes each apart by a pattern: 5 microseconds where the
standard library needs half of one.
"""

from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg_pool import ConnectionPool, PoolTimeout

from base.postgresql.away import tell_of_answer
from base.postgresql.connecting import SECONDS_FOR_A_CONNECTION, SECONDS_WHILE_AWAY


class MomentLoader(Loader):
    """Reads a moment as PostgreSQL writes it, with its offset from UTC."""

    timezone = UTC  # which Django asks for: a connection of another zone is given a loader of its own

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(str(data, "ascii"))


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        """The parameters of a connection that reads moments by `MomentLoader`."""
        params = super().get_connection_params()
        adapters = AdaptersMap(params["context"])
        adapters.register_loader("timestamptz", MomentLoader)
        return {**params, "context": adapters}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that answers.

        One dead connection in the pool means that all that lay there with it are dead. Django's setting
        CONN_HEALTH_CHECKS tries them one by one, and waits a second after the second.
        """
        connection = self._connect(conn_params)
        if not self.pool or _answers(connection):
            return connection
        self.pool.putconn(connection)
        self.pool.drain()
        return self._connect(conn_params)

    def _connect(self, conn_params: dict[str, Any]) -> Any:
        """Waits for the pool, but hardly when the last one did in vain: else a thread's next visitor waits for both."""
        try:
            connection = super().get_new_connection(conn_params)
        except PoolTimeout:
            self.pool.timeout = SECONDS_WHILE_AWAY
            raise
        if self.pool:
            self.pool.timeout = SECONDS_FOR_A_CONNECTION
            tell_of_answer()
        return connection


def _answers(connection: Any) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        return False
    return True
