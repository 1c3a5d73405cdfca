"""The pages of an organisation."""

import re
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains

from base.swedish.words import day_and_month
from members.models import Member, Organisation, Roster
from members.texts import roster_state
from tests.acting import a_coordinator
from tests.days import in_days, today
from tests.factories import ActionFactory, AnswersForFactory, MemberFactory, SeatFactory
from tests.the import the

NEW = "/gruppen/organisationer/ny/"
TYPED = {
    "name": "Hamnbolaget AB",
    "kind": "company",
    "in_group": "on",
    "area": "Kajer och gästhamn",
    "active_from": "2026-01-01",
}
KEY = {"key": "4d6b5a52-9d6e-4f0e-8ad8-0a4c8f3a9d10"}


def page_of(organisation: Organisation, end: str = "") -> str:
    return f"/gruppen/organisationer/{organisation.pk}/{end}"


def test_the_samordnare_adds_an_organisation(as_coordinator: Client) -> None:
    response = as_coordinator.post(NEW, TYPED)

    organisation = Organisation.objects.get(name="Hamnbolaget AB")
    assert response["Location"] == organisation.get_absolute_url()
    assertContains(as_coordinator.get(response["Location"]), "Hamnbolaget AB är med i gruppen. Utse nu ordinarie")


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2024-05-03", "Fredag 3 maj 2024: ordinarie Kim Förr, ersättare vakant."),
        ("2025-05-02", "Fredag 2 maj 2025: ordinarie Omar Prov, ersättare Gun Prototyp."),
        ("2019-12-31", "Tisdag 31 december 2019: ordinarie vakant, ersättare vakant."),
    ],
)
def test_it_tells_who_sat_on_a_day(as_coordinator: Client, technical: Organisation, day: str, says: str) -> None:
    spring, autumn = DateRange(date(2024, 1, 1), date(2025, 1, 1)), DateRange(date(2025, 1, 1), date(2026, 1, 1))
    SeatFactory(organisation=technical, member=MemberFactory(name="Kim Förr"), period=spring)
    SeatFactory(organisation=technical, member=MemberFactory(name="Omar Prov"), period=autumn)
    SeatFactory(organisation=technical, member=MemberFactory(name="Gun Prototyp"), period=autumn, role="deputy")

    response = as_coordinator.get(page_of(technical), {"dag": day})

    assertContains(response, f"<strong>{says}</strong>")
    assertContains(response, f'value="{day}"')


@pytest.mark.parametrize("day", ["", "i går", "9999-99-99", "\x00"])
def test_a_day_that_is_none_is_asked_for_again(as_representative: Client, technical: Organisation, day: str) -> None:
    response = as_representative.get(page_of(technical), {"dag": day})

    assert not response.context["sat"]


def test_a_form_sent_twice_adds_one_organisation(as_coordinator: Client) -> None:
    first = as_coordinator.post(NEW, TYPED | KEY)
    second = as_coordinator.post(NEW, TYPED | KEY)

    assert second["Location"] == first["Location"]
    assert Organisation.objects.filter(name="Hamnbolaget AB").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Skriv vad organisationen heter."),
        ("name", "x" * 121, "Texten är 1 tecken för lång."),
        ("name", "POLISEN", "Det finns redan en organisation med det namnet."),
        ("kind", "guild", "Det valet finns inte längre."),
        ("mailbox", "brevlådan", "Skriv en hel e-postadress"),
        ("active_from", "", "Välj den första dagen"),
        ("active_from", "31/12 2026", "Skriv datumet som 2026-11-25."),
        ("active_from", "9999-12-31", "Året kan inte stämma."),
        ("short_name", "a\x00b", "ett tecken i texten som inte går att spara"),
    ],
)
def test_an_organisation_that_does_not_hold_is_explained_and_kept(
    as_coordinator: Client, police: Organisation, field: str, value: str, says: str
) -> None:
    response = as_coordinator.post(NEW, TYPED | {field: value})

    assertContains(response, says)
    assertContains(response, "Kajer och gästhamn")
    assert not Organisation.objects.filter(name="Hamnbolaget AB").exists()


def test_an_organisation_is_ended_with_its_seats(as_coordinator: Client, representative: Member) -> None:
    technical = the(representative.organisation)
    typed = TYPED | {"name": technical.name, "active_from": "2021-01-01", "active_to": today().isoformat()}

    as_coordinator.post(page_of(technical, "andra/"), typed)

    technical.refresh_from_db()
    assert (technical.active_to, representative.seats.get().last_day) == (today(), today())


@pytest.mark.parametrize(
    ("active_to", "says"),
    [("2020-12-31", "Slutdagen ligger före startdagen."), ("9999-12-31", "Året kan inte stämma.")],
)
def test_an_end_that_does_not_hold_is_explained(
    as_coordinator: Client, representative: Member, active_to: str, says: str
) -> None:
    technical = the(representative.organisation)
    typed = TYPED | {"name": "Nytt namn", "active_from": "2021-01-01", "active_to": active_to}

    response = as_coordinator.post(page_of(technical, "andra/"), typed)

    assertContains(response, says)
    assertContains(response, 'value="Nytt namn"')
    assertContains(response, "<h1>Ändra Tekniska förvaltningen</h1>", html=True)
    assert representative.seats.get().last_day is None


