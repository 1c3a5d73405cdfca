"""The room: the meeting on the wall, one item at a time."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from meetings import rules
from meetings.forms.item import NEXT, ItemForm
from meetings.models import AgendaItem
from meetings.views.item_page import item_page
from members.access import MemberRequest, ensure
from temagrupp.ui.once import posted, sent_once


def get_item(request: MemberRequest, pk: int) -> AgendaItem:
    about = ("meeting__chair", "meeting__secretary", "issue", "action", "presenter", "noted_by")
    return get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related(*about), pk=pk)


@require_http_methods(["GET", "POST"])
def item_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Read by everybody who may see it, written by those who run the meeting."""
    item = get_item(request, pk)
    if request.method == "POST":
        ensure(rules.may_run_meeting, request.user, item.meeting)
    form = ItemForm(posted(request), item=item, by=request.user)
    return sent_once(request, form, then=lambda _: what_comes_next(form)) or item_page(request, item, form)


def what_comes_next(form: ItemForm) -> str:
    """The address one goes on to: the same item, the one after it, after the last one the end."""
    if form.cleaned_data["then"] != NEXT:
        return form.item.get_absolute_url()
    following = form.item.next_for(form.by)
    return following.get_absolute_url() if following else reverse("meetings:close", args=[form.item.meeting_id])
