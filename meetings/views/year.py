"""A year of meetings: who came for each organisation, what is approved, and each decision with what became of it.

The decisions also as files.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from base.documents.table_file import CSV, EXCEL, TableFile
from base.records import not_restricted
from base.ui.pagination import paginate
from meetings import rules
from meetings.approvals import Approvals
from meetings.models import Meeting
from meetings.texts import year as texts
from meetings.year import attendance_of, decided_at, meetings_of, outcomes, years_of
from members.access import MemberRequest, ensure_member
from members.rules import may_see_members


@require_safe
def meeting_year(request: MemberRequest, year: int) -> HttpResponse:
    years, meetings = _of_year(request, year)
    today = timezone.localdate()
    page = paginate(request, decided_at(meetings, request.user))
    table = attendance_of(meetings) if page.number == 1 else []
    approved = []
    if page.number == 1:
        approved = texts.approval_rows(meetings, Approvals.of_meetings(meetings), request.user.group, today=today)
    context = {
        "year": year,
        "years": years,
        "headline": texts.year_headline(meetings, page.paginator.counted, year, today.year),
        "meetings": meetings,
        "may_see_members": may_see_members(request.user),
        "table": table,
        "kinds": texts.kinds_of(table),
        "has_excused": any(row.excused for row in table),
        "approved": approved,
        "page": page,
        "outcomes": outcomes(page, meetings, request.user, today),
    }
    return render(request, "meetings/meeting_year.html", context)


@require_safe
def decisions_csv(request: MemberRequest, year: int) -> HttpResponse:
    return _decisions(request, year).response(CSV)


@require_safe
def decisions_excel(request: MemberRequest, year: int) -> HttpResponse:
    return _decisions(request, year).response(EXCEL)


def _of_year(request: MemberRequest, year: int) -> tuple[list[int], list[Meeting]]:
    """The years that have a page, this one always, and the meetings of the one that is asked for."""
    ensure_member(rules.may_read_minutes, request.user)
    visible = Meeting.objects.visible_to(request.user)
    years = sorted({*years_of(visible), timezone.localdate().year}, reverse=True)
    if year not in years:
        raise Http404
    return years, meetings_of(year, visible)


def _decisions(request: MemberRequest, year: int) -> TableFile:
    _, meetings = _of_year(request, year)
    open_to_all = decided_at(meetings, request.user).filter(not_restricted("issue"))
    rows = outcomes(open_to_all, meetings, request.user, timezone.localdate())
    return texts.decision_table(rows, f"Beslut {year}")
