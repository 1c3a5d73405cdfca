from meetings.models.agenda import AgendaItem, NoteConflict
from meetings.models.agenda_template import AgendaTemplate
from meetings.models.annex import AnnexPart, MaskedAnnexPart
from meetings.models.appendix import Appendix, AppendixPart
from meetings.models.approval import Approval, Approver
from meetings.models.attendance import OrganisationAtMeeting
from meetings.models.before_correction import BeforeCorrection, PresenceBefore
from meetings.models.call_answer import CallAnswer
from meetings.models.decision import Decision, ProposedAction
from meetings.models.feed import CalendarFeed
from meetings.models.heading import Heading
from meetings.models.item_draft import DraftConflict, ItemDraft
from meetings.models.meeting import Meeting
from meetings.models.meeting_change import MeetingChange
from meetings.models.minutes import MaskedMinutes, Minutes, MinutesFile, OriginalOpening
from meetings.models.minutes_copy import MinutesCopy
from meetings.models.presence import Presence
from meetings.models.presenter import Presenter
from meetings.models.registry import RegistryEntry
from meetings.models.round_note import RoundNote, RoundNoteConflict
from meetings.models.series import MeetingSeries
from meetings.models.table_answer import TableAnswer

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "AnnexPart",
    "Appendix",
    "AppendixPart",
    "Approval",
    "Approver",
    "BeforeCorrection",
    "CalendarFeed",
    "CallAnswer",
    "Decision",
    "DraftConflict",
    "Heading",
    "ItemDraft",
    "MaskedAnnexPart",
    "MaskedMinutes",
    "Meeting",
    "MeetingChange",
    "MeetingSeries",
    "Minutes",
    "MinutesCopy",
    "MinutesFile",
    "NoteConflict",
    "OrganisationAtMeeting",
    "OriginalOpening",
    "Presence",
    "PresenceBefore",
    "Presenter",
    "ProposedAction",
    "RegistryEntry",
    "RoundNote",
    "RoundNoteConflict",
    "TableAnswer",
]
