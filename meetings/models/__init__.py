from meetings.models.agenda import AgendaItem, NoteConflict
from meetings.models.appendix import Appendix, AppendixPart
from meetings.models.attendance import OrganisationAtMeeting
from meetings.models.call_answer import CallAnswer
from meetings.models.decision import Decision, ProposedAction
from meetings.models.feed import CalendarFeed
from meetings.models.heading import Heading
from meetings.models.meeting import Meeting
from meetings.models.meeting_change import MeetingChange
from meetings.models.minutes import MaskedMinutes, Minutes, MinutesFile, OriginalOpening
from meetings.models.presence import Presence

__all__ = [
    "AgendaItem",
    "Appendix",
    "AppendixPart",
    "CalendarFeed",
    "CallAnswer",
    "Decision",
    "Heading",
    "MaskedMinutes",
    "Meeting",
    "MeetingChange",
    "Minutes",
    "MinutesFile",
    "NoteConflict",
    "OrganisationAtMeeting",
    "OriginalOpening",
    "Presence",
    "ProposedAction",
]
