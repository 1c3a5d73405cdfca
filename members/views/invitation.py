"""Invitations: to one or to all who have not signed in, and the page where she who is invited comes in."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.pagination import paginate
from members import rules
from members.access import MemberRequest, ensure_member
from members.broken_link import broken_link
from members.forms.invitation import InviteAllForm, InviteForm
from members.inviting import come_in, mails_of, read
from members.models import Member
from members.sign_in_forms import InvitationForm
from members.texts import came_in_words, invitations_headline, invited_and_mailed
from members.views.member import get_member

FROM_THE_LIST = "lista"
"""In the address of what is pressed on a row of the list: the page of the list, to which one comes back."""
MOST_DIGITS = 7


@require_safe
def invitations(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    page = paginate(request, Member.objects.never_signed_in().with_invited_at().in_order())
    mails = mails_of(member.invitation for member in page if member.invitation)
    come_in = Member.objects.active().exclude(last_login=None).select_related("organisation").in_order()
    context = {
        "headline": invitations_headline(page.paginator.count),
        "page": page,
        "members": [(member, invited_and_mailed(member, mails.get(member.invitation))) for member in page],
        "come_in": [(member, came_in_words(member)) for member in come_in],
    }
    return render(request, "members/invitations.html", context)


@require_POST
def invite_all(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_manage_members, request.user)
    form = InviteAllForm(request.POST, by=request.user)
    return save_once(request, form) or refused(request, form, "members:invitations")


@require_POST
def member_invite(request: MemberRequest, pk: int) -> HttpResponse:
    member = get_member(request, pk)
    ensure_member(rules.may_manage_members, request.user)
    form = InviteForm(request.POST, member=member, by=request.user)
    back = _row_of_list(request, member) or member
    return save_once(request, form, then=lambda saved: back) or refused(request, form, back)


@login_not_required
@never_cache
@require_safe_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for her password, and sign her in with it: a mail scanner that only looks uses nothing up."""
    found = read(token)
    if not found:
        return _void(request)
    if request.user.is_authenticated:
        context = {"further": reverse("start"), "entrance": request.path}
        return render(request, "account/signed_in_already.html", context, status=409)
    form = InvitationForm(posted(request), user=found.member)
    if not form.is_valid():
        return render(request, "account/invitation.html", {"form": form, "member": found.member})
    member = come_in(token, form.cleaned_data["password1"])
    return _signed_in(request, member) if member else _void(request)


def _row_of_list(request: HttpRequest, member: Member) -> str:
    """Her row on the page of the list from which she is invited; empty where it was her own page."""
    page = request.GET.get(FROM_THE_LIST, "")
    if not (page.isdecimal() and len(page) < MOST_DIGITS):
        return ""
    return f"{reverse('members:invitations')}?sida={page}#{member.anchor}"


def _signed_in(request: HttpRequest, member: Member) -> HttpResponse:
    record_authentication(request, member, method="password")
    response: HttpResponse = perform_login(request, Login(user=member))
    return response


def _void(request: HttpRequest) -> HttpResponse:
    return broken_link(request, "account/invitation_void.html")
