"""The items of an agenda at which nothing is written: what was typed and taken out again is nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Q, When

from meetings.models import AgendaItem, ItemDraft, Meeting, RoundNote
from meetings.models.agenda import AgendaItemQuerySet
from members.models import Member

WRITTEN = "Det finns redan anteckningar från mötet. Starten kan inte ångras."
TYPED = "Det finns ett utkast på punkten ”{}”. Töm det först, sedan kan starten ångras."
TYPED_SOMEWHERE = "Något är skrivet på mötet och inte sparat än. Starten kan inte ångras."
"""Of a draft at a point that she may not see: neither which nor what."""


def unwritten(items: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """Those at which nobody has written, decided or put anything. What was typed and taken out again is nothing."""
    bare = items.filter(note="", discussed_at=None, decisions=None, appendices=None)
    typed, said = ItemDraft.objects.filled(), RoundNote.objects.filled()
    return bare.exclude(pk__in=typed.values("item")).exclude(pk__in=said.values("item"))


def why_written_in(meeting: Meeting, member: Member) -> str:
    """Why the start of the meeting stands: something that she may know of has been noted, decided, marked as spoken of
    or typed and not saved, or minutes were once made. Empty where nothing has.

    What has been noted or decided of a restricted issue is not told by what she can no longer do. What somebody is
    typing there keeps the meeting going, for it could be saved nowhere: she reads no more than that something is.
    """
    seen = Q(pk__in=meeting.items.visible_to(member).values("pk"))
    written = ~Q(note="") | Q(discussed_at__isnull=False) | Q(decisions__isnull=False) | Q(round_notes__text__gt="")
    typed = Q(pk__in=ItemDraft.objects.filled().values("item"))
    found = meeting.items.filter(seen & written | typed).annotate(
        is_written=Case(When(seen & written, then=True), default=False),
        is_seen=Case(When(seen, then=True), default=False),
    )
    first = found.order_by("-is_written", "-is_seen", "pk").values_list("is_written", "is_seen", "title").first()
    if first is None:
        return WRITTEN if meeting.minutes.exists() else ""
    is_written, is_seen, title = first
    if is_written:
        return WRITTEN
    return TYPED.format(title) if is_seen else TYPED_SOMEWHERE


def lock_items(items: AgendaItemQuerySet) -> None:
    """Lock the items, so that nothing is typed at them meanwhile."""
    list(items.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))


def empty_rows_gone(items: Iterable[AgendaItem]) -> None:
    """Delete what was typed at items and taken out again, before they are deleted. What is typed there keeps them."""
    keys = [item.pk for item in items]
    lock_items(AgendaItem.objects.filter(pk__in=keys))
    drafts, said = ItemDraft.objects.filter(item__in=keys), RoundNote.objects.filter(item__in=keys)
    drafts.exclude(pk__in=drafts.filled().values("pk")).delete()
    said.exclude(pk__in=said.filled().values("pk")).delete()
