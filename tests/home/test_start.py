"""The start page gives each role what she came for, first."""

import random
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Assignment, Issue, Observation
from issues.triage import open_issue_from
from meetings.calling_off import call_off
from meetings.models import Meeting
from members.actor import Actor
from members.models import Group, Member, Organisation
from temagrupp.home.panels import StartPanels
from tests.acting import a_coordinator
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    IssueFactory,
    MeetingFactory,
    MemberFactory,
    ObservationFactory,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def named_group(db: None) -> None:
    Group.current().change(by=a_coordinator(), name="Trygghet i Exempelstad")


@pytest.mark.usefixtures("named_group")
def test_the_samordnare_reads_how_far_it_is_to_the_meeting(as_coordinator: Client, coordinator: Member) -> None:
    MeetingFactory(starts_at=timezone.now() + timedelta(days=1), chair=coordinator)
    ObservationFactory()
    ActionFactory(assignment__answer_due=timezone.localdate() - timedelta(days=1))

    page = text_of(as_coordinator)

    assert "<h1>Mötet är i morgon. Två saker återstår.</h1>" in page
    assert "1 återstår" in page


def test_a_meeting_that_goes_on_is_not_called_the_next(as_representative: Client) -> None:
    MeetingFactory(state=Meeting.State.UNDER_WAY, started_at=timezone.now())

    page = text_of(as_representative)

    assert "Mötet som pågår" in page
    assert "Till mötet" in page
    assert "Nästa möte" not in page


@pytest.mark.usefixtures("named_group")
def test_the_samordnare_reads_what_each_task_is_about(as_coordinator: Client, coordinator: Member) -> None:
    MeetingFactory(starts_at=timezone.now() + timedelta(days=1), chair=coordinator)
    ObservationFactory(for_meeting=True)
    ObservationFactory()
    ActionFactory(assignment__answer_due=timezone.localdate() - timedelta(days=1))

    page = text_of(as_coordinator)

    assert "1 av 3 klara" in page
    assert "En bör tas upp på mötet." in page
    assert "En åtgärd har inte fått svar i tid." in page


def test_the_samordnare_sorts_from_the_start_page(as_coordinator: Client) -> None:
    observation = ObservationFactory(where="Norra gångtunneln")
    issue = IssueFactory(where="Norra gångtunneln", category=observation.category)

    page = text_of(as_coordinator)
    assert f"Koppla till ärende {issue.number}</button>" in page

    as_coordinator.post(f"/observationer/{observation.pk}/koppla/", {"issue": issue.pk})
    assert "Allt är sorterat." in text_of(as_coordinator)


def test_a_representative_reads_first_when_the_meeting_is(as_representative: Client) -> None:
    MeetingFactory(starts_at=timezone.now() + timedelta(days=1))

    assert "<h1>Mötet är i morgon. Inget väntar på svar från er.</h1>" in text_of(as_representative)


def test_a_reader_reads_first_how_much_the_group_works_with(as_reader: Client) -> None:
    assert "<h1>Gruppen har inget öppet ärende.</h1>" in text_of(as_reader)

    ActionFactory()
    IssueFactory()

    assert "<h1>Gruppen arbetar med två ärenden. Ett väntar på svar.</h1>" in text_of(as_reader)


def test_a_readers_open_issues_stand_by_need_as_in_the_list(as_reader: Client) -> None:
    waits = ActionFactory(issue__title="Mörk tunnel")
    IssueFactory(title="Nytt klotter")

    page = text_of(as_reader)

    assert page.index(waits.issue.title) < page.index("Nytt klotter")


def test_what_waits_in_a_closed_issue_is_not_counted_among_those_the_group_works_with(
    as_reader: Client, coordinator: Member
) -> None:
    ended = ActionFactory().issue
    IssueFactory()
    ended.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Det lyser.", despite="Den står kvar.")

    assert "<h1>Gruppen arbetar med ett ärende.</h1>" in text_of(as_reader)


@pytest.mark.usefixtures("named_group")
def test_the_samordnare_without_a_meeting_is_led_to_plan_one(as_coordinator: Client, representative: Member) -> None:
    assert "<h1>Inget möte är planerat. En sak återstår.</h1>" in text_of(as_coordinator)


