"""A member's own page: who she is to the register, and how it works for her."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from base.ui.once import posted, save_once
from members import rules
from members.access import MemberRequest
from members.forms.account import AccountForm
from members.texts import account_headline


@require_http_methods(["GET", "POST"])
def account(request: MemberRequest) -> HttpResponse:
    form = AccountForm(posted(request), instance=request.user)
    seats = request.user.seats.current().select_related("organisation")
    answers_for = request.user.handles().in_order()
    context = {
        "form": form,
        "headline": account_headline(request.user, seats, answers_for),
        "seats": seats,
        "answers_for": answers_for,
        "may_manage": rules.may_manage_members(request.user),
    }
    return save_once(request, form) or render(request, "members/account.html", context)
