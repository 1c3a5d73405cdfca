"""The pages by which the group is brought in: columns, what is wrong, pressed twice, and whose it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from base.imports.models import Import
from base.swedish.words import day_and_month, days_whole
from members.group_import.planning import GroupImport
from members.models import Member, Organisation, Seat
from tests.days import today
from tests.factories import MemberFactory
from tests.members.importing import ALEX, HEADINGS, KIM, NEW, bring_in, lines, read, review, words_of

FIRST_DAY = days_whole(day_and_month(date(2026, 1, 1), today=today()))
"""Of the templates' rows."""

pytestmark = pytest.mark.django_db


def test_what_takes_its_time_says_what_is_done_and_how_long_beforehand_and_meanwhile(as_coordinator: Client) -> None:
    found = read(as_coordinator, lines(KIM))
    addresses = (reverse("members:import_create"), reverse("members:import_columns", args=[found.pk]), review(found))

    begun, columns, reviewed = (as_coordinator.get(address).content.decode() for address in addresses)

    assert "En stor fil kan ta en halv minut att läsa." in begun
    assert 'data-takes="Läser tabellen. En stor fil kan ta en halv minut."' in begun
    assert 'data-takes="Jämför raderna med registret.' in columns
    assert 'data-takes="Importerar raderna. Flera hundra rader kan ta en halv minut. Antingen sparas alla' in reviewed


# Left out by choice


def test_rows_that_are_wrong_stop_all_until_it_is_said_that_they_are_left_out(as_coordinator: Client) -> None:
    found = read(as_coordinator, lines(KIM, "Hamnbolaget AB|||Bo Prov||||ersättare|"))

    stopped = bring_in(as_coordinator, found)

    assert "Rätta felen och läs in på nytt, eller lämna raderna med fel utanför." in words_of(stopped)
    assert not Organisation.objects.filter(name="Hamnbolaget AB").exists()
    assert bring_in(as_coordinator, found, without_wrong="on").status_code == 302
    assert [seat.member.name for seat in Seat.objects.filter(organisation__name="Hamnbolaget AB")] == ["Kim Skiss"]


def test_what_was_left_out_is_told_when_it_is_brought_in_and_its_errors_are_there_to_download(
    as_coordinator: Client,
) -> None:
    found = read(as_coordinator, lines(KIM, "Hamnbolaget AB|||Bo Prov||||ersättare|", "Kommunala bolag||||||||"))
    bring_in(as_coordinator, found, without_wrong="on")

    page = words_of(as_coordinator.get(review(found)))

    assert "En rad med fel är inte importerad.</p><p>En rad med bara ett namn lämnades utanför." in page
    assert f'href="{review(found)}fel.csv"' in page
    assert as_coordinator.get(f"{review(found)}fel.csv").content.decode("utf-8-sig").splitlines()[1:] == [
        "3;Bo Prov, Hamnbolaget AB;Skriv e-postadressen: med den loggar medlemmen in.",
    ]
    assert "Kim" not in str(Import.objects.get(pk=found.pk).content)


def test_the_errors_can_be_downloaded_and_run_no_formula(as_coordinator: Client) -> None:
    found = read(as_coordinator, lines("=cmd|||Kim Skiss||||ordinarie|", "+1|||||||chef|"))

    answer = as_coordinator.get(f"{review(found)}fel.csv")

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Rad;Gäller;Fel",
        "2;Kim Skiss, =cmd;Skriv e-postadressen: med den loggar medlemmen in.",
        "3;'+1;Roll: ”chef” är ingen roll. Skriv ordinarie, ersättare, handläggare, läsare eller inget.",
    ]
    assert "Inget blir importerat</h1>" in words_of(as_coordinator.get(review(found)))


# Columns


