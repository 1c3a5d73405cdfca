"""The åtgärdslista that a group had before the register."""

from __future__ import annotations

from issues.old_list.planning import OldListImport
from tests.home.growing_world import World
from tests.home.posts import Sent, to
from tests.issues.old_list import kept, lines


def read_old_list(world: World) -> Sent:
    return to("issues:old_list_create", pasted=lines(f"Laga grinden|||{world.technical}||Frågad||||"))


def name_columns_of_old_list(world: World) -> Sent:
    return to("issues:old_list_columns", kept(world.by).pk, column_0="what", column_3="responsible", has_headings="on")


def bring_in_old_list(world: World) -> Sent:
    read = kept(world.by)
    return to("issues:old_list_detail", read.pk, shown=OldListImport().plan(read.sheet_rows).digest)
