"""The table of forms: what may have happened since each was shown, and it is done all the same, with why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from issues.models import Action, Assignment, Escalation, Issue, NilReport, Note, Observation, Progress
from meetings.models import AgendaItem, Appendix, Meeting, MeetingSeries, OrganisationAtMeeting, Presence
from members.models import ContactPoint, Group, Member, Notice, Organisation, Seat
from tests.home.growing_world import World
from tests.home.old_tabs.meanwhile import Happening
from tests.home.old_tabs.meanwhile import issues as to_issues
from tests.home.old_tabs.meanwhile import meetings as to_meetings
from tests.home.old_tabs.meanwhile import members as to_members
from tests.home.posts import Sent, approval, correcting, issues, meetings, members, registry, room
from tests.home.test_statements_of_posts import REPRESENTATIVE

Reasons = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of thing: the row of it that a form is about, and what may happen to it."""

    subject: Callable[[World, Sent], Any]
    happenings: Mapping[str, Happening]


def row_of(model: type[Any]) -> Callable[[World, Sent], Any]:
    return lambda world, sent: model.objects.get(pk=sent[1][0])


MEETING = Kind(row_of(Meeting), to_meetings.MEETING)
LINE = Kind(row_of(Meeting), to_meetings.LINE)
LINE_AND_PLACE = Kind(row_of(Meeting), to_meetings.LINE_AND_PLACE)
LINE_TAKEN_OFF = Kind(row_of(Meeting), to_meetings.LINE_TAKEN_OFF)
EXCUSE = Kind(row_of(Meeting), to_meetings.EXCUSE)
ITEM = Kind(row_of(AgendaItem), to_meetings.ITEM)
ROW = Kind(
    lambda world, sent: OrganisationAtMeeting.objects.get(meeting=sent[1][0], organisation=world.technical),
    to_meetings.ROW,
)
TEMPLATE = Kind(lambda world, sent: world.meeting.template, to_meetings.TEMPLATE)
APPENDIX = Kind(row_of(Appendix), to_meetings.APPENDIX)
SENT = Kind(row_of(Meeting), to_meetings.SENT)
CORRECTED = Kind(row_of(Meeting), to_meetings.CORRECTED)
ON_PAPER = Kind(row_of(Meeting), to_meetings.ON_PAPER)
SERIES = Kind(row_of(MeetingSeries), to_meetings.SERIES)
GUEST = Kind(lambda world, sent: Presence.objects.get(pk=sent[2]["strike"]), to_meetings.GUEST)
OBSERVATION = Kind(row_of(Observation), to_issues.OBSERVATION)
FIRST_OF_SEVERAL = Kind(
    lambda world, sent: Observation.with_withdrawn.get(pk=sent[2]["o"][0]),
    {name: happening for name, happening in to_issues.OBSERVATION.items() if name != "in an issue that has closed"},
)
FIRST_PUT_BACK = Kind(
    lambda world, sent: Observation.objects.get(pk=sent[2]["versions"].partition("@")[0]), to_issues.OBSERVATION
)
ESCALATION = Kind(row_of(Escalation), to_issues.ESCALATION)
PATHS = Kind(lambda world, sent: None, to_issues.PATHS)
COPIES = Kind(lambda world, sent: None, to_meetings.COPIES)
SPEAKER = Kind(row_of(Organisation), to_issues.SPEAKER)
NIL_REPORT = Kind(row_of(NilReport), to_issues.NIL_REPORT)
RESTRICTED = Kind(lambda world, sent: Issue.objects.numbered(sent[1][0]).get(), to_issues.RESTRICTED)
RESTRICTED_OBSERVATION = Kind(row_of(Observation), to_issues.RESTRICTED_OBSERVATION)
ISSUE = Kind(lambda world, sent: Issue.with_struck.numbered(sent[1][0]).get(), to_issues.ISSUE)
NOTE = Kind(row_of(Note), to_issues.NOTE)
PROGRESS = Kind(row_of(Progress), to_issues.PROGRESS)
ACTION = Kind(row_of(Action), to_issues.ACTION)
DONE_ACTION = Kind(row_of(Action), to_issues.DONE)
ASSIGNMENT = Kind(row_of(Assignment), to_issues.ASSIGNMENT)
SEAT = Kind(row_of(Seat), to_members.SEAT)
ORGANISATION = Kind(row_of(Organisation), to_members.ORGANISATION)
MEMBER = Kind(row_of(Member), to_members.MEMBER)
NOTICE = Kind(row_of(Notice), to_members.NOTICE)
CONTACT_POINT = Kind(row_of(ContactPoint), to_members.CONTACT_POINT)
GROUP = Kind(lambda world, sent: Group.current(), to_members.GROUP)


