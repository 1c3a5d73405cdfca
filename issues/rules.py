"""Who may do what with observations, issues and actions; pure questions, enforced by `members.access.ensure`.

Whether a thing may be known at all is asked before, by its queryset's `visible_to`.
"""

from base.records import Restrictable
from issues.models import (
    Action,
    Assignment,
    DoneReport,
    Event,
    Issue,
    NilReport,
    Note,
    Observation,
    Progress,
    seems_solved,
)
from members.actor import Channel, Word
from members.models import Member, Organisation


def may_follow_issues(member: Member) -> bool:
    """Whether she has any use for the lists: everybody but a guest."""
    return member.reads_all or bool(member.handled_ids)


def may_report(member: Member) -> bool:
    """Whether she may log observations: the group's own people; others tell them."""
    return member.is_in_group


def may_say_nothing_to_report(member: Member, organisation: Organisation) -> bool:
    """Whether she may say that it has nothing to report: its ordinary or deputy, or the samordnare on its behalf.

    A handläggare answers questions, and does not say what the organisation has seen; none outside the group reports.
    """
    return (member.is_coordinator and organisation.in_group) or organisation.pk in member.seat_ids


def says_nothing_on_behalf(member: Member, organisation: Organisation) -> bool:
    """Whether it is somebody else's word, so that how it came must be said."""
    return organisation.pk not in member.seat_ids


def may_withdraw_nil_report(member: Member, said: NilReport) -> bool:
    """Whoever said it, or another who sits for the organisation."""
    return said.by_id == member.pk or said.organisation_id in member.seat_ids


def may_correct_observation(member: Member, observation: Observation) -> bool:
    """Whether it is her own report to put right. Whether it still may be is the verb's to say."""
    return may_report(member) and observation.reporter_id == member.pk


def may_withdraw_observation(member: Member, observation: Observation) -> bool:
    """Whether it is her own to take back: as with putting it right."""
    return may_correct_observation(member, observation)


def may_read_observations(member: Member) -> bool:
    """Whether she reads observations: the group all, a handläggare those of her issues; a reader knows how many."""
    return member.is_in_group or bool(member.handled_ids)


def may_triage(member: Member) -> bool:
    return member.is_coordinator


def may_see_reporter(member: Member, observation: Observation) -> bool:
    """Whether she sees the reporter's name: her own organisation's representatives and the samordnare do."""
    if member.is_coordinator or observation.reporter_id == member.pk:
        return True
    return member.is_representative and observation.organisation_id in member.home_ids


def may_see_who(member: Member, event: Event) -> bool:
    """Whether she sees by name who did it. One who reports straight into an issue is seen as its reporter is.

    So is a reporter who says that the problem remains.
    """
    observation = event.observation
    if event.kind == Event.Kind.REMAINS:
        is_near = member.is_representative and event.organisation_id in member.home_ids
        return member.is_coordinator or event.by_id == member.pk or is_near
    if observation is None or event.by_id != observation.reporter_id:
        return True
    return event.capacity == Member.Role.COORDINATOR or may_see_reporter(member, observation)


def may_create_issue(member: Member) -> bool:
    return member.is_coordinator


def may_steer_issue(member: Member, issue: Issue) -> bool:
    """Whether she may change, rest, close, reopen: the samordnare. Whether its state lets her the verb says."""
    return member.is_coordinator


def may_change_issue(member: Member, issue: Issue) -> bool:
    return member.is_coordinator and issue.is_open


def may_close_issue(member: Member, issue: Issue) -> bool:
    return member.is_coordinator and issue.is_open


def may_pause_issue(member: Member, issue: Issue) -> bool:
    return member.is_coordinator and issue.can_become(Issue.State.ON_HOLD)


def may_resume_issue(member: Member, issue: Issue) -> bool:
    return member.is_coordinator and issue.state == Issue.State.ON_HOLD


def may_reopen_issue(member: Member, issue: Issue) -> bool:
    return member.is_coordinator and issue.is_closed


def may_say_it_remains(member: Member, issue: Issue) -> bool:
    """Whether it is hers to say: she has reported in it, and is of the group. Whether it seems solved the verb says."""
    return may_report(member) and bool(getattr(issue, "has_reported", False))


