"""One visit for each row and role of the table; all that is asked of the answer is asked of the same one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import connection, transaction

from tests.access.table import Row
from tests.access.world import MAY_SEE_THE_SECRET, ROLES, SECRET, World
from tests.base.documents.reading import words_of

WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


@dataclass(frozen=True)
class Answer:
    """What somebody met: `page` is the markup, empty for a document; `written` the tables where a row was written."""

    status: int
    page: str
    written: frozenset[str]


class Visits:
    """The answers that have been had, so that nobody asks for one again.

    One that tells the secret to somebody who is not named fails the test that asked for it, and so does one that tells
    it to who is and may be stored, or that by not being stored tells the others that there is something to know.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._had: dict[tuple[str, str, str], Answer] = {}

    def answer(self, role: str, row: Row) -> Answer:
        return self.answer_at(role, row.method, row.address(self.world))

    def answers(self, row: Row) -> dict[str, Answer]:
        """By role, in the order of `ROLES`."""
        return {role: self.answer(role, row) for role in ROLES}

    def answer_at(self, role: str, method: str, address: str) -> Answer:
        """An empty form is sent where the method is POST. What the visit changed is taken back."""
        asked = role, method, address
        if asked not in self._had:
            self._had[asked] = self._visit(*asked)
        return self._had[asked]

    def _visit(self, role: str, method: str, address: str) -> Answer:
        client, before = self.world.client(role), rows_written()
        with transaction.atomic():
            response = client.generic(method, address)
            written = frozenset(rows_written() - before)
            transaction.set_rollback(True)
        tells, is_stored = SECRET in words_of(response), "no-store" not in response.headers["Cache-Control"]
        assert role in MAY_SEE_THE_SECRET or not tells, f"{role} reads the secret on {address}"
        assert not (tells and is_stored), f"The secret on {address} may be stored"
        never_stored = (
            address.startswith(("/konto/", "/inbjudan/", "/svar/", "/besked/", "/mejl/", "/vakt/", "/maskera/"))
            or "/original" in address
        )  # whoever asks
        assert role in MAY_SEE_THE_SECRET or is_stored or never_stored, f"{role} is told that {address} has a secret"
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return Answer(response.status_code, response.content.decode() if is_page else "", written)


def rows_written() -> Counter[str]:
    """How many rows have been written in each table since the transaction began."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return Counter(dict(cursor.fetchall()))
