"""Who may do what with meetings; pure questions, enforced by `members.access.ensure`."""

from meetings.models import Meeting
from members.models import Member


def may_plan_meeting(member: Member) -> bool:
    return member.is_coordinator


def may_run_meeting(member: Member, meeting: Meeting) -> bool:
    """The samordnare, the chair and the secretary: order the agenda, note, decide, close."""
    return member.is_coordinator or member.pk in {meeting.chair_id, meeting.secretary_id}


def may_order_agenda(member: Member, meeting: Meeting) -> bool:
    return may_run_meeting(member, meeting) and not meeting.is_closed


def may_write_in_meeting(member: Member, meeting: Meeting) -> bool:
    return may_run_meeting(member, meeting) and meeting.is_under_way


def may_read_notes(member: Member, meeting: Meeting) -> bool:
    """A draft is for those who write it; what is closed is for all who may see the meeting."""
    return meeting.is_closed or may_run_meeting(member, meeting)
