"""The import of the åtgärdslista that a group had before: what is read, its columns, what its rows would do."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from base.documents.table_file import csv_response
from base.imports.models import Import
from base.imports.pages import ImportPages
from base.ui.methods import require_safe_or_post
from issues import rules
from issues.old_list.planning import OldListImport
from issues.old_list.texts import LEFT_WITH, counted_in_words
from members.access import MemberRequest, ensure_member
from members.actor import Actor

IMPORTER = OldListImport()
PAGES = ImportPages(IMPORTER, "issues:old_list", "issues:action_list", "Till åtgärderna", counted_in_words, LEFT_WITH)


def get_import(request: MemberRequest, pk: int) -> Import:
    """Hers, for a day. Raises Http404, also as Gone where something removed it; PermissionDenied."""
    ensure_member(rules.may_bring_in_old_list, request.user)
    return PAGES.get(pk, request.user)


@require_safe_or_post
def old_list_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_bring_in_old_list, request.user)
    return PAGES.create(request, Actor.of(request.user))


@require_safe
def old_list_template(request: MemberRequest) -> HttpResponse:
    """A table to fill in, with one row as an example."""
    ensure_member(rules.may_bring_in_old_list, request.user)
    columns = IMPORTER.template
    rows = [[column.label for column in columns], [column.example for column in columns]]
    return csv_response(rows, "Åtgärdslista, mall.csv")


@require_safe_or_post
def old_list_columns(request: MemberRequest, pk: int) -> HttpResponse:
    return PAGES.columns(request, get_import(request, pk))


@require_safe_or_post
def old_list_detail(request: MemberRequest, pk: int) -> HttpResponse:
    read = get_import(request, pk)
    return PAGES.done(request, read) if read.is_done else PAGES.review(request, read, Actor.of(request.user))


@require_safe
def old_list_wrong(request: MemberRequest, pk: int) -> HttpResponse:
    """The rows that are wrong, to be put right where they came from."""
    return PAGES.wrong(get_import(request, pk), "Åtgärdslista, fel.csv")
