"""Tables that are made at once are those that a step for each part makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unittest.mock import patch

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

from base.records.tables_at_once import at_once
from temagrupp import roles

COLUMNS = "SELECT table_name, column_name, ordinal_position, data_type, is_nullable FROM information_schema.columns"
CONSTRAINTS = "SELECT conrelid::regclass::text AS here, conname, pg_get_constraintdef(oid), contype FROM pg_constraint"
TRIGGERS = "SELECT tgrelid::regclass::text AS here, tgname, pg_get_triggerdef(oid), tgisinternal FROM pg_trigger"
QUESTIONS = (
    f"{COLUMNS} WHERE table_name LIKE 'scratch%'",
    f"SELECT * FROM ({CONSTRAINTS}) AS all_there_are WHERE here LIKE 'scratch%' AND contype <> 'n'",
    f"SELECT * FROM ({TRIGGERS}) AS all_there_are WHERE here LIKE 'scratch%' AND NOT tgisinternal",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'scratch%'",
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("asked_as_before")]


@pytest.fixture
def asked_as_before(transactional_db: None) -> Iterator[None]:
    """A trigger comes with pgtrigger's own function that all triggers ask; ours is put back, as `migrate` does."""
    yield
    with roles.owner():
        roles.grant_to_application()


def steps() -> list[Operation]:
    """As they are generated of two tables, each of which points at the other."""
    kept = UpsertTriggerSql(
        pgid="scratch_kept", func="RETURN NULL;", operation="DELETE", when="BEFORE", table="scratch_lamp"
    )
    return [
        migrations.RunSQL("SELECT 1", migrations.RunSQL.noop),
        migrations.CreateModel("Lamp", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),
        migrations.CreateModel(
            "Pole",
            [("id", models.BigAutoField(primary_key=True)), ("lamps", models.ManyToManyField("scratch.lamp"))],
        ),
        AddTrigger("lamp", Trigger(name="kept", sql=kept)),
        migrations.AddField("lamp", "pole", models.ForeignKey("scratch.pole", models.PROTECT, related_name="+")),
        migrations.AddField("pole", "best", models.OneToOneField("scratch.lamp", models.PROTECT, related_name="+")),
        migrations.AddIndex("lamp", models.Index(fields=["pole", "name"], name="lamp_by_pole")),
        migrations.AddConstraint("lamp", models.CheckConstraint(condition=~models.Q(name=""), name="lamp_is_named")),
        migrations.AddConstraint(
            "lamp", models.UniqueConstraint(fields=["name"], condition=models.Q(pole__gt=1), name="lamp_named_once")
        ),
    ]


def made_by(operations: Sequence[Operation]) -> tuple[list[set[tuple[str, ...]]], ProjectState]:
    """What the database has of the tables, and their models as migrations know them; the tables are gone again."""
    state, passed = ProjectState(), []
    with roles.owner():
        with connection.schema_editor() as editor:
            for operation in operations:
                passed.append((operation, state.clone()))
                operation.state_forwards("scratch", state)
                operation.database_forwards("scratch", editor, passed[-1][1], state)
        made = facts()
        with connection.schema_editor() as editor:
            after = state
            for operation, before in reversed(passed):
                operation.database_backwards("scratch", editor, after, before)
                after = before
        assert facts() == [set()] * len(QUESTIONS)
    return made, state


def facts() -> list[set[tuple[str, ...]]]:
    found = []
    with connection.cursor() as cursor:
        for question in QUESTIONS:
            cursor.execute(question)
            found.append({*cursor.fetchall()})
    return found


def test_the_tables_are_the_same() -> None:
    one_by_one, known = made_by(steps())
    together, known_together = made_by(at_once(steps()))

    assert together == one_by_one
    assert known_together == known
    assert [len(each) for each in one_by_one] == [8, 10, 1, 10]


def test_models_are_drawn_once() -> None:
    """And not after each step, which takes a minute of the whole register."""
    with patch.object(ProjectState, "_reload") as drawn_again:
        made_by(at_once(steps()))

    assert drawn_again.call_count == 0


def test_what_is_no_part_of_a_new_table_is_refused() -> None:
    with pytest.raises(TypeError, match="Rename field name on Lamp to label"):
        at_once([*steps(), migrations.RenameField("Lamp", "name", "label")])
