"""The contact points: where what concerns persons belongs, as the samordnare has written them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.forms.contact_point import ContactPointForm, ContactPointRemovalForm
from members.models import ContactPoint


def get_contact_point(request: MemberRequest, pk: int) -> ContactPoint:
    ensure_member(rules.may_manage_members, request.user)
    return get_object_or_404(ContactPoint, pk=pk)


@require_safe_or_post
def contact_point_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    form = ContactPointForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "members/contact_point_create.html", {"form": form})


@require_safe_or_post
def contact_point_change(request: MemberRequest, pk: int) -> HttpResponse:
    point = get_contact_point(request, pk)
    form = ContactPointForm(posted(request), by=request.user, instance=point)
    return save_once(request, form) or render(request, "members/contact_point_change.html", {"form": form})


@require_safe_or_post
def contact_point_remove(request: MemberRequest, pk: int) -> HttpResponse:
    point = get_contact_point(request, pk)
    form = ContactPointRemovalForm(posted(request), point=point, by=request.user)
    context = {"form": form, "point": point}
    return save_once(request, form) or render(request, "members/contact_point_remove.html", context)