@dataclass(frozen=True)
class Form:
    """A form, by the deed that fills it in.

    may   what may have happened meanwhile, and it is done all the same: why
    bare  what more may have happened where the form does not name what was shown
    """

    deed: Callable[[World], Sent]
    kind: Kind
    may: Reasons = field(default_factory=dict)
    bare: Reasons = field(default_factory=dict)
    who: str = "coordinator"


AGAIN = "It is as it was, and what was typed is not about what came between."
ANY_OPEN = "An issue that has not ended, however it stands."
PLANNED_AGAIN = dict.fromkeys(("started and planned again", "called off and planned again"), AGAIN)
UNTOUCHED = {
    "under way": "An agenda is ordered until its meeting has closed.",
    "started and planned again": AGAIN,
    "moved": "The agenda goes with its meeting.",
}
ORDERED = UNTOUCHED | PLANNED_AGAIN
OTHER_OF_LINE = {
    "taken off and put back": AGAIN,
    "presented by another": "Where the line stands is another matter than who presents it.",
    "moved by another": "It is the same line, wherever it stands.",
}
STAYS_OPEN = dict.fromkeys(("paused", "changed"), ANY_OPEN)
STAYS_OPEN |= dict.fromkeys(("paused and resumed", "closed and reopened", "struck and restored"), AGAIN)
FOLLOWED = STAYS_OPEN | dict.fromkeys(("closed", "struck"), "Whoever follows an issue follows it to its end and after.")
WHATEVER = "Who is named is another matter than its state, and than who else is named."
NAMES_SAME = ("the same one named", "the other one un-named")
STILL_RESTRICTED = dict.fromkeys(("lifted and restricted anew", "another named", "closed", "changed"), WHATEVER)
OBSERVATION_NAMED = dict.fromkeys(("another named", "noted"), WHATEVER)
GOES_ON = {"its issue closed": "What was asked when an issue closed goes on: the closing says why."}
SORTED = {
    "sorted and put back": AGAIN,
    "corrected": "Who reported it may put its words right until it is sorted; the matter is the same.",
}
REST = "What another has sorted meanwhile is told; the rest goes through."
ANY_OF_SEVERAL = SORTED | dict.fromkeys(("in an issue", "noted", "rejected", "taken back"), REST)
ANSWERED = GOES_ON | {"accepted and taken back": AGAIN}
KEPT = dict.fromkeys(
    ("accepted", "accepted and taken back", "asked back", "passed on to nobody", "its issue closed"),
    "What an organisation keeps for itself it may keep as long as it has the action, and when it is done.",
)
LIFTED_ANYWAY = "Whoever has it now, and whatever they say: the samordnare may lift it."
RULED = "What they decided above is written down, however it stands with whom it was lifted from."
ANSWERS = ("accepted", "accepted and taken back", "declined", "asked back", "passed on", "passed on to nobody")
UNENDED = dict.fromkeys((*ANSWERS, "handed over"), "The group may take back what is not at an end.")
PROMISED = GOES_ON | {"moved": "The promise stands, with another day."}
ENDED_ANEW = {"called off and opened anew": "It is as it was: it would make the same version, or none."}
AT_THE_MEETING = {"closed and going on": AGAIN, "moved": "Who writes at a meeting writes at it wherever it is held."}
IN_THE_ROOM = AT_THE_MEETING | {"discussed": "An item is written on before and after it is marked."}
NO_EFFECT = "What is typed has no effect, and is read where it was written."
IN_THE_ROUND = "The note is another matter than what an organisation has said."
DRAFTED = IN_THE_ROOM | dict.fromkeys(("written on", "closed"), NO_EFFECT)
ROLL_CALL = AT_THE_MEETING | {
    "planned again": "Who is to come may be noted before the meeting starts.",
    "started anew": "Who is there does not hang on when it started.",
}
OTHER_OF_GROUP = dict.fromkeys(("with another logotype", "without logotype"), "Settings and logotype are two things.")
FROZEN = "The files are the version's, which is frozen."
OF_A_VERSION = "It is done to that version, whichever is the latest."
CHOSEN_ANY_TIME = "Who was there is chosen in the room or afterwards."
LATEST = "Nothing says which one is meant: then it is the one that stands."

