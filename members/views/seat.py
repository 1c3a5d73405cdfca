"""The places in the group: given to somebody, and left."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, proposed, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.forms.seat import SeatEndForm, SeatForm
from members.models import Roster, Seat
from members.texts import who_sits
from members.views.organisation import get_organisation


def get_seat(request: MemberRequest, pk: int) -> Seat:
    ensure_member(rules.may_see_members, request.user)
    return get_object_or_404(Seat.objects.select_related("member", "organisation"), pk=pk)


@require_safe_or_post
def seat_create(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = get_organisation(request, pk)
    ensure_member(rules.may_manage_members, request.user)
    initial = proposed(request, role="plats", member="medlem")
    roster = Roster.of(organisation)
    form = SeatForm(posted(request), by=request.user, initial=initial, roster=roster)
    context = {"form": form, "organisation": organisation, "who_sits": who_sits(roster)}
    return save_once(request, form) or render(request, "members/seat_create.html", context)


@require_safe_or_post
def seat_end(request: MemberRequest, pk: int) -> HttpResponse:
    seat = get_seat(request, pk)
    ensure_member(rules.may_manage_members, request.user)
    form = SeatEndForm(posted(request), by=request.user, instance=seat)
    return save_once(request, form) or render(request, "members/seat_end.html", {"form": form, "seat": seat})
