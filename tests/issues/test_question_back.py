"""A question back: what an organisation asks before it answers, and what the group says to that, all the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import day_and_month
from issues.models import Action, Issue
from issues.news import events_by_key, keys_of_news, line_of
from issues.restricting import restrict
from members.actor import Actor, Channel
from members.models import Group, Member, Organisation
from members.outbox.sending import send_due
from tests.days import in_days, next_noon
from tests.factories import ActionFactory, AnswersForFactory, IssueFactory, MemberFactory, SeatFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "https://register.exempel.se"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = ADDRESS


@pytest.fixture
def asked(technical: Organisation, representative: Member, deputy: Member, coordinator: Member) -> Action:
    """A question to Tekniska förvaltningen, which has a mailbox, an ordinary, a deputy and a handläggare."""
    Organisation.objects.filter(pk=technical.pk).update(mailbox="tekniska@exempel.se")
    AnswersForFactory(member=MemberFactory(email="handlaggare@exempel.se"), organisation=technical)
    by = Actor.of(coordinator)
    ActionFactory(assignment__organisation=technical)  # another, of which nobody has asked anything
    issue: Issue = IssueFactory(title="Mörkt vid Åparken")
    action = Action.draft(issue=issue, organisation=technical, title="Byt lamporna", text="Fyra rapporter.", by=by)
    action.propose(by=by)
    return action


def sent(mailoutbox: list[EmailMessage], at: datetime | None = None) -> dict[str, EmailMessage]:
    """The mails that are due by next noon, by their receivers."""
    mailoutbox.clear()
    send_due(at=at or next_noon())
    return {mail.to[0]: mail for mail in mailoutbox}


def said(day: date) -> str:
    return day_and_month(day, today=timezone.localdate())


def path_in(mail: EmailMessage, to_do: str) -> str:
    """Where the link of the mail leads."""
    [address] = [line for line in str(mail.body).splitlines() if line.startswith(f"{to_do}: {ADDRESS}")]
    return address.removeprefix(f"{to_do}: {ADDRESS}")


def test_it_is_asked_by_mail_answered_in_own_words_from_its_link_and_mailed_to_who_asked(
    as_officer: Client,
    as_deputy: Client,
    as_coordinator: Client,
    asked: Action,
    technical: Organisation,
    mailoutbox: list[EmailMessage],
) -> None:
    sent(mailoutbox)
    as_deputy.post(f"/overlamningar/{asked.current.pk}/fraga/", {"fraga-text": "Vilka stolpar?"})

    [(to, mail)] = sent(mailoutbox).items()
    assert (to, mail.subject) == ("maja@exempel.se", "Komplettering begärs av Tekniska förvaltningen: Byt lamporna")
    assert "Vilka stolpar?" in mail.body

    page = path_in(mail, "Läs och svara")
    assert "Skicka kompletteringen" in text_of(as_coordinator, page)
    typed = {"overlamna-organisation": technical.pk, "overlamna-message": "De sex vid bron."}
    typed["overlamna-answer_due"] = in_days(9).isoformat()
    as_coordinator.post(f"{page}overlamna/", typed)

    mails = sent(mailoutbox)
    assert sorted(mails) == ["gun@exempel.se", "handlaggare@exempel.se", "omar@exempel.se", "tekniska@exempel.se"]
    for mail in mails.values():
        assert mail.subject == f"Komplettering, svar önskas senast {said(in_days(9))}: Byt lamporna"
        assert "Ni frågade: Vilka stolpar?\n\nSvar från gruppen: De sex vid bron." in mail.body
    assert "Svara ja" in text_of(as_deputy, path_in(mails["gun@exempel.se"], "Läs och svara"))

    timeline = text_of(as_officer, asked.issue.get_absolute_url())
    assert "Begär komplettering om ”Byt lamporna”: Vilka stolpar?" in timeline
    assert "Svar till Tekniska förvaltningen: De sex vid bron." in timeline


def test_who_asked_herself_on_the_meeting_is_told_what_the_group_says(
    asked: Action, technical: Organisation, deputy: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    asked.current.ask(by=Actor.of(deputy).speaking_for(technical, Channel.MEETING), text="Vilka stolpar?")
    sent(mailoutbox)
    asked.hand_over(to=technical, message="De sex vid bron.", by=Actor.of(coordinator))

    assert "De sex vid bron." in sent(mailoutbox)[deputy.email].body


def test_who_asked_and_no_longer_answers_for_the_organisation_is_not_told(
    asked: Action,
    technical: Organisation,
    police: Organisation,
    deputy: Member,
    coordinator: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    asked.current.ask(by=Actor.of(deputy), text="Vilka stolpar?")
    sent(mailoutbox)
    deputy.seats.all().delete()
    Member.objects.filter(pk=deputy.pk).update(organisation=police)
    SeatFactory(member=deputy, organisation=police)  # who reads the issue all the same
    asked.hand_over(to=technical, message="De sex vid bron.", by=Actor.of(coordinator))

    assert sorted(sent(mailoutbox)) == ["handlaggare@exempel.se", "omar@exempel.se", "tekniska@exempel.se"]


def test_a_question_that_is_moved_to_another_organisation_is_a_question_to_that(
    asked: Action, housing: Organisation, deputy: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    Organisation.objects.filter(pk=housing.pk).update(mailbox="witala@exempel.se")
    asked.current.ask(by=Actor.of(deputy), text="Är det vår lampa?")
    sent(mailoutbox)
    asked.hand_over(to=housing, message="Det är er lampa.", by=Actor.of(coordinator))

    [(to, mail)] = sent(mailoutbox).items()
    due = said(Group().answer_due())
    assert (to, mail.subject) == ("witala@exempel.se", f"Svar önskas senast {due}: Byt lamporna")
    assert "föreslår Witalabostäder AB att byta lamporna." in mail.body
    assert "Är det vår lampa?" not in mail.body


def test_of_a_restricted_issue_neither_the_question_nor_its_answer_is_mailed(
    asked: Action,
    technical: Organisation,
    representative: Member,
    coordinator: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    sent(mailoutbox)
    restrict(asked.issue, reason="Hot.", named=[representative.pk], by=Actor.of(coordinator))
    asked.current.ask(by=Actor.of(representative), text="Vilka stolpar?")
    told = sent(mailoutbox)
    asked.refresh_from_db()
    asked.hand_over(to=technical, message="De sex vid bron.", by=Actor.of(coordinator))
    told |= {f"then {to}": mail for to, mail in sent(mailoutbox).items()}

    assert sorted(told) == ["maja@exempel.se", "omar@exempel.se", "then omar@exempel.se"]
    assert {mail.subject for mail in told.values()} == {"Logga in för att se vad som har hänt i ett ärende"}


def test_what_came_back_to_the_group_is_told_only_while_it_waits_for_the_group(
    asked: Action,
    technical: Organisation,
    housing: Organisation,
    deputy: Member,
    coordinator: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    passed_on = Action.draft(
        issue=asked.issue, organisation=technical, title="Laga grinden", text="Den hänger.", by=Actor.of(coordinator)
    )
    passed_on.propose(by=Actor.of(coordinator))
    asked.current.ask(by=Actor.of(deputy), text="Vilka stolpar?")
    passed_on.current.pass_on(by=Actor.of(deputy), to=None, text="Inte vi.")
    lines = {f"Komplettering begärs av {technical}: Byt lamporna", "Utse ansvarig: Laga grinden"}
    assert {line for line in news_lines(coordinator) if "Nytt" not in line} == lines

    asked.hand_over(to=technical, message="De sex vid bron.", by=Actor.of(coordinator))
    passed_on.hand_over(to=housing, message="Er grind.", by=Actor.of(coordinator))

    assert news_lines(coordinator) == set()
    sent(mailoutbox)
    assert [mail.subject for mail in mailoutbox if mail.to == [coordinator.email]] == []


def news_lines(member: Member) -> set[str]:
    """What her start page tells of issues."""
    keys = [row["pk"] for row in keys_of_news(member, timezone.now() - timedelta(days=14))]
    return {line_of(event, member).line for event in events_by_key(member, keys)}
