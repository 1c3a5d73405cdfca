"""The page of the group's papers: their words, a paper by them, and where all else of them is changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from meetings import rules
from meetings.forms.papers import PapersForm
from meetings.models import MeetingSeries
from meetings.papers import FIRST_PAGE, paper_by, templates_with_headings
from members.access import MemberRequest, ensure_member
from members.models import Group, Logotype


@require_safe_or_post
def papers(request: MemberRequest) -> HttpResponse:
    """What is typed is shown on the paper, also before it is saved; what is wrong in it is not."""
    ensure_member(rules.may_change_papers, request.user)
    form = PapersForm(posted(request), by=request.user, instance=Group.current())
    previews = "preview" in request.POST
    if not previews and (response := save_once(request, form)):
        return response
    if previews:
        previews = form.is_valid()
        form.leave_out_kept(request.user.pk)
    paper = paper_by(form.instance if previews else Group.current())
    context = {
        "form": form,
        "previews": previews,
        "paper": paper,
        "blocks": paper.blocks[:FIRST_PAGE],
        "logotype": Logotype.current(),
        "templates": templates_with_headings(),
        "series": MeetingSeries.objects.going_on(),
    }
    return render(request, "meetings/papers.html", context)
