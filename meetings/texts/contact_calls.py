"""The words of the call to one without an account: when and where, and what she presents there."""

from __future__ import annotations

from collections.abc import Iterable

from base.swedish.words import in_words, sentence
from meetings.models import AgendaItem, Meeting
from meetings.texts.calling import OUT_OF_THE_CALENDAR, TO_THE_GUEST, the_meeting, when_and_where
from members.models import Group, Member

RESTRICTED_ITEM = "– En punkt som samordnaren berättar mer om."
APPROXIMATE = "Klockslaget är planerat och kan ändras."
HOLDS_NOW = "Det här gäller nu, i stället för det som du har fått förut."


def contact_line(meeting: Meeting, items: int, *, is_new: bool) -> str:
    """Kallelse till din punkt på mötet onsdag 25 november. · Ändrad kallelse till dina punkter på …"""
    call, own = "Kallelse" if is_new else "Ändrad kallelse", "din punkt" if items == 1 else "dina punkter"
    return f"{call} till {own} på {the_meeting(meeting)}."


def contact_lead(meeting: Meeting, *, is_new: bool) -> str:
    """When and where, and whose meeting it is; of a change that it holds instead of what she knows."""
    whose = sentence(f"Du är kallad som föredragande till ett möte med {Group.current().name}")
    return "\n\n".join([when_and_where(meeting), whose if is_new else HOLDS_NOW])


def contact_text(items: Iterable[AgendaItem], clock: dict[int, str]) -> str:
    """What she presents, each with its planned time where there is one, and what can be done about it."""
    approximate = APPROXIMATE if clock else ""
    lines = "\n".join(_line(item, clock.get(item.pk, "")) for item in items)
    return "\n\n".join(filter(None, [lines, approximate, TO_THE_GUEST]))


def _line(item: AgendaItem, clock: str) -> str:
    """– Nattvandring (13.40, tio minuter)."""
    if item.issue and item.issue.restricted:
        return RESTRICTED_ITEM
    parts = [clock, in_words(item.minutes, "minut", "minuter") if item.minutes else ""]
    when = ", ".join(filter(None, parts))
    return f"– {item.title} ({when})" if when else f"– {item.title}"


def contact_released_text(meeting: Meeting) -> str:
    why = "Du står inte längre som föredragande på någon punkt."
    return "\n\n".join([why, when_and_where(meeting), OUT_OF_THE_CALENDAR])


def if_wrong(ask: Member | None) -> str:
    """Har mejlet kommit fel? Svara på det, så rättas adressen. Svaret läser samordnaren Maja Exempel, maja@…"""
    if ask is None:
        return ""
    who = ", ".join(filter(None, [ask.name, ask.mail_address, ask.phone]))
    return sentence(f"Har mejlet kommit fel? Svara på det, så rättas adressen. Svaret läser samordnaren {who}")
