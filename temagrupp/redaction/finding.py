"""Where a passage stands: in which texts, and in how many versions of them that the history has. One statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

import members.redaction
from base.postgresql.patience import with_time
from base.records.text_places import TextsOf, told_apart
from issues.models import Issue
from temagrupp.redaction.function import history_of
from temagrupp.redaction.scope import MaskingScope, at
from temagrupp.redaction.texts import BY_TABLE, TEXTS

ANY_TEXT = r"\S"
"""The expression that finds every text that is not empty."""

GONE = "något som är borttaget"

IN_ROWS = """
    SELECT %s, place.column, found.key::text, 0, place.text
    FROM ({rows}) AS found (key, {names}), LATERAL (VALUES {values}) AS place ("column", text)
    WHERE place.text ~ %s AND (%s::text IS NULL OR found.key::text = %s)
"""
IN_HISTORY = """
    SELECT %s, place.column, found.key::text, count(*), max(place.text)
    FROM ({rows}) AS found (key, {names}), LATERAL (VALUES {values}) AS place ("column", text)
    WHERE place.text ~ %s AND (%s::text IS NULL OR found.key::text = %s) GROUP BY 2, 3
"""
"""The texts of one table's rows, and those of its history's lines: each line has as many texts as there are columns."""

UNION = " UNION ALL "

MOST = 500
"""Places that a page can show and somebody can choose among."""

SECONDS = 60
"""How long it may take to look through, or to mask in, all that the register has."""

EVERY = ""
"""In the place of a column: each that the row has."""

NOT_FOUND_IN_TIME = "Det hann inte sökas igenom. Försök igen om en stund, när färre använder registret."


class NotFindable(ValueError):
    """What is looked for was not found: in more places than anybody can choose among, or not in time. Says which."""


Where = tuple[str, str, str]
Rows = models.QuerySet[Any]


@dataclass(frozen=True)
class FoundText:
    """A text in which the passage stands: now, in `versions` of its history, or both."""

    texts: TextsOf
    column: str
    key: str
    text: str = ""
    stands: bool = False
    versions: int = 0
    row: Any = None
    issue: int | None = None
    observation: int | None = None
    told_as: str = ""
    """Its name among others; empty where it stands alone."""

    @property
    def table(self) -> str:
        return self.texts.model._meta.db_table

    @property
    def value(self) -> str:
        """By which a form names it."""
        return f"{self.table}:{self.column}:{self.key}"

    @property
    def name(self) -> str:
        """Where it stands, told from others that are found with it."""
        if self.told_as:
            return self.told_as
        return self.texts.name(self.row, self.column) if self.is_there else f"{self.texts.columns[self.column]} {GONE}"

    @property
    def url(self) -> str:
        return self.texts.url(self.row) if self.is_there else ""

    @property
    def order(self) -> tuple[int, str, int]:
        """Kind by kind, row by row, as they are told."""
        return TEXTS.index(self.texts), self.key.zfill(20), list(self.texts.columns).index(self.column)

    def is_about(self, thing: models.Model | None) -> bool:
        """Whether it hangs on the thing."""
        return thing is not None and thing.pk == (self.issue if isinstance(thing, Issue) else self.observation)

    @property
    def is_of_the_group(self) -> bool:
        """Whether it is what the group tells of itself: a member's name, an organisation's, a telephone number."""
        return self.texts in members.redaction.TEXTS

    @property
    def may_stand_in_minutes(self) -> bool:
        """Whether minutes can have frozen it: of a report that is in no issue they have no words."""
        return self.issue is not None or self.observation is None

    @property
    def is_there(self) -> bool:
        """Whether the row is still there, or only its history."""
        return isinstance(self.row, self.texts.model)

    def as_place(self) -> dict[str, Any]:
        """The place as the database's function is told of it."""
        of_row = {"t": self.table, "c": self.column, "k": self.key}
        return {**of_row, "issue": self.issue, "observation": self.observation}


def find(scope: MaskingScope, expression: str, *, only: Where | None = None) -> list[FoundText]:
    """The texts in the scope that the expression is found in, those about what she came from first.

    `only` is the one text that is asked about, by its table, its column and its row's key. Raises NotFindable.
    """
    found: dict[tuple[str, str, str], FoundText] = {}
    for table, column, key, versions, text in _matches(scope, expression, only):
        texts = BY_TABLE[table]
        first = found.get((table, column, key)) or FoundText(texts, column, key)
        seen = replace(first, versions=versions) if versions else replace(first, text=text, stands=True)
        found[table, column, key] = seen if seen.text else replace(seen, text=text)
    if len(found) > MOST:
        raise NotFindable(f"Det står på fler än {MOST} ställen. Skriv mer av det som ska maskeras.")
    places = sorted(_with_rows(found.values()), key=lambda place: (not place.is_about(scope.about), *place.order))
    names = told_apart([(place.name, place.key) for place in places])
    return [replace(place, told_as=name) for place, name in zip(places, names, strict=True)]


