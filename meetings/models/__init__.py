from meetings.models.agenda import AgendaItem, Section
from meetings.models.attendance import OrganisationAtMeeting, Presence
from meetings.models.decision import Decision
from meetings.models.meeting import Meeting
from meetings.models.minutes import Minutes

__all__ = ["AgendaItem", "Decision", "Meeting", "Minutes", "OrganisationAtMeeting", "Presence", "Section"]
