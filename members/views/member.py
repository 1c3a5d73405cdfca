"""A member: who she is, what she may do, and how she gets in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from members import rules
from members.access import MemberRequest, ensure_member
from members.forms.member import MemberChangeForm, MemberForm
from members.models import Member, Organisation
from members.wording import appointed, way_in
from temagrupp.ui.once import sent_once


def get_member(request: MemberRequest, pk: int) -> Member:
    ensure_member(rules.may_see_members, request.user)
    member: Member = get_object_or_404(Member.objects.select_related("organisation"), pk=pk)
    return member


@require_http_methods(["GET", "POST"])
def member_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    asked = {"organisation": request.GET.get("organisation"), "role": request.GET.get("plats")}
    initial = {name: value for name, value in asked.items() if value}
    form = MemberForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and (response := sent_once(request, form, form.save, message=_welcomed)):
        return response
    return render(request, "members/member_create.html", {"form": form})


@require_GET
def member_detail(request: MemberRequest, pk: int) -> HttpResponse:
    member = get_member(request, pk)
    context = {
        "member": member,
        "seats": member.seats.latest_first().select_related("organisation"),
        "answers_for": Organisation.objects.handled_by(member).in_order(),
        "standing": way_in(member, request.build_absolute_uri(reverse("account_login"))),
        "may_manage": rules.may_manage_members(request.user),
    }
    return render(request, "members/member_detail.html", context)


@require_http_methods(["GET", "POST"])
def member_change(request: MemberRequest, pk: int) -> HttpResponse:
    member = get_member(request, pk)
    ensure_member(rules.may_manage_members, request.user)
    form = MemberChangeForm(request.POST if request.method == "POST" else None, instance=member)
    if form.is_valid() and (response := sent_once(request, form, form.save, message="Ändringen är sparad.")):
        return response
    return render(request, "members/member_change.html", {"form": form, "member": member})


def _welcomed(member: Member) -> str:
    seats = member.seats.current().select_related("member", "organisation")
    return " ".join([f"{member} är inlagd.", *(appointed(seat) for seat in seats)])
