"""The åtgärdslista that a group had before the register: what each row of it becomes, and that nobody is mailed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from base.swedish.words import day_and_month
from issues.models import Action, Event, Issue
from meetings.agenda.rules import Rule, raise_all
from members.models import Group, Member, NoticeCause, Organisation
from members.outbox.sending import send_due
from tests.days import in_days, today
from tests.factories import IssueFactory, ObservationFactory, OrganisationFactory
from tests.issues.old_list import bring_in, brought_in, plan_of, read, review
from tests.issues.reminders import Outbox
from tests.members.importing import words_of

pytestmark = pytest.mark.django_db


def action(title: str) -> Action:
    return Action.objects.with_current().get(title=title)


def told(plan_row: object) -> str:
    return " ".join([*plan_row.words, *plan_row.told, *plan_row.wrong])  # type: ignore[attr-defined]


def timeline(issue: Issue) -> list[tuple[str, str]]:
    events = Event.objects.filter(issue=issue).with_related().order_by("pk")
    return [(str(event), event.who) for event in events]


# What a row becomes


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Väntar på svar", "proposed"),
        ("frågad", "proposed"),
        ("Åtar sig", "accepted"),
        ("PÅGÅR", "ongoing"),
        ("Pågår, väntar på offert", "ongoing"),
        ("Klart", "done"),
        ("avslutat", "done"),
        ("Avböjt", "declined"),
        ("Nej, ryms inte", "declined"),
        ("struket", "cancelled"),
        ("Ej aktuellt", "cancelled"),
    ],
)
def test_a_row_becomes_an_issue_with_an_action_in_the_state_that_it_says(
    as_coordinator: Client, technical: Organisation, said: str, state: str
) -> None:
    brought_in(as_coordinator, f"laga grinden||Åparken|{technical}|2026-03-01|{said}||||")

    brought = action("Laga grinden")
    assert (brought.state, brought.current.organisation) == (state, technical)
    assert (brought.issue.title, brought.issue.where, brought.issue.kind) == ("Laga grinden", "Åparken", "other")
    assert brought.issue.is_closed is (state in {"done", "cancelled"})


def test_an_unknown_state_is_an_error_that_names_the_words_it_understands(
    as_coordinator: Client, technical: Organisation
) -> None:
    rows = [f"Laga|||{technical}||{state}||||" for state in ("grön", "", "väntar på offert")]

    plan = plan_of(as_coordinator, *rows)

    understood = "Skriv ett av dessa: väntar på svar, åtar sig, pågår, klart, avböjt, avbrutet."
    assert [row.wrong for row in plan.rows] == [
        [f"Läge: ”grön” är inget läge. {understood}"],
        [f"Läge: Läget saknas. {understood}"],
        [f"Läge: ”väntar på offert” är inget läge. {understood}"],
    ]


def test_it_says_on_the_timeline_who_brought_it_in_from_where_and_when_it_was_decided(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    brought_in(as_coordinator, f"Laga grinden|||{technical}|2027-06-01|Pågår|2025-03-12||14|Offert inhämtad")

    brought = action("Laga grinden")
    theirs, hers = f"{coordinator} för {technical}", str(coordinator)
    assert timeline(brought.issue) == [
        ("Ärendet öppnat.", f"{hers}, från den gamla åtgärdslistan"),
        (
            f"Gruppen föreslår {technical} att laga grinden. Beslutat 12 mars 2025.",
            f"{hers}, från den gamla åtgärdslistan",
        ),
        (
            "Åtar sig ”Laga grinden”, planerat klart 1 juni 2027. Offert inhämtad.",
            f"{theirs}, från den gamla åtgärdslistan",
        ),
        (str(brought.issue.events.get(kind="started")), f"{theirs}, från den gamla åtgärdslistan"),
    ]
    assert brought.text == "I den gamla åtgärdslistan: nr 14."
    assert {timezone.localdate(event.at) for event in brought.issue.events.all()} == {today()}
    page = words_of(as_coordinator.get(brought.get_absolute_url()))
    assert "Svaret kom från den gamla åtgärdslistan" in page


def test_a_no_has_the_rows_words_and_a_cancelled_one_too(as_coordinator: Client, technical: Organisation) -> None:
    brought_in(
        as_coordinator,
        f"Sätta upp staket|||{technical}||Nej||||Ryms inte i år",
        f"Måla om|||{technical}||Struket||||Huset revs",
    )

    answer = action("Sätta upp staket").current.answer
    assert answer is not None
    assert (answer.reason, answer.text) == ("other", "Ryms inte i år")
    cancelled = Event.objects.get(action=action("Måla om"), kind=Event.Kind.CANCELLED)
    assert cancelled.text == "Huset revs"


# Days


@pytest.mark.parametrize(
    ("written", "last", "shown"),
    [
        ("2027-11-03", date(2027, 11, 3), "3 november 2027"),
        ("46693", date(2027, 11, 2), "2 november 2027"),
        ("3 november 2027", date(2027, 11, 3), "3 november 2027"),
        ("v. 48 2027", date(2027, 12, 5), "vecka 48 2027"),
        ("hösten 2027", date(2027, 11, 30), "hösten 2027"),
        ("Q4 2027", date(2027, 12, 31), "kvartal 4 2027"),
        ("okt 2027", date(2027, 10, 31), "oktober 2027"),
    ],
)
def test_a_day_is_kept_as_it_was_said(
    as_coordinator: Client, technical: Organisation, written: str, last: date, shown: str
) -> None:
    brought_in(as_coordinator, f"Laga|||{technical}|{written}|åtar sig||||")

    planned = action("Laga").current.planned_day
    assert planned is not None
    assert (planned.last, planned.shown(today=date.min)) == (last, shown)


def test_without_a_year_the_first_after_the_decision_is_meant_else_the_nearest_and_it_is_told(
    as_coordinator: Client, technical: Organisation
) -> None:
    near = in_days(-20)
    written = f"{near.day}/{near.month}"

    after, nearest = plan_of(
        as_coordinator,
        f"Laga|||{technical}|3/11|Pågår|2024-12-01|||",
        f"Måla|||{technical}|{written}|Pågår||||",
    ).rows

    assert "planerat klart 3 november 2025" in told(after)
    assert "Året står inte i listan. ”3/11” läses som 3 november 2025." in told(after)
    assert "Dagen har passerat, så åtgärden är försenad." in told(after)
    assert f"”{written}” läses som {day_and_month(near, today=date.min)}." in told(nearest)


def test_what_runs_on_and_what_has_no_day_is_reviewed_by_a_day_that_is_told(
    as_coordinator: Client, technical: Organisation
) -> None:
    written = enumerate(("löpande", "snarast", "–", ""))
    rows = [f"Laga lampa {number}|||{technical}|{words}|Pågår||||" for number, words in written]

    plan = plan_of(as_coordinator, *rows)

    assert not plan.wrong
    assert ["löpande, stäms av" in told(row) for row in plan.rows] == [True] * 4
    assert "”snarast” är ingen dag, så åtgärden läggs in som löpande och stäms av" in told(plan.rows[1])
    assert "Ingen dag står i listan, så åtgärden läggs in som löpande" in told(plan.rows[2])
    asked = plan_of(as_coordinator, f"Laga|||{technical}|ASAP|Frågad||||").rows[0]
    assert "”ASAP” är ingen dag, så åtgärden får ingen önskad dag." in told(asked)


@pytest.mark.parametrize("written", ["när det blir av", "nästa vecka", "fredag", "30 februari 2027", "imorgon"])
def test_what_is_no_day_is_an_error_in_words(as_coordinator: Client, technical: Organisation, written: str) -> None:
    [row] = plan_of(as_coordinator, f"Laga|||{technical}|{written}|Pågår||||").rows

    assert len(row.wrong) == 1
    assert row.wrong[0].startswith("Klart senast: ")
    assert not row.steps


def test_the_day_it_was_done_is_the_lists_else_the_day_of_the_plan_else_today(
    as_coordinator: Client, technical: Organisation
) -> None:
    brought_in(
        as_coordinator,
        f"Ett|||{technical}|2026-01-01|Klart||2025-12-20||",
        f"Två|||{technical}|2026-01-01|Klart 2025-12-21||||",
        f"Tre|||{technical}|2026-01-01|Klart||||",
        f"Fyra|||{technical}||Klart||||",
    )

    assert [action(title).done_on for title in ("Ett", "Två", "Tre", "Fyra")] == [
        date(2025, 12, 20),
        date(2025, 12, 21),
        date(2026, 1, 1),
        today(),
    ]


# Who is responsible


def test_who_is_responsible_is_an_organisation_of_the_register_or_an_error_with_the_way_to_add_it(
    as_coordinator: Client, technical: Organisation
) -> None:
    found = read(as_coordinator, "Laga|||Vattenverket||Pågår||||", f"Måla|||{str(technical).upper()}||Pågår||||")

    page = words_of(as_coordinator.get(review(found)))

    assert "”Vattenverket” är ingen organisation i registret." in page
    assert "Finns inte i registret: Vattenverket." in page
    assert 'href="/gruppen/organisationer/ny/"' in page
    assert not Organisation.objects.filter(name="Vattenverket").exists()
    assert bring_in(as_coordinator, found, without_wrong="on").status_code == 302
    assert action("Måla").current.organisation == technical


def test_several_who_are_responsible_have_an_action_each_in_one_issue(
    as_coordinator: Client, technical: Organisation
) -> None:
    OrganisationFactory(name="Barn- och utbildningsförvaltningen")

    brought_in(as_coordinator, f"Laga|||{technical} och Barn- och utbildningsförvaltningen||Frågad||||")

    assert Action.objects.filter(title="Laga").count() == 2
    assert Issue.objects.filter(title="Laga").count() == 1


# Which issue


def test_rows_with_the_same_issue_are_of_one_and_an_open_issue_of_that_title_goes_on(
    as_coordinator: Client, technical: Organisation
) -> None:
    open_one = IssueFactory(title="Mörkt vid Åparken", year=2020)

    brought_in(
        as_coordinator,
        f"Laga lampan|Mörkt vid Åparken||{technical}||Pågår||||",
        f"Klippa häcken|Stökigt vid torget||{technical}||Klart||||",
        f"Rondera|stökigt vid TORGET||{technical}||Frågad||||",
    )

    assert action("Laga lampan").issue == open_one
    assert action("Klippa häcken").issue == action("Rondera").issue
    assert not action("Rondera").issue.is_closed
    assert Issue.objects.count() == 2


def test_the_same_list_twice_does_nothing_the_second_time_and_says_so(
    as_coordinator: Client, technical: Organisation
) -> None:
    rows = [
        f"Laga lampan|Mörkt||{technical}||Pågår||||",
        f"Måla|||{technical}||Klart||||",
        f"Måla||Åparken|{technical}||Frågad||||",
    ]
    brought_in(as_coordinator, *rows)

    found = read(as_coordinator, *rows)
    page = words_of(as_coordinator.get(review(found)))

    assert "Allt finns redan i registret</h1>" in page
    assert f"Finns redan i ärende {action('Laga lampan').issue.number}: påbörjad." in page
    assert Action.objects.count() == 3


def test_two_rows_alike_are_one_and_two_that_contradict_each_other_are_told(
    as_coordinator: Client, technical: Organisation
) -> None:
    alike = plan_of(as_coordinator, *[f"Laga|||{technical}||Pågår||||"] * 2)
    unlike = plan_of(as_coordinator, f"Laga|||{technical}||Pågår||||", f"Laga|||{technical}||Klart||||")

    assert [bool(row.steps) for row in alike.rows] == [True, False]
    assert alike.rows[1].told == ["Samma åtgärd som rad 2."]
    assert unlike.rows[1].wrong == ["Rad 2 säger annat om samma åtgärd. Behåll en av raderna."]


def test_a_heading_among_the_rows_is_left_out_and_what_is_long_is_whole_below(
    as_coordinator: Client, technical: Organisation
) -> None:
    long = "Byta samtliga lampor " * 12
    left, cut = plan_of(as_coordinator, "Pågående åtgärder|||||||||", f"{long}|||{technical}||Frågad||||").rows

    assert left.left
    assert not left.steps
    assert not cut.wrong
    brought_in(as_coordinator, f"{long}|||{technical}||Frågad||||")
    [brought] = Action.objects.all()
    assert (len(brought.title) <= 160, brought.title[-1], brought.text) == (True, "…", long.strip())


# What the guard finds


def test_what_points_out_a_person_is_told_beside_the_row(as_coordinator: Client, technical: Organisation) -> None:
    [row] = plan_of(as_coordinator, f"Laga|||{technical}||Pågår||||Ring 070-174 06 05").rows

    assert "”070-174 06 05” ser ut som ett telefonnummer." in row.told
    assert row.steps


# Nobody is mailed, and the clocks begin today


def test_nobody_is_mailed_whatever_was_brought_in(
    as_coordinator: Client, technical: Organisation, outbox: Outbox, mailoutbox: list[EmailMessage]
) -> None:
    technical.mailbox = "tekniska@exempel.se"
    technical.save()
    issue = IssueFactory(title="Mörkt", year=2020)
    ObservationFactory(issue=issue)
    brought_in(
        as_coordinator,
        *[
            f"Laga {state}|Mörkt||{technical}|2026-01-15|{state}||||"
            for state in ("Frågad", "Åtar sig", "Pågår", "Klart", "Nej", "Struket")
        ],
        f"Måla|||{technical}||Klart||||",
    )

    send_due()

    assert mailoutbox == []
    assert not NoticeCause.objects.exists()
    asked = action("Laga Frågad").current
    assert asked.answer_due == Group.current().answer_due(today())


def test_no_reminder_comes_of_a_day_that_had_passed_and_one_of_a_day_that_comes(
    as_coordinator: Client, technical: Organisation, outbox: Outbox
) -> None:
    technical.mailbox = "tekniska@exempel.se"
    technical.save()
    passed, comes = in_days(-3), in_days(21)
    brought_in(
        as_coordinator,
        f"Laga|||{technical}|{passed}|Pågår||||",
        f"Måla|||{technical}|{comes}|Pågår||||",
    )

    begun = today()
    sent = [mail for days in range(1, 30) for mail in outbox.at(f"{begun + timedelta(days=days)} 12:00")]

    assert any("Måla" in subject for _, subject in sent)
    assert not any("Laga" in subject for _, subject in sent)


# The first agenda


def test_the_first_agenda_has_what_needs_it_under_the_log_in_the_order_of_need(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    brought_in(
        as_coordinator,
        f"Avböjd|||{technical}||Nej||||",
        f"Försenad|||{technical}|{in_days(-3)}|Pågår||||",
        f"Mest försenad|||{technical}|{in_days(-30)}|Åtar sig||||",
        f"Frågad|||{technical}||Frågad||||",
        f"Klar|||{technical}||Klart||||",
    )

    log, *others = raise_all(coordinator)

    assert log.rule == Rule.ACTION_LOG
    assert [line.title for line in log.lines] == ["Mest försenad", "Försenad", "Avböjd"]
    assert {line.title for one in others for line in one.lines} == {"Frågad"}
