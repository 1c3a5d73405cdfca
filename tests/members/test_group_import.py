"""The whole group is brought in from one sheet: every row is told before anything is done, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from base.swedish.words import day_and_month
from members.models import Member, Organisation, Seat
from tests.base.imports.workbooks import workbook
from tests.days import in_days, today
from tests.factories import MemberFactory, OrganisationFactory, SeatFactory
from tests.members.importing import ALEX, KIM, bring_in, imported, lines, plan_of, read, review, words_of

pytestmark = pytest.mark.django_db


def of(*rows: str) -> list[str]:
    """Rows that say only who, where and what: organisation|namn|e-post|roll."""
    made = []
    for row in rows:
        organisation, name, email, role = row.split("|")
        made.append(f"{organisation}|||{name}||{email}||{role}|")
    return made


def told(client: Client, *rows: str) -> list[tuple[int, list[str]]]:
    """What each row would do, in words; none of them is wrong."""
    plan = plan_of(client, *rows)
    assert [row.wrong for row in plan.wrong] == []
    return [(row.number, row.words) for row in plan.rows]


def wrong(client: Client, *rows: str) -> list[tuple[int, list[str]]]:
    return [(row.number, row.wrong) for row in plan_of(client, *rows).wrong]


# Bringing in


def test_a_group_is_brought_in_from_what_is_pasted(as_coordinator: Client, coordinator: Member) -> None:
    done = imported(as_coordinator, KIM, ALEX)

    organisation = Organisation.objects.get(name="Hamnbolaget AB")
    assert (organisation.kind, organisation.mailbox) == (Organisation.Kind.COMPANY, "hamnen@exempel.se")
    assert (organisation.active_from, organisation.updated_by) == (date(2026, 1, 15), coordinator)
    kim = Member.objects.get(email="kim@exempel.se")
    assert (kim.name, kim.title, kim.phone, kim.organisation) == ("Kim Skiss", "Chef", "0701740605", organisation)
    assert (kim.updated_by, kim.has_usable_password(), kim.is_coordinator) == (coordinator, False, False)
    seats = Seat.objects.filter(organisation=organisation).order_by("role")
    assert [(seat.member.name, seat.role, seat.first_day) for seat in seats] == [
        ("Alex Utkast", "deputy", today()),
        ("Kim Skiss", "ordinary", date(2026, 1, 15)),
    ]
    assert done.outcome == {"organisations_new": 1, "members_new": 2, "seats_new": 2}


def test_a_workbook_is_brought_in_as_what_is_pasted_is(as_coordinator: Client) -> None:
    content = workbook(
        ["Trygghetsgruppen 2026"],
        [],
        ["E-post", "För- och efternamn", "Förvaltning", "Tel.", "Roll", "Från"],
        ["kim@exempel.se", "Kim Skiss", "Hamnbolaget AB", 701740605, "Ordinarie", date(2026, 1, 15)],
    )

    bring_in(as_coordinator, read(as_coordinator, file=content))

    seat = Seat.objects.get(member__email="kim@exempel.se")
    assert (str(seat.organisation), seat.member.phone, seat.first_day) == (
        "Hamnbolaget AB",
        "0701740605",
        date(2026, 1, 15),
    )


def test_what_was_done_is_told_and_the_next_step_is_to_invite(as_coordinator: Client) -> None:
    page = words_of(as_coordinator.get(review(imported(as_coordinator, KIM, ALEX))))

    assert "Importerat: en ny organisation, två nya medlemmar och två nya platser" in page
    assert "Ingen har fått något mejl." in page
    assert "Bjud in dem som inte har loggat in" in page


def test_nothing_of_what_was_read_is_kept_when_it_is_brought_in(as_coordinator: Client) -> None:
    assert imported(as_coordinator, KIM).content == {"tables": [], "notes": []}


def test_the_same_sheet_a_second_time_changes_nothing_and_says_so(as_coordinator: Client) -> None:
    imported(as_coordinator, KIM, ALEX)
    before = [(row, row.version) for model in (Organisation, Member, Seat) for row in model.objects.order_by("pk")]

    again = read(as_coordinator, lines(KIM, ALEX))
    page = as_coordinator.get(review(again))

    assert "Allt finns redan i registret</h1> <p> Inget behöver importeras. </p>" in words_of(page)
    assert "Importera</button>" not in page.content.decode()
    assert bring_in(as_coordinator, again).status_code == 302
    after = [(row, row.version) for model in (Organisation, Member, Seat) for row in model.objects.order_by("pk")]
    assert after == before


def test_what_is_changed_is_told_from_and_to(as_coordinator: Client, representative: Member) -> None:
    rows = ["Tekniska förvaltningen||tekniska@exempel.se|Omar Prov|Enhetschef|omar@exempel.se|0383-971 00|ordinarie|"]

    assert told(as_coordinator, *rows) == [
        (
            2,
            [
                "Ändrad organisation: Tekniska förvaltningen. Brevlåda: inget → tekniska@exempel.se.",
                "Ändrad medlem. Titel: inget → Enhetschef. Telefon: inget → 0383-971 00.",
            ],
        )
    ]
    imported(as_coordinator, *rows)
    representative.refresh_from_db()
    assert (representative.title, representative.phone) == ("Enhetschef", "0383-971 00")


def test_an_empty_cell_changes_nothing(as_coordinator: Client, representative: Member) -> None:
    Member.objects.filter(pk=representative.pk).update(title="Enhetschef", phone="0383-971 00")

    assert told(as_coordinator, "Tekniska förvaltningen|||||omar@exempel.se|||") == [(2, [])]


def test_a_seat_that_gets_another_holder_ends_the_day_before(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    row = "Tekniska förvaltningen|||Kim Skiss||kim@exempel.se||ordinarie|" + in_days(10).isoformat()

    last = day_and_month(in_days(9), today=today())
    assert told(as_coordinator, row)[0][1][1].endswith(f" Omar Prov har platsen som ordinarie till och med {last}.")
    imported(as_coordinator, row)

    seats = technical.seats.order_by("period")
    assert [(seat.member.name, seat.first_day, seat.last_day) for seat in seats] == [
        ("Omar Prov", date(2021, 1, 1), in_days(9)),
        ("Kim Skiss", in_days(10), None),
    ]


def test_a_deputy_becomes_ordinary_and_another_deputy_from_the_same_day(
    as_coordinator: Client, representative: Member, deputy: Member, technical: Organisation
) -> None:
    imported(
        as_coordinator,
        *of(
            "Tekniska förvaltningen|Kim Skiss|kim@exempel.se|ersättare",
            "Tekniska förvaltningen|Gun Prototyp|gun@exempel.se|ordinarie",
        ),
    )

    assert [(seat.role, seat.member.name) for seat in technical.seats.current().order_by("role")] == [
        ("deputy", "Kim Skiss"),
        ("ordinary", "Gun Prototyp"),
    ]


def test_one_who_sits_for_two_organisations_is_entered_once(as_coordinator: Client) -> None:
    rows = of("Hamnbolaget AB|Kim Skiss|kim@exempel.se|ordinarie", "Varvet AB|Kim Skiss|kim@exempel.se|ersättare")

    assert imported(as_coordinator, *rows).outcome == {"organisations_new": 2, "members_new": 1, "seats_new": 2}


def test_a_handler_and_a_reader_get_their_marks(as_coordinator: Client, technical: Organisation) -> None:
    rows = of("Tekniska förvaltningen|Kim Skiss|kim@exempel.se|handläggare", "|Alex Utkast|alex@exempel.se|läsare")
    imported(as_coordinator, *rows)

    assert list(Member.objects.get(email="kim@exempel.se").handles()) == [technical]
    assert Member.objects.get(email="alex@exempel.se").is_reader
    assert told(as_coordinator, *rows) == [(2, []), (3, [])]


# What is the same


@pytest.mark.parametrize(
    "name",
    [
        "vård- och omsorgsförvaltningen",
        "Va\u030ard\u2011 och\u00a0 omsorgsförvaltningen",
        "Vård och omsorgsförvaltningen",
        "Vård",
    ],
)
def test_a_name_that_is_written_otherwise_is_the_same_organisation(as_coordinator: Client, name: str) -> None:
    OrganisationFactory(name="Vård- och omsorgsförvaltningen", short_name="Vård")

    assert told(as_coordinator, f"{name}||||||||") == [(2, [])]


def test_an_organisation_that_is_written_in_two_ways_in_the_sheet_is_one(as_coordinator: Client) -> None:
    rows = of("Hamn-bolaget AB|Kim Skiss|kim@exempel.se|ordinarie", "Hamnbolaget  AB|Alex|alex@exempel.se|ersättare")

    assert imported(as_coordinator, *rows).outcome["organisations_new"] == 1


@pytest.mark.parametrize("number", ["701740605.0", "+46 70-174 06 05", "70 174 06 05", "0046 (0)70 174 06 05"])
def test_an_address_or_a_number_that_is_written_otherwise_is_the_same(
    as_coordinator: Client, representative: Member, number: str
) -> None:
    Member.objects.filter(pk=representative.pk).update(phone="070-174 06 05")

    row = f"Tekniska förvaltningen|||OMAR  PROV||Omar Prov <Omar@Exempel.se>|{number}|Ord.|"
    assert told(as_coordinator, row) == [(2, [])]


def test_a_number_in_two_ways_is_no_contradiction_and_is_kept_as_it_stands_first(as_coordinator: Client) -> None:
    row = "Hamnen|bolag||Kim Skiss||kim@exempel.se|{}|{}|"

    imported(as_coordinator, row.format("070-174 06 05", "ordinarie"), row.format("+46 70-174 06 05", "handläggare"))

    assert Member.objects.get(name="Kim Skiss").phone == "070-174 06 05"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Prov, Omar", []),
        ("Omar Ritning", ["Ändrad medlem. Namn: Omar Prov → Omar Ritning."]),
        ("Omar Ali Prov", ["Ändrad medlem. Namn: Omar Prov → Omar Ali Prov."]),
    ],
)
def test_a_name_is_changed_where_it_may_be_the_same_person(
    as_coordinator: Client, representative: Member, name: str, words: list[str]
) -> None:
    assert told(as_coordinator, f"|||{name}||omar@exempel.se|||") == [(2, words)]


@pytest.mark.parametrize("name", ["Kim Skiss", "Noa Prov", "–"])
def test_an_address_is_never_made_another_persons(as_coordinator: Client, representative: Member, name: str) -> None:
    [(_, [sentence])] = wrong(as_coordinator, f"|||{name}||omar@exempel.se|||")

    assert sentence.startswith("Adressen omar@exempel.se är Omar Provs.")


# What is wrong


WRONG = {
    "Hamnen|0383-971 00||||||": (
        "Slag: ”0383-971 00” är inget slag. "
        "Skriv ett av dessa: kommunledning, förvaltning, bolag, polis, räddningstjänst, annan."
    ),
    "Hamnen|||Kim Skiss||kim@exempel.se||chef|": (
        "Roll: ”chef” är ingen roll. Skriv ordinarie, ersättare, handläggare, läsare eller inget."
    ),
    "Hamnen|||Kim Skiss||kim@exempel.se||Ordförande|": (
        "Roll: ”Ordförande” är ingen plats som importeras. Skriv ordinarie, ersättare, handläggare, läsare "
        "eller inget. Samordnare blir man på medlemmens sida, där lösenordet frågas efter."
    ),
    "Hamnen|||Kim Skiss||kim@exempel.se||ordinarie|hösten": (
        "Från och med: ”hösten” är ingen dag. Skriv den som 2026-01-15."
    ),
    "Hamnen|||Kim Skiss||kim.exempel.se|||": ("E-post: Skriv en hel e-postadress, till exempel namn@kommun.se."),
    "Hamnen|||Kim Skiss||kim@exempel.se|ring växeln||": (
        "Telefon: Skriv telefonnumret med siffror, till exempel 0383-971 00. Ord får stå bredvid."
    ),
    "Hamnen|||Kim Skiss||||ordinarie|": "Skriv e-postadressen: med den loggar medlemmen in.",
    "|||Kim Skiss||kim@exempel.se||ordinarie|": "Skriv vilken organisation platsen är för.",
    "Hamnen|||||kim@exempel.se||ordinarie|": "Skriv namnet: adressen finns inte i registret.",
    f"Hamnen|||{'x' * 121}||kim@exempel.se|||": "Namn: Texten är 1 tecken för lång. Det får plats 120.",
    "–|||Kim Skiss||kim@exempel.se||ordinarie|": "Skriv vad organisationen heter.",
    "Hamnen|||Kim Skiss||omar@exempel.se|||": (
        "Adressen omar@exempel.se är Omar Provs. Är det samma person ändrar du namnet på medlemmens sida, "
        "annars behöver raden en annan adress."
    ),
}


@pytest.mark.parametrize(("row", "told"), WRONG.items())
def test_what_is_wrong_in_a_row_is_told(as_coordinator: Client, representative: Member, row: str, told: str) -> None:
    assert wrong(as_coordinator, row) == [(2, [told])]


def test_two_who_have_the_same_place_are_both_wrong_and_nobody_guesses(as_coordinator: Client) -> None:
    rows = of(
        "Hamnbolaget AB|Kim Skiss|kim@exempel.se|ordinarie",
        "Hamnbolaget AB|Alex Utkast|alex@exempel.se|ordinarie",
        "Hamnbolaget AB|Bo Prov|bo@exempel.se|ersättare",
    )

    told = ["Fler än en är ordinarie för Hamnbolaget AB: rad 2 och 3. Behåll en av dem."]
    assert wrong(as_coordinator, *rows) == [(2, told), (3, told)]


def test_rows_that_contradict_each_other_are_wrong(as_coordinator: Client) -> None:
    rows = [
        "Hamnen|bolag||Kim Skiss|Chef|kim@exempel.se||ordinarie|",
        "Varvet|||Kim Skiss|Vakt|kim@exempel.se||ersättare|",
        "Hamnen|polis||Alex Utkast||alex@exempel.se||ersättare|",
    ]

    assert wrong(as_coordinator, *rows) == [
        (2, ["Slag står olika för samma organisation: rad 2 och 4."]),
        (4, ["Slag står olika för samma organisation: rad 2 och 4."]),
    ]
    assert wrong(as_coordinator, *rows[:2]) == [
        (2, ["Titel står olika för samma adress: rad 2 och 3."]),
        (3, ["Titel står olika för samma adress: rad 2 och 3."]),
    ]


def test_one_who_stands_twice_with_another_role_or_day_is_told(as_coordinator: Client) -> None:
    rows = of("Hamnen|Kim Skiss|kim@exempel.se|ordinarie", "Hamnen|Kim Skiss|kim@exempel.se|ersättare")

    sentence = ["Kim Skiss, Hamnen står med olika roll eller dag: rad 2 och 3. Behåll en av dem."]
    assert wrong(as_coordinator, *rows) == [(2, sentence), (3, sentence)]


def test_a_row_that_stands_twice_does_nothing_the_second_time(as_coordinator: Client) -> None:
    assert [bool(words) for _, words in told(as_coordinator, KIM, KIM)] == [True, False]
    assert imported(as_coordinator, KIM, KIM).outcome["seats_new"] == 1


def test_who_cannot_sit_is_told(as_coordinator: Client, representative: Member, technical: Organisation) -> None:
    MemberFactory(name="Bo Slutat", email="bo@exempel.se", is_active=False)
    OrganisationFactory(name="Nedlagda bolaget", active_to=today() - timedelta(days=1))
    OrganisationFactory(name="Bolaget", active_to=in_days(30))
    early = f"Tekniska förvaltningen|||Kim Skiss||kim@exempel.se||ordinarie|{date(2020, 1, 1)}"
    late = f"Bolaget|||Alex Utkast||alex@exempel.se||ordinarie|{in_days(31)}"
    rows = of(
        "Tekniska förvaltningen|Bo Slutat|bo@exempel.se|ersättare", "Nedlagda bolaget|Kim|kim@exempel.se|ordinarie"
    )

    assert wrong(as_coordinator, *rows, early, late) == [
        (2, ["Bo Slutat kan inte logga in. Öppna det på medlemmens sida först."]),
        (3, ["Nedlagda bolaget har lämnat gruppen."]),
        (4, ["Tekniska förvaltningen är med i gruppen från 1 januari 2021, så platsen kan inte börja tidigare."]),
        (5, ["Bolaget är inte med i gruppen den dagen."]),
    ]


def test_a_place_that_somebody_has_had_from_that_day_or_a_later_one_is_refused(
    as_coordinator: Client, officer: Member, police: Organisation
) -> None:
    SeatFactory(
        member=officer,
        role=Seat.Role.DEPUTY,
        period=DateRange(in_days(-10), None),
        organisation=OrganisationFactory(name="Tullen"),
    )
    same = f"Polisen|||Kim Skiss||kim@exempel.se||ordinarie|{date(2021, 1, 1)}"
    later = f"Tullen|||Kim Skiss||kim@exempel.se||ersättare|{in_days(-20)}"

    begins = day_and_month(in_days(-10), today=today())
    assert wrong(as_coordinator, same, later) == [
        (2, ["Ali Ritning är ordinarie från samma dag. Välj en senare dag."]),
        (3, [f"Ali Ritning är ersättare från {begins}. Välj en senare dag."]),
    ]


def test_a_seat_that_was_given_today_is_replaced_as_it_was_told(
    as_coordinator: Client, technical: Organisation
) -> None:
    seat = SeatFactory(member=MemberFactory(name="Bo Prov"), organisation=technical, period=DateRange(today(), None))
    [row] = of("Tekniska förvaltningen|Kim Skiss|kim@exempel.se|ordinarie")

    assert told(as_coordinator, row)[0][1][1].endswith(" Bo Prov, utsedd från samma dag, lämnar platsen som ordinarie.")
    imported(as_coordinator, row)

    assert [one.member.name for one in technical.seats.all()] == ["Kim Skiss"]
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_one_who_has_left_the_place_is_not_given_it_back(as_coordinator: Client, technical: Organisation) -> None:
    left = MemberFactory(name="Bo Prov", email="bo@exempel.se", organisation=technical)
    SeatFactory(member=left, period=DateRange(date(2021, 1, 1), date(2024, 7, 1)))

    [row] = plan_of(as_coordinator, "Tekniska förvaltningen|||Bo Prov||bo@exempel.se||ordinarie|2021-01-01").rows

    assert (row.words, row.wrong, row.told) == ([], [], ["Hade platsen till och med 30 juni 2024."])


def test_what_may_point_out_a_person_is_told_and_stops_nothing(as_coordinator: Client) -> None:
    [row] = plan_of(as_coordinator, "Hos Anna Svensson 811218-9876|annan|||||||").rows

    assert row.told == ["Organisationens namn kan vara ett namn."]
    assert row.wrong == []
    assert row.words == ["Ny organisation: Hos Anna Svensson 811218-9876 (annan)."]
