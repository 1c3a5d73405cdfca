"""How many statements each page sends to the database, and that it sends as many for three rows as for one.

The numbers are exact: one that falls is written down too. One world for the module: it is measured with one of
everything, and again with three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from base.swedish.passages import pattern
from base.ui.pagination import PAGE_SIZE
from issues.answer_link import address_for as question_address_for
from issues.models import AccessGrant, DateChange, Event, Follower, Issue, Note, Observation, Progress, say_it_remains
from issues.views.issue import EVENTS
from meetings.answer_link import address_for
from meetings.feed import token_for
from meetings.minutes.masking import mask_versions
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, CalendarFeed, Decision, Meeting, Minutes, OriginalOpening
from meetings.starting import start_meeting
from members.actor import Actor, Voice
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
from tests.members.importing import kept
from tests.notices import undelivered

pytestmark = pytest.mark.django_db


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
        self.appendix = appended(self.meeting, f"Lägesbild {self.turn}.pdf", content=f"%PDF-{self.turn}".encode())
        self._minutes()

    def _minutes(self) -> None:
        """One more closing of the meeting that was held, its minutes masked and their original opened."""
        at = timezone.now() - timedelta(days=9 - self.turn)
        have_closed(closed_at=at, pk=self.held.pk)
        minutes = Minutes.freeze(self.held, minutes_content(self.held, None), by=self.by, at=at)
        mask_versions([minutes], pattern("Sessionssalen"), by=self.by, at=at)
        for version in Minutes.objects.of(self.held):
            OriginalOpening.objects.create(minutes=version, member=self.coordinator, how=OriginalOpening.How.PDF)


@dataclass(frozen=True)
class Page:
    """A page, who opens it, and the number of statements it may send."""

    name: str
    who: str
    statements: int
    address: Callable[[World], str]
    during: bool = False  # a meeting


def route(name: str, query: str = "") -> Callable[[World], str]:
    return lambda world: reverse(name) + query


def of(name: str, route: str = "", query: str = "") -> Callable[[World], str]:
    """The page of the world's thing with that name, or the address of a route that takes its key."""

    def address(world: World) -> str:
        thing = getattr(world, name)
        return (reverse(route, args=[thing.pk]) if route else thing.get_absolute_url()) + query

    return address


def line_to_move(world: World) -> str:
    item = AgendaItem.objects.filter(meeting=world.meeting, presenter=world.representative)[0]
    return reverse("meetings:agenda_move", args=[world.meeting.pk, item.key])


def chosen(world: World, route: str) -> str:
    choice = {"lage": "alla", "kategori": world.issue.category_id, "organisation": world.technical.pk}
    return f"{reverse(route)}?{urlencode(choice)}"


def a_whole_text(world: World) -> str:
    return reverse("redaction:redact_text", args=["issues_issue", "title", world.told.pk])


def a_redaction(world: World) -> str:
    return world.redaction.get_absolute_url()


def a_sheet(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[kept(world.by).pk])


def a_question_link(world: World) -> str:
    return question_address_for(ActionFactory(issue=world.issue, assignment__organisation=world.technical).current)


def a_copy_of_a_question_link(world: World) -> str:
    question = ActionFactory(issue=world.issue, assignment__organisation=world.technical).current
    return question_address_for(question, world.representative)


def a_link_of_what_is_answered(world: World) -> str:
    question = ActionFactory(issue=world.issue, assignment__organisation=world.technical).current
    question.accept(by=Voice.by_link(world.technical), planned=timezone.localdate())
    return question_address_for(question)


def a_link_of_what_is_done(world: World) -> str:
    action = ActionFactory(issue=world.issue, assignment__organisation=world.technical)
    action.current.accept(by=Voice.by_link(world.technical), planned=timezone.localdate())
    action.finish(note="Lagat.", by=Voice.by_link(world.technical))
    return question_address_for(action.current)


def a_link_of_what_is_passed_on(world: World) -> str:
    question = ActionFactory(issue=world.issue, assignment__organisation=world.technical).current
    question.pass_on(by=Voice.by_link(world.technical), to=world.housing)
    return question_address_for(question)


def an_answer_link(world: World) -> str:
    return address_for(world.meeting, world.representative)


def a_feed(world: World) -> str:
    feed, _ = CalendarFeed.objects.get_or_create(member=world.representative)
    return reverse("calendar_feed_file", args=[token_for(feed)])


