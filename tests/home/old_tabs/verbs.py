"""The verbs that end something, take it back or hand it on, each with a thing in the state that it begins from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from issues.answer_link import void_link
from issues.models import (
    Action,
    Assignment,
    DateChange,
    DoneReport,
    Escalation,
    Issue,
    NilReport,
    Observation,
    Progress,
    say_it_remains,
)
from issues.reminding import remind
from issues.restricting import lift, restrict, unname
from meetings.approving import approve, take_back
from meetings.calling import call_meeting
from meetings.calling_off import call_off, reinstate, send_calling_off_now
from meetings.closing import close_meeting
from meetings.correcting import cancel_correcting, save_correction, start_correcting
from meetings.deciding import decide
from meetings.deciding import withdraw as strike_decision
from meetings.discarding import discard_correction
from meetings.models import AgendaItem, Approver, Decision, Meeting, Minutes, OrganisationAtMeeting
from meetings.on_paper import enter_meeting
from meetings.registry import mail_registrar, mark_registered, take_back_registered
from meetings.removing import remove_entry
from meetings.reopening import unclose_meeting
from meetings.sending_now import send_now
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor, Channel, Voice
from members.models import Group, Member, Organisation
from tests.days import in_days
from tests.factories import (
    ActionFactory,
    IssueFactory,
    MeetingFactory,
    NilReportFactory,
    ObservationFactory,
    OrganisationFactory,
)
from tests.home.posts import ENDING

Deed = Callable[[Any, Actor], Any]


@dataclass(frozen=True)
class Verb:
    """`ready` makes the thing and brings it to its state; `deeds` are what each of the two does with it."""

    name: str
    ready: Callable[[Actor], Model]
    deeds: tuple[Deed, Deed]


def same(name: str, ready: Callable[[Actor], Model], deed: Deed) -> Verb:
    return Verb(name, ready, (deed, deed))


def planned(by: Actor) -> Meeting:
    meeting: Meeting = MeetingFactory(chair=by.member)
    meeting.expect_organisations()
    return meeting


def under_way(by: Actor) -> Meeting:
    meeting = planned(by)
    start_meeting(meeting, by=by)
    return meeting


def off(by: Actor) -> Meeting:
    meeting = planned(by)
    call_meeting(meeting, by=by)
    call_off(meeting, by=by)
    return meeting


def noted(by: Actor) -> Meeting:
    """Every organisation is noted, and it has decided something."""
    issue = IssueFactory(title="Lampan")
    meeting = under_way(by)
    decide(AgendaItem.objects.get(meeting=meeting, issue=issue), by=by, text="Vi ses på plats.")
    for row in meeting.organisations.all():
        row.note(by=by, state=OrganisationAtMeeting.State.ABSENT)
    return meeting


def closed(by: Actor) -> Meeting:
    meeting = noted(by)
    close_meeting(meeting, by=by)
    return meeting


def on_paper(by: Actor) -> Meeting:
    OrganisationFactory()
    return enter_meeting(starts_at=timezone.now() - timedelta(days=40), by=by, decisions="Vi fortsätter.").meeting


def sent(by: Actor) -> Meeting:
    meeting = closed(by)
    send_now(meeting, by=by)
    return meeting


def opened(by: Actor) -> Meeting:
    meeting = sent(by)
    start_correcting(meeting, by=by)
    return meeting


def corrected(by: Actor) -> Meeting:
    meeting = opened(by)
    AgendaItem.objects.filter(meeting=meeting, title="Lampan")[0].write_note(text="Köpt.", version=0, by=by)
    return meeting


def with_minutes(by: Actor) -> Minutes:
    return Minutes.objects.get(meeting=closed(by))


def registered(by: Actor) -> Minutes:
    return mark_registered(with_minutes(by), by=by).minutes


def approver(by: Actor) -> Approver:
    return Approver.objects.create(meeting=closed(by), member=by.member)


def has_approved(by: Actor) -> Approver:
    one = approver(by)
    approve(one.meeting.minutes.get(), one, by=by)
    return one


def take_approval_back(it: Approver, by: Actor) -> object:
    """Her own, in two tabs."""
    return take_back(it.meeting.minutes.get(), it, by=Actor.of(it.member))  # type: ignore[arg-type]


def to_be_mailed(by: Actor) -> Minutes:
    Group.current().change(by=by, registrar_mail="diarium@exempel.se")
    return with_minutes(by)


def decision(by: Actor) -> Decision:
    return Decision.objects.get(item__meeting=noted(by))


def paused(by: Actor) -> Issue:
    issue = IssueFactory()
    issue.pause(reason="Till våren.", by=by)
    return issue


def ended(by: Actor) -> Issue:
    return IssueFactory(state=Issue.State.CLOSED)


def asked(by: Actor) -> Action:
    return ActionFactory(assignment__organisation=OrganisationFactory())


def lifted(by: Actor) -> Action:
    return Escalation.escalate(asked(by), to="kommunledningsgruppen", rung=1, by=by).action


def asked_by_mail(by: Actor) -> Action:
    return ActionFactory(assignment__organisation=OrganisationFactory(mailbox="brevlada@exempel.se"))


def draft(by: Actor) -> Action:
    return ActionFactory(state="draft", assignment__organisation=OrganisationFactory())


def promised(by: Actor) -> Action:
    action = asked(by)
    action.current.accept(by=by, planned=in_days(9))
    return Action.objects.get(pk=action.pk)


def done(by: Actor) -> Action:
    action = promised(by)
    action.finish(note="Sex bytta.", by=by)
    return action


def told_of(by: Actor) -> Progress:
    return Progress.tell(promised(by).current, text="4 av 6 lampor", by=by)


def question(by: Actor) -> Assignment:
    return asked(by).current


def answered(by: Actor) -> Assignment:
    return promised(by).current


def seen(by: Actor) -> Observation:
    return ObservationFactory()


def attached(by: Actor) -> Observation:
    observation = ObservationFactory()
    observation.attach(IssueFactory(), by=by)
    return observation


def yes(it: Assignment, by: Actor) -> object:
    return it.accept(by=by, planned=in_days(9))


def no(it: Assignment, by: Actor) -> object:
    return it.decline(by=by, reason="budget", text="Inte i år.", next_step="Fråga i mars.")


def yes_by_link(it: Assignment, by: Actor) -> object:
    return it.accept(by=Voice.by_link(it.organisation), planned=in_days(9))


def no_on_behalf(it: Assignment, by: Actor) -> object:
    who = by.speaking_for(it.organisation, Channel.PHONE)
    return it.decline(by=who, reason="budget", text="Inte i år.", next_step="Fråga i mars.")


def answered_by_link(by: Actor) -> Assignment:
    it = question(by)
    yes_by_link(it, by)
    return Assignment.objects.get(pk=it.pk)


def done_by_link(by: Actor) -> Action:
    it = promised(by)
    it.finish(note="Sex bytta.", by=Voice.by_link(it.current.organisation))
    return it


def close(it: Issue, by: Actor) -> object:
    return it.close(by=by, **ENDING)


def pause(it: Issue, by: Actor) -> object:
    return it.pause(reason="Till våren.", by=by)


def finish(it: Action, by: Actor) -> object:
    return it.finish(note="Sex bytta.", by=by)


def cancel(it: Action, by: Actor) -> object:
    return it.cancel(reason="Fel.", by=by)


def move_day(it: Assignment, by: Actor) -> object:
    return DateChange.make(it, old=in_days(9), new=in_days(30), reason="Frost.", by=by)


def say_nothing(it: Organisation, by: Actor) -> object:
    return NilReport.give(it, first_day=in_days(-9), last_day=in_days(0), by=by)


def restricted(by: Actor) -> Issue:
    """Both are named."""
    issue: Issue = IssueFactory()
    restrict(issue, reason="Kan kännas igen.", named=Member.objects.of_the_group().values_list("pk", flat=True), by=by)
    return issue


def unname_the_other(it: Issue, by: Actor) -> object:
    return unname(it, Member.objects.of_the_group().exclude(pk=by.member.pk).get(), by=by)


VERBS = (
    same("start a meeting", planned, lambda it, by: start_meeting(it, by=by)),
    same("take a start back", under_way, lambda it, by: unstart_meeting(it, by=by)),
    same("call a meeting off", planned, lambda it, by: call_off(it, by=by)),
    same("take back that it is off", off, lambda it, by: reinstate(it, by=by)),
    same("send that it is off", off, lambda it, by: send_calling_off_now(it, by=by)),
    same("close a meeting", noted, lambda it, by: close_meeting(it, by=by)),
    same("take a closing back", closed, lambda it, by: unclose_meeting(it, by=by)),
    same("send what a closing caused", closed, lambda it, by: send_now(it, by=by)),
    same("open minutes to correct them", sent, lambda it, by: start_correcting(it, by=by)),
    same("call a correction off", opened, lambda it, by: cancel_correcting(it, by=by)),
    same("take out a meeting on paper", on_paper, lambda it, by: remove_entry(it, why="Fel dag.", by=by)),
    same("throw a correction away", corrected, lambda it, by: discard_correction(it, by=by)),
    same("save a correction", corrected, lambda it, by: save_correction(it, by=by)),
    same("mark as registered", with_minutes, lambda it, by: mark_registered(it, by=by)),
    same("take a mark back", registered, lambda it, by: take_back_registered(it, by=by)),
    same("approve minutes", approver, lambda it, by: approve(it.meeting.minutes.get(), it, by=by)),
    same("take an approval back", has_approved, take_approval_back),
    same("mail to the registrar", to_be_mailed, lambda it, by: mail_registrar(it, by=by)),
    same("strike a decision", decision, lambda it, by: strike_decision(it, by=by)),
    same("close an issue", lambda by: IssueFactory(), close),
    same("pause an issue", lambda by: IssueFactory(), pause),
    same("resume an issue", paused, lambda it, by: it.resume(by=by)),
    same("reopen an issue", ended, lambda it, by: it.reopen(reason="Mörkt igen.", by=by)),
    same("say that it remains", ended, lambda it, by: say_it_remains(it, by=by)),
    Verb(
        "it remains and is reopened",
        ended,
        (lambda it, by: say_it_remains(it, by=by), lambda it, by: it.reopen(reason="Mörkt igen.", by=by)),
    ),
    same("restrict an issue", ended, lambda it, by: restrict(it, reason="Känns igen.", named=[], by=by)),
    same("lift a restriction", restricted, lambda it, by: lift(it, reason="Gällde platsen.", by=by)),
    same("un-name each other", restricted, unname_the_other),
    same("answer yes", question, yes),
    same("answer no", question, no),
    same("answer yes by link", question, yes_by_link),
    same("end the link of a question", question, lambda it, by: void_link(it, by=by)),
    Verb("yes by link and no on the page", question, (yes_by_link, no)),
    Verb("yes by link and no on behalf", question, (yes_by_link, no_on_behalf)),
    Verb(
        "taken back by link and by the samordnare",
        answered_by_link,
        (
            lambda it, by: it.withdraw_answer(by=Voice.by_link(it.organisation)),
            lambda it, by: it.withdraw_answer(by=by),
        ),
    ),
    Verb(
        "taken back by link that it is done, and by the samordnare",
        done_by_link,
        (
            lambda it, by: DoneReport.withdraw(it, by=Voice.by_link(it.current.organisation)),
            lambda it, by: DoneReport.withdraw(it, by=by),
        ),
    ),
    same("pass a question on", question, lambda it, by: it.pass_on(by=by, to=None)),
    same("take an answer back", answered, lambda it, by: it.withdraw_answer(by=by)),
    same("move a promised day", answered, move_day),
    same("propose a draft", draft, lambda it, by: it.propose(by=by)),
    same("start an action", promised, lambda it, by: it.start(by=by)),
    same("report it done", promised, finish),
    same("take back that it is done", done, lambda it, by: DoneReport.withdraw(it, by=by)),
    same("take back how far it has come", told_of, lambda it, by: it.withdraw(by=by)),
    same("cancel an action", asked, cancel),
    same("remind an organisation", asked_by_mail, lambda it, by: remind(it.current, by=by)),
    same(
        "escalate an action", asked, lambda it, by: Escalation.escalate(it, to="kommunledningsgruppen", rung=1, by=by)
    ),
    same("note what is decided above", lifted, lambda it, by: Escalation.write_ruling(it, decision="Görs.", by=by)),
    same("take an escalation back", lifted, lambda it, by: it.escalation.withdraw_latest(by=by)),
    same("note an observation", seen, lambda it, by: it.note(by=by)),
    same("reject an observation", seen, lambda it, by: it.reject(reason="Inte vårt.", by=by)),
    same("put an observation back", attached, lambda it, by: it.put_back(by=by)),
    same("say that there is nothing to report", lambda by: OrganisationFactory(), say_nothing),
    same("take that back", lambda by: NilReportFactory(), lambda it, by: it.withdraw(by=by)),
    Verb("yes and no", question, (yes, no)),
    Verb(
        "an answer taken back and the action begun",
        answered,
        (lambda it, by: it.withdraw_answer(by=by), lambda it, by: it.action.start(by=by)),
    ),
    Verb("done and cancelled", promised, (finish, cancel)),
    Verb("noted and rejected", seen, (lambda it, by: it.note(by=by), lambda it, by: it.reject(reason="Nej.", by=by))),
)
"""Of each pair only one can be done: after it, the other begins from another state."""
