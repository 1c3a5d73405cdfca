"""The import of the group from a sheet: what is read, which column each is, what would come of it, and what came."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from base.documents.table_file import csv_response
from base.imports.models import Import
from base.imports.pages import ImportPages
from base.imports.texts import counted_words
from base.ui.methods import require_safe_or_post
from members import rules
from members.access import MemberRequest, ensure_member
from members.actor import Actor
from members.group_import.planning import GroupImport
from members.group_import.texts import COUNTED, LEFT_WITH
from members.models import Member

IMPORTER = GroupImport()
PAGES = ImportPages(
    IMPORTER, "members:import", "members:group", "Till gruppen", lambda each: counted_words(each, COUNTED), LEFT_WITH
)


def get_import(request: MemberRequest, pk: int) -> Import:
    """Hers, for a day. Raises Http404, also as Gone where something removed it; PermissionDenied."""
    ensure_member(rules.may_manage_members, request.user)
    return PAGES.get(pk, request.user)


@require_safe_or_post
def import_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    return PAGES.create(request, Actor.of(request.user))


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
    return PAGES.columns(request, get_import(request, pk))


@require_safe_or_post
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    read = get_import(request, pk)
    if read.is_done:
        return PAGES.done(request, read, waiting=Member.objects.never_signed_in().count())
    return PAGES.review(request, read, Actor.of(request.user))


@require_safe
def import_wrong(request: MemberRequest, pk: int) -> HttpResponse:
    """The rows that are wrong, to be put right where they came from."""
    return PAGES.wrong(get_import(request, pk), "Gruppen, fel.csv")
