"""A small world with something to leak in every corner, and one person for each role of the product."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from base.swedish.passages import pattern
from issues.answer_link import address_for
from issues.models import AccessGrant, Escalation, Issue, Note, Progress
from meetings.minutes.annex_writing import freeze_annex
from meetings.minutes.masking import mask_versions
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Approver, Decision, Meeting, Minutes, Presence
from meetings.models.presence import AttendanceSpan
from members.actor import Actor
from members.models import ContactPoint, Logotype, Member, Organisation, Seat
from temagrupp.redaction.finding import ANY_TEXT, find
from temagrupp.redaction.redacting import redact_text
from temagrupp.redaction.scope import MaskingScope
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AnswersForFactory,
    IssueFactory,
    MeetingFactory,
    MemberFactory,
    NilReportFactory,
    ObservationFactory,
    OrganisationFactory,
    SeatFactory,
    reopened,
)
from tests.issues.old_list import kept as kept_list
from tests.meetings.appended import appended
from tests.meetings.series import a_series
from tests.members.importing import kept
from tests.notices import undelivered
from tests.pictures import picture
from tests.the import the

SECRET = "HEMLIGT-7731"
"""Stands in every restricted text; no page may show it to one who is not named."""

ROLES = (
    *("signed_out", "coordinator", "ordinary", "deputy", "colleague"),
    *("handler", "reader", "guest", "named", "secretary"),
)
"""`ordinary` and `deputy` sit for the asked organisation, `colleague` for another, `handler` answers for a third
that was asked as well, `named` is a representative who may see the restricted issue, `secretary` one who writes the
minutes of every meeting without being samordnare."""

MAY_SEE_THE_SECRET = {"named"}


@dataclass
class World:
    """The people by role, and the things that a table of addresses names by word."""

    people: dict[str, Member | None]
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser of hers, signed in where the role is."""
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def make_world() -> World:
    asked = OrganisationFactory(name="Tekniska förvaltningen")
    handled = OrganisationFactory(name="Witalabostäder AB", kind=Organisation.Kind.COMPANY)
    other = OrganisationFactory(name="Polisen", kind=Organisation.Kind.POLICE)
    people: dict[str, Member | None] = {
        "signed_out": None,
        "coordinator": MemberFactory(name="Maja Exempel", is_coordinator=True),
        "ordinary": MemberFactory(name="Omar Prov", organisation=asked, phone="+46 (0)383-971 00, +46 (0)70-123 45 67"),
        "deputy": MemberFactory(name="Gun Prototyp", organisation=asked),
        "colleague": MemberFactory(name="Ali Ritning", organisation=other),
        "handler": MemberFactory(name="Tove Test", organisation=handled),
        "reader": MemberFactory(name="Sara Mall", is_reader=True),
        "guest": MemberFactory(name="Per Modell"),
        "named": MemberFactory(name="Elin Förlaga"),
        "secretary": MemberFactory(name="Siv Avskrift"),
    }
    seat = SeatFactory(member=people["ordinary"])
    SeatFactory(member=people["deputy"], role=Seat.Role.DEPUTY)
    SeatFactory(member=people["colleague"])
    SeatFactory(member=people["named"])
    SeatFactory(member=people["secretary"])
    AnswersForFactory(member=people["handler"], organisation=handled)

    Logotype.put(picture(), by=Actor.of(the(people["coordinator"])))
    point = ContactPoint.add(by=Actor.of(the(people["coordinator"])), name="Fältgruppen", phone="0980-319 200")
    things: dict[str, Any] = {"asked": asked, "handled": handled, "other": other, "seat": seat, "point": point}
    things["read"] = kept(Actor.of(the(people["coordinator"])))
    things["old_list"] = kept_list(Actor.of(the(people["coordinator"])))
    world = World(people, things)
    _put_issues(world, asked=asked, handled=handled)
    things["notice"] = undelivered(the(people["ordinary"]))
    _put_meetings(world)
    _put_redactions(world)
    world.sessions = {role: _session_of(member) for role, member in people.items() if member}
    return world


