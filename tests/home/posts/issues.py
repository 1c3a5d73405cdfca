"""Reporting, sorting, issues, actions and the answers to them."""

from __future__ import annotations

from base.swedish.said_days import SaidDay
from issues.answer_link import address_for, print_of
from issues.handling import version_of
from issues.models import (
    AccessGrant,
    Action,
    Assignment,
    Category,
    Escalation,
    EscalationPath,
    Follower,
    Issue,
    Note,
    Observation,
    Progress,
)
from issues.models.escalation_path import COLUMNS, USUAL
from issues.restricting import restrict
from issues.striking import strike
from members.actor import Actor, Voice
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, NilReportFactory, ObservationFactory, OrganisationFactory
from tests.home.growing_world import World
from tests.home.posts import ENDING, Sent, prefixed, to

REPORT = {"where": "Norra gångtunneln", "when": "now", "police_report": "unknown", "source": "own"}
ISSUE = {"title": "Mörkt i tunneln", "kind": "place", "where": "Norra gångtunneln", "need": "3", "influence": ""}


def report(world: World) -> Sent:
    typed = REPORT | {"category": Category.objects.all()[0].pk, "organisation": world.technical.pk}
    return to("issues:report", **typed)


DAYS = {"first_day": in_days(-9).isoformat(), "last_day": in_days(0).isoformat()}


def say_nothing(world: World) -> Sent:
    return to("issues:nil_report", world.technical.pk, **DAYS)


def say_nothing_on_behalf(world: World) -> Sent:
    return to("issues:nil_report", world.technical.pk, **DAYS, channel="phone")


def unsay_nothing(world: World) -> Sent:
    return to("issues:nil_report_withdraw", NilReportFactory(by=world.representative).pk)


def correct(world: World) -> Sent:
    seen = ObservationFactory(reporter=world.representative)
    typed = REPORT | {"category": seen.category.pk, "organisation": world.technical.pk, "version": seen.version}
    return to("issues:observation_correct", seen.pk, **typed | {"text": "Ljusare"})


def withdraw(world: World) -> Sent:
    return to("issues:observation_withdraw", ObservationFactory(reporter=world.representative).pk, why="Fel plats.")


def make_issue(world: World) -> Sent:
    return to("issues:observation_issue", ObservationFactory().pk, **ISSUE)


def attach(world: World) -> Sent:
    return to("issues:observation_attach", ObservationFactory().pk, issue=world.issue.pk)


def note(world: World) -> Sent:
    return to("issues:observation_note", ObservationFactory().pk)


def reject(world: World) -> Sent:
    return to("issues:observation_reject", ObservationFactory().pk, reason="Inte vårt.")


def waiting(number: int) -> list[int]:
    return [ObservationFactory().pk for _ in range(number)]


def sort_several(world: World, route: str, **typed: object) -> Sent:
    """One more than there are turns of the world: at least two."""
    return to(route, o=waiting(world.turn + 1), **typed)


def keys_on(world: World) -> Sent:
    return to("issues:triage_keys", on="on")


def make_issue_of_several(world: World) -> Sent:
    return sort_several(world, "issues:triage_issue", **ISSUE)


def attach_several(world: World) -> Sent:
    return sort_several(world, "issues:triage_attach", issue=world.issue.pk)


def note_several(world: World) -> Sent:
    return sort_several(world, "issues:triage_marked", gor="notera")


def reject_several(world: World) -> Sent:
    return sort_several(world, "issues:triage_reject", reason="Inte vårt.")


def put_back_several(world: World) -> Sent:
    seen = Observation.objects.filter(pk__in=waiting(world.turn + 1)).order_by("pk")
    for observation in seen:
        observation.attach(world.issue, by=world.by)
    return to("issues:triage_put_back", versions=" ".join(f"{each.pk}@{each.version}" for each in seen))


def put_back(world: World) -> Sent:
    seen = ObservationFactory()
    seen.attach(world.issue, by=world.by)
    return to("issues:observation_put_back", seen.pk, version=seen.version)


def create(world: World) -> Sent:
    return to("issues:create", **ISSUE)


def change(world: World) -> Sent:
    return to("issues:change", world.issue.number, version=world.issue.version, **ISSUE)


def close_issue(world: World) -> Sent:
    return to("issues:close", world.issue.number, **ENDING, despite="Resten görs i vår.")


def pause(world: World) -> Sent:
    return to("issues:pause", world.issue.number, reason="Till våren.")


def resume(world: World) -> Sent:
    world.issue.pause(reason="Till våren.", by=world.by)
    return to("issues:resume", world.issue.number, entry=world.issue.entry)


def reopen(world: World) -> Sent:
    world.issue.close(by=world.by, **ENDING, despite="Resten görs i vår.")
    return to("issues:reopen", world.issue.number, reason="Släckt igen.", entry=world.issue.entry)


