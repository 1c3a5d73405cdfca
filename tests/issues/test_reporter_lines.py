"""The one line by which reporters are told of what matters, on the start page and with what their mail gathers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from base.swedish.said_days import SaidDay
from base.swedish.words import day_and_month
from issues.models import Action, Assignment, DateChange, Event, Follower, Issue, say_it_remains
from issues.reporters import is_told
from issues.restricting import restrict
from issues.texts.reporter import reporter_line
from members.actor import Actor
from members.models import How, Member, NoticeChoice, Organisation, Subject
from members.outbox.sending import send_due
from tests.days import in_days, today
from tests.factories import IssueFactory, MemberFactory, ObservationFactory, SeatFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db

AT = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
ABOUT = "Din rapport om Mörkt i tunneln: "


@pytest.fixture
def maja(coordinator: Member, settings: Settings) -> Actor:
    settings.ADDRESS = "https://register.exempel.se"
    return Actor.of(coordinator)


@pytest.fixture
def issue(officer: Member) -> Issue:
    """Reported twice by the police, who have all mails at once."""
    issue: Issue = IssueFactory(title="Mörkt i tunneln")
    ObservationFactory.create_batch(2, reporter=officer, organisation=officer.organisation, issue=issue)
    NoticeChoice.objects.choose(officer, {Subject.FOLLOWED: How.AT_ONCE}, by=Actor.of(officer))
    return issue


def asked(issue: Issue, organisation: Organisation, maja: Actor, title: str = "Byta lamporna") -> Assignment:
    action = Action.draft(issue=issue, organisation=organisation, title=title, text="Fyra.", by=maja, at=AT)
    action.propose(by=maja, at=AT)
    return Action.objects.get(pk=action.pk).current


def lines(issue: Issue) -> list[str]:
    """Those of the issue's events that reporters are told of, in order."""
    events = issue.events.with_related().select_related("issue").order_by("pk")
    return [reporter_line(event).removeprefix(ABOUT) for event in events if is_told(event)]


def test_each_change_that_matters_has_its_line_and_no_person_in_it(
    issue: Issue, maja: Actor, technical: Organisation, housing: Organisation, representative: Member, officer: Member
) -> None:
    omar = Actor.of(representative)
    question = asked(issue, technical, maja)
    question.accept(by=omar, planned=in_days(9), text="Omar Prov ordnar det.")
    DateChange.make(question, old=in_days(9), new=in_days(30), reason="Frost.", by=omar)
    Action.objects.get(pk=question.action_id).finish(note="Alla sex.", by=omar)
    asked(issue, technical, maja, "Laga grinden").decline(by=omar, reason="budget", text="Nej.", next_step="I mars.")
    asked(issue, technical, maja, "Måla räcket").pass_on(by=omar, to=housing, text="Ert.")
    issue.close(by=maja, outcome="partly", feedback="Det mesta.", despite="Resten går vidare.")
    issue.reopen(by=maja, reason="Fel.")
    issue.close(by=maja, outcome="partly", feedback="Det mesta.", despite="Resten går vidare.")
    say_it_remains(issue, by=Actor.of(officer), text="Släckt.")

    tekniska = "Tekniska förvaltningen"
    first, second = (day_and_month(in_days(number), today=today()) for number in (9, 30))
    assert lines(issue) == [
        f"gruppen föreslår {tekniska} att byta lamporna",
        f"{tekniska} åtar sig ”Byta lamporna”, planerat klart {first}",
        f"”Byta lamporna” har fått nytt datum, planerat klart {second}",
        f"”Byta lamporna” är klar hos {tekniska}",
        f"gruppen föreslår {tekniska} att laga grinden",
        f"{tekniska} avböjer ”Laga grinden”",
        f"gruppen föreslår {tekniska} att måla räcket",
        "”Måla räcket” ligger nu hos Witalabostäder AB",
        "ärendet är öppnat igen",
        "problemet kvarstår och ärendet är öppnat igen",
    ]


def test_what_goes_back_and_forth_is_not_told(
    issue: Issue, maja: Actor, technical: Organisation, housing: Organisation, representative: Member
) -> None:
    omar = Actor.of(representative)
    question = asked(issue, technical, maja)
    question.ask(by=omar, text="Vilka?")
    action = Action.objects.get(pk=question.action_id)
    action.hand_over(to=technical, message="De fyra.", by=maja)
    Action.objects.get(pk=action.pk).current.pass_on(by=omar, to=None, text="Vet inte.")
    assert len(lines(issue)) == 1

    Action.objects.get(pk=action.pk).hand_over(to=housing, message="Er?", by=maja)
    assert lines(issue)[1:] == ["”Byta lamporna” ligger nu hos Witalabostäder AB"]