@pytest.mark.parametrize(
    ("state", "stands"), [("planned", "Mötet skulle ha hållits i går."), ("under_way", "Mötet pågår.")]
)
def test_for_a_meeting_that_has_begun_or_should_have_nothing_is_left_to_prepare(
    as_coordinator: Client, state: str, stands: str
) -> None:
    MeetingFactory(starts_at=timezone.now() - timedelta(days=1), state=state)

    assert f"<h1>{stands}</h1>" in text_of(as_coordinator)


def test_the_first_samordnare_of_an_empty_register_is_led_to_its_name_and_its_organisations() -> None:
    client = Client()
    client.force_login(MemberFactory(is_coordinator=True, organisation=None))

    page = text_of(client)

    assert "<h1>Registret är nytt. Fyra saker återstår.</h1>" in page
    assert "Kom igång" in page
    assert "0 av 4 klara" in page
    tasks = ["gruppens namn", "gruppens organisationer", "gruppens medlemmar", "nästa möte"]
    assert sorted(tasks, key=page.rindex) == tasks


def test_what_is_set_up_is_ticked_off_and_what_has_come_in_meanwhile_is_told(
    as_coordinator: Client, coordinator: Member
) -> None:
    coordinator.group.change(by=Actor.of(coordinator), name="Trygghet i Exempelstad")
    ObservationFactory()
    page = text_of(as_coordinator)
    assert "<h1>Inget möte är planerat. Två saker återstår.</h1>" in page
    assert "3 av 5 klara" in page
    assert "2 organisationer" in page
    assert "Sortera nya observationer" in page

    MeetingFactory(state="closed", closed_at=timezone.now())
    page = text_of(as_coordinator)
    assert "Förbered mötet" in page
    assert "Ange gruppens namn" not in page


def test_a_representative_reads_what_her_organisation_must_answer(
    as_representative: Client, technical: Organisation, police: Organisation
) -> None:
    ActionFactory(title="Laga lampan", assignment__organisation=technical)
    ActionFactory(title="Patrullera parken", assignment__organisation=police)

    page = text_of(as_representative)

    assert "<h1>En fråga väntar på svar från er.</h1>" in page
    assert "Laga lampan" in page
    assert "Patrullera parken" not in page


def test_what_has_waited_longest_for_an_answer_stands_first(as_representative: Client, technical: Organisation) -> None:
    days = {"In a week": 7, "Yesterday": -1, "In a fortnight": 14, "In three days": 3}
    for title, left in days.items():
        due = timezone.localdate() + timedelta(days=left)
        ActionFactory(title=title, assignment__organisation=technical, assignment__answer_due=due)

    page = text_of(as_representative)

    assert sorted(days, key=page.index) == ["Yesterday", "In three days", "In a week", "In a fortnight"]


def test_an_organisation_reads_first_that_its_promise_is_late(
    as_handler: Client, handler: Member, housing: Organisation
) -> None:
    action = ActionFactory(assignment__organisation=housing)
    action.current.accept(by=Actor.of(handler), planned=timezone.localdate())
    Assignment.objects.update(planned=timezone.localdate() - timedelta(days=1))

    assert "<h1>En åtgärd hos er är försenad.</h1>" in text_of(as_handler)


def test_the_samordnare_is_told_to_choose_when_nobody_knows_whose_the_question_is(
    as_coordinator: Client, handler: Member, housing: Organisation
) -> None:
    ActionFactory(assignment__organisation=housing).current.pass_on(by=Actor.of(handler), to=None)

    assert "Utse ansvarig<span" in text_of(as_coordinator)


def test_a_reporter_reads_what_came_of_it(as_officer: Client, officer: Member, coordinator: Member) -> None:
    observation = ObservationFactory(reporter=officer, text="Helt svart i tunneln")
    issue = open_issue_from([observation], by=Actor.of(coordinator), title="Mörkt", where="Tunneln")
    issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Fyra nya armaturer lyser.")

    page = text_of(as_officer)

    assert "Helt svart i tunneln" in page
    assert "Fyra nya armaturer lyser." in page


