"""The group's logotype: shown, changed, taken away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from base.ui.once import posted, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.forms.logotype import LogotypeForm, RemoveLogotypeForm
from members.models import Logotype


@require_GET
def logotype(request: MemberRequest) -> HttpResponse:
    """The picture itself, for everyone who is signed in: it stands on what is sent to others anyway."""
    found = Logotype.current()
    if not found:
        raise Http404
    return HttpResponse(found.picture, content_type="image/png")


@require_http_methods(["GET", "POST"])
def logotype_change(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    sent = request.method == "POST"
    form = LogotypeForm(request.POST if sent else None, request.FILES if sent else None)
    context = {"form": form, "logotype": Logotype.current()}
    return save_once(request, form) or render(request, "members/logotype_change.html", context)


@require_http_methods(["GET", "POST"])
def logotype_remove(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    form = RemoveLogotypeForm(posted(request))
    context = {"form": form, "logotype": Logotype.current()}
    return save_once(request, form) or render(request, "members/logotype_remove.html", context)
