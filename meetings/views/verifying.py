"""The page that tells whether a document is one that the register keeps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from base.ui.methods import require_safe_or_post
from base.ui.once import posted
from meetings import rules
from meetings.forms.verifying import VerifyForm
from meetings.minutes.verifying import verify
from meetings.models import Minutes
from meetings.texts import verifying as texts
from members.access import MemberRequest, ensure_member


@require_safe_or_post
def minutes_verify(request: MemberRequest) -> HttpResponse:
    """Sent by POST, for a file goes no other way; nothing is kept of it, so that the answer is a page."""
    ensure_member(rules.may_read_minutes, request.user)
    files = request.FILES if request.method == "POST" else None
    form = VerifyForm(posted(request), files)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        verified = verify(form.document, Minutes.objects.visible_to(request.user))
        context |= {"digest": form.digest, "told": texts.told(verified), "more": texts.more(verified)}
        context |= {"minutes": verified and verified.minutes}
    return render(request, "meetings/minutes_verify.html", context)
