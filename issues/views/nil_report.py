"""The views of "Inget att rapportera": one tap or a form with other days, and taking it back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, proposed, refused, save_once
from issues import rules
from issues.coverage import unsaid_by
from issues.forms.nil_report import NilReportForm, NilReportWithdrawForm
from issues.models import NilReport
from members.access import MemberRequest, ensure, ensure_member
from members.models import Organisation


@require_safe_or_post
def nil_report(request: MemberRequest, pk: int) -> HttpResponse:
    ensure_member(rules.may_report, request.user)
    organisation = ensure(rules.may_say_nothing_to_report, request.user, get_object_or_404(Organisation, pk=pk))
    unsaid = unsaid_by(organisation, timezone.localdate())
    chosen = proposed(request, first_day="fran", last_day="till", back="ater")
    initial = dict(zip(("first_day", "last_day"), unsaid or (), strict=False)) | chosen
    form = NilReportForm(posted(request), organisation=organisation, by=request.user, initial=initial)
    context = {"form": form, "organisation": organisation, "is_said": not unsaid}
    return save_once(request, form, then=lambda _: form.way_back) or render(request, "issues/nil_report.html", context)


@require_POST
def nil_report_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    ensure_member(rules.may_report, request.user)
    rows = NilReport.objects.select_related("organisation")
    said = ensure(rules.may_withdraw_nil_report, request.user, get_object_or_404(rows, pk=pk))
    form = NilReportWithdrawForm(request.POST, said=said, by=request.user)
    return save_once(request, form) or refused(request, form, "start")
