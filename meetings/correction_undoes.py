"""What the version that a correction makes undoes: the approval of the one before, and its registration."""

from __future__ import annotations

from typing import Any

from base.swedish.words import listed
from meetings.approvals import Approvals
from meetings.minutes.present import why_struck
from meetings.models import Meeting, RegistryEntry
from meetings.registry_rows import last_mark


def undone_by_saving(meeting: Meeting, content: dict[str, Any]) -> list[str]:
    """A sentence for each thing that has to be done anew with the next version, to her who is about to save it.

    Who may not approve what the next version says, its `content`, is not asked again.
    """
    approvals = Approvals.of_meetings([meeting])[meeting.pk]
    told = []
    again = [row.approver for row, _ in approvals.approved]
    again = [one for one in again if not why_struck(content, one.member_id, one.person)]
    if again:
        people = listed([one.person for one in again])
        told.append(f"Den nya versionen behöver justeras på nytt av {people}.")
    if registered := _registered(meeting):
        told.append(f"Version {registered} är lämnad till diariet. Lämna den nya också.")
    return told


def _registered(meeting: Meeting) -> int:
    """The latest version that lies in the diarium; 0 where none does."""
    entries = list(RegistryEntry.objects.of(meeting).defer("minutes__content"))
    of_each = {
        version: last_mark([entry for entry in entries if entry.minutes.version == version])
        for version in {entry.minutes.version for entry in entries}
    }
    registered = [version for version, last in of_each.items() if last and last.kind == last.Kind.REGISTERED]
    return max(registered, default=0)
