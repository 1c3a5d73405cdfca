from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from members.access import MemberRequest
from temagrupp.showcase.samples import samples
from temagrupp.showcase.sheets import SHEETS


@require_GET
def components(request: MemberRequest) -> HttpResponse:
    """Every component with its variants; there only where the house says so."""
    if not settings.COMPONENTS_PAGE:
        raise Http404
    return render(request, "showcase/components.html", {"sheets": SHEETS, **samples(request)})
