"""The mails about the link of a question: where it stands, the receipt of what was said by it, who is told."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from base.swedish.said_days import Precision, SaidDay
from base.swedish.words import day_and_month
from issues.answer_link import address_for
from issues.models import Action, Assignment, DateChange, Issue, Progress
from issues.restricting import restrict
from members.actor import Actor, Voice
from members.models import Member, NoticeCause, Organisation
from tests.days import in_days, today
from tests.factories import ObservationFactory, OrganisationFactory
from tests.issues.restricted import WHY
from tests.issues.test_notices import AT, WANTED, address, issue, maja, propose, sent, soon, tekniska
from tests.the import the

__all__ = ["address", "issue", "maja", "tekniska"]  # fixtures of the neighbour's
pytestmark = pytest.mark.django_db

HOST = "https://register.exempel.se"
NOW = "Var det inte ni, eller blev det fel? Svara på det här mejlet."


@pytest.fixture
def action(issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]) -> Action:
    action = propose(issue, tekniska, by=maja)
    sent(mailoutbox, soon())
    return Action.objects.get(pk=action.pk)


def bodies(mailoutbox: list[EmailMessage]) -> dict[str, str]:
    return {mail.to[0]: str(mail.body) for mail in mailoutbox}


def by_link(action: Action) -> Voice:
    return Voice.by_link(action.current.organisation)


def test_mailbox_and_those_who_answer_have_the_link_in_both_forms(
    action: Action, mailoutbox: list[EmailMessage]
) -> None:
    theirs = {member.mail_address: address_for(action.current, member) for member in Member.objects.all()}

    assert len(mailoutbox) == 3
    assert len({*theirs.values()}) == Member.objects.count()
    for mail in mailoutbox:
        link = f"{HOST}{theirs.get(mail.to[0]) or address_for(action.current)}"
        assert f"Svara utan att logga in: {link}" in str(mail.body)
        assert "Länken ”Svara utan att logga in” gäller bara den här frågan." in str(mail.body)
        html = str(mail.alternatives[0][0])  # type: ignore[attr-defined]
        assert re.search(rf'href="{re.escape(link)}"[^>]*>\s*Svara utan att logga in', html)
    page = f"Läs och svara: {HOST}{action.get_absolute_url()}"
    assert {to for to, body in bodies(mailoutbox).items() if page in body} == {
        *("handlaggare@exempel.se", "ordinarie@exempel.se"),
    }


def test_the_link_of_the_mail_opens_the_question(
    action: Action, mailoutbox: list[EmailMessage], client: Client
) -> None:
    link = the(re.search(rf"{HOST}(/besked/\S+)", str(mailoutbox[0].body))).group(1)

    assert "Byt lamporna" in client.get(link).content.decode()


def test_what_is_restricted_has_no_link_in_any_mail(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    ordinary = Member.objects.get(email="ordinarie@exempel.se")
    propose(issue, tekniska, by=maja)
    restrict(issue, reason=WHY, named=[ordinary.pk, maja.pk], by=Actor.of(maja), at=AT)

    assert "ordinarie@exempel.se" in dict(sent(mailoutbox, soon()))
    assert "/besked/" not in "".join(bodies(mailoutbox).values())


def test_an_answer_by_link_is_receipted_to_the_mailbox_and_told_to_the_samordnare(
    action: Action, mailoutbox: list[EmailMessage], maja: Member
) -> None:
    action.current.accept(by=by_link(action), planned=in_days(7), text="Vi gör det.", at=soon())

    assert sent(mailoutbox, soon(soon())) == [
        ("maja@exempel.se", "Svar från Tekniska: Byt lamporna"),
        ("tekniska@exempel.se", "Ert svar är noterat: Byt lamporna"),
    ]
    told = bodies(mailoutbox)
    assert "Det kom via länk, utan inloggning." in told["maja@exempel.se"]
    assert f"Det kom via länk. {NOW}" in told["tekniska@exempel.se"]
    assert "Vi gör det." in told["tekniska@exempel.se"]
    assert f"Till åtgärden: {HOST}{address_for(action.current)}" in told["tekniska@exempel.se"]
    assert [mail.reply_to for mail in mailoutbox if mail.to == ["tekniska@exempel.se"]] == [["maja@exempel.se"]]


def test_both_read_until_when_it_can_be_taken_back_while_it_can(action: Action, mailoutbox: list[EmailMessage]) -> None:
    answer = action.current.ask(by=by_link(action), text="Vilka?", at=timezone.now())

    sent(mailoutbox, timezone.now().replace(hour=12) + timedelta(days=1))

    told = bodies(mailoutbox)
    until = day_and_month(today() + timedelta(days=14), today=today())
    assert f"Du kan ta tillbaka det till och med {until}." in told["maja@exempel.se"]
    until = f"På länkens sida kan ni ta tillbaka det till klockan {answer.last_minute}."
    assert until in told["tekniska@exempel.se"]


def test_what_has_ended_leads_to_the_register(action: Action, mailoutbox: list[EmailMessage]) -> None:
    action.current.already_done(by=by_link(action), done_on=today(), note="Lagat.", at=soon())

    assert ("tekniska@exempel.se", "Ert svar är noterat: Byt lamporna") in sent(mailoutbox, soon(soon()))
    assert f"Logga in och läs: {HOST}{action.get_absolute_url()}" in bodies(mailoutbox)["tekniska@exempel.se"]
    assert "/besked/" not in bodies(mailoutbox)["tekniska@exempel.se"]


AFTER_A_YES = {
    "started": ("Påbörjat hos Tekniska", "Noterat som påbörjat"),
    "progress": ("Läget hos Tekniska", "Läget är noterat"),
    "date_changed": ("Nytt datum från Tekniska", "Nytt datum är noterat"),
    "done": ("Klart hos Tekniska", "Noterat som klart"),
}


def say(action: Action, kind: str, by: Voice, at: datetime) -> None:
    match kind:
        case "started":
            action.start(by=by, at=at)
        case "progress":
            Progress.tell(action.current, text="4 av 6", by=by, at=at)
        case "date_changed":
            DateChange.make(action.current, old=in_days(7), new=in_days(30), reason="Sent.", by=by, at=at)
        case "done":
            action.finish(note="Alla sex.", by=by, at=at)


@pytest.fixture
def promised(action: Action, mailoutbox: list[EmailMessage]) -> Action:
    action.current.accept(by=by_link(action), planned=in_days(7), at=soon())
    sent(mailoutbox, soon(soon()))
    return Action.objects.get(pk=action.pk)


@pytest.mark.parametrize("kind", AFTER_A_YES)
def test_each_word_after_a_yes_is_receipted_and_told_as_an_answer_is(
    promised: Action, mailoutbox: list[EmailMessage], kind: str
) -> None:
    say(promised, kind, by_link(promised), at := AT + timedelta(minutes=9))

    told, receipted = AFTER_A_YES[kind]
    assert sent(mailoutbox, soon(at)) == [
        ("maja@exempel.se", f"{told}: Byt lamporna"),
        ("tekniska@exempel.se", f"{receipted}: Byt lamporna"),
    ]
    told_in = bodies(mailoutbox)
    assert all("Det kom via länk" in body for body in told_in.values())
    assert ("Du kan ta tillbaka det" in told_in["maja@exempel.se"]) == (kind == "done")


@pytest.mark.parametrize("kind", ["started", "progress", "date_changed"])
def test_what_is_said_signed_in_is_read_in_the_register(
    promised: Action, mailoutbox: list[EmailMessage], kind: str
) -> None:
    ordinary = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    say(promised, kind, ordinary, at := AT + timedelta(minutes=9))

    assert sent(mailoutbox, soon(at)) == []


def test_sixty_words_within_a_minute_are_one_mail_to_each(promised: Action, mailoutbox: list[EmailMessage]) -> None:
    at = AT + timedelta(minutes=9)
    for second in range(60):
        Progress.tell(promised.current, text=f"{second} av 60", by=by_link(promised), at=at + timedelta(seconds=second))

    assert [to for to, _ in sent(mailoutbox, soon(at))] == ["maja@exempel.se", "tekniska@exempel.se"]
    assert all(body.count(" av 60") == body.count("59 av 60") == 1 for body in bodies(mailoutbox).values())


@pytest.mark.parametrize("kind", ["progress", "date_changed"])
def test_of_words_minute_by_minute_the_first_and_the_last_are_mailed(
    promised: Action, mailoutbox: list[EmailMessage], kind: str
) -> None:
    at, mailed = AT + timedelta(minutes=9), []
    for minute in range(0, 24, 3):
        spoken = at + timedelta(minutes=minute)
        if kind == "progress":
            Progress.tell(promised.current, text=f"{minute} av 60", by=by_link(promised), at=spoken)
        else:
            days = {"old": in_days(7 + minute), "new": in_days(10 + minute)}
            DateChange.make(promised.current, **days, reason="Sent.", by=by_link(promised), at=spoken)
        mailed.append([to for to, _ in sent(mailoutbox, soon(spoken))])

    assert mailed == [["maja@exempel.se", "tekniska@exempel.se"], *[[]] * 7]
    assert sent(mailoutbox, spoken + timedelta(minutes=59)) == []
    assert [to for to, _ in sent(mailoutbox, spoken + timedelta(minutes=61))] == mailed[0]
    last = "21 av 60" if kind == "progress" else day_and_month(in_days(31), today=today())
    assert all(last in body for body in bodies(mailoutbox).values())
    assert sent(mailoutbox, spoken + timedelta(hours=5)) == []


def test_what_runs_on_is_told_as_reviewed(action: Action, mailoutbox: list[EmailMessage]) -> None:
    running = SaidDay(in_days(30), Precision.RUNNING, "löpande")
    action.current.accept(by=by_link(action), planned=running, at=soon())
    sent(mailoutbox, soon(soon()))
    again = Action.objects.get(pk=action.pk).current
    DateChange.review(again, old=in_days(30), next_review=in_days(90), by=by_link(action), at=AT + timedelta(minutes=9))

    assert sent(mailoutbox, AT + timedelta(minutes=11)) == [
        ("maja@exempel.se", "Avstämt hos Tekniska: Byt lamporna"),
        ("tekniska@exempel.se", "Avstämningen är noterad: Byt lamporna"),
    ]


def test_how_far_that_was_taken_back_is_told_to_nobody(
    promised: Action, mailoutbox: list[EmailMessage], maja: Member
) -> None:
    at = AT + timedelta(minutes=9)
    Progress.tell(promised.current, text="4 av 6", by=by_link(promised), at=at).withdraw(by=Actor.of(maja), at=at)

    assert sent(mailoutbox, soon(at)) == []


def test_nothing_is_receipted_of_what_is_said_signed_in_or_taken_back(
    action: Action, mailoutbox: list[EmailMessage], maja: Member
) -> None:
    ordinary = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    assignment = action.current
    assignment.ask(by=by_link(action), text="Vilka?", at=soon())
    Assignment.objects.get(pk=assignment.pk).withdraw_answer(by=Actor.of(maja), at=soon())
    Assignment.objects.get(pk=assignment.pk).ask(by=ordinary, text="Vilka?", at=soon())

    assert [to for to, _ in sent(mailoutbox, soon(soon()))] == ["maja@exempel.se"]
    assert NoticeCause.objects.filter(kind="issues.receipt").count() <= 1


def test_whoever_it_was_passed_on_to_has_a_link_of_its_own(action: Action, mailoutbox: list[EmailMessage]) -> None:
    other = Organisation.admit(by=None, name="Kultur", mailbox="kultur@exempel.se")
    old = address_for(action.current)
    action.current.pass_on(by=by_link(action), to=other, text="Er park.", at=soon())

    assert ("kultur@exempel.se", WANTED) in sent(mailoutbox, soon(soon()))
    body = bodies(mailoutbox)["kultur@exempel.se"]
    current = Action.objects.get(pk=action.pk).current
    assert address_for(current) in body
    assert old not in body
    assert "Tekniska har skickat frågan vidare till er." in body
    assert "\n\nTekniska skriver: ”Er park.”\n\n" in body


def test_what_the_reporters_read_has_no_link(action: Action, mailoutbox: list[EmailMessage], maja: Member) -> None:
    reporter = ObservationFactory(issue=action.issue).reporter
    action.current.already_done(by=by_link(action), done_on=today(), note="Lagat.", at=soon())
    Issue.objects.get(pk=action.issue_id).close(by=Actor.of(maja), outcome="solved", feedback="Klart.", at=soon())

    sent(mailoutbox, AT + timedelta(hours=3))

    assert "/besked/" not in bodies(mailoutbox).get(reporter.email, "")


def test_where_nobody_of_theirs_signs_in_the_mailbox_is_told_to_answer_the_samordnare(
    issue: Issue, maja: Member, mailoutbox: list[EmailMessage]
) -> None:
    propose(issue, OrganisationFactory(mailbox="kultur@exempel.se"), by=maja)

    sent(mailoutbox, soon())

    [mail] = mailoutbox
    answers = f"Svara med länken, eller på det här mejlet: samordnaren {maja.name} noterar ert svar."
    expected = f"Ingen svarar för er i registret än. {answers}"
    assert expected in str(mail.body)


def test_who_is_asked_by_one_who_passed_it_on_reads_who_that_was_and_turns_to_the_samordnare(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    action = propose(issue, tekniska, by=maja)
    by = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    to = OrganisationFactory(name="Kultur", mailbox="kultur@exempel.se")
    action.current.pass_on(by=by, to=to, text="Deras park.", at=soon())

    sent(mailoutbox, soon(soon()))

    [body] = [str(mail.body) for mail in mailoutbox if mail.to == ["kultur@exempel.se"]]
    assert "föreslår Kultur att byta lamporna. Tekniska har skickat frågan vidare till er." in body
    assert f"Svara med länken, eller på det här mejlet: samordnaren {maja.name} noterar ert svar." in body