def remains(world: World) -> Sent:
    ObservationFactory(reporter=world.representative, issue=world.issue)
    world.issue.close(by=world.by, **ENDING, despite="Resten görs i vår.")
    return to("issues:remains", world.issue.number, text="Släckt igen.", entry=world.issue.entry)


def strike_issue(world: World) -> Sent:
    return to("issues:strike", IssueFactory().number, reason="Fel register.")


def strike_issue_with_observations(world: World) -> Sent:
    issue = IssueFactory()
    for _ in range(world.turn):
        ObservationFactory().attach(issue, by=world.by)
    return to("issues:strike", issue.number, reason="Fel register.")


def restore_issue(world: World) -> Sent:
    issue = IssueFactory()
    strike(issue, reason="Fel register.", by=world.by)
    return to("issues:restore", issue.number, entry=issue.entry)


def follow(world: World) -> Sent:
    return to("issues:follow", world.issue.number)


def unfollow(world: World) -> Sent:
    Follower.begin(world.issue, by=Actor.of(world.representative))
    return to("issues:unfollow", world.issue.number)


def restrict_issue(world: World) -> Sent:
    return to("issues:restrict", world.issue.number, reason="En enskild kan kännas igen.")


def restricted(world: World) -> Issue:
    """Her issue, restricted, with the representative named beside her."""
    restrict(world.issue, reason="Kan kännas igen.", named=[world.representative.pk], by=world.by)
    return world.issue


def lift_restriction(world: World) -> Sent:
    return to("issues:lift", restricted(world).number, reason="Det gällde platsen.")


def name_on_issue(world: World) -> Sent:
    return to("issues:named", restricted(world).number, others=[world.member.pk])


def unname_on_issue(world: World) -> Sent:
    return to("issues:unname", restricted(world).number, world.representative.pk)


def restricted_observation(world: World) -> Observation:
    seen = ObservationFactory(reporter=world.coordinator, restricted=True)
    AccessGrant.give(seen, [world.coordinator.pk, world.representative.pk], by=world.by)
    return seen


def name_on_observation(world: World) -> Sent:
    return to("issues:observation_named", restricted_observation(world).pk, others=[world.member.pk])


def unname_on_observation(world: World) -> Sent:
    return to("issues:observation_unname", restricted_observation(world).pk, world.representative.pk)


def write_note(world: World) -> Sent:
    return to("issues:note", world.issue.number, text="Ringde Trafikverket.")


def mend_note(world: World) -> Sent:
    note = Note.write(world.issue, text="Ringde trafikverket.", by=Actor.of(world.representative))
    return to("issues:note_correct", note.pk, text="Ringde Trafikverket.", version=note.version)


def take_note_back(world: World) -> Sent:
    note = Note.write(world.issue, text="Ringde fel.", by=Actor.of(world.representative))
    return to("issues:note_withdraw", note.pk)


# Actions


def ask(world: World, organisations: int = 1) -> Sent:
    pks = [OrganisationFactory().pk for _ in range(organisations)]
    typed = {"title": "Byta armaturer", "answer_due": in_days(10).isoformat(), "term": "short"}
    return to("issues:action_create", world.issue.number, organisations=pks, **typed)


def ask_each(world: World) -> Sent:
    return ask(world, organisations=world.turn)


def asked_of(world: World) -> Assignment:
    action = ActionFactory(issue=world.issue, assignment__organisation=world.technical)
    return Assignment.objects.select_related("action").get(action=action)


def promised(world: World) -> Action:
    assignment = asked_of(world)
    assignment.accept(by=Actor.of(world.representative), planned=in_days(7))
    return Action.objects.get(pk=assignment.action_id)


def propose(world: World) -> Sent:
    return to("issues:action_propose", ActionFactory(state="draft", assignment__organisation=world.technical).pk)


def hand_over(world: World) -> Sent:
    action = asked_of(world).action
    typed = {"organisation": world.housing.pk, "answer_due": in_days(10).isoformat(), "version": action.version}
    return to("issues:action_hand_over", action.pk, **prefixed("overlamna", typed))


def remind(world: World) -> Sent:
    action = asked_of(world).action
    return to("issues:action_remind", action.pk, **prefixed("paminn", {"text": "Hej.", "version": action.version}))


def void_link(world: World) -> Sent:
    action = asked_of(world).action
    shown = {"version": action.version, "link": print_of(action.current)}
    return to("issues:action_void_link", action.pk, **prefixed("lank", shown))


def escalate(world: World) -> Sent:
    action = asked_of(world).action
    return to("issues:action_escalate", action.pk, **prefixed("eskalera", {"rung": "1", "version": action.version}))


