"""A meeting that was held and one under way: at each they spoke of what all may know of, and of the restricted."""

from __future__ import annotations

from datetime import timedelta

from issues.models import (
    Action,
)
from meetings.agenda.ordering import add_item
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide, propose_action
from meetings.minutes.files import keep_files
from meetings.models import AgendaItem, Appendix, Decision, Meeting
from meetings.starting import start_meeting
from tests.base.files.made import passed
from tests.restricted.telling import Facts, Register
from tests.the import the


def held_meeting(told: Register) -> None:
    """A meeting begins that shall close."""
    coming: Facts = {"starts_at": told.at(21), "chair": told.people["chair"], "secretary": told.people["secretary"]}
    held = Meeting.plan(place="Sessionssalen", **coming, **told.acts("chair", 70))
    start_meeting(held, **told.acts("coordinator", 21))
    item = the(AgendaItem.objects.filter(meeting=held, issue=told.things["issue"]).order_by("pk").first())
    item.write_note(text="Gruppen väntar på lampor.", version=item.note_version, **told.acts("secretary", 20.99))
    decide(item, text="Frågan tas upp nästa gång.", **told.acts("secretary", 20.98))
    told.things |= {"held": held, "held_item": item}
    for name, at in (("Lägesbild.pdf", None), ("Ritning.pdf", item)):
        told.things[name] = Appendix.add(held, passed(name), item=at, **told.acts("chair", 20.975))


def spoken_of(told: Register) -> None:
    """At the same meeting they spoke of what is restricted, and of what became so later."""
    last = AgendaItem.objects.filter(meeting=told.things["held"], heading__rule="").order_by("heading__number").last()
    under = last.heading.key if last else "other"
    for name in ("fishing", "beacons"):
        facts: Facts = {
            "heading": under,
            "issue": told.things[name],
            "presenters": [told.people["named"]],
            "minutes": 7,
        }
        item = add_item(told.things["held"], **facts, **told.acts("named", 20.97))
        item.write_note(text="Vårdkasar och tjärfacklor vid Kvastudden.", version=0, **told.acts("named", 20.96))
        asked: Facts = {
            "title": f"Bärga järnekar {name}",
            "organisation": told.things["asked"],
            "term": Action.Term.SHORT,
        }
        propose_action(item, **asked, **told.acts("named", 20.95))
        kind = Decision.Kind.PAUSE if name == "beacons" else Decision.Kind.OTHER
        decide(item, text=f"Järnekarna bärgas, {name}.", kind=kind, **told.acts("named", 20.94))
        told.things[f"held_{name}"] = item
        Appendix.add(told.things["held"], passed(f"Vårdkasar {name}.pdf"), item=item, **told.acts("named", 20.93))


def closing(told: Register) -> None:
    held = told.things["held"]
    note_expected(held, **told.acts("secretary", 20.93))
    keep_files(close_meeting(held, next_starts_at=told.now - timedelta(minutes=20), **told.acts("secretary", 20.9)))
    told.things["running"] = Meeting.objects.planned().get()


def since_then(told: Register) -> None:
    """What was decided of the restricted is answered and reported."""
    for action in Action.objects.filter(title__startswith="Bärga järnekar").order_by("pk"):
        action.current.accept(planned=told.day(9), text="Järnekarna bärgas.", **told.acts("named", 5))
    told.things["beacons"].refresh_from_db()
    told.things["beacons"].resume(**told.acts("named", 4))


def running_meeting(told: Register) -> None:
    running = told.things["running"]
    start_meeting(running, **told.acts("coordinator", 0.014))
    item = the(AgendaItem.objects.filter(meeting=running, issue=told.things["issue"]).order_by("pk").first())
    item.write_note(text="Lampor igen.", version=item.note_version, **told.acts("secretary", 0.013))
    told.things["running_item"] = item
    Appendix.add(running, passed("Lampor.pdf"), item=item, **told.acts("secretary", 0.0125))
    coming: Facts = {"starts_at": told.now + timedelta(days=28), "chair": told.people["chair"]}
    told.things["planned"] = Meeting.plan(secretary=told.people["secretary"], **coming, **told.acts("chair", 0.012))
    told.things["guests"] = add_item(
        told.things["planned"], title="Gästens punkt", presenters=[told.people["guest"]], **told.acts("chair", 0.011)
    )


def spoken_of_again(told: Register) -> None:
    """At the meeting under way; on the planned one's agenda it stands for those named without anybody's doing."""
    for name in ("fishing", "beacons"):
        facts: Facts = {"issue": told.things[name], "presenters": [told.people["named"]], "minutes": 11}
        item = add_item(told.things["running"], **facts, **told.acts("named", 0.01))
        item.write_note(text="Tjärfacklor syns än.", version=0, **told.acts("named", 0.009))
        decide(item, text="Järnekarna får stå.", **told.acts("named", 0.008))
        told.things[f"running_{name}"] = item
        Appendix.add(told.things["running"], passed(f"Tjärfacklor {name}.pdf"), item=item, **told.acts("named", 0.007))