def test_a_column_that_is_not_recognised_is_chosen(as_coordinator: Client) -> None:
    found = read(as_coordinator, "Var;Vem;Nås på;Ordinarie\nHamnbolaget AB;Kim Skiss;kim@exempel.se;x")
    page = as_coordinator.get(f"{review(found)}kolumner/")

    assert found.keys == ["", "", "", ""]
    assert "kim@exempel.se" in words_of(page)
    chosen = {"column_0": "organisation", "column_1": "name", "column_2": "email", "column_3": "", "has_headings": "on"}
    key = page.context["form"]["key"].value()
    assert as_coordinator.post(f"{review(found)}kolumner/", {**chosen, "key": key})["Location"] == review(found)
    found.refresh_from_db()
    assert [(row.number, row.cells) for row in found.sheet_rows] == [
        (2, {"organisation": "Hamnbolaget AB", "name": "Kim Skiss", "email": "kim@exempel.se"})
    ]


def test_a_heading_that_stands_twice_is_recognised_once(as_coordinator: Client) -> None:
    found = read(
        as_coordinator, "Namn;E-post (arbete);E-post (privat);Titel/befattning\nKim;kim@exempel.se;x@exempel.se;Chef"
    )

    assert found.keys == ["name", "email", "", "title"]


def test_a_column_is_chosen_once_and_one_of_two_is_needed(as_coordinator: Client) -> None:
    found = read(as_coordinator, "Var;Vem\nHamnbolaget AB;Kim Skiss")
    address = f"{review(found)}kolumner/"

    twice = as_coordinator.post(address, {"column_0": "name", "column_1": "name", "has_headings": "on"})
    neither = as_coordinator.post(address, {"column_0": "name", "column_1": "", "has_headings": "on"})

    assert "Kolumn 1 är redan Namn. Välj en av dem." in words_of(twice)
    assert "Säg vilken kolumn som har organisationen eller e-postadressen." in words_of(neither)


def test_a_table_without_headings_is_read_from_its_first_row(as_coordinator: Client) -> None:
    found = read(as_coordinator, "Hamnbolaget AB;kim@exempel.se\nVarvet AB;alex@exempel.se")

    assert (found.headings, len(found.table.rows)) == (None, 2)
    page = words_of(as_coordinator.get(reverse("members:import_columns", args=[found.pk])))
    assert "Ingen rad ser ut att vara rubriker. Välj vad varje kolumn är." in page
    assert "Rubrikerna är jämförda" not in page


def test_a_table_of_headings_says_so_and_a_row_above_them_is_not_dropped_unsaid(as_coordinator: Client) -> None:
    bare = words_of(as_coordinator.get(review(read(as_coordinator, lines()))))
    above = read(as_coordinator, f"Hamnbolaget AB\tbolag\n{HEADINGS}")

    assert (
        'Inget blir importerat</h1> <p> Tabellen har inga rader under rubrikerna. </p> <p class="cluster"> <a' in bare
    )
    page = words_of(as_coordinator.get(review(above)))
    assert "Tabellen har inga rader under rubrikerna." in page
    assert "Rad 1 (Hamnbolaget AB, bolag) står ovanför rubrikerna och läses inte in." in page


# What is read


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Välj en fil eller klistra in raderna."),
        ({"pasted": " \n\t\n"}, "Välj en fil eller klistra in raderna."),
        ({"pasted": ";;\n;"}, "Det finns inga rader att läsa."),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(
    as_coordinator: Client, sent: dict[str, Any], told: str
) -> None:
    response = as_coordinator.post(NEW, sent)

    assert told in words_of(response)
    assert not Import.objects.exists()


def test_ten_thousand_rows_are_answered_by_a_sentence(as_coordinator: Client) -> None:
    pasted = lines(*[KIM] * 10_000)

    assert "Tabellen har fler än 500 rader." in words_of(as_coordinator.post(NEW, {"pasted": pasted}))


def test_the_template_is_read_as_it_is_downloaded(as_coordinator: Client) -> None:
    template = as_coordinator.get("/gruppen/import/mall.csv").content

    assert template.startswith(b"\xef\xbb\xbfOrganisation;Slag;")
    [row] = GroupImport().plan(read(as_coordinator, file=template, name="mall.csv").sheet_rows).rows
    assert row.words == [
        "Ny organisation: Tekniska förvaltningen (förvaltning, tekniska@exempel.se).",
        "Ny medlem: Enhetschef, kim.exempel@exempel.se, 070-174 06 05.",
        f"Ny plats: ordinarie från och med {FIRST_DAY}.",
    ]


