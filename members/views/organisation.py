"""An organisation of the group: what it answers for and who sits for it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.forms.organisation import OrganisationChangeForm, OrganisationForm
from members.forms.seat import SeatDayFilter
from members.models import Organisation, Roster
from members.texts import roster_state, sat_on
from members.views.notice import back_to_the_list


def get_organisation(request: MemberRequest, pk: int) -> Organisation:
    ensure_member(rules.may_see_members, request.user)
    return get_object_or_404(Organisation, pk=pk)


@require_safe_or_post
def organisation_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    form = OrganisationForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "members/organisation_create.html", {"form": form})


@require_safe
def organisation_detail(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = get_organisation(request, pk)
    roster = Roster.of(organisation)
    may_manage = rules.may_manage_members(request.user)
    seats = list(organisation.seats.latest_first().select_related("member"))
    asked = SeatDayFilter(request.GET, member=request.user)
    context = {
        "organisation": organisation,
        "roster": roster,
        "roster_state": roster_state(roster, fills=may_manage),
        "others": [seat for seat in seats if seat not in (roster.ordinary, roster.deputy, *roster.coming)],
        "asked": asked,
        "sat": (day := asked.value("dag")) and sat_on(day, seats),
        "may_manage": may_manage,
    }
    return render(request, "members/organisation_detail.html", context)


@require_safe_or_post
def organisation_change(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = get_organisation(request, pk)
    ensure_member(rules.may_manage_members, request.user)
    form = OrganisationChangeForm(posted(request), by=request.user, instance=organisation)
    back = back_to_the_list(request)
    context = {"form": form, "organisation": organisation, "back": back}
    saved = save_once(request, form, then=lambda changed: back or changed)
    return saved or render(request, "members/organisation_change.html", context)
