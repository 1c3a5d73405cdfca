"""The downloads of a part of the minutes: what they say of an issue, or of what an organisation is asked."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from base.documents.pdf import pdf
from base.documents.word import word
from issues.models import Issue
from meetings.letterhead import minutes_name
from meetings.minutes.editions import Edition
from meetings.minutes.extract import Extract
from meetings.views.documents import download
from meetings.views.meeting import get_meeting
from meetings.views.minutes import get_version
from members.access import MemberRequest
from members.models import Organisation


def get_edition(request: MemberRequest, pk: int, version: int) -> Edition:
    return Edition.of(get_version(request, get_meeting(request, pk), version))


def get_extract_of_issue(request: MemberRequest, pk: int, version: int, number: str) -> tuple[Extract, str]:
    """The extract, and the name of its file. Raises Http404 where the version says nothing of the issue."""
    edition = get_edition(request, pk, version)
    issue = get_object_or_404(Issue.with_struck.visible_to(request.user).numbered(number))
    return _named(Extract.of_issue(edition, issue), f"arende-{issue.number}")


def get_extract_of_organisation(
    request: MemberRequest, pk: int, version: int, organisation: int
) -> tuple[Extract, str]:
    """The same of what the version asks an organisation."""
    edition = get_edition(request, pk, version)
    asked = get_object_or_404(Organisation, pk=organisation)
    return _named(Extract.of_organisation(edition, asked), slugify(str(asked)))


def _named(extract: Extract | None, about: str) -> tuple[Extract, str]:
    if extract is None:
        raise Http404
    return extract, minutes_name(extract.edition.minutes, f"utdrag-{about}")


@require_safe
def issue_pdf(request: MemberRequest, pk: int, version: int, number: str) -> HttpResponse:
    extract, name = get_extract_of_issue(request, pk, version, number)
    return download(pdf(extract.document), f"{name}.pdf")


@require_safe
def issue_word(request: MemberRequest, pk: int, version: int, number: str) -> HttpResponse:
    extract, name = get_extract_of_issue(request, pk, version, number)
    return download(word(extract.document), f"{name}.docx")


@require_safe
def organisation_pdf(request: MemberRequest, pk: int, version: int, organisation: int) -> HttpResponse:
    extract, name = get_extract_of_organisation(request, pk, version, organisation)
    return download(pdf(extract.document), f"{name}.pdf")


@require_safe
def organisation_word(request: MemberRequest, pk: int, version: int, organisation: int) -> HttpResponse:
    extract, name = get_extract_of_organisation(request, pk, version, organisation)
    return download(word(extract.document), f"{name}.docx")
