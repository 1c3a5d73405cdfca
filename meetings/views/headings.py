"""The pages of the headings: the templates, and one meeting's own."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import flash_refusals, posted, save_once
from base.ui.undo import flash
from meetings import rules
from meetings.changing_headings import Owner, headings_page, put_heading_back
from meetings.forms.headings import HeadingsForm, TemplateCreateForm, TemplateForm
from meetings.models import AgendaTemplate, Heading
from meetings.texts.meeting import time_and_place
from meetings.views.meeting import get_run_meeting
from members.access import MemberRequest, ensure_member
from members.actor import Actor


def get_template(request: MemberRequest, pk: int) -> AgendaTemplate:
    ensure_member(rules.may_change_templates, request.user)
    return get_object_or_404(AgendaTemplate.objects.select_related("updated_by"), pk=pk)


@require_safe
def template_list(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_change_templates, request.user)
    context = {"templates": AgendaTemplate.objects.with_size()}
    return render(request, "meetings/template_list.html", context)


@require_safe_or_post
def template_create(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_change_templates, request.user)
    form = TemplateCreateForm(posted(request), by=request.user)
    return save_once(request, form) or render(request, "meetings/template_create.html", {"form": form})


@require_safe_or_post
def template_change(request: MemberRequest, pk: int) -> HttpResponse:
    template = get_template(request, pk)
    known = template.headings.standing()
    form = TemplateForm(posted(request), owner=template, headings=known, by=request.user)
    context = {"form": form, "template": template}
    return save_once(request, form, then=form.way_on) or render(request, "meetings/template_change.html", context)


@require_POST
def template_heading_restore(request: MemberRequest, pk: int) -> HttpResponse:
    return _restore(request, get_template(request, pk))


@require_safe_or_post
def meeting_headings(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = get_run_meeting(request, pk)
    form = HeadingsForm(posted(request), owner=meeting, headings=Heading.objects.of(meeting), by=request.user)
    if response := save_once(request, form, then=form.way_on):
        return response
    if not meeting.is_planned and not form.is_bound:
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "when": time_and_place(meeting)}
    return render(request, "meetings/meeting_headings.html", context)


@require_POST
def meeting_heading_restore(request: MemberRequest, pk: int) -> HttpResponse:
    return _restore(request, get_run_meeting(request, pk))


def _restore(request: MemberRequest, owner: Owner) -> HttpResponse:
    items, place = (
        [int(number) for number in request.POST.get(name, "").split() if number.isdecimal() and len(number) < 19]
        for name in ("stood", "place")
    )
    with flash_refusals(request):
        key, by = request.POST.get("heading", ""), Actor.of(request.user)
        heading = put_heading_back(owner, key, by=by, place=next(iter(place), None), items=items)
        flash(request, f"”{heading}” är tillbaka.")
    return HttpResponseRedirect(headings_page(owner))
