"""To an observation, an issue, an action, or the handover of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from issues.models import (
    Action,
    Assignment,
    DateChange,
    DoneReport,
    Escalation,
    EscalationPath,
    Issue,
    NilReport,
    Note,
    Observation,
    Progress,
)
from issues.restricting import lift, name, restrict, unname
from issues.striking import restore, strike
from members.actor import Actor
from members.models import Organisation
from tests.days import in_days, today
from tests.factories import MemberFactory, ObservationFactory, SeatFactory
from tests.home.growing_world import World
from tests.home.old_tabs.meanwhile import CannotBe, Happening, then
from tests.home.old_tabs.meanwhile.members import leave, rename
from tests.home.posts import ENDING


def attach(world: World, observation: Observation) -> None:
    observation.attach(world.issue, by=world.by)


def note(world: World, observation: Observation) -> None:
    observation.note(by=world.by)


def reject(world: World, observation: Observation) -> None:
    observation.reject(reason="Inte vårt.", by=world.by)


def put_back(world: World, observation: Observation) -> None:
    observation.put_back(by=world.by)


def correct(world: World, observation: Observation) -> None:
    observation.correct(text="Ännu ljusare", by=world.by)


def withdraw(world: World, observation: Observation) -> None:
    if not observation.is_new:
        raise CannotBe
    observation.withdraw(by=Actor.of(observation.reporter))


def close_its_issue(world: World, thing: Observation | Action) -> None:
    if not thing.issue:
        raise CannotBe
    close_issue(world, thing.issue)


OBSERVATION: dict[str, Happening] = {
    "in an issue": attach,
    "in an issue that has closed": then(attach, close_its_issue),
    "its issue closed": close_its_issue,
    "noted": note,
    "rejected": reject,
    "put back": put_back,
    "sorted and put back": then(note, put_back),
    "put back and sorted": then(put_back, note),
    "corrected": correct,
    "taken back": withdraw,
}


def say_nothing(world: World, organisation: Organisation) -> None:
    NilReport.give(organisation, first_day=in_days(-20), last_day=today(), by=world.by)


def say_nothing_of_other_days(world: World, organisation: Organisation) -> None:
    NilReport.give(organisation, first_day=in_days(-20), last_day=in_days(-5), by=world.by)


def say_nothing_and_take_it_back(world: World, organisation: Organisation) -> None:
    say_nothing(world, organisation)
    organisation.nil_reports.latest("pk").withdraw(by=world.by)


def report(world: World, organisation: Organisation) -> None:
    ObservationFactory(organisation=organisation)


SPEAKER: dict[str, Happening] = {
    "said": say_nothing,
    "said of other days": say_nothing_of_other_days,
    "said and taken back": say_nothing_and_take_it_back,
    "reported": report,
    "out of the group": leave,
    "changed": rename,
}
NIL_REPORT: dict[str, Happening] = {
    "taken back": lambda world, said: said.withdraw(by=world.by),
    "reported": lambda world, said: report(world, said.organisation),
}


def pause(world: World, issue: Issue) -> None:
    issue.pause(reason="Till hösten.", by=world.by)


def resume(world: World, issue: Issue) -> None:
    issue.resume(by=world.by)


def close_issue(world: World, issue: Issue) -> None:
    issue.close(by=world.by, **ENDING, despite="Resten görs ändå.")


def reopen(world: World, issue: Issue) -> None:
    issue.reopen(reason="Mörkt igen.", by=world.by)


def strike_issue(world: World, issue: Issue) -> None:
    strike(issue, reason="Fel register.", by=world.by)


def restore_issue(world: World, issue: Issue) -> None:
    restore(issue, by=world.by)


def change(world: World, issue: Issue) -> None:
    issue.change(title="Mörkt i södra tunneln", by=world.by)


def restrict_to_others(world: World, issue: Issue) -> None:
    restrict(issue, reason="Kan kännas igen.", named=[], by=Actor.of(SeatFactory(member=MemberFactory()).member))


def lift_restriction(world: World, issue: Issue) -> None:
    lift(issue, reason="Det gällde platsen.", by=world.by)


def restrict_anew(world: World, issue: Issue) -> None:
    restrict(issue, reason="Kan kännas igen ändå.", named=[world.representative.pk], by=world.by)


def name_the_same(world: World, thing: Issue | Observation) -> None:
    name(thing, [world.member.pk], by=world.by)


def name_another(world: World, thing: Issue | Observation) -> None:
    name(thing, [SeatFactory(member=MemberFactory()).member.pk], by=world.by)


def unname_the_same(world: World, thing: Issue | Observation) -> None:
    unname(thing, world.representative, by=world.by)


def unname_her(world: World, thing: Issue | Observation) -> None:
    unname(thing, world.coordinator, by=Actor.of(world.representative))


RESTRICTED: dict[str, Happening] = {
    "lifted": lift_restriction,
    "lifted and restricted anew": then(lift_restriction, restrict_anew),
    "the same one named": name_the_same,
    "another named": name_another,
    "the other one un-named": unname_the_same,
    "she un-named": unname_her,
    "closed": close_issue,
    "changed": change,
}
RESTRICTED_OBSERVATION: dict[str, Happening] = {
    "the same one named": name_the_same,
    "another named": name_another,
    "the other one un-named": unname_the_same,
    "she un-named": unname_her,
    "noted": note,
}
ISSUE: dict[str, Happening] = {
    "restricted to others": restrict_to_others,
    "paused": pause,
    "resumed": resume,
    "paused and resumed": then(pause, resume),
    "paused anew": then(resume, pause),
    "closed": close_issue,
    "reopened": reopen,
    "closed and reopened": then(close_issue, reopen),
    "closed anew": then(reopen, close_issue),
    "struck": strike_issue,
    "struck and restored": then(strike_issue, restore_issue),
    "restored": restore_issue,
    "struck anew": then(restore_issue, strike_issue),
    "changed": change,
}


def correct_note(world: World, note: Note) -> None:
    note.correct(text="Ringde väghållaren.", by=Actor.of(world.representative))


def withdraw_note(world: World, note: Note) -> None:
    note.withdraw(by=Actor.of(world.representative))


def close_issue_of_note(world: World, note: Note) -> None:
    close_issue(world, note.issue)


NOTE: dict[str, Happening] = {
    "corrected": correct_note,
    "taken back": withdraw_note,
    "its issue closed": close_issue_of_note,
}


def answering(happening: Callable[[World, Assignment, Actor], Any]) -> Happening:
    """By somebody of the organisation that the action sits with."""

    def happen(world: World, action: Action) -> None:
        action.__dict__.pop("current", None)
        happening(world, action.current, Actor.of(world.representative))

    return happen


def taking_back(world: World, action: Action) -> None:
    action.assignments.latest("pk").withdraw_answer(by=Actor.of(world.representative))


yes = answering(lambda world, current, by: current.accept(by=by, planned=in_days(9)))
no = answering(
    lambda world, current, by: current.decline(by=by, reason="budget", text="Inte i år.", next_step="Fråga i mars.")
)
ask_back = answering(lambda world, current, by: current.ask(by=by, text="Vilka lampor?"))
pass_on = answering(lambda world, current, by: current.pass_on(by=by, to=world.housing, text="Den är deras."))
pass_to_nobody = answering(lambda world, current, by: current.pass_on(by=by, to=None, text="Vet inte."))
begin = answering(lambda world, current, by: current.action.start(by=by))
finish = answering(lambda world, current, by: current.action.finish(note="Sex bytta.", by=by))
move_day = answering(
    lambda world, current, by: DateChange.make(
        current, old=current.planned or today(), new=in_days(90), reason="Frost.", by=by
    )
)

set_an_end = answering(
    lambda world, current, by: DateChange.make(
        current, old=current.planned or today(), new=current.planned or today(), reason="Kabeln är grävd.", by=by
    )
)

take_done_back = answering(lambda world, current, by: DoneReport.withdraw(current.action, by=by))
DONE: dict[str, Happening] = {
    "taken back": take_done_back,
    "done anew": then(take_done_back, finish),
    "its issue closed": close_its_issue,
}

tell_how_far = answering(lambda world, current, by: Progress.tell(current, text="5 av 6 lampor", by=by))


def withdraw_progress(world: World, progress: Progress) -> None:
    progress.withdraw(by=Actor.of(world.representative))


def _of_its_promise(happening: Happening) -> Happening:
    return lambda world, progress: happening(world, Action.objects.get(pk=progress.assignment.action_id))


def go_to_others(world: World, progress: Progress) -> None:
    """As no verb does today, for what is promised is not handed over."""
    progress.assignment.replace(organisation=world.housing, message="", answer_due=None, at=timezone.now())


PROGRESS: dict[str, Happening] = {
    "told anew": _of_its_promise(tell_how_far),
    "taken back": withdraw_progress,
    "done": _of_its_promise(finish),
    "with others": go_to_others,
}


def propose(world: World, action: Action) -> None:
    action.propose(by=world.by)


def hand_over(world: World, action: Action) -> None:
    action.hand_over(to=world.housing, message="Kan ni?", by=world.by)


def cancel(world: World, action: Action) -> None:
    action.cancel(reason="Fel.", by=world.by)


ACTION: dict[str, Happening] = {
    "proposed": propose,
    "accepted": yes,
    "accepted and taken back": then(yes, taking_back),
    "its answer taken back": taking_back,
    "answered anew": then(taking_back, no),
    "declined": no,
    "asked back": ask_back,
    "passed on": pass_on,
    "passed on to nobody": pass_to_nobody,
    "passed on and taken back": then(pass_on, taking_back),
    "handed over": hand_over,
    "started": begin,
    "done": finish,
    "moved": move_day,
    "no longer running on": set_an_end,
    "cancelled": cancel,
    "its issue closed": close_its_issue,
}


def of_its_action(happening: Happening) -> Happening:
    def happen(world: World, assignment: Assignment) -> None:
        happening(world, Action.objects.get(pk=assignment.action_id))

    return happen


ASSIGNMENT = {name: of_its_action(happening) for name, happening in ACTION.items()}


def rule(world: World, escalation: Escalation) -> None:
    Escalation.write_ruling(Action.objects.get(pk=escalation.action_id), decision="Avslås.", by=world.by)


def take_escalation_back(world: World, escalation: Escalation) -> None:
    escalation.withdraw_latest(by=world.by)


ESCALATION: dict[str, Happening] = {
    "ruled": rule,
    "taken back": take_escalation_back,
    "its issue closed": lambda world, escalation: close_its_issue(world, escalation.action),
}


def change_paths(world: World, nothing: object) -> None:
    EscalationPath.change_all(dict.fromkeys(Organisation.Kind, ("styrelsen", "")), by=world.by)


PATHS: dict[str, Happening] = {"changed by another": change_paths}
