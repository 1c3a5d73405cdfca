"""A member's own data: what it is, and the two files. Only ever her own: no address takes anybody's number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from base.documents.pdf import pdf
from base.logs.security import SecurityEvent, happened
from issues.models import Opening
from issues.opening import tell_all_opened
from members.access import MemberRequest
from temagrupp.home.own_data.document import as_json, own_document
from temagrupp.home.own_data.parts import OUTSIDE, PARTS
from temagrupp.home.own_data.reading import OwnData, read_own_data


@require_safe
def own_data(request: MemberRequest) -> HttpResponse:
    headings = [part.heading for part in PARTS]
    return render(request, "home/own_data.html", {"headings": headings, "outside": OUTSIDE})


@require_safe
@cache_control(private=True, no_store=True)
def own_data_json(request: MemberRequest) -> HttpResponse:
    data = read_own_data(request.user)
    file = as_json(data, request.user, timezone.localtime())
    return _handed_out(request, data, file, "application/json; charset=utf-8", "json")


@require_safe
@cache_control(private=True, no_store=True)
def own_data_pdf(request: MemberRequest) -> HttpResponse:
    data = read_own_data(request.user)
    file = pdf(own_document(data, request.user, timezone.localtime()))
    return _handed_out(request, data, file, "application/pdf", "pdf")


def _handed_out(request: MemberRequest, data: OwnData, content: bytes, kind: str, ending: str) -> HttpResponse:
    """The file, told of in the security log; what of it is restricted is opened by being handed out."""
    tell_all_opened(request, Opening.How.FILE, data.restricted)
    if request.method != "HEAD":
        happened(SecurityEvent.OWN_DATA_TAKEN)
    response = HttpResponse(content, content_type=kind)
    name = f"mina-uppgifter-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
