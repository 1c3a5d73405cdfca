"""Issues that only those named may know of: from the start, or since later."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from issues.models import (
    Action,
    DateChange,
    Escalation,
    Follower,
    Issue,
    Note,
    Progress,
)
from members.models import Notice
from tests.factories import (
    ObservationFactory,
)
from tests.notices import undelivered
from tests.restricted.telling import Facts, Register


def fishing(told: Register) -> None:
    """An issue that was restricted from the start, at the place and of the category of others, and more in need."""
    dam: Facts = {"where": "Silverdammen", "place": told.things["dam"], "category": told.things["light"]}
    words: Facts = {
        "title": "Tjärfacklor vid Silverdammen",
        "text": "Långrevsfiske om nätterna.",
        "need": 3,
        "influence": 3,
    }
    issue = Issue.create(restricted=True, **dam, **words, **told.acts("named", 55))
    for number in range(2):
        seen: Facts = {"text": "Kvastresning och långrevsfiske.", "created_at": told.at(54 - number)}
        ObservationFactory(reporter=told.people["named"], **dam, **seen).attach(issue, **told.acts("named", 53))
    asked: Facts = {"issue": issue, "term": Action.Term.SHORT, "text": "Bommar av järnek.", **told.acts("named", 52)}
    facts: Facts = {"supporting": [told.things["beside"]], "answer_due": told.day(-40)}
    actions = {
        name: Action.draft(title=title, organisation=told.things[organisation], **facts, **asked)
        for name, title, organisation in (
            ("silent", "Släcka tjärfacklor", "handled"),
            ("promised", "Mäta kvastresning", "asked"),
            ("declined", "Vakta järnekar", "police"),
            ("done", "Rensa järnekar", "asked"),
            ("draft", "Såga järnekar", "asked"),
        )
    }
    for name in ("silent", "promised", "declined", "done"):
        actions[name].propose(**told.acts("named", 51))
    promised, done = actions["promised"].current, actions["done"].current
    promised.accept(planned=told.day(-20), text="Kvastresning mäts.", **told.acts("named", 45))
    Progress.tell(promised, text="3 av 9 järnekar", **told.acts("named", 35))
    DateChange.make(promised, old=told.day(-20), new=told.day(-5), reason="Järnekarna", **told.acts("named", 34))
    no: Facts = {"reason": "priority", "text": "Järnekar är inte vårt.", "next_step": "Fråga Järnekslaget."}
    actions["declined"].current.decline(**no, **told.acts("named", 44))
    declined = Action.objects.get(pk=actions["declined"].pk)
    Escalation.escalate(
        declined, to="lokalpolisområdeschefen", rung=1, registry_no="Järnek 12", **told.acts("named", 42)
    )
    Escalation.write_ruling(declined, decision="Järnekar vaktas.", **told.acts("named", 41))
    done.accept(planned=told.day(-25), **told.acts("named", 43))
    actions["done"].finish(note="Järnekarna är rensade.", **told.acts("named", 2))
    Note.write(issue, text="Ringde om järnekarna.", **told.acts("named", 1))
    Follower.begin(issue, by=told.by("named"), at=told.at(50))
    told.things |= {"fishing": issue} | {f"fishing_{name}": action for name, action in actions.items()}


def not_reached(told: Register) -> None:
    """Mails about it that the mail server refused: one of it alone, and one that told of what may be known as well."""
    hidden, known = f"issue:{told.things['fishing'].pk}", told.things["refused"]
    undelivered(told.people["named"], thing=hidden)
    beside = undelivered(told.people["named"], thing=hidden)
    Notice.objects.filter(pk=beside.pk).update(settled_at=known.settled_at)


def torches(told: Register) -> None:
    """One that was closed restricted, with measures that had been tried at the same place."""
    known: Facts = {"where": "Norra gångtunneln", "place": told.things["tunnel"], "category": told.things["light"]}
    issue = Issue.create(restricted=True, title="Tjärfacklor i tunneln", **known, **told.acts("named", 190))
    facts: Facts = {"issue": issue, "organisation": told.things["asked"], "term": Action.Term.SHORT}
    action = Action.draft(title="Släcka tjärfacklor", **facts, **told.acts("named", 185))
    action.propose(**told.acts("named", 185))
    action.current.accept(planned=told.day(-150), **told.acts("named", 180))
    action.finish(note="Tjärfacklorna är släckta.", **told.acts("named", 140))
    issue.close(outcome="solved", feedback="Inga tjärfacklor mer.", **told.acts("named", 100))
    told.things |= {"torches": issue, "torches_action": action}


def beacons(told: Register) -> None:
    """An issue that is open to all, until it is restricted (`restricted_since`)."""
    facts: Facts = {"where": "Bortre vassviken", "category": told.things["litter"], "title": "Vårdkasar i vassviken"}
    issue = Issue.create(text="Vårdkasarna tänds i skymningen.", **facts, **told.acts("named", 47))
    seen: Facts = {"reporter": told.people["named"], "category": told.things["litter"], "created_at": told.at(46)}
    ObservationFactory(text="Vårdkasar.", where="Bortre vassviken", **seen).attach(issue, **told.acts("named", 46))
    asked: Facts = {"issue": issue, "term": Action.Term.SHORT, **told.acts("named", 45)}
    action = Action.draft(organisation=told.things["handled"], title="Riva vårdkasar", **asked)
    action.propose(**told.acts("named", 45))
    for role in ("coordinator", "ordinary", "colleague"):
        Follower.begin(issue, by=told.by(role), at=told.at(44))
    Note.write(issue, text="Såg vårdkasar igen.", **told.acts("named", 10))
    Note.write(issue, text="Vårdkasar vid bryggan.", **told.acts("colleague", 9))
    action.current.ask(text="Vilka vårdkasar?", **told.acts("handler", 9))
    told.things |= {"beacons": issue, "beacons_action": action}


def restricted_since(told: Register) -> None:
    """What was open to all is restricted, on its page by one who leads the group."""
    address = reverse("issues:restrict", args=[told.things["beacons"].number])
    sent = {"reason": "Vårdkasarna pekar ut.", "others": [told.people["named"].pk], "key": str(uuid4())}
    reply = told.client("chair").post(address, sent)
    told.things["beacons"].refresh_from_db()
    assert (reply.status_code, told.things["beacons"].restricted) == (302, True)