def test_the_second_who_changes_is_told_who_was_first(as_coordinator: Client, technical: Organisation) -> None:
    seen = as_coordinator.get(page_of(technical, "andra/")).context["form"]["version"].value()
    typed = TYPED | {"name": technical.name, "version": seen}
    as_coordinator.post(page_of(technical, "andra/"), typed | {"area": "Gator"})

    late = as_coordinator.post(page_of(technical, "andra/"), typed | {"area": "Vatten"})

    assertContains(late, "Maja Exempel ändrade det här i dag")
    assertContains(late, "Vatten")
    technical.refresh_from_db()
    assert technical.area == "Gator"


def test_the_page_says_what_is_vacant_and_who_had_the_places(
    as_deputy: Client, as_coordinator: Client, deputy: Member, technical: Organisation
) -> None:
    SeatFactory(
        organisation=technical,
        member__name="Ivar Tänkt",
        period=(date(2021, 1, 1), date(2022, 1, 1)),
    )

    page = as_deputy.get(page_of(technical))

    assertContains(page, "Ordinarie saknas.")
    assertContains(page, "1 januari 2021 till 31 december 2021")
    assertNotContains(page, "Avsluta …")
    assertContains(as_coordinator.get(page_of(technical)), "Avsluta …", count=1)


def test_the_page_says_whom_one_turns_to_and_since_when(
    as_deputy: Client, deputy: Member, representative: Member, technical: Organisation
) -> None:
    handler = AnswersForFactory(organisation=technical, member=MemberFactory(name="Gerd Provtryck")).member

    page = as_deputy.get(page_of(technical))

    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.content.decode(), re.DOTALL)[:3]
    told = [(role, " ".join(strip_tags(who).split())) for role, who in facts]
    since = "Sedan 1 januari 2021"
    assert told == [
        ("Ordinarie", f"{representative} {representative.email} {since}"),
        ("Ersättare", f"{deputy} {deputy.email} {since}"),
        ("Handläggare", f"{handler} {handler.organisation} {handler.email}"),
    ]


def test_a_vacant_place_needs_the_one_who_fills_it(
    as_deputy: Client, as_coordinator: Client, deputy: Member, technical: Organisation
) -> None:
    states = [client.get(page_of(technical)).context["roster_state"] for client in (as_deputy, as_coordinator)]

    assert [(state.state, state.rest) for state in states] == [
        ("left", "Gun Prototyp är ersättare."),
        ("vacant", "Gun Prototyp är ersättare. Fråga organisationen vem den utser."),
    ]


@pytest.mark.parametrize(
    ("from_a_coming_day", "state"),
    [
        ([], ("vacant", "Fråga organisationen vilka den utser.")),
        (["deputy"], ("vacant", "{Ersättare}. Fråga organisationen vem den utser till ordinarie.")),
        (["deputy", "ordinary"], ("left", "{Ordinarie}. {Ersättare}.")),
    ],
)
def test_a_place_that_somebody_has_from_a_coming_day_is_not_asked_for(
    technical: Organisation, from_a_coming_day: list[str], state: tuple[str, str]
) -> None:
    day, words = in_days(3), {}
    for role in from_a_coming_day:
        seat = SeatFactory(organisation=technical, role=role, period=(day, None))
        label = seat.get_role_display()
        words[label] = f"{label} från {day_and_month(day, today=today())}: {seat.member}"

    told = roster_state(Roster.of(technical), fills=True)

    assert (told.state, told.verdict, told.rest) == (state[0], "Båda platserna är vakanta.", state[1].format(**words))


def test_the_page_tells_what_the_group_waits_for_there(
    as_representative: Client, representative: Member, housing: Organisation
) -> None:
    technical = the(representative.organisation)
    ActionFactory(title="Laga lyktan", assignment__organisation=technical)
    ActionFactory(title="Klippa häcken", assignment__organisation=housing)
    ActionFactory(title="HEMLIGT", issue__restricted=True, assignment__organisation=technical)

    page = as_representative.get(page_of(technical))

    assertContains(page, ">En fråga väntar på svar</h2>")
    assertContains(page, "Laga lyktan")
    assertNotContains(page, "Klippa häcken")
    assertNotContains(page, "HEMLIGT")


def test_the_page_tells_first_of_what_the_organisation_has_asked_the_group(
    as_representative: Client, technical: Organisation
) -> None:
    ActionFactory(title="Laga lyktan", assignment__organisation=technical)
    question = {"assignment__answer": "question", "assignment__text": "Var?"}
    ActionFactory(title="Klippa häcken", state="question", assignment__organisation=technical, **question)

    page = as_representative.get(page_of(technical)).content.decode()

    assert ">En fråga väntar på samordnaren och en fråga väntar på svar</h2>" in page
    assert page.index("Klippa häcken") < page.index("Laga lyktan")


def test_the_page_tells_what_is_late_apart_from_what_has_time_left(
    as_representative: Client, technical: Organisation
) -> None:
    for days in (-4, -2, 9):
        ActionFactory(assignment__organisation=technical, assignment__answer_due=in_days(days))

    page = as_representative.get(page_of(technical)).content.decode()

    assert ">Två frågor har inte fått svar i tid och en fråga väntar på svar</h2>" in page


def test_an_organisation_with_nothing_open_is_said_to_have_nothing(
    as_representative: Client, police: Organisation
) -> None:
    assertContains(as_representative.get(page_of(police)), "Gruppen väntar inte på något härifrån")


def test_an_organisation_that_has_left_has_no_vacant_place(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    technical.change(by=a_coordinator(), active_to=in_days(-1))

    page = as_coordinator.get(page_of(technical))

    assertContains(page, "Vilka som satt för den")
    assertContains(page, representative.name)
    assertNotContains(page, "Vakant")
