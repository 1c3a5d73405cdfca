"""A small register, with restricted things in every corner of it: some from the start, some that became so later.

What may be known is told with the restricted in between, as it happens in life: the restricted takes numbers, stands
at the same places, is asked of the same organisations and is spoken of at the same meetings.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from issues.models import (
    AccessGrant,
    Action,
    Counter,
    DateChange,
    Follower,
    Issue,
    Note,
    Place,
    Progress,
)
from issues.models.nil_report import NilReport
from issues.restricting import restrict
from meetings.agenda.ordering import add_item
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide, propose_action
from meetings.minutes.files import keep_files
from meetings.models import AgendaItem, Decision, Meeting
from meetings.starting import start_meeting
from members.models import Organisation, Seat
from tests.factories import (
    AnswersForFactory,
    CategoryFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    PlaceFactory,
    SeatFactory,
)
from tests.people import signed_in
from tests.restricted.telling import Register, Story
from tests.the import the

NOT_NAMED = (
    *("signed_out", "coordinator", "ordinary", "deputy", "colleague"),
    *("handler", "neighbour", "reader", "guest", "secretary"),
)
"""`ordinary` and `deputy` sit for an organisation that is asked in what is restricted, `handler` answers for another,
`neighbour` for one that is not, `colleague` sits for a third; `secretary` writes the minutes. The handler is no longer
welcomed: that ends with her first answer, and hers is in what was restricted afterwards."""

WORDS = ("tjärfack", "långrev", "kvastres", "järnek", "vassrugg", "vassvik", "rökring", "vårdkas", "bärga")
"""Of each of the restricted texts some stand here: they are nowhere else."""
FIRST_NUMBER = 41
"""Of the issues: no month, no decision and no meeting has it."""

Facts = dict[str, Any]
STORY = Story()


@STORY.known
def numbers(told: Register) -> None:
    for year in {told.at(0).year, told.at(200).year}:
        Counter.objects.create(series=Counter.Series.ISSUE, year=year, last=FIRST_NUMBER - 1)


@STORY.known
def people(told: Register) -> None:
    asked = OrganisationFactory(name="Tekniska förvaltningen")
    handled = OrganisationFactory(name="Witalabostäder AB", kind=Organisation.Kind.COMPANY)
    police = OrganisationFactory(name="Polisen", kind=Organisation.Kind.POLICE)
    school = OrganisationFactory(name="Skolan")
    beside = OrganisationFactory(name="Järnvägen", kind=Organisation.Kind.COMPANY)
    rescue = OrganisationFactory(name="Räddningstjänsten", kind=Organisation.Kind.RESCUE)
    told.things |= {"asked": asked, "handled": handled, "police": police, "school": school, "beside": beside}
    told.people = {
        "signed_out": None,
        "coordinator": MemberFactory(
            created_at=told.at(300),
            name="Maja Exempel",
            email="maja@exempel.se",
            organisation=rescue,
            is_coordinator=True,
        ),
        "ordinary": MemberFactory(
            created_at=told.at(300), name="Omar Prov", email="omar@exempel.se", organisation=asked
        ),
        "deputy": MemberFactory(
            created_at=told.at(300), name="Gun Prototyp", email="gun@exempel.se", organisation=asked
        ),
        "colleague": MemberFactory(
            created_at=told.at(300), name="Ali Ritning", email="ali@exempel.se", organisation=police
        ),
        "handler": MemberFactory(
            created_at=told.at(300), name="Tove Test", email="tove@exempel.se", organisation=handled, welcomed=True
        ),
        "neighbour": MemberFactory(
            created_at=told.at(300), name="Nils Skiss", email="nils@exempel.se", organisation=beside
        ),
        "reader": MemberFactory(
            created_at=told.at(300), name="Sara Mall", email="sara@exempel.se", organisation=rescue, is_reader=True
        ),
        "guest": MemberFactory(created_at=told.at(300), name="Per Modell", email="per@exempel.se", organisation=rescue),
        "secretary": MemberFactory(
            created_at=told.at(300), name="Siv Avskrift", email="siv@exempel.se", organisation=rescue
        ),
        "named": MemberFactory(
            created_at=told.at(300), name="Elin Förlaga", email="elin@exempel.se", organisation=school
        ),
        "chair": MemberFactory(
            created_at=told.at(300), name="Ove Utkast", email="ove@exempel.se", organisation=rescue, is_coordinator=True
        ),
    }
    for role in ("ordinary", "colleague", "secretary", "named"):
        told.things[f"seat_of_{role}"] = SeatFactory(created_at=told.at(300), member=told.people[role])
    SeatFactory(created_at=told.at(300), member=told.people["deputy"], role=Seat.Role.DEPUTY)
    AnswersForFactory(created_at=told.at(300), member=told.people["handler"], organisation=handled)
    AnswersForFactory(created_at=told.at(300), member=told.people["neighbour"], organisation=beside)
    told.sessions = {
        role: signed_in(member).cookies["sessionid"].value for role, member in told.people.items() if member
    }


@STORY.known
def places(told: Register) -> None:
    told.things |= {
        "tunnel": PlaceFactory(name="Norra gångtunneln"),
        "dam": PlaceFactory(name="Silverdammen"),
        "light": CategoryFactory(name="Belysning"),
        "litter": CategoryFactory(name="Nedskräpning", icon="other"),
    }


@STORY.known
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


@STORY.restricted
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
    done.accept(planned=told.day(-25), **told.acts("named", 43))
    actions["done"].finish(note="Järnekarna är rensade.", **told.acts("named", 2))
    Note.write(issue, text="Ringde om järnekarna.", **told.acts("named", 1))
    Follower.begin(issue, by=told.by("named"), at=told.at(50))
    told.things |= {"fishing": issue} | {f"fishing_{name}": action for name, action in actions.items()}


@STORY.known
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


@STORY.restricted
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


@STORY.known
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


@STORY.restricted
def reports(told: Register) -> None:
    """Observations that are restricted themselves: one waits, one is noted, one is rejected, one lies in an issue."""
    kept: Facts = {"reporter": told.people["named"], "category": told.things["litter"], "restricted": True}
    facts = kept | {"text": "Vassruggar brinner.", "where": "Bortre vassviken"}
    waits = ObservationFactory(for_meeting=True, created_at=told.at(12), **facts)
    noted, rejected, attached, closed = (ObservationFactory(created_at=told.at(11), **facts) for _ in range(4))
    noted.note(**told.acts("named", 3))
    rejected.reject(reason="Vassruggar är inte vårt.", **told.acts("named", 2))
    attached.attach(told.things["shared"], **told.acts("named", 0.5))
    closed.attach(told.things["other"], **told.acts("named", 0.4))
    for seen in (waits, noted, rejected, attached, closed):
        AccessGrant.objects.create(observation=seen, member=told.people["named"])
    told.things |= {"waits": waits, "noted": noted, "rejected": rejected, "attached": attached}


@STORY.restricted
def moved_report(told: Register) -> None:
    """An observation that everybody read, in an issue of all, before it was moved to the restricted one."""
    seen: Facts = {"reporter": told.people["named"], "category": told.things["light"], "created_at": told.at(9)}
    moved = ObservationFactory(text="Rökringar över vassen.", where="Bortre vassviken", **seen)
    moved.attach(told.things["other"], **told.acts("chair", 8))
    moved.put_back(**told.acts("chair", 7))
    moved.attach(told.things["fishing"], **told.acts("named", 6))
    told.things["moved"] = moved


@STORY.known
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


@STORY.known
def held_meeting(told: Register) -> None:
    """A meeting begins that shall close."""
    coming: Facts = {"starts_at": told.at(21), "chair": told.people["chair"], "secretary": told.people["secretary"]}
    held = Meeting.plan(place="Sessionssalen", **coming, **told.acts("chair", 70))
    start_meeting(held, **told.acts("coordinator", 21))
    item = the(AgendaItem.objects.filter(meeting=held, issue=told.things["issue"]).order_by("pk").first())
    item.write_note(text="Gruppen väntar på lampor.", version=item.note_version, **told.acts("secretary", 20.99))
    decide(item, text="Frågan tas upp nästa gång.", **told.acts("secretary", 20.98))
    told.things |= {"held": held, "held_item": item}


@STORY.restricted
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


@STORY.restricted
def spoken_of(told: Register) -> None:
    """At the same meeting they spoke of what is restricted, and of what became so later."""
    last = AgendaItem.objects.filter(meeting=told.things["held"], heading__rule="").order_by("heading__number").last()
    under = last.heading_id if last else "other"
    for name in ("fishing", "beacons"):
        facts: Facts = {"heading": under, "issue": told.things[name], "presenter": told.people["named"], "minutes": 7}
        item = add_item(told.things["held"], **facts, **told.acts("named", 20.97))
        item.write_note(text="Vårdkasar och tjärfacklor.", version=0, **told.acts("named", 20.96))
        asked: Facts = {
            "title": f"Bärga järnekar {name}",
            "organisation": told.things["asked"],
            "term": Action.Term.SHORT,
        }
        propose_action(item, **asked, **told.acts("named", 20.95))
        kind = Decision.Kind.PAUSE if name == "beacons" else Decision.Kind.OTHER
        decide(item, text=f"Järnekarna bärgas, {name}.", kind=kind, **told.acts("named", 20.94))
        told.things[f"held_{name}"] = item


@STORY.known
def closing(told: Register) -> None:
    held = told.things["held"]
    note_expected(held, **told.acts("secretary", 20.93))
    keep_files(close_meeting(held, next_starts_at=told.now - timedelta(minutes=20), **told.acts("secretary", 20.9)))
    told.things["running"] = Meeting.objects.planned().get()


@STORY.restricted
def since_then(told: Register) -> None:
    """What was decided of the restricted is answered and reported."""
    for action in Action.objects.filter(title__startswith="Bärga järnekar").order_by("pk"):
        action.current.accept(planned=told.day(9), text="Järnekarna bärgas.", **told.acts("named", 5))
    told.things["beacons"].refresh_from_db()
    told.things["beacons"].resume(**told.acts("named", 4))


@STORY.restricted
def restricted_since(told: Register) -> None:
    """What was open to all is restricted."""
    restrict(told.things["beacons"], reason="Vårdkasarna pekar ut.", named=[], **told.acts("named", 3))


@STORY.known
def running_meeting(told: Register) -> None:
    running = told.things["running"]
    start_meeting(running, **told.acts("coordinator", 0.014))
    item = the(AgendaItem.objects.filter(meeting=running, issue=told.things["issue"]).order_by("pk").first())
    item.write_note(text="Lampor igen.", version=item.note_version, **told.acts("secretary", 0.013))
    told.things["running_item"] = item
    coming: Facts = {"starts_at": told.now + timedelta(days=28), "chair": told.people["chair"]}
    told.things["planned"] = Meeting.plan(secretary=told.people["secretary"], **coming, **told.acts("chair", 0.012))
    told.things["guests"] = add_item(
        told.things["planned"], title="Gästens punkt", presenter=told.people["guest"], **told.acts("chair", 0.011)
    )


@STORY.restricted
def spoken_of_again(told: Register) -> None:
    """At the meeting under way; on the planned one's agenda it stands for those named without anybody's doing."""
    for name in ("fishing", "beacons"):
        facts: Facts = {"issue": told.things[name], "presenter": told.people["named"], "minutes": 11}
        item = add_item(told.things["running"], **facts, **told.acts("named", 0.01))
        item.write_note(text="Tjärfacklor syns än.", version=0, **told.acts("named", 0.009))
        decide(item, text="Järnekarna får stå.", **told.acts("named", 0.008))
        told.things[f"running_{name}"] = item
