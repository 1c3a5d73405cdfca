"""Whom the events of an issue are told to by mail, and what it says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from base.swedish.said_days import SaidDay
from base.swedish.words import day_and_month
from issues.answer_link import address_for
from issues.models import Action, Answer, DoneReport, Follower, Issue
from issues.restricting import name, restrict
from issues.striking import strike
from members.actor import Actor
from members.models import Group, How, Member, Notice, NoticeCause, NoticeChoice, Organisation, Subject
from members.outbox.addressing import address as address_all
from members.outbox.addressing import collect
from members.outbox.sending import send_due
from tests.days import in_days
from tests.factories import (
    AnswersForFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

AT = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
"""Ten o'clock today: what happens is recorded now, and nothing is told of what was long ago."""


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def maja() -> Member:
    return MemberFactory(
        email="maja@exempel.se", is_coordinator=True, organisation=OrganisationFactory(name="Kommunen")
    )


@pytest.fixture
def tekniska() -> Organisation:
    """With a mailbox, an ordinary, a deputy and a handläggare."""
    organisation = OrganisationFactory(name="Tekniska", mailbox="tekniska@exempel.se")
    SeatFactory(member=MemberFactory(email="ordinarie@exempel.se", organisation=organisation))
    SeatFactory(member=MemberFactory(email="ersattare@exempel.se", organisation=organisation), role="deputy")
    AnswersForFactory(member=MemberFactory(email="handlaggare@exempel.se"), organisation=organisation)
    return organisation


@pytest.fixture
def issue(maja: Member) -> Issue:
    return IssueFactory(title="Mörkt vid Åparken", where="Åparken")


def propose(issue: Issue, to: Organisation, *, by: Member, at: datetime = AT, **decision: object) -> Action:
    actor = Actor.of(by)
    action = Action.draft(issue=issue, organisation=to, title="Byt lamporna", text="Fyra rapporter.", by=actor, at=at)
    action.propose(by=actor, at=at, facts=decision or None)
    return action


def sent(mailoutbox: list[EmailMessage], at: datetime) -> list[tuple[str, str]]:
    mailoutbox.clear()
    send_due(at=at)
    return sorted((mail.to[0], str(mail.subject)) for mail in mailoutbox)


def soon(at: datetime = AT) -> datetime:
    return at + timedelta(minutes=2)


WANTED = f"Svar önskas senast {day_and_month(Group().answer_due(AT.date()), today=AT.date())}: Byt lamporna"
ASKED = [
    ("handlaggare@exempel.se", WANTED),
    ("ordinarie@exempel.se", WANTED),
    ("tekniska@exempel.se", WANTED),
]