def escalated(world: World) -> Escalation:
    return Escalation.escalate(asked_of(world).action, to="kommunledningsgruppen", rung=1, by=world.by)


def rule(world: World) -> Sent:
    action = escalated(world).action
    return to("issues:action_rule", action.pk, **prefixed("avgjord", {"decision": "Görs.", "version": action.version}))


def take_escalation_back(world: World) -> Sent:
    lifted = escalated(world)
    return to("issues:escalation_withdraw", lifted.pk, written=lifted.written_at.isoformat())


def change_paths(world: World) -> Sent:
    typed = {f"{kind}_{rung}": to for kind, pair in USUAL.items() for rung, to in zip(COLUMNS, pair, strict=True)}
    return to("issues:escalation_paths", version=EscalationPath.version_of_all(), **typed | {"company_first": "ägaren"})


def cancel(world: World) -> Sent:
    action = asked_of(world).action
    return to("issues:action_cancel", action.pk, **prefixed("aterta", {"reason": "Fel.", "version": action.version}))


def start_action(world: World) -> Sent:
    return to("issues:action_start", promised(world).pk)


def finish(world: World) -> Sent:
    return to("issues:action_finish", promised(world).pk, **prefixed("klar", {"note": "Fyra bytta."}))


def take_done_back(world: World) -> Sent:
    action = promised(world)
    action.finish(note="Fyra bytta.", by=Actor.of(world.representative))
    return to("issues:done_withdraw", action.pk, entry=action.entry)


def progress(world: World) -> Sent:
    return to("issues:action_progress", promised(world).pk, **prefixed("lage", {"text": "4 av 6 lampor"}))


def take_progress_back(world: World) -> Sent:
    told = Progress.tell(promised(world).current, text="4 av 6 lampor", by=Actor.of(world.representative))
    return to("issues:progress_withdraw", told.pk)


def review(world: World) -> Sent:
    action, running = asked_of(world).action, SaidDay(in_days(7), "running", "löpande")
    action.current.accept(by=Actor.of(world.representative), planned=running)
    typed = {"old": in_days(7).isoformat(), "review": in_days(90).isoformat()}
    return to("issues:action_review", action.pk, **prefixed("avstamning", typed))


def change_date(world: World) -> Sent:
    typed = {"old": in_days(7).isoformat(), "planned": in_days(30).isoformat(), "reason": "Sent."}
    return to("issues:action_change_date", promised(world).pk, **prefixed("datum", typed))


def accept(world: World) -> Sent:
    typed = {"planned": "other", "other_day": in_days(30).isoformat()}
    return to("issues:assignment_accept", asked_of(world).pk, **prefixed("ja", typed))


def keep_handling(world: World) -> Sent:
    asked = asked_of(world)
    typed = {"handler": world.representative.pk, "external_ref": "TF-77", "version": version_of(asked)}
    return to("issues:assignment_handling", asked.pk, **prefixed("handlaggning", typed))


def hand_to(world: World) -> Sent:
    asked = asked_of(world)
    typed = {"handler": world.representative.pk, "version": version_of(asked)}
    return to("issues:assignment_hand_to", asked.pk, **prefixed("handlaggning", typed))


def take_on(world: World) -> Sent:
    return to("issues:assignment_take_on", asked_of(world).pk)


def already_done(world: World) -> Sent:
    return to("issues:assignment_already_done", asked_of(world).pk, **prefixed("gjort", {"note": "Bytta i våras."}))


def decline(world: World) -> Sent:
    typed = {"reason": "priority", "text": "Skolvägarna först.", "next_step": "Ta upp igen i mars."}
    return to("issues:assignment_decline", asked_of(world).pk, **prefixed("nej", typed))


def question(world: World) -> Sent:
    return to("issues:assignment_ask", asked_of(world).pk, **prefixed("fraga", {"text": "Vilka lampor?"}))


def pass_on(world: World) -> Sent:
    typed = {"to": str(world.housing.pk), "text": "Den är er."}
    return to("issues:assignment_pass_on", asked_of(world).pk, **prefixed("vidare", typed))


def answer_question_by_link(world: World) -> Sent:
    token = address_for(asked_of(world)).split("/")[2]
    return to("issues:answer_link_step", token, "fraga", **prefixed("fraga", {"text": "Vilka lampor?"}))


def take_answer_back_by_link(world: World) -> Sent:
    assignment = asked_of(world)
    answer = assignment.accept(by=Voice.by_link(assignment.organisation), planned=in_days(7))
    token = address_for(assignment).split("/")[2]
    return to("issues:answer_link_take_back", token, "svar", answer=answer.pk)


def take_answer_back(world: World) -> Sent:
    assignment = asked_of(world)
    assignment.accept(by=Actor.of(world.representative), planned=in_days(7))
    return to("issues:answer_withdraw", assignment.pk, answer=assignment.answer_id)
