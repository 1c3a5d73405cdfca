"""The pages where a place is given and left."""

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from base.swedish.words import day_and_month
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.days import in_days, today
from tests.factories import MemberFactory, SeatFactory
from tests.pages import text_of


def give_at(organisation: Organisation) -> str:
    return f"{organisation.get_absolute_url()}plats/"


def words_at(client: Client, address: str) -> str:
    return " ".join(strip_tags(text_of(client, address)).split())


def end_of(seat: Seat) -> str:
    return f"/gruppen/platser/{seat.pk}/avslut/"


def said(day: int) -> str:
    return day_and_month(in_days(day), today=today())


def test_a_place_is_given_and_the_message_says_who_left(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    successor = MemberFactory(name="Ivar Tänkt")

    response = as_coordinator.post(
        give_at(technical),
        {"member": successor.pk, "role": "ordinary", "since": today().isoformat()},
        follow=True,
    )

    assertContains(
        response,
        "Ivar Tänkt är ordinarie för Tekniska förvaltningen från och med i dag. "
        f"Omar Prov hade platsen som ordinarie till och med {said(-1)}.",
    )
    assert technical.seats.current().get().member == successor


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("member", "", "Välj vem som utses."),
        ("member", "0", "Det valet finns inte längre."),
        ("member", "99999999999999999999", "Det valet finns inte längre."),
        ("member", "\x00", "Det finns ett tecken i texten som inte går att spara."),
        ("role", "chair", "Det valet finns inte längre."),
        ("since", "snart", "Skriv datumet som 2026-11-25."),
        ("since", "2019-12-31", "Organisationen är inte med i gruppen än den dagen."),
    ],
)
def test_a_place_that_cannot_be_given_is_explained(
    as_coordinator: Client, technical: Organisation, field: str, value: str, says: str
) -> None:
    member = MemberFactory(name="Ivar Tänkt")
    typed = {"member": str(member.pk), "role": "deputy", "since": today().isoformat()} | {field: value}

    response = as_coordinator.post(give_at(technical), typed)

    assertContains(response, says)
    assert not technical.seats.exists()


def test_the_second_who_gives_a_place_is_told_who_has_it(as_coordinator: Client, technical: Organisation) -> None:
    first, second = MemberFactory(name="Ivar Tänkt"), MemberFactory(name="Karin Skiss")
    typed = {"role": "ordinary", "since": today().isoformat()}
    as_coordinator.post(give_at(technical), typed | {"member": first.pk})

    late = as_coordinator.post(give_at(technical), typed | {"member": second.pk})

    assertContains(late, "Ivar Tänkt är ordinarie från samma dag.")
    assertContains(late, f'<option value="{second.pk}" selected>')


def test_sent_again_it_replaces_the_one_who_was_given_the_place_today(
    as_coordinator: Client, technical: Organisation
) -> None:
    first, second = MemberFactory(name="Ivar Tänkt"), MemberFactory(name="Karin Skiss")
    typed = {"role": "ordinary", "since": today().isoformat()}
    as_coordinator.post(give_at(technical), typed | {"member": first.pk})

    told = as_coordinator.post(give_at(technical), typed | {"member": second.pk})
    told_of = told.context["form"]["replaces"].value()
    as_coordinator.post(give_at(technical), typed | {"member": second.pk, "replaces": told_of})

    assertContains(told, "Skicka igen om det var ett misstag, så tas den platsen bort.")
    assert technical.seats.get().member == second


def test_who_sees_a_new_holder_on_the_page_replaces_her_at_once(
    as_coordinator: Client, technical: Organisation
) -> None:
    first, second = MemberFactory(name="Ivar Tänkt"), MemberFactory(name="Karin Skiss")
    typed = {"role": "ordinary", "since": today().isoformat()}
    as_coordinator.post(give_at(technical), typed | {"member": first.pk})
    shown = as_coordinator.get(give_at(technical)).context["form"]["replaces"].value()

    as_coordinator.post(give_at(technical), typed | {"member": second.pk, "replaces": shown})

    assert technical.seats.get().member == second


