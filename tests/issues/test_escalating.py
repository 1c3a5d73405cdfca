"""An action is lifted over the organisation's head: when that is suggested, to whom, and what is told of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from base.records import Conflict, EditConflict, NotAllowed
from base.swedish.words import day_and_month
from issues.answer_link import address_for
from issues.escalating import rungs_left, suggested
from issues.models import Action, Escalation, EscalationPath, Event
from issues.models.escalation_path import COLUMNS, USUAL
from issues.texts.action import action_state
from issues.texts.timeline import TakenBackLine, timeline
from meetings.agenda.rules import proposals
from meetings.minutes.action_list import listed_status
from members.actor import Actor, Voice
from members.models import Member, Organisation
from members.outbox.sending import send_due
from tests.days import in_days, next_noon, today
from tests.factories import ActionFactory, AnswersForFactory, IssueFactory, MemberFactory, OrganisationFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 11)
"""A Wednesday; ten working days later is the 25th."""
KLG = "kommunledningsgruppen"


@pytest.fixture
def maja() -> Member:
    return MemberFactory(name="Maja Exempel", email="maja@exempel.se", is_coordinator=True)


@pytest.fixture
def by(maja: Member) -> Actor:
    return Actor.of(maja)


@pytest.fixture
def tekniska() -> Organisation:
    organisation = OrganisationFactory(name="Tekniska", mailbox="tekniska@exempel.se")
    AnswersForFactory(member=MemberFactory(email="handlaggare@exempel.se"), organisation=organisation)
    return organisation


@pytest.fixture
def theirs(tekniska: Organisation) -> Actor:
    return Actor.of(Member.objects.get(email="handlaggare@exempel.se")).speaking_for(tekniska)


def question(to: Organisation, due: date | None = None, **facts: Any) -> Action:
    asked_at = facts.pop("asked_at", timezone.now() - timedelta(days=50))
    asked = {"organisation": to, "answer_due": due or in_days(-30), "asked_at": asked_at}
    issue = IssueFactory(title="Mörkt vid Åparken")
    made = ActionFactory(issue=issue, title="Byt lamporna", **{f"assignment__{key}": it for key, it in asked.items()})
    return reminded(again(made))


def reminded(action: Action) -> Action:
    """As the register does, on the day after it was asked."""
    question: Any = action.current
    points = {"action": action, "assignment": question, "facts": {"due": "", "last": True}}
    at = question.asked_at + timedelta(days=1)
    Event.write(action.issue, Event.Kind.REMINDED, by=Voice.of_the_register(), at=at, **points)
    return again(action)


def again(action: Action) -> Action:
    return Action.objects.with_current().get(pk=action.pk)


def words(action: Action) -> str:
    return str(action_state(again(action), today()))


def said_today() -> str:
    return day_and_month(today(), today=today())


@pytest.mark.parametrize(("day", "is_suggested"), [(24, False), (25, True), (30, True)])
def test_it_is_suggested_ten_working_days_after_the_day(tekniska: Organisation, day: int, is_suggested: bool) -> None:
    asked = {"organisation": tekniska, "asked_at": timezone.make_aware(datetime(2026, 10, 28, 10))}
    silent = ActionFactory(assignment__answer_due=DUE, **{f"assignment__{key}": it for key, it in asked.items()})
    late = ActionFactory(
        state="ongoing", assignment__planned=DUE, **{f"assignment__{key}": it for key, it in asked.items()}
    )
    expected = dict.fromkeys((silent.pk, late.pk), f"Dags att eskalera till {KLG}.") if is_suggested else {}

    assert suggested([reminded(silent), reminded(late)], date(2026, 11, day)) == expected


def test_it_says_where_nobody_has_been_reminded(tekniska: Organisation) -> None:
    at = timezone.make_aware(datetime(2026, 10, 28, 10))
    ActionFactory(assignment__organisation=tekniska, assignment__answer_due=DUE, assignment__asked_at=at)

    words = [*suggested(list(Action.objects.with_current()), date(2026, 11, 25)).values()]
    assert words == [f"Ingen påminnelse har gått ut. Hör av dig, eller eskalera till {KLG}."]


@pytest.mark.parametrize(("day", "is_suggested"), [(26, False), (27, True)])
def test_its_days_are_counted_anew_where_the_issue_was_opened_again(
    by: Actor, tekniska: Organisation, day: int, is_suggested: bool
) -> None:
    action = question(tekniska, due=DUE, asked_at=timezone.make_aware(datetime(2026, 10, 28, 10)))
    action.issue.pause(by=by, reason="Vi avvaktar.", at=timezone.make_aware(datetime(2026, 11, 2, 10)))
    assert suggested([again(action)], date(2026, 11, 30)) == {}

    again(action).issue.resume(by=by, at=timezone.make_aware(datetime(2026, 11, 13, 10)))
    assert bool(suggested([again(action)], date(2026, 11, day))) == is_suggested


def test_a_question_that_others_have_now_is_not_lifted(by: Actor, maja: Member, tekniska: Organisation) -> None:
    action, housing = question(tekniska), OrganisationFactory(name="Bostäder", kind="company")
    Escalation.escalate(action, to=KLG, rung=1, by=by)
    again(action).hand_over(to=housing, message="", by=by, answer_due=in_days(9))

    assert "skaler" not in words(action)
    assert [each for _, each in rungs_left(again(action))] == ["VD", "styrelsen"]
    with pytest.raises(Conflict, match="inte eskalerad"):
        Escalation.write_ruling(again(action), decision="Görs.", by=by)
    Escalation.escalate(again(action), to="VD", rung=1, by=by)
    assert "Eskalerad till VD" in words(action)


def test_what_was_decided_and_taken_back_keeps_its_own_words(by: Actor, tekniska: Organisation) -> None:
    action = question(tekniska)
    lifted = Escalation.escalate(action, to=KLG, rung=1, by=by)
    long = "Ja, " * 400
    for decision in (long, "Nej."):
        Escalation.write_ruling(again(action), decision=decision, by=by)
        Escalation.objects.get(pk=lifted.pk).withdraw_latest(by=by)
    Escalation.write_ruling(again(action), decision="Kanske.", by=by)

    told = [str(each).partition("lamporna”: ")[2] for each in action.issue.events.filter(kind="ruled").order_by("pk")]
    assert [len(each) > 1590 for each in told] == [True, False, False]
    assert told[1:] == ["Nej.", "Kanske."]
    standing = action.issue.events.standing().filter(kind="ruled")
    assert [str(each).rpartition(": ")[2] for each in standing] == ["Kanske."]
    lines = timeline(list(action.issue.events.with_related().latest_first()))
    unfolded = [words for line in lines if isinstance(line, TakenBackLine) for words in line.unfolded]
    assert [words.partition("lamporna”: ")[2] for words in unfolded] == [told[1], told[0]]


def test_a_receipt_promises_a_mail_where_somebody_has_one(by: Actor, maja: Member, tekniska: Organisation) -> None:
    for organisation, is_told in ((tekniska, True), (OrganisationFactory(mailbox=""), False)):
        action = question(organisation)
        typed = {"eskalera-rung": "1", "eskalera-version": action.version}
        page = signed_in(maja).post(f"/atgarder/{action.pk}/eskalera/", typed, follow=True).content.decode()
        assert "Åtgärden är eskalerad till" in page
        assert ("får veta det i mejl" in page) == is_told


@pytest.mark.parametrize(
    ("decided_on", "day", "expected"),
    [
        (None, 30, []),
        (date(2026, 11, 13), 26, []),
        (date(2026, 11, 13), 27, ["Dags att eskalera till nämnden."]),
        (date(2026, 11, 10), 24, []),
        (date(2026, 11, 10), 25, ["Dags att eskalera till nämnden."]),
    ],
)
def test_the_next_is_suggested_ten_working_days_after_the_first_has_decided(
    by: Actor, tekniska: Organisation, decided_on: date | None, day: int, expected: list[str]
) -> None:
    action = question(tekniska, due=DUE, asked_at=timezone.make_aware(datetime(2026, 10, 28, 10)))
    Escalation.escalate(action, to=KLG, rung=1, raised_on=date(2026, 11, 9), by=by)
    if decided_on:
        Escalation.write_ruling(again(action), decision="Görs.", decided_on=decided_on, by=by)

    assert [*suggested([again(action)], date(2026, 11, day)).values()] == expected


@pytest.mark.parametrize(
    ("kind", "in_group", "to"),
    [
        ("department", True, [KLG, "nämnden"]),
        ("company", True, ["VD", "styrelsen"]),
        ("police", True, ["lokalpolisområdeschefen"]),
        ("rescue", True, ["förbundsdirektionen"]),
        ("leadership", True, []),
        ("other", True, []),
        ("department", False, []),
    ],
)
def test_to_whom_follows_the_kind_and_nobody_is_above_one_outside_the_group(
    maja: Member, kind: str, in_group: bool, to: list[str]
) -> None:
    action = question(OrganisationFactory(kind=kind, in_group=in_group))

    assert [each for _, each in rungs_left(action)] == to
    assert bool(suggested([action], today())) == bool(to)
    page = signed_in(maja).get(action.get_absolute_url()).content.decode()
    assert ("Till vem?" in page) == bool(to)
    assert ("Dags att eskalera till" in page) == bool(to)


def test_the_samordnare_says_to_whom_and_an_old_page_does_not_undo_what_another_said(maja: Member) -> None:
    client, company = signed_in(maja), question(OrganisationFactory(kind="company"))
    typed = {f"{kind}_{column}": to for kind, pair in USUAL.items() for column, to in zip(COLUMNS, pair, strict=True)}
    sent = {"version": EscalationPath.version_of_all(), **typed, "company_first": "ägaren", "company_second": ""}

    assert client.post("/gruppen/eskalering/", sent, follow=True).status_code == 200
    assert [each for _, each in rungs_left(company)] == ["ägaren"]

    page = client.post("/gruppen/eskalering/", sent | {"company_first": "VD"}, follow=True).content.decode()
    assert "Någon annan har ändrat till vem åtgärder eskaleras." in page
    assert [each for _, each in rungs_left(company)] == ["ägaren"]


def test_it_stands_in_the_state_the_timeline_the_agenda_and_the_minutes(
    maja: Member, by: Actor, tekniska: Organisation
) -> None:
    client, action = signed_in(maja), question(tekniska)
    assert "Dags att eskalera till kommunledningsgruppen." in client.get("/").content.decode()
    assert [line.reason.endswith(f"Dags att eskalera till {KLG}.") for line in proposals(maja)] == [True]

    typed = {"rung": "1", "registry_no": "KS 2026/12", "version": again(action).version}
    client.post(f"/atgarder/{action.pk}/eskalera/", {f"eskalera-{name}": value for name, value in typed.items()})

    waits = f"Eskalerad till kommunledningsgruppen {said_today()}, dnr KS 2026/12. Väntar på beslut."
    assert words(action).endswith(waits)
    assert listed_status(again(action), today(), today(), told=today()).endswith(waits)
    assert [line.reason.endswith(waits) for line in proposals(maja)] == [True]
    start = client.get("/").content.decode()
    assert waits in start
    assert "Dags att eskalera" not in start

    typed = {"decision": "Görs i vår.", "version": again(action).version}
    client.post(f"/atgarder/{action.pk}/avgjord/", {f"avgjord-{name}": value for name, value in typed.items()})

    assert words(action).endswith(f"dnr KS 2026/12. Beslut {said_today()}: Görs i vår.")
    told = [str(event) for event in action.issue.events.filter(kind__in=["escalated", "ruled"]).order_by("pk")]
    assert told == [
        "”Byt lamporna” eskalerad till kommunledningsgruppen, dnr KS 2026/12.",
        "Beslut från kommunledningsgruppen om ”Byt lamporna”, dnr KS 2026/12: Görs i vår.",
    ]
    assert [each for _, each in rungs_left(again(action))] == ["nämnden"]


def test_the_organisation_is_told_by_mail_and_its_link_page_tells_nothing_of_it(
    by: Actor, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    action = question(tekniska)
    Escalation.escalate(action, to=KLG, rung=1, registry_no="KS 2026/12", by=by)
    send_due(at=next_noon())

    lifted = [mail for mail in mailoutbox if "Eskalerad till kommunledningsgruppen: Byt lamporna" in str(mail.subject)]
    assert sorted(mail.to[0] for mail in lifted) == ["handlaggare@exempel.se", "tekniska@exempel.se"]
    assert all("Ni kan fortfarande svara." in str(mail.body) for mail in lifted)
    page = Client().get(address_for(again(action).current)).content.decode()
    assert "Svar skulle ha kommit" in page
    assert [word for word in ("skaler", "kommunledningsgruppen", "KS 2026/12") if word in page] == []


def test_what_was_promised_is_told_of_with_the_link_by_which_they_say_how_it_goes(
    by: Actor, tekniska: Organisation, theirs: Actor, mailoutbox: list[EmailMessage]
) -> None:
    action = question(tekniska)
    action.current.accept(by=theirs, planned=in_days(5), at=timezone.now() - timedelta(days=2))
    Escalation.escalate(again(action), to=KLG, rung=1, by=by)
    send_due(at=next_noon())

    told = {mail.to[0]: str(mail.body) for mail in mailoutbox if "Eskalerad till" in str(mail.subject)}
    current = again(action).current
    addresses = {"handlaggare@exempel.se": address_for(current, theirs.member)}
    for to, body in told.items():
        address = addresses.get(to) or address_for(current)
        assert f"Säg hur det går utan att logga in: {settings.ADDRESS}{address}" in body
        assert "Meddela att det är klart, eller en ny dag." in body
    assert f"Säg hur det går: {settings.ADDRESS}{action.get_absolute_url()}" in told["handlaggare@exempel.se"]
    assert len(told) == 2


def test_a_no_and_a_promise_may_be_lifted_sooner_than_suggested_and_a_question_back_not(
    by: Actor, tekniska: Organisation, theirs: Actor
) -> None:
    declined, promised, asked = (question(tekniska, due=in_days(9)) for _ in range(3))
    declined.current.decline(by=theirs, reason="budget", text="Nej.", next_step="I mars.")
    promised.current.accept(by=theirs, planned=in_days(9))
    asked.current.ask(by=theirs, text="Vilka?")

    for action in (declined, promised):
        Escalation.escalate(again(action), to=KLG, rung=1, by=by)
        assert f"Eskalerad till kommunledningsgruppen {said_today()}." in words(action)
    with pytest.raises(Conflict):
        Escalation.escalate(again(asked), to=KLG, rung=1, by=by)


def test_only_one_waits_at_a_time_and_an_old_tab_is_told(by: Actor, tekniska: Organisation) -> None:
    action = question(tekniska)
    shown = action.version
    Escalation.escalate(again(action), to=KLG, rung=1, by=by)

    with pytest.raises(Conflict, match="redan eskalerad till kommunledningsgruppen"):
        Escalation.escalate(again(action), to="nämnden", rung=2, by=by)
    with pytest.raises(EditConflict):
        Escalation.escalate(again(action), to="nämnden", rung=2, by=by, version=shown)
    second = Escalation(action=action, assignment=action.current, to="x", rung=1, raised_on=today(), by=by.member)
    with pytest.raises(IntegrityError, match="question_escalated_once_at_a_time"), transaction.atomic():
        second.save()
    Escalation.write_ruling(again(action), decision="Görs.", by=by)
    with pytest.raises(Conflict, match="Beslutet står redan: Görs"):
        Escalation.write_ruling(again(action), decision="Görs inte.", by=by)


@pytest.mark.parametrize("day", [1, -60])
def test_its_days_are_days_that_have_been_since_the_question_and_since_it(
    by: Actor, tekniska: Organisation, day: int
) -> None:
    action = question(tekniska)

    with pytest.raises(ValidationError) as refused:
        Escalation.escalate(again(action), to=KLG, rung=1, raised_on=in_days(day), by=by)
    assert refused.value.message_dict.keys() == {"raised_on"}
    Escalation.escalate(again(action), to=KLG, rung=1, raised_on=in_days(-3), by=by)
    with pytest.raises(ValidationError) as refused:
        Escalation.write_ruling(again(action), decision="Görs.", decided_on=in_days(day), by=by)
    assert refused.value.message_dict.keys() == {"decided_on"}


def test_what_was_written_last_is_taken_back_within_ten_minutes(by: Actor, tekniska: Organisation) -> None:
    action, now = question(tekniska), timezone.now()
    lifted = Escalation.escalate(again(action), to=KLG, rung=1, by=by, at=now)
    Escalation.write_ruling(again(action), decision="Görs.", by=by, at=now)

    Escalation.objects.get(pk=lifted.pk).withdraw_latest(by=by, at=now)
    assert words(action).endswith("Väntar på beslut.")
    told = timeline(list(action.issue.events.with_related().latest_first()))
    assert told[0].words == "Beslutet från kommunledningsgruppen om ”Byt lamporna” togs tillbaka."
    assert told[0].unfolded == ["Beslut från kommunledningsgruppen om ”Byt lamporna”: Görs."]

    with pytest.raises(NotAllowed, match="Det har hänt mer"):
        Escalation.objects.get(pk=lifted.pk).withdraw_latest(by=by, at=now)


def test_an_escalation_is_taken_back_while_nothing_rests_on_it(
    by: Actor, maja: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    action, now = question(tekniska), timezone.now()
    old = Escalation.escalate(again(action), to=KLG, rung=1, by=by, at=now - timedelta(minutes=11))
    with pytest.raises(NotAllowed, match="äldre än tio minuter"):
        Escalation.objects.get(pk=old.pk).withdraw_latest(by=by, at=now)

    client, action = signed_in(maja), question(tekniska)
    lifted = Escalation.escalate(again(action), to=KLG, rung=1, by=by)
    assert "Ta tillbaka eskaleringen" in client.get(action.get_absolute_url()).content.decode()
    client.post(f"/eskaleringar/{lifted.pk}/aterta/", {"written": lifted.written_at.isoformat()})

    assert "Eskalerad" not in words(action)
    assert again(action).escalation is None
    [event] = Event.objects.standing().filter(action=action, kind="withdrawn")
    assert str(event) == "Eskaleringen till kommunledningsgruppen om ”Byt lamporna” togs tillbaka."
    with pytest.raises(Conflict, match="redan taget tillbaka"):
        Escalation.objects.get(pk=lifted.pk).withdraw_latest(by=by)
    send_due(at=next_noon())
    assert [
        mail for mail in mailoutbox if action.issue.number in str(mail.body) and "Eskalerad" in str(mail.subject)
    ] == []


def test_what_is_done_waits_for_no_decision(by: Actor, tekniska: Organisation, theirs: Actor) -> None:
    action = question(tekniska)
    Escalation.escalate(again(action), to=KLG, rung=1, by=by)
    again(action).current.already_done(by=theirs, done_on=today(), note="Bytta.")

    assert words(action).endswith(f"Eskalerad till kommunledningsgruppen {said_today()}.")
