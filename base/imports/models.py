"""What was read of a sheet, kept between the steps of an import: going back, two tabs and a stop lose nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from base.imports.columns import SheetRow, best_table, headings_at, headings_in, recognise, sheet_rows
from base.imports.plan import Importer, ImportPlan
from base.imports.table import ReadBook, ReadTable
from base.records import StoredRow
from base.records.conflicts import Acting

KEPT = timedelta(days=1)


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, member: Any) -> ImportQuerySet:
        """Hers alone, for a day."""
        return self.filter(member=member, read_at__gt=timezone.now() - KEPT)

    def remove_old(self, at: datetime | None = None) -> None:
        """Remove what nobody can come back to. Called where one is read, and by the command on a timer."""
        self.filter(read_at__lte=(at or timezone.now()) - KEPT).delete()

    def one_at_a_time(self, kind: str) -> None:
        """Wait until nobody else brings in the like: what is planned then is what is done."""
        list(self.filter(kind=kind).order_by("pk").select_for_update(no_key=True).values_list("pk"))


class Import(StoredRow):
    """What one member has read of a sheet. Never the file; its rows are removed when they are brought in.

    content  tables: of each sheet the name, the rows (the number of each and its cells) and how it was read; notes: on
             those that were not. Of one that is brought in, for the rest of its day, what was wrong: the number, the
             name and the errors of each row; left: how many else were left out
    columns  sheet: its place among the tables; headings: the place of the row with them, null without; keys: the
             column that each is, or nothing
    outcome  what was done: how many of each kind, no words
    """

    deletable = True  # what was read is not the group's until it is brought in

    kind = models.CharField(max_length=40)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    content = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    read_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["read_at"], name="import_read_at")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.read_at:%Y-%m-%d %H.%M}"

    @classmethod
    def keep(cls, book: ReadBook, importer: Importer, *, by: Acting) -> Import:
        """Keep what was read, turned to the sheet that is recognised best."""
        cls.objects.remove_old()
        kept = cls(kind=importer.kind, member=by.member, content=asdict(book))
        kept.turn_to(best_table(book.tables, importer.columns, importer.needed[0]), importer)
        kept.save()
        return kept

    @property
    def book(self) -> ReadBook:
        return ReadBook.of(self.content)

    @property
    def sheet(self) -> int:
        place: int = self.columns["sheet"]
        return place

    @property
    def table(self) -> ReadTable:
        return self.book.tables[self.sheet]

    @property
    def headings(self) -> int | None:
        place: int | None = self.columns["headings"]
        return place

    @property
    def keys(self) -> list[str]:
        return list(self.columns["keys"])

    @property
    def sheet_rows(self) -> list[SheetRow]:
        return sheet_rows(self.table, self.headings, self.keys)

    @property
    def left_out(self) -> list[list[str]]:
        """The rows that were wrong when it was brought in: number, name and what was wrong."""
        return list(self.content.get("wrong", []))

    @property
    def all_rows(self) -> Iterator[Sequence[str]]:
        """What is kept of every row of all its sheets, and of those that were wrong when it was brought in."""
        yield from (cells for table in self.book.tables for _, cells in table.rows)
        yield from self.left_out

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def turn_to(self, sheet: int, importer: Importer) -> None:
        """Look at another sheet, with its columns as far as they are recognised. Saves nothing."""
        table = self.book.tables[sheet]
        headings = headings_at(table, importer.columns)
        keys = recognise(headings_in(table, headings, importer.columns), importer.columns)
        self.columns = {"sheet": sheet, "headings": headings, "keys": keys}

    def name_columns(self, keys: Sequence[str], headings: int | None) -> bool:
        """Say which column each is of the sheet that it is turned to, and where the headings stand.

        False where what was read has been removed.
        """
        self.columns = {"sheet": self.sheet, "headings": headings, "keys": list(keys)}
        return bool(Import.objects.filter(pk=self.pk).update(columns=self.columns))

    def finish(self, outcome: dict[str, int], plan: ImportPlan, *, at: datetime | None = None) -> None:
        """Keep what came of it, and of what was read only what is to be put right."""
        left = {"wrong": plan.wrong_rows, "left": len(plan.left)}
        kept = {what: rows for what, rows in left.items() if rows}
        self.content, self.outcome = {"tables": [], "notes": [], **kept}, outcome
        self.done_at = at or timezone.now()
        self.save(update_fields=["content", "outcome", "done_at"])
