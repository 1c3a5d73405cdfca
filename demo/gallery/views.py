from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demo.gallery.samples import samples
from demo.gallery.sheets import SHEETS
from members.access import MemberRequest


@require_safe
def components(request: MemberRequest) -> HttpResponse:
    """Every component with its variants."""
    return render(request, "demo/components.html", {"sheets": SHEETS, **samples(request)})
