"""The original of minutes in which something is hidden: for the samordnare, each opening kept and told."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from base.ui.pagination import paginate
from meetings import rules
from meetings.letterhead import minutes_name
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.files import Kind, edition_file
from meetings.minutes.originals import has_original, tell_original_opened
from meetings.minutes.reading import frozen_view, why_hidden
from meetings.models import OriginalOpening
from meetings.views.documents import download
from meetings.views.meeting import get_meeting
from meetings.views.minutes import get_version
from members.access import MemberRequest, ensure_member

How = OriginalOpening.How


def get_original(request: MemberRequest, pk: int, version: int) -> tuple[Edition, Edition]:
    """What is read of the version, and its original; none where nothing is hidden, or something from her too."""
    minutes = get_version(request, get_meeting(request, pk), version)
    ensure_member(rules.may_open_originals, request.user)
    edition = Edition.of(minutes)
    if not has_original(edition, Hidden.from_member(request.user)):
        raise Http404
    return edition, Edition.original(minutes)


def open_original(request: MemberRequest, pk: int, version: int, how: OriginalOpening.How) -> Edition:
    _, opened = get_original(request, pk, version)
    tell_original_opened(request, opened, how)
    return opened


@never_cache
@require_safe
def original(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """What it means to open it, and who has; the original itself is a step further."""
    edition, _ = get_original(request, pk, version)
    openings = edition.minutes.openings.select_related("member").order_by("-at", "-pk")
    context = {"minutes": edition.minutes, "meeting": edition.minutes.meeting, "why": why_hidden(edition)}
    return render(request, "meetings/original.html", {**context, "openings": paginate(request, openings)})


@never_cache
@require_safe
def original_text(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    opened = open_original(request, pk, version, How.PAGE)
    context = {"minutes": opened.minutes, "meeting": opened.minutes.meeting}
    return render(request, "meetings/original_text.html", {**context, "minutes_view": frozen_view(opened)})


@never_cache
@require_safe
def original_pdf(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    opened = open_original(request, pk, version, How.PDF)
    return download(edition_file(opened, Kind.PDF), f"{minutes_name(opened.minutes, 'original')}.pdf")


@never_cache
@require_safe
def original_word(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    opened = open_original(request, pk, version, How.WORD)
    return download(edition_file(opened, Kind.WORD), f"{minutes_name(opened.minutes, 'original')}.docx")