def test_the_ending_of_what_she_reported_stands_before_the_rest(
    as_officer: Client, officer: Member, coordinator: Member
) -> None:
    ended = ObservationFactory.create_batch(2, reporter=officer, text="Helt svart i tunneln")
    issue = open_issue_from(ended, by=Actor.of(coordinator), title="Mörkt", where="Tunneln")
    issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Fyra nya armaturer lyser.")
    ObservationFactory(reporter=officer, text="Glas på stigen")

    page = text_of(as_officer)

    assert page.count("Fyra nya armaturer lyser.") == page.count("Helt svart i tunneln") == 1
    told = ["Återkoppling på dina rapporter", "Fyra nya armaturer lyser.", "Glas på stigen"]
    assert sorted(told, key=page.index) == told


def test_the_ending_of_an_issue_that_became_restricted_is_not_told(
    as_officer: Client, officer: Member, coordinator: Member
) -> None:
    issue = open_issue_from(
        [ObservationFactory(reporter=officer)], by=Actor.of(coordinator), title="Mörkt", where="Tunneln"
    )
    issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Namnet på gården.")
    Issue.objects.update(restricted=True)

    assert "Namnet på gården." not in text_of(as_officer)


def test_an_ending_is_no_news_for_ever(as_officer: Client, officer: Member) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    issue = IssueFactory(state="closed", feedback="Fyra nya armaturer lyser.", closed_at=long_ago)
    ObservationFactory(reporter=officer, issue=issue, state="attached")

    page = text_of(as_officer)

    assert 'class="feedback"' not in page
    assert "Fyra nya armaturer lyser." in page


def test_an_older_ending_is_told_once_however_much_she_had_reported_of_it(officer: Member) -> None:
    long_ago = timezone.now() - timedelta(days=100)
    ended = IssueFactory(state="closed", feedback="Fyra nya armaturer lyser.", closed_at=long_ago)
    _, latest = (ObservationFactory(reporter=officer, issue=ended, state="attached") for _ in range(2))
    going_on = IssueFactory()
    others = [ObservationFactory(reporter=officer, issue=going_on, state="attached") for _ in range(2)]

    assert list(StartPanels(officer, timezone.localdate()).reported) == [*reversed(others), latest]


@pytest.mark.parametrize("left", [1000, 40, 7, 5, 3])
def test_what_she_reported_is_listed_by_its_latest_news(officer: Member, left: int) -> None:
    """Against the plain way: all that ever came, was sorted or was closed, sorted."""
    moments = [timezone.now() - timedelta(days=day) for day in (100, 107, 114, 121, 128, 135)]
    told = [
        (came, triaged, closed)
        for came, triaged, closed in product(moments, [None, *moments], [None, *moments])
        if came <= (triaged or came) <= (closed or triaged or came) and (triaged or not closed)
    ]
    for came, triaged, closed in random.Random(9).sample(told, min(left, len(told))):
        ending = {"state": "closed", "closed_at": closed} if closed else {}
        facts = {"state": "attached", "state_since": triaged, "issue": IssueFactory(**ending)} if triaged else {}
        ObservationFactory(reporter=officer, created_at=came, **facts)

    by_news = sorted(Observation.objects.all(), key=lambda each: (_news(each), each.pk), reverse=True)
    assert list(StartPanels(officer, timezone.localdate()).reported) == by_news[:3]


def _news(observation: Observation) -> datetime:
    closed = observation.issue.closed_at if observation.issue else None
    return max(filter(None, [observation.created_at, observation.state_since, closed]))


def test_the_closing_of_an_issue_that_she_may_not_know_of_moves_nothing(officer: Member) -> None:
    restricted = IssueFactory(state="closed", restricted=True)
    yesterday = timezone.now() - timedelta(days=1)
    hidden = ObservationFactory(
        reporter=officer, created_at=yesterday, state_since=yesterday, state="attached", issue=restricted
    )
    seen = ObservationFactory(reporter=officer, created_at=yesterday + timedelta(hours=1))

    assert list(StartPanels(officer, timezone.localdate()).reported) == [seen, hidden]


