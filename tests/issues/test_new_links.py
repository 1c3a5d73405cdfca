"""What mails carry a link that opens: of an old question too, and a new one when a restriction is lifted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from issues.answer_link import RENEWED_AFTER, SIGNER, VALID_FOR, address_for, read
from issues.models import Action, Assignment, Issue
from issues.reminding import remind
from issues.restricting import lift, restrict
from issues.striking import strike
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory
from tests.issues.restricted import WHY
from tests.issues.test_answer_link import token_of
from tests.issues.test_notices import AT, WANTED, address, issue, maja, propose, sent, soon, tekniska
from tests.the import the

__all__ = ["address", "issue", "maja", "tekniska"]  # fixtures of the neighbour's
pytestmark = pytest.mark.django_db

NEW = f"Ny länk, {WANTED[0].lower()}{WANTED[1:]}"
OLD_IS_VOID = "Länken i tidigare mejl om åtgärden gäller inte längre. Här är en ny."
TO_ALL = [("handlaggare@exempel.se", NEW), ("ordinarie@exempel.se", NEW), ("tekniska@exempel.se", NEW)]


@pytest.fixture
def action(issue: Issue, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]) -> Action:
    action = propose(issue, tekniska, by=maja)
    sent(mailoutbox, soon())
    return Action.objects.get(pk=action.pk)


def restrict_and_lift(issue: Issue, by: Member) -> None:
    restrict(issue, reason=WHY, named=[by.pk], by=Actor.of(by), at=soon())
    lift(issue, reason="Det räcker.", by=Actor.of(by), at=soon())


def link_in(mail: EmailMessage) -> str:
    return str(the(re.search(r"/besked/[^\s/]+/", str(mail.body)))[0])


# When a restriction is lifted


def test_the_mailbox_and_those_who_answer_have_the_new_link(
    action: Action, maja: Member, mailoutbox: list[EmailMessage]
) -> None:
    old = address_for(action.current)

    restrict_and_lift(action.issue, maja)

    assert sent(mailoutbox, soon(soon())) == TO_ALL
    assert not read(token_of(old))
    for mail in mailoutbox:
        assert OLD_IS_VOID in str(mail.body)
        assert "Fyra rapporter." in str(mail.body)
        assert the(read(token_of(link_in(mail)))).question == action.current
    assert sent(mailoutbox, soon(soon(soon()))) == []


def test_of_a_promise_they_have_it_too(action: Action, maja: Member, mailoutbox: list[EmailMessage]) -> None:
    ordinary = Member.objects.get(email="ordinarie@exempel.se")
    action.current.accept(by=Actor.of(ordinary), planned=in_days(30), at=AT)
    sent(mailoutbox, soon())

    restrict_and_lift(action.issue, maja)

    told = dict(sent(mailoutbox, soon(soon())))
    assert told["tekniska@exempel.se"] == "Ny länk: Byt lamporna"
    [mail] = [mail for mail in mailoutbox if mail.to == ["tekniska@exempel.se"]]
    assert f"Säg hur det går utan att logga in: https://register.exempel.se{link_in(mail)}" in str(mail.body)


def test_each_question_of_the_issue_has_one_and_others_have_none(
    action: Action, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    propose(action.issue, tekniska, by=maja)
    propose(IssueFactory(), tekniska, by=maja)
    Action.draft(issue=action.issue, organisation=tekniska, title="Utkast", by=Actor.of(maja))
    sent(mailoutbox, soon())

    restrict_and_lift(action.issue, maja)
    sent(mailoutbox, soon(soon()))

    to_mailbox = "".join(str(mail.body) for mail in mailoutbox if mail.to == ["tekniska@exempel.se"])
    assert len(set(re.findall(r"/besked/[^\s/]+/", to_mailbox))) == 2
    assert "Utkast" not in to_mailbox


@pytest.mark.parametrize("since", ["answered", "handed over", "restricted", "closed", "struck", "cancelled", "ended"])
def test_where_it_has_ended_before_the_mail_goes_there_is_none(
    action: Action, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage], since: str
) -> None:
    restrict_and_lift(action.issue, maja)
    by, action = Actor.of(maja), Action.objects.get(pk=action.pk)
    match since:
        case "answered":
            action.current.decline(by=by, reason="budget", text="Nej.", next_step="I mars.")
        case "handed over":
            action.hand_over(to=tekniska, message="Igen.", by=by, at=soon(soon()))
        case "restricted":
            restrict(action.issue, reason=WHY, named=[maja.pk], by=by)
        case "closed":
            action.issue.close(by=by, outcome="solved", feedback="Klart.", despite="Ändå.")
        case "struck":
            strike(action.issue, reason="Upplagt av misstag.", by=by)
        case "cancelled":
            action.cancel(reason="Behövs inte.", by=by)
        case "ended":
            Organisation.objects.update(active_from=in_days(-9), active_to=in_days(-1))

    told = sent(mailoutbox, soon(soon(soon())))

    assert [subject for _, subject in told if subject.startswith("Ny länk")] == []


def test_lifted_twice_it_is_told_once(action: Action, maja: Member, mailoutbox: list[EmailMessage]) -> None:
    restrict_and_lift(action.issue, maja)
    restrict_and_lift(Issue.objects.get(pk=action.issue_id), maja)

    assert sent(mailoutbox, soon(soon())) == TO_ALL


# Of an old question


def asked_long_ago(tekniska: Organisation, days: int) -> Assignment:
    at = timezone.now() - timedelta(days=days)
    action = ActionFactory(assignment__organisation=tekniska, assignment__asked_at=at, created_at=at)
    question: Assignment = Action.objects.get(pk=action.pk).current
    return question


@pytest.mark.parametrize("days", [0, 179, 181, 300, 366, 700, 1500])
def test_however_old_the_question_is_the_link_that_is_mailed_opens_it_for_half_a_year_at_least(
    tekniska: Organisation, days: int
) -> None:
    question = asked_long_ago(tekniska, days)
    now = timezone.now()
    member = Member.objects.get(email="ordinarie@exempel.se")

    for link in (address_for(question), address_for(question, member)):
        assert read(token_of(link), at=now + VALID_FOR - RENEWED_AFTER)
        assert not read(token_of(link), at=now + VALID_FOR + timedelta(minutes=1))


def test_what_was_mailed_more_than_a_year_ago_opens_nothing(tekniska: Organisation) -> None:
    question = asked_long_ago(tekniska, 366)

    assert not read(SIGNER.sign(f"{question.pk}.{question.link_nonce}"))
    assert read(SIGNER.sign(f"{question.pk}.{question.link_nonce}.1"))


def test_a_reminder_of_what_was_asked_long_ago_has_one_that_opens(
    tekniska: Organisation, maja: Member, mailoutbox: list[EmailMessage]
) -> None:
    question = asked_long_ago(tekniska, 400)
    remind(question, by=Actor.of(maja), at=AT)

    sent(mailoutbox, soon())

    assert len(mailoutbox) == 3
    assert {read(token_of(link_in(mail))) is not None for mail in mailoutbox} == {True}
