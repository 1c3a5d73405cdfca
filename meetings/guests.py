"""The guests of a planned meeting: who presents an item of its agenda and is not of the group.

Each is called to her own item, and learns no more of the agenda by that than its page shows her.
"""

from __future__ import annotations

from django.db.models import Q

from meetings.models import AgendaItem, Meeting, Presenter
from meetings.models.agenda import AgendaItemQuerySet
from members.models import Member


def guests_of(meeting: Meeting) -> dict[Member, list[int]]:
    """Those who present an item that they may know of: of each the keys of all of hers, in two statements."""
    keys: dict[int, list[int]] = {}
    standing = AgendaItem.objects.at(meeting).on_agenda()
    found = Presenter.objects.guests().filter(item__in=standing.values("pk")).order_by("item")
    for presenter, item in found.values_list("member", "item"):
        keys.setdefault(presenter, []).append(item)
    return {guest: keys[guest.pk] for guest in Member.objects.filter(pk__in=keys).in_order()} if keys else {}


def presents_as_guest(member: Member, meeting: Meeting) -> bool:
    return not member.is_in_group and own_items(meeting, member).exists()


def own_items(meeting: Meeting, guest: Member) -> AgendaItemQuerySet:
    """The items that the guest presents, in the order of the agenda."""
    items: AgendaItemQuerySet = AgendaItem.objects.visible_to(guest).at(meeting).on_agenda()
    return items.filter(presenters__member=guest)


def items_of_called_off(meeting: Meeting, guest: Member) -> AgendaItemQuerySet:
    """The items that the guest was to present at a meeting that is called off, wherever they stand since."""
    its = Q(meeting=meeting) | Q(moved_from=meeting)
    items: AgendaItemQuerySet = AgendaItem.objects.visible_to(guest).filter(its, removed=False)
    return items.filter(presenters__member=guest).select_related("meeting").order_by("pk")


def item_keys(meeting: Meeting, guest: Member) -> list[int]:
    """By which the call of a guest keeps the items that it tells of."""
    return sorted(own_items(meeting, guest).values_list("pk", flat=True))
