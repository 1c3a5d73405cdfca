"""The import of the group from a sheet: what is read, which column each is, what would come of it, and what came."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.documents.table_file import csv_response
from base.imports.forms import BringInForm, ColumnsForm, SheetChoice, SheetForm
from base.imports.models import Import
from base.imports.removed import missing
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.actor import Actor
from members.group_import.cells import COLUMNS
from members.group_import.planning import GroupImport
from members.group_import.texts import above_words, done_headline, left_words, review_headline, sheet_words
from members.models import Member

IMPORTER = GroupImport()


def get_import(request: MemberRequest, pk: int) -> Import:
    """Hers, for a day. Raises Http404, also as Gone where something removed it; PermissionDenied."""
    ensure_member(rules.may_manage_members, request.user)
    read = Import.objects.visible_to(request.user).filter(kind=IMPORTER.kind, pk=pk).first()
    if read is None:
        raise missing(pk, to=request.user)
    return read


@require_safe_or_post
def import_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    sent = request.method == "POST"
    files = request.FILES if sent else None
    form = SheetForm(posted(request), files, importer=IMPORTER, by=Actor.of(request.user))
    saved = save_once(request, form, then=lambda read: reverse("members:import_columns", args=[read.pk]))
    return saved or render(request, "members/import_create.html", {"form": form, "columns": COLUMNS})


@require_safe
def import_template(request: MemberRequest) -> HttpResponse:
    """A table to fill in, with one row as an example: of a place, or of an organisation's two (`?rad=par`)."""
    ensure_member(rules.may_manage_members, request.user)
    is_of_pairs = request.GET.get("rad") == "par"
    columns = IMPORTER.template_of_pairs if is_of_pairs else IMPORTER.template
    rows = [[column.label for column in columns], [column.example for column in columns]]
    return csv_response(rows, f"Gruppen, mall{' för par' if is_of_pairs else ''}.csv")


@require_safe_or_post
def import_columns(request: MemberRequest, pk: int) -> HttpResponse:
    read = get_import(request, pk)
    if read.is_done:
        return redirect("members:import_detail", pk)
    choice = SheetChoice(request.GET.get("blad", ""), read=read, importer=IMPORTER)
    form = ColumnsForm(posted(request), read=read, importer=IMPORTER)
    saved = save_once(request, form, then=lambda read: reverse("members:import_detail", args=[read.pk]))
    notes = [*read.book.notes, *read.table.notes]
    return saved or render(request, "members/import_columns.html", {"form": form, "choice": choice, "notes": notes})


@require_safe_or_post
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    read = get_import(request, pk)
    if read.is_done:
        return _done(request, read)
    plan = IMPORTER.plan(read.sheet_rows)
    form = BringInForm(posted(request), read=read, plan=plan, importer=IMPORTER, by=Actor.of(request.user))
    if saved := save_once(request, form, then=lambda read: reverse("members:import_detail", args=[read.pk])):
        return saved
    context = {"form": form, "plan": form.plan, "headline": review_headline(form.plan), "read": read}
    context |= {"above": above_words(read), "sheet": sheet_words(read)}
    return render(request, "members/import_detail.html", context)


def _done(request: MemberRequest, read: Import) -> HttpResponse:
    if request.method == "POST":  # from a page of before
        return redirect("members:import_detail", read.pk)
    waiting = Member.objects.never_signed_in().count()
    context = {"headline": done_headline(read.outcome), "waiting": waiting, "left": left_words(read), "read": read}
    return render(request, "members/import_done.html", context)


@require_safe
def import_wrong(request: MemberRequest, pk: int) -> HttpResponse:
    """The rows that are wrong, to be put right where they came from."""
    read = get_import(request, pk)
    rows = read.left_out if read.is_done else IMPORTER.plan(read.sheet_rows).wrong_rows
    return csv_response([["Rad", "Gäller", "Fel"], *rows], "Gruppen, fel.csv")