def test_who_has_had_the_place_since_today_is_told_to_leave_it(as_coordinator: Client, technical: Organisation) -> None:
    first, second = MemberFactory(name="Ivar Tänkt"), MemberFactory(name="Karin Skiss")
    Seat.appoint(by=None, organisation=technical, member=first, role="ordinary", since=today())
    shown = as_coordinator.get(give_at(technical))
    typed = {"role": "ordinary", "since": today().isoformat(), "member": second.pk}

    given = as_coordinator.post(
        give_at(technical), typed | {"replaces": shown.context["form"]["replaces"].value()}, follow=True
    )

    assertContains(shown, "Utser du ordinarie lämnar Ivar Tänkt, ordinarie från i dag, platsen.")
    assertContains(given, "Ivar Tänkt, utsedd från samma dag, lämnar platsen som ordinarie.")


def test_the_form_says_who_would_leave(
    as_coordinator: Client, technical: Organisation, representative: Member, deputy: Member, housing: Organisation
) -> None:
    assertContains(
        as_coordinator.get(give_at(technical)),
        "Utser du ordinarie lämnar Omar Prov platsen dagen före. Utser du ersättare lämnar Gun Prototyp platsen dagen "
        "före.",
    )
    assertNotContains(as_coordinator.get(give_at(housing)), "lämnar")


@pytest.mark.parametrize(("day", "has"), [(-2, "hade"), (0, "hade"), (1, "har"), (9, "har")])
def test_the_last_day_is_told_of_any_day_as_it_stands_on_her_own_page(
    as_coordinator: Client, technical: Organisation, representative: Member, day: int, has: str
) -> None:
    typed = {"role": "ordinary", "since": in_days(day).isoformat(), "member": MemberFactory().pk}

    given = as_coordinator.post(give_at(technical), typed, follow=True)

    assertContains(given, f"Omar Prov {has} platsen som ordinarie till och med {said(day - 1)}.")
    assert representative.seats.get().last_day == in_days(day - 1)


def test_where_another_follows_the_form_says_who_leaves_by_the_day(
    as_coordinator: Client, technical: Organisation, representative: Member
) -> None:
    Seat.appoint(
        by=None, organisation=technical, member=MemberFactory(name="Ivar Tänkt"), role="ordinary", since=in_days(9)
    )

    page = words_at(as_coordinator, give_at(technical))

    assert f"Utser du ordinarie från senast {said(8)} lämnar Omar Prov platsen dagen före." in page
    assert f"Utser du ordinarie från en dag före {said(9)} gäller platsen till dess." in page
    assert "Utser du från en senare dag lämnar Ivar Tänkt platsen dagen före." in page


@pytest.mark.parametrize(
    "replaces", ["", "abc", "99999999999999999999999", "١", "²", "1 2 x", pytest.param("1" * 5000, id="long")]
)
def test_a_seat_that_was_not_shown_is_not_replaced(
    as_coordinator: Client, technical: Organisation, replaces: str
) -> None:
    first, second = MemberFactory(name="Ivar Tänkt"), MemberFactory(name="Karin Skiss")
    Seat.appoint(by=None, organisation=technical, member=first, role="ordinary", since=today())
    typed = {"role": "ordinary", "since": today().isoformat(), "member": second.pk, "replaces": replaces}

    assertContains(as_coordinator.post(give_at(technical), typed), "Ivar Tänkt är ordinarie från samma dag.")
    assert technical.seats.get().member == first


def test_who_cannot_sign_in_is_not_offered_a_place(as_coordinator: Client, technical: Organisation) -> None:
    MemberFactory(name="Lars Slutat", is_active=False)

    assertNotContains(as_coordinator.get(give_at(technical)), "Lars Slutat")


@pytest.mark.parametrize(
    "asked", ["?plats=deputy&medlem=1", "?plats=%00", "?medlem=abc", "?medlem=99999999999999999999"]
)
def test_whatever_the_address_asks_for_the_page_opens(
    as_coordinator: Client, technical: Organisation, asked: str
) -> None:
    assertContains(as_coordinator.get(give_at(technical) + asked), "Utse ordinarie eller ersättare för")


def test_a_place_is_left(as_coordinator: Client, representative: Member) -> None:
    seat = representative.seats.get()

    response = as_coordinator.post(end_of(seat), {"last_day": today().isoformat(), "by_mistake": "on"})

    assertRedirects(response, seat.organisation.get_absolute_url())
    assert representative.seats.get().last_day == today()


