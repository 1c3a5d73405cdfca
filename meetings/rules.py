"""Who may do what with meetings; pure questions, enforced by `members.access.ensure`.

The gate asks who she is (`may_run_meeting`). Whether it can be done now is asked by the verb, which says so in words
and leaves what was typed; the questions that also ask for the meeting's state are for showing the buttons.
"""

from issues.models import Assignment
from issues.rules import may_answer
from meetings.models import AgendaItem, Appendix, Meeting
from meetings.unwritten import why_written_in
from members.models import Member


def may_follow_meetings(member: Member) -> bool:
    """Whether she has any use for the list: the group and its readers; a guest finds her item on the start page."""
    return member.reads_all


def may_plan_meeting(member: Member) -> bool:
    return member.is_coordinator


def may_change_templates(member: Member) -> bool:
    """Whether she may change the headings that meetings are planned with."""
    return member.is_coordinator


def may_change_papers(member: Member) -> bool:
    """Whether she may change what the group's papers are called and who they are from."""
    return member.is_coordinator


def may_choose_copies(member: Member) -> bool:
    """Whether she may choose who gets the minutes for information."""
    return member.is_coordinator


def may_run_meeting(member: Member, meeting: Meeting) -> bool:
    """Whether she may order the agenda, note, decide, close: the samordnare, the chair and the secretary.

    One who has left the group since she was named leads no more: she would start it with an agenda she cannot see.
    """
    leads = member.pk in {meeting.chair_id, meeting.secretary_id}
    return member.is_coordinator or (leads and member.is_in_group)


def may_change_meeting(member: Member, meeting: Meeting) -> bool:
    return may_run_meeting(member, meeting) and meeting.is_coming


def may_call_off_meeting(member: Member, meeting: Meeting) -> bool:
    return may_change_meeting(member, meeting) and meeting.is_planned


def may_reinstate_meeting(member: Member, meeting: Meeting) -> bool:
    return may_run_meeting(member, meeting) and meeting.can_be_reinstated


def may_answer_at(item: AgendaItem, member: Member, assignment: Assignment) -> bool:
    """Whether she may write at the item what the organisation answers: who runs the meeting, or may anyway."""
    is_its_item = item.action_id == assignment.action_id
    return may_answer(member, assignment) or (is_its_item and may_run_meeting(member, item.meeting))


def may_answer_now_at(item: AgendaItem, member: Member, assignment: Assignment) -> bool:
    """The same while the meeting is under way and the item stands; who may anyway may then too."""
    is_there = item.meeting.is_under_way and not item.removed
    return may_answer(member, assignment) or (is_there and may_answer_at(item, member, assignment))


def may_order_agenda(member: Member, meeting: Meeting) -> bool:
    return may_run_meeting(member, meeting) and meeting.is_coming


def may_change_appendices(member: Member, meeting: Meeting) -> bool:
    """Whether she may add files to the meeting and its items, call them something else and take them away."""
    return may_order_agenda(member, meeting)


def may_take_away_appendix(member: Member, appendix: Appendix) -> bool:
    """Whether she may take a file away: before the meeting has closed as above, afterwards the samordnare alone."""
    return member.is_coordinator or may_change_appendices(member, appendix.of_meeting)


def may_start_meeting(member: Member, meeting: Meeting) -> bool:
    return may_run_meeting(member, meeting) and meeting.is_planned


def may_call_meeting(member: Member, meeting: Meeting) -> bool:
    """Whether she may call those who are expected before it is done by itself."""
    return may_run_meeting(member, meeting) and meeting.is_planned


def may_unstart_meeting(member: Member, meeting: Meeting) -> bool:
    return may_write_in_meeting(member, meeting) and meeting.is_under_way and not why_written_in(meeting, member)


def may_unclose_meeting(member: Member, meeting: Meeting) -> bool:
    return may_run_meeting(member, meeting) and meeting.can_be_unclosed


