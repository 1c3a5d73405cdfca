"""Many tables made in one step of a migration, in seconds where a step for each of their parts takes a minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

MADE_WITH_THE_TABLE = (AddField, AddConstraint, AddIndex)


class TablesAtOnce(Operation):
    """Makes new tables as they are after all the operations, with their columns, constraints, indexes and triggers.

    Django draws the models anew after each operation on one of them, and all that have to do with it: of some hundred
    tables that is nearly all that `migrate` would do. Here they are drawn once. What comes of it is the same.

    Raises TypeError for an operation that does something else.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        others = [each for each in operations if not isinstance(each, (CreateModel, AddTrigger, *MADE_WITH_THE_TABLE))]
        if others:
            raise TypeError(f"Not a part of new tables: {', '.join(each.describe() for each in others)}.")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # drawn again when it is asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self._that_make():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        tables = [each for each in self._that_make() if isinstance(each, CreateModel)]
        for operation in reversed(tables):  # whose triggers go with them
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Make new tables at once"

    def _that_make(self) -> Iterator[Operation]:
        for kind in (CreateModel, AddTrigger):
            yield from (each for each in self.operations if isinstance(each, kind))


def at_once(operations: Sequence[Operation]) -> list[Operation]:
    """The operations of a generated migration, all from the first new table on in one."""
    first = next(nth for nth, each in enumerate(operations) if isinstance(each, CreateModel))
    return [*operations[:first], TablesAtOnce(operations[first:])]