@pytest.mark.parametrize(
    ("last_day", "says"),
    [
        ("", "Välj den sista dagen."),
        ("2020-01-01", "Slutdagen ligger före platsens första dag."),
        ("9999-12-31", "Året"),
    ],
)
def test_a_last_day_that_does_not_hold_is_explained(
    as_coordinator: Client, representative: Member, last_day: str, says: str
) -> None:
    response = as_coordinator.post(end_of(representative.seats.get()), {"last_day": last_day})

    assertContains(response, says)
    assertContains(response, f'value="{last_day}"' if last_day else "Sista dag")
    assert representative.seats.get().last_day is None


def test_the_second_who_ends_a_seat_is_told_who_was_first(as_coordinator: Client, representative: Member) -> None:
    seat = representative.seats.get()
    seen = as_coordinator.get(end_of(seat)).context["form"]["version"].value()
    as_coordinator.post(end_of(seat), {"last_day": today().isoformat(), "version": seen})

    late = as_coordinator.post(end_of(seat), {"last_day": (in_days(9)).isoformat(), "version": seen})

    assertContains(late, "Maja Exempel ändrade det här i dag")
    assert representative.seats.get().last_day == today()


def test_a_place_given_by_mistake_is_taken_back(as_coordinator: Client, technical: Organisation) -> None:
    seat = Seat.appoint(by=None, organisation=technical, member=MemberFactory(), role="deputy", since=today())

    as_coordinator.post(end_of(seat), {"last_day": today().isoformat(), "by_mistake": "on"})

    assert not technical.seats.exists()
    assert as_coordinator.get(end_of(seat)).status_code == 404


def test_a_place_from_a_coming_day_is_told_wherever_the_place_is(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    """Until then it is vacant and offered, and she reads what a guest does; who leaves is told until when."""
    asa = MemberFactory(name="Åsa Ärlig")
    seat = SeatFactory(organisation=technical, member=asa, role="deputy", period=(in_days(3), None))
    day = day_and_month(in_days(3), today=today())

    group, page, appoints, hers = [
        words_at(as_coordinator, address)
        for address in ("/gruppen/", technical.get_absolute_url(), give_at(technical), asa.get_absolute_url())
    ]

    assert f"Vakant Utse ersättare för Tekniska förvaltningen Från {day}: Åsa Ärlig" in group
    assert (
        f"Har plats från en senare dag Ser bara sin egen punkt på ett möte till dess. Åsa Ärlig Ersättare för "
        f"Tekniska förvaltningen från {day} {asa.email}" in group
    )
    assert "Gäster" not in group
    assert f"Ersättaren saknas. Omar Prov är ordinarie. Ersättare från {day}: Åsa Ärlig. Utse representant" in page
    assert f"Från {day}: Åsa Ärlig Avsluta … {seat}" in page
    assert f"Ordinarie nu: Omar Prov. Ersättare nu: vakant. Ersättare från {day}: Åsa Ärlig." in appoints
    assert f"Ersättare för Tekniska förvaltningen från {day}." in hers
    assert Member.objects.get(pk=asa.pk).role_name == "gäst"


def test_a_place_that_another_has_from_a_coming_day_is_told_before_it_is_given_until_then(
    as_coordinator: Client, technical: Organisation
) -> None:
    asa = MemberFactory(name="Åsa Ärlig")
    SeatFactory(organisation=technical, member=asa, role="deputy", period=(in_days(3), None))
    taken, last = (day_and_month(in_days(days), today=today()) for days in (3, 2))
    typed = {"member": MemberFactory(name="Ivar Tänkt").pk, "role": "deputy", "since": today().isoformat()}

    page = words_at(as_coordinator, give_at(technical))
    given = as_coordinator.post(give_at(technical), typed, follow=True)

    assert f"Utser du ersättare från en dag före {taken} gäller platsen till dess." in page
    assertContains(given, f"Ivar Tänkt är ersättare för Tekniska förvaltningen från och med i dag till och med {last}.")


def test_a_place_until_a_coming_day_is_told_with_it(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    technical.seats.get().end(last_day=in_days(3), by=a_coordinator())
    day = day_and_month(in_days(3), today=today())

    assert f"Ordinarie nu: Omar Prov, till och med {day}." in words_at(as_coordinator, give_at(technical))
    page = words_at(as_coordinator, representative.get_absolute_url())
    assert f"Ordinarie för Tekniska förvaltningen till och med {day}." in page