def test_a_reporter_does_not_read_of_an_issue_that_became_restricted(
    as_officer: Client, officer: Member, coordinator: Member
) -> None:
    observation = ObservationFactory(reporter=officer)
    issue = open_issue_from([observation], by=Actor.of(coordinator), title="Namnet på gården", where="Tunneln")
    Issue.objects.update(restricted=True)

    page = text_of(as_officer)

    assert observation.text in page
    assert "Namnet på gården" not in page
    assert issue.get_absolute_url() not in page
    assert f"rende {issue.number}" not in page


def test_a_handler_sees_her_question_and_nothing_of_the_group(as_handler: Client, housing: Organisation) -> None:
    ActionFactory(title="Klippa häcken", assignment__organisation=housing)
    ObservationFactory(text="Inte för handläggare")
    MeetingFactory(place="Sessionssalen")

    page = text_of(as_handler)

    assert "Klippa häcken" in page
    assert "Inte för handläggare" not in page
    assert "Sessionssalen" not in page


def test_a_reader_sees_issues_and_no_raw_observation(as_reader: Client) -> None:
    issue = IssueFactory(title="Mörkt i tunneln")
    ObservationFactory(text="Rå observation", issue=issue)

    page = text_of(as_reader)

    assert "Mörkt i tunneln" in page
    assert "Rå observation" not in page


def test_a_guest_sees_her_own_item(as_outsider: Client, outsider: Member) -> None:
    meeting = MeetingFactory(starts_at="2026-11-25T12:00Z")
    AgendaItemFactory(meeting=meeting, title="Nattvandring", presenter=outsider, under="other")
    AgendaItemFactory(meeting=meeting, title="Annat ärende", under="other")

    page = text_of(as_outsider)

    assert "Nattvandring" in page
    assert "Onsdag 25 november" in page
    assert "13.00, Sessionssalen" in page
    assert "Annat ärende" not in page


def test_a_guest_reads_that_her_item_waits_where_the_meeting_is_called_off(
    as_outsider: Client, outsider: Member
) -> None:
    meeting = MeetingFactory(starts_at=timezone.now() + timedelta(days=3))
    AgendaItemFactory(meeting=meeting, title="Nattvandring", presenter=outsider, under="other")
    call_off(meeting, reason="Sjukdom.", by=a_coordinator())

    page = text_of(as_outsider)

    assert "Mötet är inställt. Punkten väntar på nästa möte." in page
    assert "Sessionssalen" not in page


def test_a_guest_reads_first_when_her_item_is_taken_up(as_outsider: Client, outsider: Member) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    AgendaItemFactory(meeting=MeetingFactory(starts_at=tomorrow), presenter=outsider)

    assert "<h1>Din punkt tas upp i morgon.</h1>" in text_of(as_outsider)


def test_a_guest_whose_meeting_is_over_is_not_told_that_it_is_today(as_outsider: Client, outsider: Member) -> None:
    meeting = MeetingFactory(starts_at=timezone.now())
    AgendaItemFactory(meeting=meeting, presenter=outsider)
    assert "<h1>Din punkt tas upp i dag.</h1>" in text_of(as_outsider)

    meeting.set_state(Meeting.State.UNDER_WAY, by=a_coordinator(), at=timezone.now(), started_at=timezone.now())
    meeting.set_state(Meeting.State.CLOSED, by=a_coordinator(), at=timezone.now(), closed_at=timezone.now())

    assert "<h1>Välkommen.</h1>" in text_of(as_outsider)


def test_coverage_says_who_has_been_silent(as_coordinator: Client, officer: Member, technical: Organisation) -> None:
    ObservationFactory(reporter=officer)

    page = text_of(as_coordinator)

    assert "1 av 3 har rapporterat" in page
    assert "<strong>Har inte rapporterat:</strong> Höglandets räddningstjänstförbund, Tekniska förvaltningen." in page


@pytest.mark.parametrize(("day", "words"), [("2026-11-25T13:00", "Mötet är på onsdag.")])
def test_a_meeting_further_off_is_named_by_its_day(
    as_coordinator: Client, coordinator: Member, day: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts_at = timezone.make_aware(datetime.fromisoformat(day))
    monkeypatch.setattr("django.utils.timezone.now", lambda: starts_at - timedelta(days=3))
    MeetingFactory(starts_at=starts_at, chair=coordinator, state=Meeting.State.PLANNED)

    assert words in text_of(as_coordinator)