def _matches(scope: MaskingScope, expression: str, only: Where | None) -> list[tuple[str, str, str, int, str]]:
    """Of each text: table, column, key, how many versions of the history (0: the row itself), and the words.

    A text is told twice at the most, so that these are as many as say that there are too many.
    """
    statements, parameters, key = [], [], only and only[2]
    for texts in TEXTS:
        columns = _columns(texts, only) if scope.reaches(texts) else []
        names = [f"text_{number}" for number, _ in enumerate(columns)]
        values = ", ".join(f"(%s, {name}::text)" for name in names)
        for statement, rows in _looked_in(scope, texts, columns, expression) if columns else ():
            sql, of_rows = rows.query.sql_with_params()
            statements.append(statement.format(rows=sql, names=", ".join(names), values=values))
            parameters += [texts.model._meta.db_table, *of_rows, *columns, expression, key, key]
    if not statements:
        return []
    patience = nullcontext() if only else with_time(seconds=SECONDS, otherwise=partial(NotFindable, NOT_FOUND_IN_TIME))
    with patience, connection.cursor() as cursor:
        cursor.execute(f"{UNION.join(statements)} LIMIT %s", [*parameters, 2 * MOST + 1])
        return list(cursor.fetchall())


def _columns(texts: TextsOf, only: Where | None) -> list[str]:
    """Those of the table that are asked about."""
    table, asked, _ = only or (texts.model._meta.db_table, EVERY, None)
    return [column for column in texts.columns if table == texts.model._meta.db_table and asked in {column, EVERY}]


def _looked_in(scope: MaskingScope, texts: TextsOf, columns: list[str], expression: str) -> Iterator[tuple[str, Rows]]:
    """Yields the rows, and the lines of history, that have the expression in a column, with what asks for them."""
    has_it = reduce(or_, (Q(**{f"{column}__regex": expression}) for column in columns))
    rows: Rows = texts.model._base_manager.alias(**texts.by_number)
    known = rows.filter(scope.condition(texts))
    yield IN_ROWS, known.filter(has_it).values_list("pk", *columns)
    history: Any = history_of(texts.model)
    if history is None:
        return
    lines: Rows = history.objects.order_by()
    same = lines.filter(pgh_obj=OuterRef("pgh_obj"))
    stands, is_gone = Exists(known.filter(pk=OuterRef("pgh_obj"))), ~Exists(rows.filter(pk=OuterRef("pgh_obj")))
    was_known = ~Exists(same.exclude(scope.condition(texts, kept=True)))
    yield IN_HISTORY, lines.filter(stands | (is_gone & was_known)).filter(has_it).values_list("pgh_obj", *columns)


def _with_rows(found: Any) -> Iterator[FoundText]:
    """Yields the texts with their rows, of a row that is gone with the last line of its history."""
    by_table: dict[str, list[FoundText]] = defaultdict(list)
    for place in found:
        by_table[place.table].append(place)
    for places in by_table.values():
        texts, keys = places[0].texts, {place.key for place in places}
        standing = _rooted(texts, texts.model._base_manager.alias(**texts.by_number).filter(pk__in=keys))
        rows = {str(row.pk): row for row in standing}
        if missing := keys - rows.keys():
            history: Any = history_of(texts.model)
            lines = history.objects.filter(pgh_obj__in=missing).order_by("pgh_obj", "-pgh_id").distinct("pgh_obj")
            rows |= {str(line.pgh_obj_id): line for line in _rooted(texts, lines, kept=True)}
        for place in places:
            row = rows[place.key]
            yield replace(place, row=row, issue=row.of_an_issue, observation=row.of_an_observation)


def _rooted(texts: TextsOf, rows: Rows, *, kept: bool = False) -> Rows:
    """The rows with what their names are made of, and with the issue and the observation that they hang on."""
    number = models.BigIntegerField()
    nothing = Value(None, output_field=number)
    roots = {"of_an_issue": texts.issues, "of_an_observation": texts.observations}
    paths = {name: [F(at(path, kept)) for path in each] for name, each in roots.items()}
    annotations: dict[str, Any] = {
        name: Coalesce(*each, nothing, output_field=number) if each else nothing for name, each in paths.items()
    }
    rooted: Rows = rows.select_related(*texts.related).annotate(**annotations)
    return rooted
