"""Reminders of a question that has not been answered: when, to whom, and that nothing is told that no longer waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from base.swedish.said_days import Precision, SaidDay
from issues.models import Action, Assignment, DateChange, Event, Issue
from issues.notices import REMINDED
from issues.reminding import reminders_due, told_on
from issues.restricting import name, restrict
from members.actor import Actor
from members.models import Group, How, Member, Notice, NoticeCause, NoticeChoice, Organisation, Subject
from tests.factories import (
    ActionFactory,
    IssueFactory,
    OrganisationFactory,
)
from tests.issues.reminders import Outbox, moment, nothing_leaves

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 11)
"""A Wednesday."""
LINE = "Påminnelse, svar önskas senast 11 november: Byt lamporna"
LATE = "Påminnelse, svar skulle ha kommit 11 november: Byt lamporna"
SINCE = "Tekniska fick frågan 28 oktober."
TOLD_LAST = f"{SINCE} Det här är den sista påminnelsen."
SECRET = "Logga in för att se vad som har hänt i ett ärende"
TO_ALL = [("handlaggare@exempel.se", LINE), ("ordinarie@exempel.se", LINE), ("tekniska@exempel.se", LINE)]
LATE_TO_ALL = [(to, LATE) for to, _ in TO_ALL]


def question(to: Organisation, *, due: date = DUE, asked: str = "2026-10-28 10:00", **issue: object) -> Action:
    facts = {"organisation": to, "answer_due": due, "asked_at": moment(asked)}
    assignment = {f"assignment__{name}": value for name, value in facts.items()}
    return ActionFactory(issue=IssueFactory(title="Mörkt vid Åparken", **issue), title="Byt lamporna", **assignment)


def test_it_comes_on_the_last_day_and_five_and_ten_working_days_after_it_and_then_no_more(
    tekniska: Organisation, outbox: Outbox
) -> None:
    action = question(tekniska)
    usual = Group.current().reminder_text

    assert [outbox.at(words) for words in ("2026-11-10 12:00", "2026-11-11 06:59")] == [[], []]
    assert outbox.at("2026-11-11 07:00") == TO_ALL
    assert outbox.told == SINCE
    [body] = [str(mail.body) for mail in outbox.mails if mail.to == ["ordinarie@exempel.se"]]
    assert f"Ärende {action.issue.number}: Mörkt vid Åparken." in body
    assert f"Läs och svara: https://register.exempel.se{action.get_absolute_url()}" in body
    assert "sista påminnelsen" not in body
    assert usual in body

    assert [outbox.at(f"2026-11-{day} 12:00") for day in (11, 12, 17)] == [[], [], []]
    assert outbox.at("2026-11-18 07:00") == LATE_TO_ALL
    assert outbox.told == SINCE

    assert outbox.at("2026-11-24 12:00") == []
    assert outbox.at("2026-11-25 07:00") == LATE_TO_ALL
    assert outbox.told == TOLD_LAST
    assert [outbox.at(words) for words in ("2026-12-02 12:00", "2026-12-09 12:00")] == [[], []]


def test_it_has_who_asks_the_place_and_what_was_said_and_asked_back(
    tekniska: Organisation, ordinary: Actor, maja: Member, outbox: Outbox
) -> None:
    action = question(tekniska, where="Åparken")
    action.current.ask(by=ordinary, text="Vilka lampor?", at=moment("2026-10-29 10:00"))
    by, at = Actor.of(maja), moment("2026-10-30 10:00")
    Action.objects.get(pk=action.pk).hand_over(to=tekniska, message="De sex vid bron.", answer_due=DUE, by=by, at=at)

    outbox.at("2026-11-18 12:00")

    reminded = [str(mail.body) for mail in outbox.mails if str(mail.subject) == LATE]
    assert len(reminded) == len(TO_ALL)
    for body in reminded:
        assert "Temagruppen föreslår Tekniska att byta lamporna." in body
        assert f"Ärende {action.issue.number}: Mörkt vid Åparken. Plats: Åparken." in body
        assert "Ni frågade: Vilka lampor?\n\nSvar från gruppen: De sex vid bron." in body


@pytest.mark.parametrize(
    ("due", "days"),
    [
        ("2026-11-11", ["2026-11-11", "2026-11-18", "2026-11-25"]),
        ("2026-11-14", ["2026-11-13", "2026-11-20", "2026-11-27"]),  # a Saturday
        ("2026-12-18", ["2026-12-18", "2026-12-29", "2027-01-08"]),  # over Christmas
    ],
)
def test_its_days_are_days_on_which_somebody_works(due: str, days: list[str]) -> None:
    assert [told_on(date.fromisoformat(due), step).isoformat() for step in (0, 5, 10)] == days


def test_before_a_day_on_which_nobody_works_it_says_which_day_that_is(tekniska: Organisation, outbox: Outbox) -> None:
    question(tekniska, due=date(2026, 11, 15))

    assert [to for to, _ in outbox.at("2026-11-13 12:00")] == [to for to, _ in TO_ALL]
    assert outbox.told == SINCE


def test_who_is_asked_and_to_answer_on_the_same_day_is_not_reminded_of_it(
    tekniska: Organisation, outbox: Outbox
) -> None:
    question(tekniska, asked="2026-11-11 06:00")

    assert outbox.at("2026-11-11 12:00") == []
    assert outbox.at("2026-11-18 12:00") == LATE_TO_ALL


def test_after_a_stop_of_two_weeks_only_the_latest_is_told(tekniska: Organisation, outbox: Outbox) -> None:
    question(tekniska)

    assert outbox.at("2026-11-25 12:00") == LATE_TO_ALL
    assert outbox.told == TOLD_LAST
    assert NoticeCause.objects.filter(kind=REMINDED).count() == 1


def test_those_that_were_owed_before_the_stop_are_told_by_the_latest(
    tekniska: Organisation, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    question(tekniska)
    with nothing_leaves(monkeypatch):
        for day in ("2026-11-11", "2026-11-18"):
            outbox.at(f"{day} 12:00")
    assert Notice.objects.waiting().count() == 6

    assert outbox.at("2026-11-25 12:00") == LATE_TO_ALL
    assert outbox.told == TOLD_LAST


def test_what_has_been_silent_since_long_before_is_not_told_anew(tekniska: Organisation, outbox: Outbox) -> None:
    question(tekniska)

    assert outbox.at("2026-12-10 12:00") == []


def test_who_has_chosen_to_have_it_gathered_has_it_the_same_morning(tekniska: Organisation, outbox: Outbox) -> None:
    for member in Member.objects.filter(email__in=["ordinarie@exempel.se", "handlaggare@exempel.se"]):
        NoticeChoice.objects.choose(member, {Subject.ASKED: How.DAILY}, by=Actor.of(member))
    question(tekniska)

    assert outbox.at("2026-11-11 07:00") == [("tekniska@exempel.se", LINE)]
    assert outbox.at("2026-11-11 07:30") == TO_ALL[:2]


# Nothing is told of what no longer waits: found after it happened, and when it happens while the mail waits


def answer(action: Action, ordinary: Actor, maja: Member) -> None:
    action.current.accept(by=ordinary, planned=date(2026, 12, 1), at=timezone.now())


def ask_back(action: Action, ordinary: Actor, maja: Member) -> None:
    action.current.ask(by=ordinary, text="Vilka lampor?", at=timezone.now())


def take_back(action: Action, ordinary: Actor, maja: Member) -> None:
    action.cancel(reason="Lagat.", by=Actor.of(maja), at=timezone.now())


def end_organisation(action: Action, ordinary: Actor, maja: Member) -> None:
    action.current.organisation.change(by=Actor.of(maja), active_to=date(2026, 11, 10))


def close(action: Action, ordinary: Actor, maja: Member) -> None:
    ending = {"outcome": "solved", "feedback": "Klart.", "despite": "De gör det ändå."}
    action.issue.close(**ending, by=Actor.of(maja), at=timezone.now())


def pass_on(action: Action, ordinary: Actor, maja: Member) -> None:
    action.current.pass_on(by=ordinary, to=None, text="Inte vi.", at=timezone.now())


def stop_the_clock(action: Action, ordinary: Actor, maja: Member) -> None:
    restrict(action.issue, reason="Hot.", named=[maja.pk], by=Actor.of(maja), at=timezone.now())


Deed = Callable[[Action, Actor, Member], None]
DEEDS: tuple[Deed, ...] = (answer, ask_back, take_back, end_organisation, close, pass_on, stop_the_clock)


@pytest.mark.parametrize("deed", DEEDS)
def test_of_what_no_longer_waits_nothing_is_told_neither_found_since_nor_waiting(
    deed: Deed, tekniska: Organisation, ordinary: Actor, maja: Member, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    kultur = OrganisationFactory(name="Kultur", mailbox="kultur@exempel.se")
    waiting, found = question(tekniska), question(tekniska, due=date(2026, 11, 12))
    for due in (DUE, date(2026, 11, 12)):
        question(kultur, due=due)
    with nothing_leaves(monkeypatch):
        outbox.at("2026-11-11 07:00")
    assert Notice.objects.waiting().count() == 4
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-11-11 07:05"))
    for action in (waiting, found):
        deed(Action.objects.get(pk=action.pk), ordinary, maja)

    outbox.at("2026-11-12 07:06")

    reminded = Notice.objects.filter(cause__kind=REMINDED, state=Notice.State.SENT)
    assert [notice.receiver for notice in reminded] == [kultur, kultur]


def test_who_is_asked_anew_is_reminded_of_that_day(
    tekniska: Organisation, maja: Member, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = question(tekniska)
    outbox.at("2026-11-11 12:00")
    action = Action.objects.get(pk=action.pk)
    action.hand_over(
        to=tekniska, message="Igen.", answer_due=date(2026, 11, 16), by=Actor.of(maja), at=moment("2026-11-12 10:00")
    )

    line = LINE.replace("11 november", "16 november")
    assert [mail for mail in outbox.at("2026-11-16 12:00") if mail[1] == line] == [(to, line) for to, _ in TO_ALL]
    assert Assignment.objects.filter(action=action).count() == 2


# On the timeline, and what has been promised


def timeline_of(action: Action) -> list[tuple[str, str, str]]:
    events = action.issue.events.filter(kind=Event.Kind.REMINDED).order_by("pk")
    return [(str(event), event.who, f"{timezone.localtime(event.at):%d/%m %H.%M}") for event in events]


def test_each_stands_on_the_timeline_as_the_registers_and_moves_the_issue_in_no_list(
    tekniska: Organisation, outbox: Outbox
) -> None:
    action = question(tekniska)
    before = Issue.objects.get(pk=action.issue.pk).happened_at

    for day in (11, 12, 18):
        outbox.at(f"2026-11-{day} 07:05")

    words = "Påminnelse till Tekniska om ”Byt lamporna”."
    assert timeline_of(action) == [(words, "Registret", "11/11 07.05"), (words, "Registret", "18/11 07.05")]
    assert Issue.objects.get(pk=action.issue.pk).happened_at == before


def test_nobody_who_cannot_be_told_is_said_to_be_reminded(outbox: Outbox) -> None:
    action = question(OrganisationFactory(name="Utan brevlåda"))

    assert outbox.at("2026-11-11 12:00") == []
    assert timeline_of(action) == []


def promise(tekniska: Organisation, ordinary: Actor, planned: date | SaidDay = DUE) -> Action:
    action = question(tekniska, due=date(2026, 11, 5))
    action.current.accept(by=ordinary, planned=planned, at=moment("2026-11-02 10:00"))
    return action


def of_promises(mails: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(to, line.removeprefix("Påminnelse, ").removesuffix(": Byt lamporna")) for to, line in mails]


def test_what_is_promised_is_reminded_of_on_its_day_and_five_and_ten_working_days_after_it(
    tekniska: Organisation, ordinary: Actor, outbox: Outbox
) -> None:
    action = promise(tekniska, ordinary)
    everybody = [to for to, _ in TO_ALL]

    assert outbox.at("2026-11-10 12:00") == []
    assert of_promises(outbox.at("2026-11-11 12:00")) == [(to, "planerat klart 11 november") for to in everybody]
    late = [(to, "skulle ha varit klart 11 november") for to in everybody]
    assert [of_promises(outbox.at(f"2026-11-{day} 12:00")) for day in (17, 18, 24)] == [[], late, []]
    assert of_promises(outbox.at("2026-11-25 12:00")) == late
    assert outbox.told == "Tekniska åtog sig åtgärden 2 november. Det här är den sista påminnelsen."
    [asks] = {str(mail.body).split("\n\n")[3] for mail in outbox.mails}
    assert asks == "Vad har hänt? Meddela att det är klart, eller en ny dag."
    told = {mail.to[0]: str(mail.body) for mail in outbox.mails}
    assert f"Säg hur det går: https://register.exempel.se{action.get_absolute_url()}" in told["ordinarie@exempel.se"]
    assert all("Säg hur det går utan att logga in: https://" in body for body in told.values())
    assert not any("Läs och svara" in body or "Svara utan att logga in" in body for body in told.values())


@pytest.mark.parametrize("done", ["finish", "move"])
def test_a_promise_that_is_kept_or_moved_is_not_reminded_of_by_the_old_day(
    done: str, tekniska: Organisation, ordinary: Actor, outbox: Outbox
) -> None:
    action = promise(tekniska, ordinary)
    action = Action.objects.get(pk=action.pk)
    at = moment("2026-11-10 10:00")
    if done == "finish":
        action.finish(note="Lagat.", by=ordinary, at=at)
    else:
        DateChange.make(action.current, old=DUE, new=date(2026, 11, 16), reason="Regn.", by=ordinary, at=at)

    assert outbox.at("2026-11-11 12:00") == []
    moved = [(to, "planerat klart 16 november") for to, _ in TO_ALL] if done == "move" else []
    assert of_promises(outbox.at("2026-11-16 12:00")) == moved


def test_what_runs_on_has_no_day_to_be_reminded_of(tekniska: Organisation, ordinary: Actor, outbox: Outbox) -> None:
    promise(tekniska, ordinary, SaidDay(DUE, Precision.RUNNING, "löpande"))

    assert [outbox.at(f"2026-11-{day} 12:00") for day in (11, 18, 25)] == [[], [], []]


# What is restricted


def test_of_what_is_restricted_who_is_named_is_told_that_something_happened_and_nobody_else(
    tekniska: Organisation, maja: Member, outbox: Outbox
) -> None:
    action = question(tekniska)
    issue = Issue.objects.get(pk=action.issue.pk)
    named = Member.objects.get(email="handlaggare@exempel.se")
    restrict(issue, reason="Hot.", named=[maja.pk], by=Actor.of(maja), at=moment("2026-11-02 10:00"))
    name(issue, [named.pk], by=Actor.of(maja), at=moment("2026-11-03 10:00"))
    [due] = Assignment.objects.values_list("answer_due", flat=True)

    assert outbox.at(f"{due} 12:00") == [("handlaggare@exempel.se", SECRET)]

    everything = str(outbox.mails[0].message())
    told = [word for word in ("Mörkt", "Byt lamporna", "Påminnelse", issue.number, "arenden") if word in everything]
    assert told == []
    assert NoticeCause.objects.get(kind=REMINDED).notices.count() == 1


def test_what_becomes_restricted_while_the_mail_waits_is_told_to_nobody_else(
    tekniska: Organisation, maja: Member, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = question(tekniska)
    with nothing_leaves(monkeypatch):
        outbox.at("2026-11-11 07:00")
    named = [maja.pk, Member.objects.get(email="handlaggare@exempel.se").pk]
    issue = Issue.objects.get(pk=action.issue.pk)
    restrict(issue, reason="Hot.", named=named, by=Actor.of(maja), at=moment("2026-11-11 07:05"))

    assert outbox.at("2026-11-11 07:06") == [("handlaggare@exempel.se", SECRET)]
    assert Notice.objects.filter(cause__kind=REMINDED, state=Notice.State.SENT).count() == 1


def test_to_find_what_is_due_costs_the_same_however_many_wait(
    tekniska: Organisation, outbox: Outbox, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    since, at = moment("2026-10-29 12:00"), moment("2026-11-12 12:00")
    for number in (1, 4):
        for _ in range(number):
            question(tekniska)
        causes = list(reminders_due(since, at=at))
        assert len(causes) == number
        with django_assert_num_queries(1):  # what has been told is not found again
            assert list(reminders_due(since, at=at)) == []
