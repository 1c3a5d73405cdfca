"""What stands as it was when its meeting closed. Reopening sets the meeting under way first, and then it is open."""

from __future__ import annotations

import pgtrigger

from base.records.guards import Guard, changed

CHANGED_MEANWHILE = "Mötet är avslutat. Inget är ändrat."

MEETING = Guard(
    name="closed_meeting_is_fixed",
    sentence="Mötet är avslutat och kan inte ändras.",
    condition=pgtrigger.Q(old__state="closed")
    & (
        changed("starts_at", "ends_at", "place", "is_extra", "chair", "secretary", "started_at")
        | pgtrigger.Q(new__state="closed") & changed("closed_at", "state_since", "state_by")
        | ~pgtrigger.Q(new__state__in=["closed", "under_way"])
    ),
)
MEETING_NUMBER = Guard(
    name="meeting_keeps_its_number",
    sentence="Ett möte behåller sitt nummer. Inget är ändrat.",
    condition=changed("year", "serial"),
)
OF_A_MEETING = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when_there_is="SELECT FROM meetings_meeting WHERE state = 'closed' AND id IN (OLD.meeting_id, NEW.meeting_id)",
)
"""Of what names its meeting: items, attendance, excuses."""
DECISION = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when_there_is="""
        SELECT FROM meetings_agendaitem item JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
        WHERE meeting.state = 'closed' AND item.id IN (OLD.item_id, NEW.item_id)
    """,
)
DECISION_NUMBER = Guard(
    name="decision_keeps_its_number",
    sentence="Ett beslut behåller sitt nummer. Inget är ändrat.",
    condition=pgtrigger.Q(old__serial__isnull=False) & changed("year", "serial"),
)
MINUTES = Guard(
    name="minutes_are_of_a_closing",
    sentence="Minnesanteckningarna fryses när mötet avslutas. Inget är sparat.",
    operation=pgtrigger.Insert,
    when_there_is="SELECT FROM meetings_meeting WHERE id = NEW.meeting_id AND closed_at IS DISTINCT FROM NEW.made_at",
)
"""With `minutes_once_of_a_closing` nobody adds a version that no closing made."""
