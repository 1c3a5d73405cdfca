"""Who has been asked is told when the group takes the question back, and nobody else."""

from __future__ import annotations

import pytest

from issues.models import Action
from issues.restricting import restrict
from issues.striking import strike
from members.actor import Actor, Voice
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory
from tests.issues.reminders import Outbox, moment

pytestmark = pytest.mark.django_db

LINE = "Återtagen: Byt lamporna"
ASKED_ON, TOLD_ON, ANSWERED_ON = (f"{in_days(2)} {clock}" for clock in ("10:00", "10:20", "11:00"))
CANCELLED_ON, TOLD_THEN = (f"{in_days(3)} {clock}" for clock in ("10:00", "10:20"))
ALL = ["handlaggare@exempel.se", "ordinarie@exempel.se", "tekniska@exempel.se"]


@pytest.fixture
def action(tekniska: Organisation, maja: Member, outbox: Outbox) -> Action:
    """Put, and nobody has been mailed yet."""
    draft = ActionFactory(
        issue=IssueFactory(title="Mörkt vid Åparken"), title="Byt lamporna", state="draft", assignment__asked_at=None,
        assignment__answer_due=None, assignment__organisation=tekniska,
    )  # fmt: skip
    draft.propose(by=Actor.of(maja), at=moment(ASKED_ON))
    return Action.objects.get(pk=draft.pk)


def cancel(action: Action, by: Member) -> None:
    Action.objects.get(pk=action.pk).cancel(reason="Lamporna är redan bytta", by=Actor.of(by), at=moment(CANCELLED_ON))


def told(outbox: Outbox) -> list[str]:
    """Whom the mails of the day after tell that it is taken back."""
    outbox.at(TOLD_THEN)
    return sorted(mail.to[0] for mail in outbox.mails if LINE in f"{mail.subject}\n{mail.body}")


def test_all_who_have_been_mailed_the_question_are_told_that_it_is_taken_back(
    action: Action, maja: Member, outbox: Outbox
) -> None:
    assert [to for to, _ in outbox.at(TOLD_ON)] == ALL

    cancel(action, maja)

    assert told(outbox) == ALL
    bodies = {mail.to[0]: " ".join(str(mail.body).split()) for mail in outbox.mails}
    said = (
        f"Gruppen har tagit tillbaka åtgärden. Ni behöver inte svara. Ärende {action.issue.number}: Mörkt vid Åparken."
    )
    assert [f"{said} Lamporna är redan bytta." in body for body in bodies.values()] == [True] * 3
    assert ["Logga in och se åtgärden" in bodies[to] for to in ALL] == [False, False, True]


def test_who_has_not_been_mailed_the_question_is_told_nothing(action: Action, maja: Member, outbox: Outbox) -> None:
    cancel(action, maja)

    assert outbox.at(TOLD_THEN) == []


def test_of_what_they_have_undertaken_they_are_told_that_it_need_not_be_done(
    action: Action, maja: Member, tekniska: Organisation, outbox: Outbox
) -> None:
    outbox.at(TOLD_ON)
    action.current.accept(by=Voice.by_link(tekniska), planned=in_days(9), text="Ja.", at=moment(ANSWERED_ON))

    cancel(action, maja)

    assert told(outbox) == ALL
    bodies = [str(mail.body) for mail in outbox.mails if mail.to[0] in ALL]
    assert ["Det ni har åtagit er behöver inte göras." in body for body in bodies] == [True] * 3


def test_who_said_no_is_told_nothing(action: Action, maja: Member, tekniska: Organisation, outbox: Outbox) -> None:
    outbox.at(TOLD_ON)
    no = {"reason": "priority", "text": "Annat först.", "next_step": "I vår."}
    action.current.decline(by=Voice.by_link(tekniska), at=moment(ANSWERED_ON), **no)

    cancel(action, maja)

    assert told(outbox) == []


def test_of_what_is_restricted_since_no_mailbox_is_told(action: Action, maja: Member, outbox: Outbox) -> None:
    outbox.at(TOLD_ON)
    restrict(action.issue, reason="Hot.", named=[maja.pk], by=Actor.of(maja), at=moment(ANSWERED_ON))

    cancel(action, maja)

    assert [to for to, _ in outbox.at(TOLD_THEN) if to in ALL] == []


def test_of_an_issue_that_is_struck_they_are_told_too(action: Action, maja: Member, outbox: Outbox) -> None:
    outbox.at(TOLD_ON)

    strike(action.issue, reason="Det var samma lampa", by=Actor.of(maja), at=moment(CANCELLED_ON))

    assert told(outbox) == ALL
    assert ["Det var samma lampa." in str(mail.body) for mail in outbox.mails] == [True] * 3