def _session_of(member: Member) -> str:
    client = Client()
    client.force_login(member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _put_issues(world: World, *, asked: Organisation, handled: Organisation) -> None:
    colleague = world.people["colleague"]
    issue = IssueFactory(title="Mörkt i tunneln", serial=1)
    shared = IssueFactory(title="Trasigt räcke", serial=2)
    closed = IssueFactory(title="Klottrad vägg", serial=3, state=Issue.State.CLOSED)
    restricted = IssueFactory(title=f"Oro {SECRET}", text=SECRET, where=SECRET, serial=4, restricted=True)
    AccessGrant.objects.create(issue=restricted, member=the(world.people["named"]))
    new = ObservationFactory(reporter=colleague, text="Nytt glaskross")
    # Not restricted itself: it is so by its issue alone.
    kept = {"issue": restricted, "text": SECRET, "where": SECRET}
    world.things |= {
        "issue": issue,
        "shared": shared,
        "closed": closed,
        "restricted": restricted,
        "observation": new,
        "shared_observation": ObservationFactory(reporter=colleague, issue=shared),
        "restricted_observation": ObservationFactory(reporter=world.people["named"], **kept),
        "lone_restricted": ObservationFactory(reporter=world.people["named"], restricted=True, text=SECRET),
        "nil_report": NilReportFactory(by=world.people["ordinary"]),
        "action": ActionFactory(issue=issue, assignment__organisation=asked),
        "shared_action": ActionFactory(issue=shared, assignment__organisation=handled),
        "progress": Progress.objects.create(
            assignment=ActionFactory(issue=issue, title="Byta dörren", assignment__organisation=asked).current,
            text="1 av 2 dörrar",
            by=the(world.people["ordinary"]),
        ),
        "escalation": Escalation.escalate(
            ActionFactory(issue=issue, title="Laga låset", assignment__organisation=asked),
            to="kommunledningsgruppen",
            rung=1,
            by=Actor.of(the(world.people["coordinator"])),
        ),
        "note": Note.write(shared, text="Ringde väghållaren", by=Actor.of(the(world.people["ordinary"]))),
        "restricted_note": Note.write(restricted, text=SECRET, by=Actor.of(the(world.people["named"]))),
        "draft": ActionFactory(issue=shared, state="draft", assignment__organisation=handled),
        "restricted_action": ActionFactory(issue=restricted, title=SECRET, assignment__organisation=handled),
    }
    linked = {"open": world.things["action"], "restricted": world.things["restricted_action"]}
    tokens = {name: address_for(action.current).split("/")[2] for name, action in linked.items()}
    world.things["links"] = SimpleNamespace(**tokens)


def _put_meetings(world: World) -> None:
    """One planned, one under way, one held: each speaks of the restricted issue, the first two of a guest's own.

    The last two decide an action in it, and what has been observed stands before the one under way.
    """
    coordinator, guest = the(world.people["coordinator"]), the(world.people["guest"])
    restricted = world.things["restricted"]
    state, before = Meeting.State, timezone.now() - timedelta(days=30)
    lead = {"chair": coordinator, "secretary": world.people["secretary"]}
    meetings = {
        "planned": MeetingFactory(**lead),
        "under_way": MeetingFactory(**lead, state=state.UNDER_WAY, started_at=timezone.now()),
        "held": MeetingFactory(**lead, state=state.CLOSED, starts_at=before, started_at=before, closed_at=before),
    }
    for name, meeting in meetings.items():
        kept = {"under": "new_issues", "issue": restricted, "title": SECRET, "reason": SECRET}
        written = {} if name == "planned" else {"note": SECRET}
        item = world.things[f"{name}_restricted"] = AgendaItemFactory(meeting=meeting, **kept, **written)
        if name != "planned":
            _decide_an_action(item, by=coordinator, organisation=world.things["handled"])
        world.things[f"{name}_item"] = AgendaItemFactory(meeting=meeting, title="Belysningen")
        if name != "held":
            world.things[f"{name}_own"] = AgendaItemFactory(meeting=meeting, title="Gästens punkt", presenter=guest)
        with reopened(meeting):
            meeting.expect_organisations()
    solved = {"under": "ongoing_issues", "issue": world.things["closed"]}
    world.things["under_way_closed"] = AgendaItemFactory(meeting=meetings["under_way"], **solved)
    spoken_of = {"under": "ongoing_issues", "issue": world.things["shared"], "discussed_at": before}
    world.things["held_shared"] = AgendaItemFactory(meeting=meetings["held"], **spoken_of)
    around = {
        "under": "round",
        "kind": AgendaItem.Kind.HEADING,
        "title": "Gemensam lägesbild, laget runt",
    }
    world.things["under_way_round"] = AgendaItemFactory(meeting=meetings["under_way"], **around)
    _put_appendices(world, meetings)
    stay, by = AttendanceSpan(guest, "co_opted"), Actor.of(coordinator)
    guest_at = Presence.seat(meetings["under_way"], stay, organisation=None, by=by)
    stranger = AttendanceSpan(None, "co_opted", name="Anna Exempel", title="kurator", home="Brottsofferjouren")
    Presence.seat(meetings["under_way"], stranger, organisation=None, by=by)
    world.things |= {"invited": guest_at, "row": meetings["under_way"].organisations.in_order().first()}
    world.things["series"] = a_series(coordinator)
    ordinary = the(world.people["ordinary"])
    with reopened(meetings["held"]):
        at_held = AttendanceSpan(ordinary, "ordinary")
        Presence.seat(meetings["held"], at_held, organisation=ordinary.organisation, by=by)
    world.things["approver"] = Approver.objects.create(meeting=meetings["held"], member=ordinary)
    content = minutes_content(meetings["held"], None)
    world.things["minutes"] = minutes = Minutes.freeze(meetings["held"], content, by=by, at=before)
    freeze_annex(minutes, [restricted.pk], by=by, at=before)
    mask_versions([minutes], pattern("Belysningen"), by=by, at=before)
    world.things |= meetings


def _put_appendices(world: World, meetings: dict[str, Meeting]) -> None:
    """One of a whole meeting that is planned, of a guest's own item, of a restricted one and of a held meeting."""
    for name, item in (("planned", None), ("held", None), ("own", "planned_own"), ("restricted", "planned_restricted")):
        meeting = meetings.get(name, meetings["planned"])
        words = SECRET if name == "restricted" else "Lägesbild"
        world.things[f"{name}_appendix"] = appended(meeting, f"{words}.pdf", item=world.things.get(str(item)))


def _decide_an_action(item: AgendaItem, *, by: Member, organisation: Organisation) -> None:
    """In the item's restricted issue. It is a draft until the meeting has closed."""
    state = "proposed" if item.meeting.is_closed else "draft"
    action = ActionFactory(issue=item.issue, title=SECRET, state=state, assignment__organisation=organisation)
    facts = {"kind": Decision.Kind.PROPOSE, "text": SECRET, "issue": item.issue}
    with reopened(item.meeting), transaction.atomic():  # what it asks for comes after it
        Decision.objects.create(item=item, decided_by=by, **facts).actions.add(action)


def _put_redactions(world: World) -> None:
    """One by the samordnare, and one by her who is named where the samordnare is not."""
    for name, who, words in (("redaction", "coordinator", "Hål"), ("restricted_redaction", "named", "Dold")):
        member = the(world.people[who])
        issue = IssueFactory(title="Räcke", text=words, restricted=who == "named")
        AccessGrant.objects.bulk_create([AccessGrant(issue=issue, member=member)] if issue.restricted else [])
        found = find(MaskingScope(member, issue), ANY_TEXT, only=("issues_issue", "text", str(issue.pk)))
        world.things[name] = redact_text(found[0], why="Begärt", by=Actor.of(member))
