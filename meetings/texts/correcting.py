"""The words of a correction: in the room, on the page that saves it, and where the minutes are read meanwhile."""

from __future__ import annotations

from base.swedish.words import capital
from meetings.models import Meeting, Minutes
from meetings.rules import may_correct_minutes, may_remove_entry, may_run_meeting
from members.models import Member, MinutesWords

NO_MORE = "Det går inte att rätta längre, för ett senare möte har börjat. Ta upp felet på ett kommande möte."
"""Where the button that opens them for correction stood until then."""
ON_PAPER = (
    "Mötet är inskrivet från papper, och det är originalet som gäller. Är något fel här, ta bort mötet på dess sida "
    "och skriv in det på nytt."
)


def correction_told(meeting: Meeting) -> str:
    """That the meeting has closed, and what becomes of what is written now; empty where nothing is corrected.

    The next version is called what the latest is, whatever the group calls its minutes meanwhile.
    """
    if not meeting.is_being_corrected:
        return ""
    version, called = Minutes.latest_called(meeting)
    becomes = f"version {version + 1} av {called.definite}"
    return f"Mötet är avslutat. Det du ändrar här blir {becomes} när du sparar rättelsen."


def why_not_corrected(member: Member, meeting: Meeting) -> str:
    """Why who else corrects minutes cannot correct these, and what she can do; empty where she can, or never does."""
    if may_remove_entry(member, meeting):
        return ON_PAPER
    return NO_MORE if meeting.has_met_since and may_correct_minutes(member, meeting) else ""


def correction_under_way(meeting: Meeting, called: MinutesWords) -> str:
    """That the minutes are being corrected, to those who read them; empty where they are not."""
    if not meeting.is_being_corrected:
        return ""
    they = capital(called.definite)
    return f"{they} rättas ({meeting.correction_opened}). En ny version kommer när rättelsen är sparad."


def unsaved_correction(meeting: Meeting, called: MinutesWords, member: Member) -> str:
    """The same on the page of the meeting, and where what is put right is read meanwhile."""
    if not meeting.is_being_corrected:
        return ""
    who = "andra" if may_run_meeting(member, meeting) else "du"
    told = f"Tills dess läser {who} i {called.them} när mötet hölls och vilka som var med."
    return f"{correction_under_way(meeting, called)} {told}"