def test_a_question_goes_to_the_mailbox_and_to_those_who_answer(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    action = propose(issue, tekniska, by=maja)

    assert sent(mailoutbox, soon()) == ASKED
    [body] = [str(mail.body) for mail in mailoutbox if mail.to == ["ordinarie@exempel.se"]]
    assert f"Ärende {issue.number}: Mörkt vid Åparken" in body
    assert f"Läs och svara: https://register.exempel.se{action.get_absolute_url()}" in body
    assert "Fyra rapporter." in body


def test_the_mailbox_reads_who_asks_by_when_it_is_wished_and_how_one_without_an_account_answers(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    Member.objects.filter(pk=maja.pk).update(name="Maja Exempel", phone="0383-12 34 56")
    Member.objects.filter(email="ordinarie@exempel.se").update(name="Omar Prov")
    Member.objects.filter(email="handlaggare@exempel.se").update(name="Tove Test")
    wished = SaidDay(in_days(30), "event", "före lovet")
    action = Action.draft(
        issue=issue, organisation=tekniska, title="Byt lamporna", wished=wished, by=Actor.of(maja), at=AT
    )
    action.propose(by=Actor.of(maja), at=AT)
    reached = "samordnaren Maja Exempel, 0383-12 34 56"

    sent(mailoutbox, soon())

    bodies = {mail.to[0]: str(mail.body) for mail in mailoutbox}
    for body in bodies.values():
        assert body.startswith(WANTED)
        assert "Temagruppen föreslår Tekniska att byta lamporna." in body
        assert "Önskas klart före lovet." in body
        assert body.index("https://register") < body.index(
            "Länken ”Svara utan att logga in” gäller bara den här frågan."
        )
    mailbox, ordinary = bodies["tekniska@exempel.se"], bodies["ordinarie@exempel.se"]
    assert "Omar Prov och Tove Test svarar för er i registret. Den som inte har konto svarar med länken" in mailbox
    assert f"svarar med länken, eller på det här mejlet: {reached}, noterar ert svar." in mailbox
    assert f"Svara utan att logga in: https://register.exempel.se{address_for(action.current)}" in mailbox
    assert f"Vill du fråga något? Svara på det här mejlet. Det går till {reached}." in ordinary
    assert {tuple(mail.reply_to) for mail in mailoutbox} == {("maja@exempel.se",)}


def test_a_question_says_what_it_rests_on_less_what_is_restricted_whoever_reads_it(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    handler = Member.objects.get(email="handlaggare@exempel.se")
    for source in ("own", "own", "resident"):
        ObservationFactory(issue=issue, reporter=maja, source=source)
    ObservationFactory(issue=issue, reporter=handler, restricted=True)
    propose(issue, tekniska, by=maja)

    sent(mailoutbox, soon())

    bodies = {mail.to[0]: str(mail.body) for mail in mailoutbox}
    for to, _ in ASKED:
        assert "Underlag: 2 observationer från 1 rapportör, + 1 från invånare.\n" in bodies[to]


def test_a_question_of_an_issue_that_nobody_has_reported_has_no_such_line(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    propose(issue, tekniska, by=maja)

    assert sent(mailoutbox, soon()) == ASKED
    assert not [mail for mail in mailoutbox if "Underlag" in str(mail.body)]


def test_what_is_reported_done_is_told_to_the_samordnare_as_done(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    ordinary = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    action = propose(issue, tekniska, by=maja)
    action.current.accept(by=ordinary, planned=in_days(7), at=AT)
    sent(mailoutbox, soon())
    Action.objects.get(pk=action.pk).finish(note="Lagat.", by=ordinary, at=soon())

    assert sent(mailoutbox, soon(soon())) == [("maja@exempel.se", "Klart hos Tekniska: Byt lamporna")]
    assert mailoutbox[0].reply_to == []


def test_who_asks_her_own_organisation_is_not_told_of_it(
    issue: Issue, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    propose(issue, tekniska, by=Member.objects.get(email="ordinarie@exempel.se"))

    assert [to for to, _ in sent(mailoutbox, soon())] == ["handlaggare@exempel.se", "tekniska@exempel.se"]


def test_where_nobody_sits_as_ordinary_the_deputy_is_asked(
    issue: Issue, maja: Member, mailoutbox: list[EmailMessage]
) -> None:
    organisation = OrganisationFactory(mailbox="")
    SeatFactory(member=MemberFactory(email="ersattare@exempel.se", organisation=organisation), role="deputy")
    propose(issue, organisation, by=maja)

    assert [to for to, _ in sent(mailoutbox, soon())] == ["ersattare@exempel.se"]


def test_a_report_that_it_is_done_which_was_taken_back_is_told_to_nobody(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    ordinary = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    action = propose(issue, tekniska, by=maja)
    action.current.accept(by=ordinary, planned=in_days(7), at=AT)
    sent(mailoutbox, soon())
    Action.objects.get(pk=action.pk).finish(note="Lagat.", by=ordinary, at=soon())
    DoneReport.withdraw(Action.objects.get(pk=action.pk), by=ordinary, at=soon())

    assert sent(mailoutbox, soon(soon())) == []


def test_a_question_of_a_decision_is_told_when_the_closing_can_no_longer_be_undone(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    propose(issue, tekniska, by=maja, decision=1, number=1, day=AT.date().isoformat(), extra=False)

    assert sent(mailoutbox, AT + timedelta(minutes=10)) == []
    assert sent(mailoutbox, AT + timedelta(minutes=11)) == ASKED


def test_what_was_undone_meanwhile_is_not_told(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    action = propose(issue, tekniska, by=maja, decision=1, number=1, day=AT.date().isoformat(), extra=False)
    action.unpropose(by=Actor.of(maja), at=AT + timedelta(minutes=5))

    assert sent(mailoutbox, AT + timedelta(minutes=11)) == []


def test_a_question_that_is_answered_before_the_mail_leaves_is_not_put(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    action = propose(issue, tekniska, by=maja)
    by = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    action.current.accept(by=by, planned=AT.date() + timedelta(days=30), at=AT + timedelta(seconds=30))

    assert sent(mailoutbox, soon()) == [("maja@exempel.se", "Svar från Tekniska: Byt lamporna")]


@pytest.mark.parametrize("is_found", [False, True])
@pytest.mark.parametrize("ended", ["issue", "organisation"])
def test_a_question_that_nobody_is_to_answer_any_longer_is_not_put(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage], ended: str, *, is_found: bool
) -> None:
    propose(issue, tekniska, by=maja)
    if is_found:
        collect(soon())
        address_all(soon())
    if ended == "issue":
        issue.close(outcome="solved", feedback="Lyser.", despite="Lyser nu.", by=Actor.of(maja), at=AT)
    else:
        Organisation.objects.filter(pk=tekniska.pk).update(active_to=timezone.localdate() - timedelta(days=1))

    assert sent(mailoutbox, soon()) == []
    assert Notice.objects.exists() == is_found


def test_an_answer_goes_to_the_samordnare_but_for_the_one_who_wrote_it_down(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    MemberFactory(email="another@exempel.se", is_coordinator=True)
    action = propose(issue, tekniska, by=maja)
    sent(mailoutbox, soon())
    by = Actor.of(maja).speaking_for(tekniska, "phone")
    action.current.decline(by=by, reason=Answer.Reason.BUDGET, text="Nästa år.", next_step="Ny fråga.", at=soon())

    assert sent(mailoutbox, soon(soon())) == [("another@exempel.se", "Svar från Tekniska: Byt lamporna")]
    assert "ryms inte i budget. Nästa år." in str(mailoutbox[0].body)


def test_an_answer_that_is_withdrawn_before_the_mail_leaves_is_not_told(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    action = propose(issue, tekniska, by=maja)
    sent(mailoutbox, soon())
    by = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    action.current.ask(by=by, text="Vilka lampor?", at=soon())
    action.current.withdraw_answer(by=by, why="Fel fråga.", at=soon() + timedelta(seconds=20))

    assert sent(mailoutbox, soon(soon())) == []


def test_what_is_passed_on_is_asked_of_the_next_and_told_to_the_samordnare(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    other = OrganisationFactory(name="Kultur", mailbox="kultur@exempel.se")
    action = propose(issue, tekniska, by=maja)
    sent(mailoutbox, soon())
    by = Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
    action.current.pass_on(by=by, to=other, text="Deras park.", at=soon())

    assert sent(mailoutbox, soon(soon())) == [
        ("kultur@exempel.se", WANTED),
        ("maja@exempel.se", "Svar från Tekniska: Byt lamporna"),
    ]


def test_the_end_is_told_to_those_who_reported_and_those_who_follow(
    issue: Issue, maja: Member, mailoutbox: list[EmailMessage]
) -> None:
    reporter, follower = MemberFactory(email="rapport@exempel.se"), MemberFactory(email="foljer@exempel.se")
    for member in (reporter, follower):
        SeatFactory(member=member)
        NoticeChoice.objects.choose(member, {Subject.FOLLOWED: How.AT_ONCE}, by=Actor.of(member))
    ObservationFactory(reporter=reporter, issue=issue, state="attached")
    Follower.begin(issue, by=Actor.of(follower))
    issue.close(outcome="solved", feedback="Lamporna är bytta.", by=Actor.of(maja), at=AT)

    assert sent(mailoutbox, AT + timedelta(minutes=11)) == [
        ("foljer@exempel.se", "Avslutat ärende som du följer: Mörkt vid Åparken"),
        ("rapport@exempel.se", "Återkoppling på din rapport: Mörkt vid Åparken"),
    ]
    assert "Åtgärdat. Lamporna är bytta." in str(mailoutbox[0].body)


def test_of_what_is_restricted_only_those_named_are_told_and_nothing_but_that_something_happened(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    MemberFactory(email="another@exempel.se", is_coordinator=True)
    named = Member.objects.get(email="handlaggare@exempel.se")
    propose(issue, tekniska, by=maja)
    restrict(issue, reason="Hot.", named=[maja.pk], by=Actor.of(maja), at=AT)
    name(issue, [named.pk], by=Actor.of(maja), at=AT)

    assert sent(mailoutbox, soon()) == [("handlaggare@exempel.se", "Logga in för att se vad som har hänt i ett ärende")]
    [mail] = mailoutbox
    everything = str(mail.message())
    assert not [word for word in ("Mörkt", "Byt lamporna", "Hot", issue.number, "arenden") if word in everything]


def test_being_named_stands_before_all_else_in_a_long_mail(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(21):
        propose(IssueFactory(title=f"Mörkt {number}"), tekniska, by=maja)
    named = Member.objects.get(email="ordinarie@exempel.se")
    restrict(issue, reason="Hot.", named=[maja.pk, named.pk], by=Actor.of(maja), at=AT)

    sent(mailoutbox, soon())

    [long] = [mail for mail in mailoutbox if mail.to == [named.email]]
    assert str(long.body).startswith("Logga in för att se vad som har hänt i ett ärende.")
    assert long.subject.startswith("Svar önskas")
    assert "Och 2 till:" in str(long.body)


def test_of_an_issue_that_was_struck_nothing_is_told(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    propose(issue, tekniska, by=maja)
    strike(issue, reason="Fel.", by=Actor.of(maja), at=AT)

    assert sent(mailoutbox, soon()) == []


def test_what_is_written_down_long_afterwards_is_not_told(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    propose(issue, tekniska, by=maja, at=AT - timedelta(days=2))

    assert sent(mailoutbox, soon()) == []
    assert NoticeCause.objects.count() == 0


def test_what_happens_in_an_issue_is_told_to_those_who_follow_it_and_nothing_that_they_may_not_see(
    issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    follower = MemberFactory(email="foljer@exempel.se")
    SeatFactory(member=follower)
    NoticeChoice.objects.choose(follower, {Subject.FOLLOWED: How.AT_ONCE}, by=Actor.of(follower))
    for member in (follower, maja):
        Follower.begin(issue, by=Actor.of(member))
    propose(issue, tekniska, by=maja)

    assert ("foljer@exempel.se", "Nytt i ärende som du följer: Mörkt vid Åparken") in sent(mailoutbox, soon())
    assert "maja@exempel.se" not in [mail.to[0] for mail in mailoutbox]

    restrict(issue, reason="Hot.", named=[maja.pk], by=Actor.of(maja), at=soon())
    assert "foljer@exempel.se" not in [to for to, _ in sent(mailoutbox, soon(soon()))]