def test_the_template_of_pairs_is_read_as_it_is_downloaded(as_coordinator: Client) -> None:
    answer = as_coordinator.get("/gruppen/import/mall.csv?rad=par")

    assert "par.csv" in answer["Content-Disposition"]
    found = read(as_coordinator, file=answer.content, name="mall.csv")
    assert "" not in found.keys
    assert [row.words for row in GroupImport().plan(found.sheet_rows).rows] == [
        [
            "Ny organisation: Tekniska förvaltningen (förvaltning, tekniska@exempel.se).",
            "Ny medlem: Enhetschef, kim.exempel@exempel.se, 070-174 06 05.",
            f"Ny plats: ordinarie från och med {FIRST_DAY}.",
        ],
        [
            "Ny medlem: Planerare, alex.exempel@exempel.se, 070-174 06 06.",
            f"Ny plats: ersättare från och med {FIRST_DAY}.",
        ],
    ]


# Who, when, and twice


def test_what_was_read_is_hers_alone_and_for_a_day(as_coordinator: Client, client: Client, coordinator: Member) -> None:
    other = MemberFactory(is_coordinator=True)
    found = read(as_coordinator, lines(KIM))
    client.force_login(other)

    assert client.get(review(found)).status_code == 404
    assert as_coordinator.get(review(found)).status_code == 200
    Import.objects.update(read_at=timezone.now() - timedelta(days=1))
    assert as_coordinator.get(review(found)).status_code == 404
    read(as_coordinator, lines(ALEX))
    assert not Import.objects.filter(pk=found.pk).exists()


def test_what_nobody_comes_back_to_is_removed_by_the_timer(as_coordinator: Client, settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    old, new = read(as_coordinator, lines(KIM)), read(as_coordinator, lines(KIM))
    Import.objects.filter(pk=old.pk).update(read_at=timezone.now() - timedelta(days=1))

    call_command("send_notices")

    assert list(Import.objects.all()) == [new]


def test_pressed_twice_it_is_brought_in_once(as_coordinator: Client) -> None:
    found = read(as_coordinator, lines(KIM, ALEX))
    form = as_coordinator.get(review(found)).context["form"]
    sent = {"shown": form["shown"].value(), "key": form["key"].value()}

    first, second = as_coordinator.post(review(found), sent), as_coordinator.post(review(found), sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Member.objects.filter(email="kim@exempel.se").count() == 1
    assert as_coordinator.post(review(found), {**sent, "key": ""}).status_code == 302


def test_what_has_changed_since_it_was_reviewed_is_told_and_nothing_is_done(as_coordinator: Client) -> None:
    found = read(as_coordinator, lines(KIM, ALEX))
    shown = as_coordinator.get(review(found)).context["form"]["shown"].value()
    MemberFactory(name="Kim Skiss", email="kim@exempel.se")

    response = as_coordinator.post(review(found), {"shown": shown})

    assert "Något har ändrats sedan du granskade raderna. Granska dem igen." in words_of(response)
    assert not Organisation.objects.filter(name="Hamnbolaget AB").exists()
    newest = response.context["form"]["shown"].value()
    assert as_coordinator.post(review(found), {"shown": newest}).status_code == 302


def test_columns_that_are_chosen_otherwise_in_another_tab_are_told(as_coordinator: Client) -> None:
    found = read(as_coordinator, lines(KIM))
    shown = as_coordinator.get(review(found)).context["form"]["shown"].value()
    columns = {f"column_{place}": key for place, key in enumerate(found.keys)} | {"column_4": "", "has_headings": "on"}
    as_coordinator.post(f"{review(found)}kolumner/", columns)

    response = as_coordinator.post(review(found), {"shown": shown})

    assert "Något har ändrats sedan du granskade raderna. Granska dem igen." in words_of(response)
    assert not Member.objects.filter(email="kim@exempel.se").exists()


def test_a_plan_asks_as_much_for_one_row_as_for_a_hundred(
    as_coordinator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [f"Bolag {n} AB|||Kim Nr{n}||kim{n}@exempel.se||ordinarie|" for n in range(100)]

    for found in (read(as_coordinator, lines(many[0])), read(as_coordinator, lines(*many))):
        with django_assert_num_queries(6):
            as_coordinator.get(review(found))
