"""Answering a call from the mail: a page for one who has not signed in, that only shows until something is sent."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from base.records.guards import tell_refusals
from base.swedish.words import listed
from base.ui.methods import require_safe_or_post
from base.ui.once import posted
from meetings.answer_link import read
from meetings.forms.call_answer import UNSAID, LinkedAnswerForm
from meetings.models import CallAnswer, Meeting
from meetings.texts.attendance import OwnAnswer, answer_heading, own_answer, still_to_send, who_goes
from meetings.texts.calling import if_she_says_no, released_line
from meetings.texts.meeting import time_and_place
from members.broken_link import broken_link


@login_not_required
@never_cache
@require_safe_or_post
def call_answer_link(request: HttpRequest, token: str) -> HttpResponse:
    found = read(token)
    if not found:
        return broken_link(request, "meetings/call_answer_void.html")
    meeting, member, hers = found
    wanted = request.GET.get("svar", "")
    form = LinkedAnswerForm(posted(request), meeting=meeting, by=member, wanted=wanted)
    if _is_saved(form):
        return redirect(request.path)
    own = own_answer(hers, member)
    to_send = "" if form.is_bound or not own or not meeting.is_planned else still_to_send(own, wanted)
    context = {
        "form": form,
        "heading": _heading(meeting, own, wanted if to_send else ""),
        "to_send": to_send,
        "meeting": meeting,
        "when": time_and_place(meeting),
        "sits_for": listed([str(row.organisation) for row in hers]),
        "own": own,
        "instead": own.instead if own and own.need_not_go else "",
        "goes": who_goes(hers, meeting, member, timezone.localdate()),
        "if_no": if_she_says_no(member, hers) if any(row.expects(member) for row in hers) else "",
        "member": member,
        "wanted": wanted,
        "answers": CallAnswer.Answer,
        "unsaid": UNSAID,
    }
    return render(request, "meetings/call_answer_link.html", context)


def _heading(meeting: Meeting, own: OwnAnswer | None, to_send: str) -> str:
    """What the page asks; before that, to one who was called and in whose place another comes, that she need not go."""
    if not meeting.is_planned:
        return f"{meeting}"
    return released_line(meeting) if own and own.need_not_go else answer_heading(own, to_send)


def _is_saved(form: LinkedAnswerForm) -> bool:
    """Whether what was sent is noted. Sent twice it is the same answer."""
    if not form.is_valid() or form.guard_asks:
        return False
    try:
        with tell_refusals():
            form.save()
    except ValidationError as error:
        form.refuse(error)
        return False
    return True
