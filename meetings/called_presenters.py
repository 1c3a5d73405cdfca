"""Whether those who present an item and are not of the group have been called to it, for who prepares the meeting."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from meetings.agenda.lines import AgendaLine
from meetings.calling import PRESENTS
from meetings.contact_calls import CALLED, FELL_AWAY
from meetings.models import Meeting, Presenter
from meetings.models.item_presenter import ItemPresenter
from meetings.texts.called_presenters import LastCall, called_words
from members.models import Notice


def put_calls_at_lines(meeting: Meeting, lines: Iterable[AgendaLine], *, is_called: bool) -> None:
    """Let each line know what is to be said of the calls to those who present its item, in one statement.

    Of none where nobody presents anything.
    """
    presented = [line for line in lines if line.item and line.item.presented_by]
    if not presented:
        return
    calls = _calls_at(meeting)
    for line in presented:
        item: Any = line.item
        line.called = [
            called_words(one, calls[item.pk, _receiver(one)], meeting, line, is_called=is_called)
            for one in item.presented_by
            if (item.pk, _receiver(one)) in calls
        ]


def _receiver(one: ItemPresenter) -> Hashable:
    return one.member or (one.name, one.address)


def _calls_at(meeting: Meeting) -> dict[tuple[int, Hashable], LastCall | None]:
    """By item and presenter, of those who are not of the group, the last call to it that did not fall away."""
    told = Notice.objects.filter(cause__kind__in=(PRESENTS, CALLED), cause__facts__meeting=meeting.pk)
    told = told.exclude(FELL_AWAY).order_by("-pk")
    told = told.filter(Q(member=OuterRef("member")) | Q(contact=OuterRef("contact")))
    facts = JSONObject(state="state", settled_at="settled_at", handed_at="handed_at", items="cause__facts__items")
    outside = Presenter.objects.filter(Q(member=None) | Q(pk__in=Presenter.objects.guests().values("pk")))
    found = outside.filter(item__meeting=meeting).annotate(last=Subquery(told.values(facts=facts)[:1]))
    rows: Any = found.values_list("item", "member", "name", "contact__address", "last")
    return {
        (item, member or (name, address or "")): LastCall.read(last) if last and item in last["items"] else None
        for item, member, name, address, last in rows
    }
