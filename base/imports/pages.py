"""The pages of an import that are the same whatever it brings in: its columns, its rows, and the rows that are wrong.

Whether whoever asks may is asked before, by the app whose import it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from base.documents.table_file import csv_response
from base.imports.forms import BringInForm, ColumnsForm, SheetChoice, SheetForm
from base.imports.models import Import
from base.imports.plan import Importer
from base.imports.removed import missing
from base.imports.texts import above_words, done_headline, left_words, review_headline, sheet_words
from base.records.conflicts import Acting
from base.ui.once import posted, save_once


@dataclass(frozen=True)
class ImportPages:
    """Where an import stands and what it is called.

    pages      what its addresses and its templates begin with: members:import, for members:import_detail
    back       the address beside it, and the words of the way there
    counted    how many of each kind there are, in words
    left_with  what a row has alone that is left out: ett namn
    """

    importer: Importer
    pages: str
    back: str
    back_words: str
    counted: Callable[[Mapping[str, int]], str]
    left_with: str

    @property
    def ways(self) -> dict[str, str]:
        """The names of the addresses, for the templates."""
        steps = ("create", "columns", "detail", "wrong")
        return {step: f"{self.pages}_{step}" for step in steps} | {"back": self.back, "back_words": self.back_words}

    def get(self, pk: int, member: Any) -> Import:
        """Hers, for a day. Raises Http404, also as Gone where something removed it."""
        read = Import.objects.visible_to(member).filter(kind=self.importer.kind, pk=pk).first()
        if read is None:
            raise missing(pk, to=member, again=reverse(f"{self.pages}_create"))
        return read

    def create(self, request: HttpRequest, by: Acting) -> HttpResponse:
        """What is to be read: a file, or what is pasted."""
        files = request.FILES if request.method == "POST" else None
        form = SheetForm(posted(request), files, importer=self.importer, by=by)
        saved = save_once(request, form, then=lambda read: reverse(f"{self.pages}_columns", args=[read.pk]))
        return saved or self._render(request, "create", form=form, columns=self.importer.columns)

    def columns(self, request: HttpRequest, read: Import) -> HttpResponse:
        """Which column each is; of one that is brought in, what came of it."""
        if read.is_done:
            return redirect(f"{self.pages}_detail", read.pk)
        choice = SheetChoice(request.GET.get("blad", ""), read=read, importer=self.importer)
        form = ColumnsForm(posted(request), read=read, importer=self.importer)
        saved = save_once(request, form, then=lambda read: reverse(f"{self.pages}_detail", args=[read.pk]))
        notes = [*read.book.notes, *read.table.notes]
        return saved or self._render(request, "columns", form=form, choice=choice, notes=notes, read=read)

    def review(self, request: HttpRequest, read: Import, by: Acting) -> HttpResponse:
        """What every row would do, and the button that does it."""
        plan = self.importer.plan(read.sheet_rows)
        form = BringInForm(posted(request), read=read, plan=plan, importer=self.importer, by=by)
        if saved := save_once(request, form, then=lambda read: reverse(f"{self.pages}_detail", args=[read.pk])):
            return saved
        headline = review_headline(form.plan, self.counted(form.plan.counted))
        above, sheet = above_words(read, self.importer.columns), sheet_words(read)
        context = {"headline": headline, "read": read, "left_with": self.left_with, "above": above, "sheet": sheet}
        return self._render(request, "detail", form=form, plan=form.plan, **context)

    def done(self, request: HttpRequest, read: Import, **context: Any) -> HttpResponse:
        """What came of one that is brought in."""
        if request.method == "POST":  # from a page of before
            return redirect(f"{self.pages}_detail", read.pk)
        headline, left = done_headline(self.counted(read.outcome)), left_words(read, self.left_with)
        return self._render(request, "done", headline=headline, left=left, read=read, **context)

    def wrong(self, read: Import, name: str) -> HttpResponse:
        """The rows that are wrong, to be put right where they came from."""
        rows = read.left_out if read.is_done else self.importer.plan(read.sheet_rows).wrong_rows
        return csv_response([["Rad", "Gäller", "Fel"], *rows], name)

    def _render(self, request: HttpRequest, step: str, **context: Any) -> HttpResponse:
        return render(request, f"{self.pages.replace(':', '/')}_{step}.html", context | {"ways": self.ways})
