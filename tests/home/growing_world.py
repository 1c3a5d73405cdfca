"""A world with one of everything that a page shows, which grows by one more of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from base.swedish.passages import pattern
from base.ui.pagination import PAGE_SIZE
from issues.models import AccessGrant, DateChange, Event, Follower, Issue, Note, Observation, Progress, say_it_remains
from issues.views.issue import EVENTS
from meetings.minutes.annex_writing import freeze_annex
from meetings.minutes.masking import mask_versions
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Decision, Meeting, Minutes, OriginalOpening, RegistryEntry
from meetings.starting import start_meeting
from members.actor import Actor
from members.inviting import invite
from members.models import ContactPoint, Member, Organisation, Seat
from temagrupp.redaction.finding import ANY_TEXT, find
from temagrupp.redaction.redacting import redact_text
from temagrupp.redaction.scope import MaskingScope
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AnswersForFactory,
    CategoryFactory,
    IssueFactory,
    MeetingFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    PlaceFactory,
    SeatFactory,
    have_closed,
    reopened,
)
from tests.meetings.appended import appended
from tests.meetings.at_table import asking
from tests.meetings.series import a_series
from tests.notices import undelivered


class World:
    """What the pages show. `grow` adds one more of everything."""

    def __init__(self) -> None:
        self.turn = 0
        self.technical = OrganisationFactory(name="Tekniska förvaltningen")
        self.housing = OrganisationFactory(name="Witalabostäder AB", kind=Organisation.Kind.COMPANY)
        rescue = OrganisationFactory(name="Räddningstjänsten", kind=Organisation.Kind.RESCUE)
        self.coordinator = MemberFactory(is_coordinator=True, organisation=rescue)
        self.representative = MemberFactory(organisation=self.technical)
        self.member = MemberFactory(organisation=OrganisationFactory())
        for member in (self.coordinator, self.representative, self.member):
            SeatFactory(member=member)
        self.issue = IssueFactory(title="Mörkt i tunneln")
        self.action = ActionFactory(issue=self.issue, assignment__organisation=self.technical)
        self.meeting = MeetingFactory(chair=self.coordinator)
        held = {"state": Meeting.State.CLOSED, "starts_at": timezone.now() - timedelta(days=61)}
        self.held = MeetingFactory(chair=self.coordinator, place="Sessionssalen", **held)
        self.told = IssueFactory(title="Allt har hänt", where="Tunneln", category=CategoryFactory())
        self._fill_the_pages()
        invite(Member.objects.all(), by=self.by)  # and not those who come as it grows

    @property
    def by(self) -> Actor:
        return Actor.of(self.coordinator)

    def grow(self) -> None:
        self.turn += 1
        self._organisations()
        self.point = ContactPoint.add(by=self.by, name="Fältgruppen", phone="0980-319 200")
        self._observations_and_issues()
        self._actions()
        self._meetings()
        self._redactions()
        self._news()
        for thing in (f"issue:{IssueFactory().pk}", f"meeting:{MeetingFactory().pk}"):
            undelivered(self.representative, thing=thing)

    def _news(self) -> None:
        """One more issue that they follow, in which two things happen, and one more that they are named on."""
        issue, hidden = IssueFactory(), IssueFactory(restricted=True)
        for member in (self.coordinator, self.representative):
            Follower.begin(issue, by=Actor.of(member))
            AccessGrant.give(hidden, [member.pk], by=Actor.of(self.member))
        for _ in range(2):
            ActionFactory(issue=issue).current.accept(by=Actor.of(self.member), planned=timezone.localdate())
        say_it_remains(IssueFactory(state=Issue.State.CLOSED), by=Actor.of(self.member))

    def _redactions(self) -> None:
        kept = PlaceFactory(name=f"Hos någon {self.turn}")
        scope = MaskingScope(Member.objects.get(pk=self.coordinator.pk))
        [place] = find(scope, ANY_TEXT, only=("issues_place", "name", str(kept.pk)))
        self.redaction = redact_text(place, why="Begärt", by=self.by)

    @contextmanager
    def started(self) -> Iterator[None]:
        """Its meeting is under way while the block lasts."""
        with transaction.atomic():
            start_meeting(self.meeting, by=self.by)
            self.item = AgendaItem.objects.get(meeting=self.meeting, issue=self.issue, action=None)
            for turn in range(self.turn):
                Decision.objects.create(item=self.item, text=f"Beslut {turn}", decided_by=self.coordinator)
                asking(self.item, OrganisationFactory(), by=self.by)
            yield
            transaction.set_rollback(True)

    def _fill_the_pages(self) -> None:
        """More of each than a page of a list shows: what is shorter is not counted."""
        closed = {"state": Meeting.State.CLOSED, "starts_at": timezone.now() - timedelta(days=60)}
        for _ in range(PAGE_SIZE):
            self.waiting = ObservationFactory()
            ActionFactory(issue=IssueFactory())
            MeetingFactory(**closed)
        self._tell_everything()
        for facts in ({"where": "Tunneln"}, {"category": self.told.category}):
            ActionFactory(issue=IssueFactory(**facts), state="done")

    def _tell_everything(self) -> None:
        """More events in the issue than its page shows, the latest of them of every kind."""
        for _ in range(EVENTS):
            self.told.record(Event.Kind.CHANGED, facts={"fields": ["title"]}, by=self.by)
        answered = ActionFactory(issue=self.told, assignment__organisation=self.technical).current
        today = timezone.localdate()
        answered.accept(by=self.by, planned=today)
        DateChange.make(answered, old=today, new=today + timedelta(days=9), reason="Material", by=self.by)
        Progress.tell(answered, text="2 av 5", by=self.by)
        Note.write(self.told, text="Ringde.", by=self.by)
        self.told.close(by=self.by, outcome="solved", feedback="Lagat.", despite="Sånt händer.")
        say_it_remains(self.told, by=self.by)
        self.told.close(by=self.by, outcome="solved", feedback="Lagat.", despite="Sånt händer.")
        self.told.reopen(by=self.by, reason="Trasigt igen.")

    def _organisations(self) -> None:
        organisation = OrganisationFactory()
        for role in Seat.Role.values:
            SeatFactory(member=MemberFactory(organisation=organisation), role=role)
        AnswersForFactory(member=MemberFactory(), organisation=organisation)
        for facts in ({"is_reader": True}, {}, {"is_active": False}):
            MemberFactory(organisation=organisation, **facts)
        OrganisationFactory(active_to=timezone.localdate() - timedelta(days=1))
        AnswersForFactory(member=MemberFactory(), organisation=self.technical)
        SeatFactory(member=self.member, organisation=OrganisationFactory(), role=Seat.Role.ORDINARY)
        past = (date(2010 + self.turn, 1, 1), date(2011 + self.turn, 1, 1))
        SeatFactory(organisation=self.technical, member=MemberFactory(), role=Seat.Role.DEPUTY, period=past)

    def _observations_and_issues(self) -> None:
        place = PlaceFactory()
        for reporter in (self.coordinator, self.representative):
            ObservationFactory(reporter=reporter, place=place)
            ObservationFactory(reporter=reporter).note(by=self.by)
            ObservationFactory(reporter=reporter, issue=IssueFactory(place=place))
        ObservationFactory(text="Klotter")
        IssueFactory(title="Klotter")
        ObservationFactory.create_batch(2, issue=self.issue, state=Observation.State.ATTACHED)
        self.issue.record(Event.Kind.CHANGED, facts={"fields": ["title"]}, by=self.by)
        IssueFactory(title="Nytt", state=Issue.State.NEW)

    def _actions(self) -> None:
        silent = timezone.localdate() - timedelta(days=3)
        for organisation in (self.technical, self.coordinator.organisation):
            action = ActionFactory(assignment__organisation=organisation, assignment__answer_due=silent)
            ObservationFactory(issue=action.issue)
        ActionFactory(issue=self.issue, title="Klotter bort", assignment__organisation=self.technical)
        self.action.refresh_from_db()
        self.action.hand_over(to=self.housing, message=f"Försök {self.turn}", by=self.by)

    def _meetings(self) -> None:
        closed = MeetingFactory(state=Meeting.State.CLOSED, starts_at=timezone.now() - timedelta(days=30))
        discussed = AgendaItemFactory(meeting=closed, title="Klotter", discussed_at=timezone.now())
        with reopened(closed):
            Decision.objects.create(item=discussed, text="Klotter tas bort.", decided_by=self.coordinator)
        AgendaItemFactory(meeting=closed, issue=IssueFactory(), discussed_at=timezone.now())
        MeetingFactory(starts_at=timezone.now() + timedelta(days=30))
        AgendaItemFactory(meeting=self.meeting, presenter=self.representative)
        AgendaItemFactory(meeting=self.meeting, removed=True)
        self.meeting.expect_organisations()
        self.series = a_series(self.coordinator, name=f"Serie {self.turn}")
        self.appendix = appended(self.meeting, f"Lägesbild {self.turn}.pdf", content=f"%PDF-{self.turn}".encode())
        self._minutes()

    def _minutes(self) -> None:
        """One more closing of the meeting that was held, its minutes masked and their original opened."""
        at = timezone.now() - timedelta(days=9 - self.turn)
        have_closed(closed_at=at, pk=self.held.pk)
        minutes = Minutes.freeze(self.held, minutes_content(self.held, None), by=self.by, at=at)
        hidden = IssueFactory(restricted=True)
        AccessGrant.give(hidden, [self.representative.pk], by=self.by)
        with reopened(self.held):
            AgendaItemFactory(meeting=self.held, issue=hidden, discussed_at=at)
        told = AgendaItem.objects.at(self.held).filter(issue__restricted=True)
        freeze_annex(minutes, [*told.values_list("issue", flat=True)], by=self.by, at=at)
        mask_versions([minutes], pattern("Sessionssalen"), by=self.by, at=at)
        for kind in RegistryEntry.Kind:
            RegistryEntry.objects.create(minutes=minutes, kind=kind, by=self.coordinator, at=at)
        for version in Minutes.objects.of(self.held):
            OriginalOpening.objects.create(minutes=version, member=self.coordinator, how=OriginalOpening.How.PDF)