PAGES = (
    Page("help", "representative", 2, route("help")),
    Page("privacy", "representative", 4, route("privacy")),
    Page("accessibility", "representative", 3, route("accessibility")),
    Page("start", "coordinator", 14, route("start")),
    Page("start of a representative", "representative", 11, route("start")),
    Page("search", "representative", 14, route("search", "?q=klotter")),
    Page("triage", "coordinator", 5, route("issues:triage")),
    Page("candidates of an observation", "coordinator", 7, of("waiting", "issues:observation_attach")),
    Page("candidates with words", "coordinator", 11, of("waiting", "issues:observation_attach", "?sok=klotter")),
    Page("observations", "representative", 6, route("issues:observation_list")),
    Page("issues", "representative", 9, route("issues:list")),
    Page("issues of a choice", "representative", 10, lambda world: chosen(world, "issues:list")),
    Page("issues with words", "representative", 15, route("issues:list", "?q=klotter")),
    Page("issue", "representative", 12, of("told")),
    Page("issue of the samordnare", "coordinator", 13, of("told")),
    Page("actions", "coordinator", 7, route("issues:action_list")),
    Page("actions of an organisation", "representative", 6, route("issues:action_list", "?vy=egna")),
    Page("actions as CSV", "coordinator", 4, route("issues:action_list_csv")),
    Page("actions as Excel", "representative", 6, route("issues:action_list_excel", "?vy=egna")),
    Page("what is handed out", "coordinator", 9, route("handed_out")),
    Page("action", "coordinator", 12, of("action")),
    Page("meetings", "representative", 6, route("meetings:list")),
    Page("meeting", "coordinator", 18, of("meeting", query="?ordna=1")),
    Page("appendices", "coordinator", 9, of("meeting", "meetings:appendices")),
    Page("appendices as they are read", "representative", 4, of("meeting", "meetings:appendices")),
    Page("appendix", "representative", 5, of("appendix")),
    Page("name of an appendix", "coordinator", 4, of("appendix", "meetings:appendix_change")),
    Page("an appendix to take away", "coordinator", 4, of("appendix", "meetings:appendix_remove")),
    Page("minutes", "representative", 8, of("held", "meetings:minutes_detail")),
    Page("minutes of the samordnare", "coordinator", 10, of("held", "meetings:minutes_detail")),
    Page("minutes as PDF", "representative", 7, of("held", "meetings:minutes_pdf")),
    Page("original of minutes", "coordinator", 9, lambda world: reverse("meetings:original", args=[world.held.pk, 1])),
    Page("where a line may go", "coordinator", 8, line_to_move),
    Page("agenda as PDF", "coordinator", 16, of("meeting", "meetings:agenda_pdf")),
    Page("attendance", "coordinator", 8, of("meeting", "meetings:attendance"), during=True),
    Page("item in the room", "coordinator", 15, of("item"), during=True),
    Page("masking", "coordinator", 2, route("redaction:redact")),
    Page("masking in an issue", "coordinator", 5, lambda world: f"/maskera/?arende={world.told.number}"),
    Page("a whole text to mask", "coordinator", 7, a_whole_text),
    Page("what was masked", "coordinator", 4, route("redaction:list")),
    Page("one that was masked", "coordinator", 5, a_redaction),
    Page("undelivered mails", "coordinator", 7, route("members:undelivered")),
    Page("invitations", "coordinator", 6, route("members:invitations")),
    Page("answer to a call", "representative", 4, of("meeting", "meetings:call_answer")),
    Page("import of the group", "coordinator", 2, route("members:import_create")),
    Page("columns of a sheet", "coordinator", 3, a_sheet("members:import_columns")),
    Page("rows of a sheet", "coordinator", 7, a_sheet("members:import_detail")),
    Page("answer by link", "representative", 7, an_answer_link),
    Page("question by link", "representative", 9, a_question_link),
    Page("question by her copy of a link", "representative", 10, a_copy_of_a_question_link),
    Page("what is answered by link", "representative", 11, a_link_of_what_is_answered),
    Page("what is done by link", "representative", 12, a_link_of_what_is_done),
    Page("what is passed on by link", "representative", 12, a_link_of_what_is_passed_on),
    Page("own calendar", "representative", 3, route("calendar_feed")),
    Page("what a calendar reads", "representative", 7, a_feed),
    Page("choices of mail", "representative", 4, route("notice_choices")),
    Page("group", "coordinator", 11, route("members:group")),
    Page("own data", "representative", 2, route("own_data")),
    Page("own data as JSON", "representative", 53, route("own_data_json")),
    Page("settings of the group", "coordinator", 5, route("members:group_change")),
    Page("contact point", "coordinator", 4, of("point", "members:contact_point_change")),
    Page("member", "coordinator", 7, of("member")),
    Page("organisation", "coordinator", 12, of("technical")),
)


def statements(world: World) -> dict[str, int]:
    """Page → how many statements it sends, shown a second time."""
    sent = {page.name: sent_by(page, world) for page in PAGES if not page.during}
    with world.started():
        return sent | {page.name: sent_by(page, world) for page in PAGES if page.during}


def sent_by(page: Page, world: World) -> int:
    client, address = Client(), page.address(world)
    client.force_login(Member.objects.get(pk=getattr(world, page.who).pk))
    assert client.get(address).status_code == 200, page.name
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[dict[str, int], ...]]:
    """The statements of every page with one row and with three, of a world that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world.grow()
        one = statements(world)
        world.grow()
        world.grow()
        yield one, statements(world)
        transaction.set_rollback(True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_sends_no_more_statements_than_this_however_many_rows(
    page: Page, measured: tuple[dict[str, int], ...]
) -> None:
    assert [sent[page.name] for sent in measured] == [page.statements, page.statements]
