"""The group as a whole: who takes part, who sits for whom, and its settings."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from base.ui.once import posted, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.forms.group import GroupForm
from members.models import Group, Logotype, Member, Organisation, Roster
from members.texts import group_headline, without_seat


@require_GET
def group(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_see_members, request.user)
    rosters = Roster.of_each(Organisation.objects.active().in_order())
    members = Member.objects.in_order().select_related("organisation")
    context = {
        "headline": group_headline(rosters),
        "rosters": rosters,
        "ended": Organisation.objects.ended().in_order(),
        "without_seat": without_seat(members.active()),
        "inactive": members.inactive(),
        "may_manage": rules.may_manage_members(request.user),
    }
    return render(request, "members/group.html", context)


@require_http_methods(["GET", "POST"])
def group_change(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    form = GroupForm(posted(request), by=request.user, instance=Group.current())
    context = {"form": form, "logotype": Logotype.current()}
    return save_once(request, form) or render(request, "members/group_change.html", context)
