"""The views of the minutes and the diarium: what there is to hand in, and that it has been done."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from base.documents.archive.package import FileChanged
from base.ui.once import refused, save_once
from meetings import rules
from meetings.forms.registry import MailRegistrarForm, RegisteredForm, RegistryStepForm, TakeBackRegisteredForm
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.package import package_file, package_name, record_of
from meetings.models import Minutes
from meetings.registry import NOT_CLOSED
from meetings.registry_rows import registry_rows
from meetings.views.meeting import get_run_meeting
from meetings.views.minutes import get_version
from members.access import MemberRequest
from members.models import Group


@require_safe
def registry(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    versions, hidden = Minutes.objects.of(meeting).latest_first().with_pdf_digest(), Hidden.by_restriction()
    editions = [Edition.of(minutes, hidden) for minutes in versions]
    context = {
        "meeting": meeting,
        "called": editions[0].minutes.called if editions else request.user.group.minutes,
        "rows": registry_rows(meeting, editions),
        "address": Group.current().registrar_mail,
        "not_closed": "" if meeting.is_closed else NOT_CLOSED,
        "may_register": rules.may_register_minutes(request.user, meeting),
        "may_change_settings": request.user.is_coordinator,
    }
    return render(request, "meetings/registry.html", context)


@require_safe
def minutes_package(request: MemberRequest, pk: int, version: int) -> HttpResponseBase:
    """The package of one version. It is made anew, the same each time, and sent from a temporary file."""
    minutes = get_version(request, get_run_meeting(request, pk), version)
    edition = Edition.of(minutes)
    try:
        file = package_file(record_of(edition))
    except FileChanged as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=package_name(edition), content_type="application/zip")


@require_POST
def minutes_registered(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    return _step(request, pk, version, RegisteredForm)


@require_POST
def minutes_unregistered(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    return _step(request, pk, version, TakeBackRegisteredForm)


@require_POST
def minutes_mail_registrar(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    return _step(request, pk, version, MailRegistrarForm)


def _step(request: MemberRequest, pk: int, version: int, form_class: type[RegistryStepForm]) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = form_class(request.POST, minutes=get_version(request, meeting, version), by=request.user)
    return save_once(request, form) or refused(request, form, redirect("meetings:registry", meeting.pk).url)