def may_write_in_meeting(member: Member, meeting: Meeting) -> bool:
    """Whether she may write what is said and decided at it: as it is under way, and as its minutes are corrected."""
    return may_run_meeting(member, meeting) and meeting.is_open


def may_correct_minutes(member: Member, meeting: Meeting) -> bool:
    """Whether she may open the minutes of the meeting to correct them, unless another has met since."""
    is_over = meeting.is_closed and not (meeting.can_be_unclosed or meeting.is_on_paper)
    return may_run_meeting(member, meeting) and is_over and not meeting.is_being_corrected


def may_remove_entry(member: Member, meeting: Meeting) -> bool:
    """Whether she may take a meeting on paper out of the register; at first the entry is undone instead."""
    is_entered = meeting.is_on_paper and meeting.is_closed and not meeting.can_be_unclosed
    return may_run_meeting(member, meeting) and is_entered


def may_discard_correction(member: Member, meeting: Meeting) -> bool:
    """Whether she may throw a correction away: who runs the meeting, and she who opened it."""
    opened_it = meeting.is_being_corrected and meeting.correcting_by_id == member.pk
    return may_run_meeting(member, meeting) or (opened_it and member.is_in_group)


def may_read_notes(member: Member, meeting: Meeting) -> bool:
    """Whether she may read the notes: a draft is for those who write it, as is what is put right in minutes."""
    return meeting.is_over or may_run_meeting(member, meeting)


def may_read_decisions(member: Member, meeting: Meeting) -> bool:
    """Whether she may read what was decided: a closed meeting's all who see it."""
    return meeting.is_closed or may_run_meeting(member, meeting)


def may_read_minutes(member: Member) -> bool:
    """Whether she may read minutes: the group and readers; a guest has her own item, never the whole meeting."""
    return member.reads_all


def may_register_minutes(member: Member, meeting: Meeting) -> bool:
    """Whether she may give the minutes of a closed meeting their diarienummer."""
    return member.is_coordinator


def may_send_to_registry(member: Member, meeting: Meeting) -> bool:
    """Whether she may hand in the minutes of a closed meeting, and note that they are registered: who runs it."""
    return may_run_meeting(member, meeting) and meeting.is_closed


def may_note_approval(member: Member, meeting: Meeting) -> bool:
    """Whether she may note what somebody has approved on paper."""
    return member.is_coordinator


def may_open_originals(member: Member) -> bool:
    """Whether she may open minutes as they were frozen, though something in them is masked or restricted now."""
    return member.is_coordinator


def may_read_draft(member: Member, meeting: Meeting) -> bool:
    """Whether she may read the draft (UTKAST), the minutes if the meeting closed now: those who write them."""
    return may_write_in_meeting(member, meeting) and meeting.is_under_way


def may_see_who_comes(member: Member, meeting: Meeting) -> bool:
    """Whether she may see who comes: the group; a guest knows her own item, a reader the minutes."""
    return member.is_in_group


def may_see_who_came(member: Member, meeting: Meeting) -> bool:
    """Whether she may see who is noted: the group, and while that is put right in minutes those who write alone."""
    is_saved = not meeting.is_being_corrected or may_run_meeting(member, meeting)
    return may_see_who_comes(member, meeting) and is_saved


def may_answer_call(member: Member, meeting: Meeting) -> bool:
    """Whether she may say who comes: of herself, if she sits for an organisation, or as one who runs the meeting."""
    return member.is_representative or may_run_meeting(member, meeting)


def may_answer_for_others(member: Member, meeting: Meeting) -> bool:
    """Whether she may note now what others have said: who runs the meeting, until it starts."""
    return may_run_meeting(member, meeting) and meeting.is_planned


def may_answer_for(member: Member, whom: Member, meeting: Meeting) -> bool:
    """Whether she may note what that one says: one speaks for oneself; who runs the meeting notes it for anybody."""
    return whom == member or may_run_meeting(member, meeting)