FORMS = (
    Form(
        issues.say_nothing_on_behalf,
        SPEAKER,
        {
            "said of other days": "Each stands for its own days.",
            "said and taken back": AGAIN,
            "reported": "Both stand, and the report counts.",
            "changed": "It has seen nothing, whatever it answers for.",
        },
    ),
    Form(issues.unsay_nothing, NIL_REPORT, {"reported": "Both stood."}, who=REPRESENTATIVE),
    Form(issues.correct, OBSERVATION, {}, SORTED, REPRESENTATIVE),
    Form(issues.withdraw, OBSERVATION, SORTED, who=REPRESENTATIVE),
    Form(issues.make_issue, OBSERVATION, SORTED),
    Form(issues.attach, OBSERVATION, SORTED),
    Form(issues.note, OBSERVATION, SORTED),
    Form(issues.reject, OBSERVATION, SORTED),
    Form(issues.put_back, OBSERVATION, {}, {"put back and sorted": LATEST}),
    Form(issues.make_issue_of_several, FIRST_OF_SEVERAL, ANY_OF_SEVERAL),
    Form(issues.attach_several, FIRST_OF_SEVERAL, ANY_OF_SEVERAL),
    Form(issues.note_several, FIRST_OF_SEVERAL, ANY_OF_SEVERAL),
    Form(issues.reject_several, FIRST_OF_SEVERAL, ANY_OF_SEVERAL),
    Form(issues.put_back_several, FIRST_PUT_BACK, dict.fromkeys(("put back", "put back and sorted"), REST)),
    Form(issues.change, ISSUE, {}, STAYS_OPEN),
    Form(issues.close_issue, ISSUE, STAYS_OPEN),
    Form(issues.pause, ISSUE, {name: why for name, why in STAYS_OPEN.items() if name != "paused"}),
    Form(issues.resume, ISSUE, {"changed": "It rests still."}, {"paused anew": LATEST, "struck and restored": AGAIN}),
    Form(issues.reopen, ISSUE, {}, {"closed anew": LATEST}),
    Form(issues.remains, ISSUE, {}, {"closed anew": LATEST}, REPRESENTATIVE),
    Form(issues.strike_issue, ISSUE, STAYS_OPEN),
    Form(issues.restore_issue, ISSUE, {}, {"struck anew": LATEST}),
    Form(issues.follow, ISSUE, FOLLOWED, who=REPRESENTATIVE),
    Form(issues.unfollow, ISSUE, FOLLOWED, who=REPRESENTATIVE),
    Form(issues.restrict_issue, ISSUE, FOLLOWED | {"closed": WHATEVER, "struck": WHATEVER}),
    Form(issues.lift_restriction, RESTRICTED, STILL_RESTRICTED | dict.fromkeys(NAMES_SAME, WHATEVER)),
    Form(issues.name_on_issue, RESTRICTED, STILL_RESTRICTED | {"the other one un-named": WHATEVER}),
    Form(issues.unname_on_issue, RESTRICTED, STILL_RESTRICTED | {"the same one named": WHATEVER}),
    Form(
        issues.name_on_observation,
        RESTRICTED_OBSERVATION,
        OBSERVATION_NAMED | {"the other one un-named": WHATEVER, "she un-named": WHATEVER},
    ),
    Form(issues.unname_on_observation, RESTRICTED_OBSERVATION, OBSERVATION_NAMED | {"the same one named": WHATEVER}),
    Form(issues.write_note, ISSUE, STAYS_OPEN, who=REPRESENTATIVE),
    Form(issues.mend_note, NOTE, {}, {"corrected": LATEST}, REPRESENTATIVE),
    Form(
        issues.take_note_back,
        NOTE,
        {
            "corrected": "It is taken back, whatever it says.",
            "its issue closed": "What should not have been written goes, also where the issue has ended.",
        },
        who=REPRESENTATIVE,
    ),
    Form(issues.ask, ISSUE, STAYS_OPEN),
    Form(issues.propose, ACTION, GOES_ON),
    Form(
        issues.hand_over,
        ACTION,
        GOES_ON,
        {
            "accepted and taken back": AGAIN,
            "declined": "After a no it may be asked again.",
            "passed on to nobody": "The samordnare is to choose whom.",
        },
    ),
    Form(
        issues.escalate,
        ACTION,
        {},
        dict.fromkeys(("accepted", "accepted and taken back", "declined", "passed on", "handed over"), LIFTED_ANYWAY),
    ),
    Form(issues.take_escalation_back, ESCALATION, {}, {"ruled": LATEST}),
    Form(issues.change_paths, PATHS, {}, {"changed by another": LATEST}),
    Form(meetings.change_copies, COPIES, {}, {"changed by another": LATEST}),
    Form(issues.rule, ACTION, GOES_ON, dict.fromkeys({*UNENDED, "cancelled"} - {"passed on", "handed over"}, RULED)),
    Form(issues.remind, ACTION, {}, {"accepted and taken back": AGAIN}),
    Form(issues.void_link, ACTION, GOES_ON, dict.fromkeys({*UNENDED} - {"passed on", "handed over"}, LATEST)),
    Form(issues.cancel, ACTION, GOES_ON, UNENDED),
    Form(issues.start_action, ACTION, PROMISED, who=REPRESENTATIVE),
    Form(issues.finish, ACTION, PROMISED | {"started": "What is promised may be begun first."}, {}, REPRESENTATIVE),
    Form(issues.take_done_back, DONE_ACTION, {}, {"done anew": LATEST}, REPRESENTATIVE),
    Form(
        issues.progress,
        ACTION,
        PROMISED | {"started": "How far it has come may be told before and after it has begun."},
        who=REPRESENTATIVE,
    ),
    Form(issues.take_progress_back, PROGRESS, {"told anew": "Each stands for itself."}, who=REPRESENTATIVE),
    Form(issues.review, ACTION, GOES_ON | {"started": "What is reviewed may have begun."}, who=REPRESENTATIVE),
    Form(
        issues.change_date,
        ACTION,
        GOES_ON | {"started": "A promise that is being kept may need another day."},
        who=REPRESENTATIVE,
    ),
    Form(issues.accept, ASSIGNMENT, ANSWERED, who=REPRESENTATIVE),
    Form(issues.decline, ASSIGNMENT, ANSWERED, who=REPRESENTATIVE),
    Form(issues.question, ASSIGNMENT, ANSWERED, who=REPRESENTATIVE),
    Form(issues.keep_handling, ASSIGNMENT, KEPT, who=REPRESENTATIVE),
    Form(issues.hand_to, ASSIGNMENT, KEPT, who=REPRESENTATIVE),
    Form(issues.take_on, ASSIGNMENT, KEPT, who=REPRESENTATIVE),
    Form(issues.already_done, ASSIGNMENT, ANSWERED, who=REPRESENTATIVE),
    Form(issues.pass_on, ASSIGNMENT, {"accepted and taken back": AGAIN}, who=REPRESENTATIVE),
    Form(issues.take_answer_back, ASSIGNMENT, {}, {"answered anew": LATEST}, REPRESENTATIVE),
    *(Form(deed, SERIES, may, bare) for deed, may, bare in to_meetings.FORMS_OF_SERIES),
    Form(meetings.change_meeting, MEETING, {}, ORDERED),
    Form(meetings.start, MEETING, {**PLANNED_AGAIN, "moved": "She said herself that it is held today."}),
    Form(meetings.change_template, TEMPLATE, {}, {"changed": LATEST}),
    Form(meetings.put_template_heading_back, TEMPLATE, {"changed": "It comes back, whatever else was changed."}),
    Form(meetings.change_headings_of_meeting, MEETING, {}, {**PLANNED_AGAIN, "moved": UNTOUCHED["moved"]}),
    Form(meetings.put_heading_back, MEETING, {**PLANNED_AGAIN, "moved": UNTOUCHED["moved"]}),
    Form(meetings.call, MEETING, {**PLANNED_AGAIN, "moved": "The call tells when and where it is then."}),
    Form(meetings.uncall, MEETING, {**PLANNED_AGAIN, "moved": "No call goes out, whatever it would have told."}),
    Form(meetings.call_off, MEETING, {**PLANNED_AGAIN, "moved": "It is off, whenever it was to be."}),
    Form(meetings.reinstate, MEETING, {}, {"called off anew": LATEST}),
    Form(meetings.send_calling_off_now, MEETING, {}, {"called off anew": LATEST}),
    Form(meetings.unstart, MEETING, {"moved": "It is under way, wherever."}, {"started anew": LATEST}),
    Form(meetings.move, LINE_AND_PLACE, ORDERED | OTHER_OF_LINE),
    Form(meetings.remove, LINE, ORDERED | OTHER_OF_LINE),
    Form(meetings.restore, LINE_TAKEN_OFF, ORDERED, {"put back and taken off anew": LATEST}),
    Form(meetings.add, MEETING, ORDERED),
    Form(meetings.recur, MEETING, ORDERED),
    Form(meetings.make_whole, MEETING, {**PLANNED_AGAIN, "moved": UNTOUCHED["moved"]}),
    Form(
        meetings.present,
        LINE,
        UNTOUCHED | {"moved by another": OTHER_OF_LINE["moved by another"]},
        {"called off and planned again": AGAIN}
        | dict.fromkeys(("taken off and put back", "presented by another"), AGAIN),
    ),
    Form(meetings.excuse, EXCUSE, {**PLANNED_AGAIN, "coming": "She is not excused, as when it was shown."}),
    Form(meetings.expected, MEETING, {name: why for name, why in ROLL_CALL.items() if name != "closed and going on"}),
    Form(
        meetings.attendance,
        ROW,
        {name: why for name, why in ROLL_CALL.items() if name != "closed and going on"},
        {"closed and going on": AGAIN, "noted": LATEST},
    ),
    Form(meetings.guest, MEETING, ROLL_CALL),
    Form(meetings.strike_participant, GUEST, ROLL_CALL),
    Form(meetings.rename_appendix, APPENDIX, {}, {"renamed": LATEST}),
    Form(meetings.remove_appendix, APPENDIX, {}, {"renamed": LATEST}),
    Form(meetings.next_item, ITEM, IN_THE_ROOM),
    Form(meetings.decide_something, ITEM, IN_THE_ROOM),
    Form(meetings.decide_to_close, ITEM, IN_THE_ROOM),
    Form(meetings.ask_in_the_room, ITEM, IN_THE_ROOM),
    Form(meetings.strike, ITEM, IN_THE_ROOM),
    Form(meetings.issue_in_the_room, ITEM, IN_THE_ROOM),
    Form(room.save_note, ITEM, IN_THE_ROOM | {"closed": "It is no note then, and is kept beside it."}),
    Form(room.save_draft, ITEM, DRAFTED),
    Form(room.save_answer_draft, ITEM, DRAFTED),
    Form(room.save_step_draft, ITEM, DRAFTED | {"started anew": "What was asked before waits at the item still."}),
    Form(room.save_round_note, ITEM, IN_THE_ROOM | {"written on": IN_THE_ROUND}),
    Form(meetings.nothing_to_report, ITEM, IN_THE_ROOM | {"written on": IN_THE_ROUND}),
    Form(meetings.close, MEETING, AT_THE_MEETING),
    Form(meetings.unclose, MEETING, {}, {"closed anew": LATEST}),
    Form(meetings.register, MEETING, {}, {"closed anew": LATEST}),
    Form(correcting.start_correcting, SENT),
    Form(correcting.save_correction, CORRECTED),
    Form(correcting.cancel_correcting, CORRECTED, ENDED_ANEW),
    Form(correcting.discard_correction, CORRECTED),
    Form(correcting.remove_entry, ON_PAPER, {}, {"entered anew": LATEST}),
    Form(
        correcting.correct_facts,
        CORRECTED,
        {"more is changed": "When and where it was is another matter than what was said there."},
        ENDED_ANEW,
    ),
    Form(registry.mark_registered, MEETING, {}, {"closed anew": LATEST}),
    Form(registry.take_back_registered, MEETING, {"closed anew": OF_A_VERSION}),
    Form(registry.mail_registrar, MEETING, {"closed anew": OF_A_VERSION}),
    Form(
        approval.choose_approvers, MEETING, dict.fromkeys(("closed", "closed and going on", "moved"), CHOSEN_ANY_TIME)
    ),
    Form(approval.approve, MEETING),
    Form(approval.approve_what_is_sent, SENT),
    Form(approval.wish, SENT, {"opened": "What is wished is read by who corrects it."}),
    Form(approval.note_on_paper, SENT),
    Form(approval.take_back, MEETING, {"closed anew": OF_A_VERSION}),
    Form(meetings.send_now, MEETING, {}, {"closed anew": LATEST}),
    Form(meetings.make_files, MEETING, dict.fromkeys(("going on after its closing", "closed anew"), FROZEN)),
    Form(members.settings, GROUP, OTHER_OF_GROUP, {"changed": LATEST}),
    Form(meetings.change_papers, GROUP, OTHER_OF_GROUP, {"changed": LATEST}),
    Form(members.privacy_settings, GROUP, OTHER_OF_GROUP, {"changed": LATEST}),
    Form(members.change_contact_point, CONTACT_POINT, {}, {"changed": LATEST}),
    Form(members.remove_contact_point, CONTACT_POINT, {}, {"changed": LATEST}),
    Form(members.send_again, NOTICE),
    Form(members.let_be, NOTICE),
    Form(members.logotype, GROUP, OTHER_OF_GROUP | {"changed": "Settings and logotype are two things."}),
    Form(
        members.no_logotype,
        GROUP,
        {"changed": "Settings and logotype are two things."},
        {"with another logotype": LATEST},
    ),
    Form(members.change_organisation, ORGANISATION, {}, {"out of the group": LATEST, "changed": LATEST}),
    Form(members.organisation_leaves, ORGANISATION, {}, {"out of the group": LATEST, "changed": LATEST}),
    Form(members.give_place, ORGANISATION, {"changed": "It is of the group, whatever it answers for."}),
    Form(members.end_place, SEAT, {}, {"ending": "Its last day may be another."}),
    Form(members.invite_one, MEMBER, {"made a reader": "She comes in as what she is then."}),
    Form(members.change_member, MEMBER, {}, {"shut out": LATEST, "made a reader": LATEST}),
)