def test_a_review_of_what_runs_on_is_not_told(
    issue: Issue, maja: Actor, technical: Organisation, representative: Member
) -> None:
    question = asked(issue, technical, maja)
    running = SaidDay(in_days(9), "running", "löpande")
    question.accept(by=Actor.of(representative), planned=running)
    DateChange.review(question, old=in_days(9), next_review=in_days(90), by=Actor.of(representative))

    assert len(lines(issue)) == 2
    assert lines(issue)[1].startswith("Tekniska förvaltningen åtar sig ”Byta lamporna”, löpande")


def mailed(mailoutbox: list[EmailMessage], at: datetime) -> list[tuple[str, str]]:
    mailoutbox.clear()
    send_due(at=at)
    return sorted((mail.to[0], str(mail.subject)) for mail in mailoutbox)


def test_she_has_it_once_however_many_reports_and_whether_she_follows_or_not(
    issue: Issue, maja: Actor, technical: Organisation, officer: Member, mailoutbox: list[EmailMessage]
) -> None:
    Follower.begin(issue, by=Actor.of(officer))
    neighbour = MemberFactory(email="foljer@exempel.se")
    SeatFactory(member=neighbour)
    Follower.begin(issue, by=Actor.of(neighbour))
    NoticeChoice.objects.choose(neighbour, {Subject.FOLLOWED: How.AT_ONCE}, by=maja)
    asked(issue, technical, maja)

    assert mailed(mailoutbox, AT + timedelta(minutes=2)) == [
        ("ali@exempel.se", f"{ABOUT}gruppen föreslår Tekniska förvaltningen att byta lamporna"),
        ("foljer@exempel.se", "Nytt i ärende som du följer: Mörkt i tunneln"),
    ]
    assert mailed(mailoutbox, AT + timedelta(days=4)) == []


def test_what_does_not_matter_is_told_to_her_as_a_follower(
    issue: Issue,
    maja: Actor,
    technical: Organisation,
    officer: Member,
    representative: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    Follower.begin(issue, by=Actor.of(officer))
    question = asked(issue, technical, maja)
    mailed(mailoutbox, AT + timedelta(minutes=2))
    question.ask(by=Actor.of(representative), text="Vilka?", at=AT + timedelta(minutes=3))

    told = mailed(mailoutbox, AT + timedelta(minutes=6))

    assert ("ali@exempel.se", "Nytt i ärende som du följer: Mörkt i tunneln") in told


def test_of_what_is_restricted_one_who_is_named_hears_that_something_has_happened(
    issue: Issue, maja: Actor, technical: Organisation, officer: Member, mailoutbox: list[EmailMessage]
) -> None:
    other = ObservationFactory(issue=issue).reporter
    NoticeChoice.objects.choose(other, {Subject.FOLLOWED: How.AT_ONCE}, by=maja)
    restrict(issue, reason="Känns igen.", named=[officer.pk], by=maja, at=AT - timedelta(hours=1))
    mailed(mailoutbox, AT - timedelta(minutes=1))
    asked(issue, technical, maja)

    told = mailed(mailoutbox, AT + timedelta(minutes=2))

    assert [to for to, _ in told] == ["ali@exempel.se"]
    assert "tunneln" not in f"{mailoutbox[0].subject}{mailoutbox[0].body}"
    assert "Logga in för att se vad som har hänt i ett ärende" in str(mailoutbox[0].subject)


def test_her_start_page_has_the_line(issue: Issue, maja: Actor, technical: Organisation, officer: Member) -> None:
    asked(issue, technical, maja)

    page = signed_in(officer).get("/").content.decode()

    assert page.count(f"{ABOUT}gruppen föreslår Tekniska förvaltningen att byta lamporna") == 1
    assert "Nytt i ärende" not in page


def test_who_did_it_herself_and_the_samordnare_of_an_answer_are_not_told_twice(
    issue: Issue,
    maja: Actor,
    technical: Organisation,
    representative: Member,
    coordinator: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    for member in (representative, coordinator):
        ObservationFactory(reporter=member, issue=issue)
        NoticeChoice.objects.choose(member, {Subject.FOLLOWED: How.AT_ONCE}, by=maja)
    question = asked(issue, technical, maja)
    mailed(mailoutbox, AT + timedelta(minutes=2))
    question.accept(by=Actor.of(representative), planned=in_days(9), at=AT + timedelta(minutes=3))

    told = mailed(mailoutbox, AT + timedelta(minutes=6))

    assert [to for to, _ in told] == ["ali@exempel.se", "maja@exempel.se"]
    assert [line for to, line in told if to == "maja@exempel.se"] == ["Svar från Tekniska förvaltningen: Byta lamporna"]
    assert Event.objects.filter(kind=Event.Kind.ANSWERED).count() == 1
