"""The room: the meeting on the wall, one item at a time."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings import rules
from meetings.forms.item import NEXT, ItemForm
from meetings.models import AgendaItem
from meetings.views.item_page import item_page
from members.access import MemberRequest, ensure
from temagrupp.ui.once import sent_once


def get_item(request: MemberRequest, pk: int) -> AgendaItem:
    about = ("meeting__chair", "meeting__secretary", "issue", "action", "presenter", "noted_by")
    return get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related(*about), pk=pk)


@require_http_methods(["GET", "POST"])
def item_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Read by everybody who may see it, written by those who run the meeting."""
    item = get_item(request, pk)
    if request.method == "GET":
        return item_page(request, item, ItemForm(item=item))
    ensure(rules.may_run_meeting, request.user, item.meeting)
    form = ItemForm(request.POST, item=item)
    if form.is_valid() and (response := sent_once(request, form, lambda: _go_on(request, form), message=_saved)):
        return response
    return item_page(request, item, form)


def _go_on(request: MemberRequest, form: ItemForm) -> str:
    """Save, and the address of what comes next: the same item, the one after it, after the last one the end."""
    item = form.save(by=request.user)
    if form.cleaned_data["then"] != NEXT:
        return item.get_absolute_url()
    following = item.next_for(request.user)
    return following.get_absolute_url() if following else reverse("meetings:close", args=[item.meeting_id])


def _saved(address: str) -> str:
    return f"Sparat {timezone.localtime():%H.%M}."