def is_asked_if_it_remains(member: Member, issue: Issue) -> bool:
    """Whether her own button says so: the samordnare has one that reopens it, for a reason."""
    return not member.is_coordinator and may_say_it_remains(member, issue) and seems_solved(issue)


def may_restrict_issue(member: Member, issue: Issue) -> bool:
    """Whether she may mark it as restricted: the samordnare. Whether it is so already the verb says."""
    return member.is_coordinator


def may_name(member: Member, thing: Restrictable) -> bool:
    """Whether she may name and un-name on what is restricted, and lift it: whoever of the group may see it."""
    return member.is_in_group


def may_read_openings(member: Member, thing: Restrictable) -> bool:
    """Whether she may read who has opened it: all who may see it, for as long as it is restricted."""
    return thing.restricted


def may_strike_issue(member: Member, issue: Issue) -> bool:
    """Whether she may strike it as opened by mistake. What hinders `striking` says."""
    return member.is_coordinator and issue.is_open


def may_restore_issue(member: Member, issue: Issue) -> bool:
    return member.is_coordinator and issue.is_struck


def may_write_notes(member: Member, issue: Issue) -> bool:
    """Whether notes are for her: the group's own people. That the issue is open is the verb's to say."""
    return member.is_in_group


def may_be_follower(member: Member, issue: Issue) -> bool:
    """Whether she may follow it, whatever its state: the group's own people, on whose start page it stands."""
    return member.is_in_group


def may_note(member: Member, issue: Issue) -> bool:
    return may_write_notes(member, issue) and issue.is_open


def may_mend_note(member: Member, note: Note) -> bool:
    """Whether she may correct it or take it back: it is her own, and she is still of the group."""
    return member.is_in_group and note.by_id == member.pk


def may_propose_action(member: Member, issue: Issue) -> bool:
    return member.is_coordinator and issue.is_open


def may_steer_action(member: Member, action: Action) -> bool:
    """Whether she may hand over, answer the organisation's question, take back: the samordnare."""
    return member.is_coordinator


def may_answer(member: Member, assignment: Assignment) -> bool:
    """Whether she may answer for it: its ordinary, deputy and handläggare, or the samordnare on its behalf."""
    return member.is_coordinator or assignment.organisation_id in member.organisation_ids


def may_take_on(member: Member, assignment: Assignment) -> bool:
    """Whether she may become its handler: who answers for the organisation herself."""
    return assignment.organisation_id in member.organisation_ids


def may_withdraw_answer(member: Member, assignment: Assignment) -> bool:
    """Whether she may take back its answer. Where none stands, another was first, and the verb says so."""
    return _may_take_back(member, assignment.answer, assignment)


def may_withdraw_progress(member: Member, progress: Progress) -> bool:
    """Whether she may take back what was told of how far it has come."""
    return _may_take_back(member, progress, progress.assignment)


def may_withdraw_done(member: Member, action: Action) -> bool:
    """Whether she may take back that it is done. Where that does not stand, another was first, and the verb says so."""
    report = DoneReport.of(action)
    return _may_take_back(member, report.event if report else None, action.current)


def _may_take_back(member: Member, word: Word | None, assignment: Assignment) -> bool:
    """Whoever gave it, or another who answers for it; the samordnare what she noted herself, and what came by link."""
    gave = member.is_coordinator if word is None or word.channel == Channel.LINK else word.by_id == member.pk
    return gave or assignment.organisation_id in member.organisation_ids


def answers_on_behalf(member: Member, assignment: Assignment) -> bool:
    """Whether the member's answer is somebody else's word, so that how it came must be said."""
    return assignment.organisation_id not in member.organisation_ids


def may_report_progress(member: Member, action: Action) -> bool:
    """Whether she may say begun and done: whoever may answer for the organisation that has the action."""
    return may_answer(member, action.current)


def may_bring_in_old_list(member: Member) -> bool:
    """Whether she brings in the åtgärdslista that the group had before: the samordnare."""
    return member.is_coordinator


def may_see_all_actions(member: Member) -> bool:
    """Whether she sees every organisation's actions; a handläggare has her organisations' list and no other."""
    return member.reads_all
