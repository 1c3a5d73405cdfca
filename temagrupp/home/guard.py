"""What the guard finds in a text while it is being written: the same fragment as in a form that was sent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from base.records.freetext import LONGEST_TEXT
from base.swedish.text import LINE_BREAK
from base.ui.guarded import found_while_writing
from members.access import MemberRequest


@require_POST
@cache_control(no_store=True)
def guard(request: MemberRequest) -> HttpResponse:
    """The findings of one text, a `[data-found]`, or nothing. Nothing of the text is kept, and nothing is written.

    Who is signed out is met by the page of the sign-in, which has none.

    text, initial   what stands in the control, and what stood there when the page was shown
    field, control  the name and the id of the control
    kind            what it has in `data-guarded`
    written_in      what it has in `data-written-in`, where something is masked
    """
    text, initial = (LINE_BREAK.sub("\n", request.POST.get(name, ""))[:LONGEST_TEXT] for name in ("text", "initial"))
    names = {name: request.POST.get(name, "") for name in ("field", "control", "kind", "written_in")}
    found = found_while_writing(text, initial, **names, member=request.user)
    return render(request, "ui/_found.html", {"found": found, "door": True}) if found.all else HttpResponse()
