"""Members: who they are, what they may do, how they get in; and a member's own page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, proposed, save_once
from members import rules
from members.access import MemberRequest, ensure_member
from members.devices import stay_signed_in
from members.forms.member import AccountForm, MemberChangeForm, MemberForm
from members.inviting import mail_of
from members.models import Member
from members.texts import account_headline, member_headline, not_mailed, way_in
from members.views.notice import back_to_the_list


def get_member(request: MemberRequest, pk: int) -> Member:
    ensure_member(rules.may_see_members, request.user)
    member: Member = get_object_or_404(Member.objects.with_invited_at().select_related("organisation"), pk=pk)
    return member


@require_safe_or_post
def member_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    initial = proposed(request, organisation="organisation", role="plats")
    form = MemberForm(posted(request), by=request.user, request=request, initial=initial)
    return save_once(request, form) or render(request, "members/member_create.html", {"form": form})


@require_safe
def member_detail(request: MemberRequest, pk: int) -> HttpResponse:
    member = get_member(request, pk)
    seats = list(member.seats.latest_first().select_related("organisation"))
    answers_for = list(member.handles().in_order())
    context = {
        "member": member,
        "headline": member_headline(member, [seat for seat in seats if not seat.is_over], answers_for),
        "seats": seats,
        "answers_for": answers_for,
        "way_in": way_in(member, mail_of(member)),
        "may_manage": (may_manage := rules.may_manage_members(request.user)),
        "not_mailed": not_mailed(member.notice_choices.ended()) if may_manage else [],
    }
    return render(request, "members/member_detail.html", context)


@require_safe_or_post
def member_change(request: MemberRequest, pk: int) -> HttpResponse:
    member = get_member(request, pk)
    ensure_member(rules.may_manage_members, request.user)
    form = MemberChangeForm(posted(request), by=request.user, request=request, instance=member)
    back = back_to_the_list(request)
    if saved := save_once(request, form, then=lambda changed: back or changed):
        stay_signed_in(request, saved, member)
        return saved
    return render(request, "members/member_change.html", {"form": form, "member": member, "back": back})


@require_safe_or_post
def account(request: MemberRequest) -> HttpResponse:
    form = AccountForm(posted(request), instance=request.user)
    seats = request.user.seats.not_over().select_related("organisation")
    answers_for = request.user.handles().in_order()
    context = {
        "form": form,
        "headline": account_headline(request.user, seats, answers_for),
        "seats": seats,
        "answers_for": answers_for,
        "may_manage": rules.may_manage_members(request.user),
    }
    return save_once(request, form) or render(request, "members/account.html", context)
