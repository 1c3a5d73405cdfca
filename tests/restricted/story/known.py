"""Issues and reports that everybody may know of."""

from __future__ import annotations

from issues.models import (
    Action,
    DateChange,
    Follower,
    Issue,
    Note,
    Place,
    Progress,
)
from issues.models.nil_report import NilReport
from tests.factories import (
    ObservationFactory,
)
from tests.notices import undelivered
from tests.restricted.telling import Facts, Register


def dark_tunnel(told: Register) -> None:
    """An issue with all that an issue may have."""
    facts: Facts = {
        "title": "Mörkt i tunneln",
        "where": "Norra gångtunneln",
        "category": told.things["light"],
        "need": 2,
    }
    issue = Issue.create(**facts, influence=2, text="Lamporna är släckta.", **told.acts("coordinator", 60))
    seen: Facts = {"category": told.things["light"], "place": told.things["tunnel"]}
    for role, days in (("ordinary", 61), ("colleague", 59)):
        when: Facts = {"seen_from": told.at(days), "created_at": told.at(days)}
        ObservationFactory(reporter=told.people[role], **seen, **when).attach(issue, **told.acts("coordinator", 58))
    light: Facts = {"issue": issue, "term": Action.Term.SHORT, "answer_due": told.day(-30)}
    action = Action.draft(organisation=told.things["asked"], title="Laga lamporna", **light, **told.acts("chair", 57))
    action.propose(**told.acts("chair", 57))
    action.current.accept(planned=told.day(20), text="Vi byter till led.", **told.acts("ordinary", 50))
    Progress.tell(action.current, text="2 av 6 lampor", **told.acts("ordinary", 40))
    DateChange.make(action.current, old=told.day(20), new=told.day(30), reason="Material", **told.acts("ordinary", 30))
    more = Action.draft(organisation=told.things["handled"], title="Klipp häcken", **light, **told.acts("chair", 56))
    more.propose(**told.acts("chair", 56))
    Follower.begin(issue, by=told.by("coordinator"), at=told.at(55))
    note = Note.write(issue, text="Ringde väghållaren.", **told.acts("colleague", 29))
    told.things |= {"issue": issue, "action": action, "more": more, "note": note}


def closed_issues(told: Register) -> None:
    """What has been tried at the same place, and of the same category."""
    for name, where in (("tried", "Norra gångtunneln"), ("dredged", "Silverdammen")):
        known: Facts = {"where": where, "place": Place.objects.named(where), "category": told.things["light"]}
        issue = Issue.create(title=f"Släckt lykta {name}", **known, **told.acts("coordinator", 200))
        asked: Facts = {"issue": issue, "organisation": told.things["asked"], "term": Action.Term.SHORT}
        action = Action.draft(title=f"Byt lykta {name}", **asked, **told.acts("chair", 190))
        action.propose(**told.acts("chair", 190))
        action.current.accept(planned=told.day(-150), **told.acts("ordinary", 180))
        action.finish(note="Bytt.", **told.acts("ordinary", 160))
        issue.close(outcome="solved", feedback="Lyktan är bytt.", **told.acts("chair", 150))
        told.things[name] = issue


def open_issues(told: Register) -> None:
    for name, title, where, days in (
        ("shared", "Trasigt räcke", "Silverdammen", 48),
        ("other", "Klotter på perrongen", "Perrongen", 49),
        ("new", "Skräp i parken", "Parken", 18),
    ):
        about: Facts = {"title": title, "where": where, "category": told.things["litter"]}
        told.things[name] = Issue.create(**about, **told.acts("coordinator", days))
    for name, title, issue, organisation in (
        ("railing", "Svetsa räcket", "shared", "handled"),
        ("platform", "Tvätta perrongen", "other", "beside"),
    ):
        facts: Facts = {
            "issue": told.things[issue],
            "organisation": told.things[organisation],
            "term": Action.Term.SHORT,
        }
        action = Action.draft(title=title, answer_due=told.day(6), **facts, **told.acts("chair", 20))
        action.propose(**told.acts("chair", 20))
        told.things[name] = action
    Follower.begin(told.things["other"], by=told.by("ordinary"), at=told.at(19))
    Follower.begin(told.things["shared"], by=told.by("coordinator"), at=told.at(19))


def queue(told: Register) -> None:
    """What waits to be sorted, at places and in words that the restricted has too."""
    for name, where, text in (
        ("first", "Norra gångtunneln", "Lamporna är släckta igen."),
        ("second", "Silverdammen", "Facklor och fiske om nätterna."),
        ("third", "Yttre vassen", "Skräp i vassen efter en brand."),
    ):
        known: Facts = {"where": where, "place": Place.objects.named(where), "category": told.things["light"]}
        when: Facts = {"created_at": told.at(10), "seen_from": told.at(10)}
        told.things[name] = ObservationFactory(reporter=told.people["colleague"], text=text, **known, **when)
    days: Facts = {"first_day": told.day(-9), "last_day": told.day(-4)}
    told.things["nil"] = NilReport.give(told.things["asked"], **days, **told.acts("ordinary", 4))


def not_reached(told: Register) -> None:
    """A mail that the mail server refused."""
    told.things["refused"] = undelivered(told.people["named"], thing=f"issue:{told.things['issue'].pk}")
