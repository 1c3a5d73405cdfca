"""The group as a whole: who takes part, who sits for whom, its settings and its logotype."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.forms.group import GroupForm, LogotypeForm, PrivacyForm, RemoveLogotypeForm
from members.models import ContactPoint, Group, Logotype, Member, Organisation, Roster, Seat
from members.texts import group_headline, without_seat


@require_safe
def group(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_see_members, request.user)
    organisations = list(Organisation.objects.active().in_order())
    rosters = Roster.of_each(one for one in organisations if one.in_group)
    members = Member.objects.in_order().select_related("organisation")
    context = {
        "headline": group_headline(rosters),
        "rosters": rosters,
        "outside": [one for one in organisations if not one.in_group],
        "ended": Organisation.objects.ended().in_order(),
        "coming": Seat.objects.coming_to_guests(),
        "without_seat": without_seat(members.active()),
        "inactive": members.inactive(),
        "may_manage": rules.may_manage_members(request.user),
    }
    return render(request, "members/group.html", context)


@require_safe_or_post
def group_change(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    settings = Group.current()
    form = GroupForm(posted(request), by=request.user, instance=settings)
    points = ContactPoint.objects.in_order()
    context = {"form": form, "settings": settings, "points": points, "logotype": Logotype.current()}
    return save_once(request, form) or render(request, "members/group_change.html", context)


@require_safe_or_post
def privacy_change(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    form = PrivacyForm(posted(request), by=request.user, instance=Group.current())
    return save_once(request, form) or render(request, "members/privacy_change.html", {"form": form})


@require_safe
def logotype(request: MemberRequest) -> HttpResponse:
    """The picture itself, for everyone who is signed in: it stands on what is sent to others anyway."""
    found = Logotype.current()
    if not found:
        raise Http404
    return HttpResponse(found.picture, content_type="image/png")


@require_safe_or_post
def logotype_change(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    sent = request.method == "POST"
    form = LogotypeForm(request.POST if sent else None, request.FILES if sent else None, by=request.user)
    context = {"form": form, "logotype": Logotype.current()}
    return save_once(request, form) or render(request, "members/logotype_change.html", context)


@require_safe_or_post
def logotype_remove(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    logotype = Logotype.current()
    form = RemoveLogotypeForm(posted(request), logotype=logotype, by=request.user)
    context = {"form": form, "logotype": logotype}
    return save_once(request, form) or render(request, "members/logotype_remove.html", context)
