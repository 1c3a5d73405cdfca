"""A place in the group: who has it, who had it, and that nobody has it twice."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from base.records import EditConflict
from base.swedish.words import day_and_month
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.at_once import at_once
from tests.days import in_days, today
from tests.factories import MemberFactory, OrganisationFactory, SeatFactory
from tests.past import history_of

SPRING = DateRange(date(2026, 1, 1), date(2026, 7, 1))
AUTUMN = DateRange(date(2026, 7, 1), None)


def appoint(member: Member, organisation: Organisation, **facts: Any) -> Seat:
    said: dict[str, Any] = {"by": None, "role": Seat.Role.ORDINARY, "since": today()}
    return Seat.appoint(organisation=organisation, member=member, **said | facts)


def test_one_may_follow_directly_upon_another(technical: Organisation) -> None:
    first = SeatFactory(organisation=technical, period=SPRING)
    second = SeatFactory(organisation=technical, period=AUTUMN)

    assert (first.last_day, second.first_day) == (date(2026, 6, 30), date(2026, 7, 1))
    assert technical.seats.current(date(2026, 6, 30)).get() == first
    assert technical.seats.current(date(2026, 7, 1)).get() == second


def test_the_database_refuses_two_in_one_place(technical: Organisation) -> None:
    SeatFactory(organisation=technical, period=SPRING)

    with pytest.raises(IntegrityError, match="seat_held_by_one_at_a_time"), transaction.atomic():
        SeatFactory(organisation=technical, period=DateRange(date(2026, 6, 30), None))


def test_the_database_refuses_one_in_two_places_of_an_organisation(
    representative: Member, technical: Organisation
) -> None:
    with pytest.raises(IntegrityError, match="member_holds_one_seat_of_an_organisation"), transaction.atomic():
        SeatFactory(member=representative, role=Seat.Role.DEPUTY)


def test_the_database_refuses_a_period_without_a_day(technical: Organisation) -> None:
    with pytest.raises(IntegrityError, match="seat_period_not_empty"), transaction.atomic():
        SeatFactory(organisation=technical, period=DateRange(today(), today()))


def test_one_person_may_sit_for_two_organisations(
    representative: Member, technical: Organisation, housing: Organisation
) -> None:
    appoint(representative, housing)

    assert Member.objects.get(pk=representative.pk).seat_ids == {technical.pk, housing.pk}


def test_the_former_holder_leaves_the_day_before(representative: Member, technical: Organisation) -> None:
    successor = MemberFactory()

    seat = appoint(successor, technical)

    former = representative.seats.get()
    assert former.last_day == in_days(-1)
    assert seat.replaced == [former]
    assert technical.seats.current().ordinary().get() == seat


def test_a_deputy_who_becomes_ordinary_leaves_her_own_place(
    representative: Member, deputy: Member, technical: Organisation
) -> None:
    seat = appoint(deputy, technical)

    assert technical.seats.current().get() == seat
    assert {left.member for left in seat.replaced} == {representative, deputy}


def test_a_seat_lasts_no_longer_than_its_organisation(technical: Organisation) -> None:
    technical.change(by=a_coordinator(), active_to=in_days(1))

    assert appoint(MemberFactory(), technical).last_day == in_days(1)


@pytest.mark.parametrize(("since", "says"), [(date(2020, 1, 1), "än den dagen"), (in_days(1), "längre den dagen")])
def test_nobody_sits_for_an_organisation_outside_its_time(technical: Organisation, since: date, says: str) -> None:
    technical.change(by=a_coordinator(), active_to=today())

    with pytest.raises(ValidationError, match=says):
        appoint(MemberFactory(), technical, since=since)


def test_who_cannot_sign_in_is_given_no_place(technical: Organisation) -> None:
    with pytest.raises(ValidationError, match="kan inte logga in"):
        appoint(MemberFactory(is_active=False), technical)


def test_who_has_the_place_is_not_given_it_again(representative: Member, technical: Organisation) -> None:
    with pytest.raises(ValidationError, match="Omar Prov har redan platsen"):
        appoint(representative, technical)


def test_the_second_who_appoints_is_told_who_was_appointed_first(technical: Organisation) -> None:
    appoint(MemberFactory(name="Ivar Tänkt"), technical)

    with pytest.raises(ValidationError, match="Ivar Tänkt är ordinarie från samma dag"):
        appoint(MemberFactory(), technical)


def test_who_was_appointed_today_by_mistake_gives_place_to_another_the_same_day(
    representative: Member, technical: Organisation
) -> None:
    mistaken = appoint(MemberFactory(), technical)

    seat = appoint(MemberFactory(), technical, by=a_coordinator(), replaces={mistaken.pk})

    assert [(one.pk, one.first_day, one.last_day) for one in technical.seats.latest_first()] == [
        (seat.pk, today(), None),
        (representative.seats.get().pk, date(2021, 1, 1), in_days(-1)),
    ]


def test_a_deputy_from_today_becomes_ordinary_today(technical: Organisation) -> None:
    member = MemberFactory()
    mistaken = appoint(member, technical, role=Seat.Role.DEPUTY)

    seat = appoint(member, technical, by=a_coordinator(), replaces={mistaken.pk})

    assert (list(technical.seats.all()), seat.role) == ([seat], Seat.Role.ORDINARY)


def test_who_left_for_the_mistaken_one_has_the_place_on_without_a_break(
    representative: Member, technical: Organisation
) -> None:
    mistaken = appoint(MemberFactory(), technical)

    seat = appoint(representative, technical, by=a_coordinator(), replaces={mistaken.pk})

    assert technical.seats.get() == seat == representative.seats.get()
    assert (seat.first_day, seat.last_day) == (date(2021, 1, 1), None)


def test_a_seat_from_a_day_that_has_been_is_not_replaced_from_that_day(
    representative: Member, technical: Organisation
) -> None:
    seat = representative.seats.get()

    with pytest.raises(ValidationError, match=r"Omar Prov är ordinarie från samma dag. Välj en senare dag."):
        appoint(MemberFactory(), technical, since=seat.first_day, by=a_coordinator(), replaces={seat.pk})

    assert representative.seats.get().last_day is None


def test_a_refused_appointment_changes_nothing(representative: Member, technical: Organisation) -> None:
    kim = MemberFactory(name="Kim Skiss")
    appoint(kim, technical, since=in_days(31), role=Seat.Role.DEPUTY)
    day = day_and_month(in_days(31), today=today())

    with pytest.raises(ValidationError, match=f"Kim Skiss är ersättare från {day}. Ta bort den platsen först."):
        appoint(kim, technical)

    assert (representative.seats.get().last_day, kim.seats.get().first_day) == (None, in_days(31))


def test_a_place_that_another_has_from_a_coming_day_is_given_until_then(
    representative: Member, technical: Organisation
) -> None:
    bo, kim = MemberFactory(), MemberFactory()
    coming = appoint(kim, technical, since=in_days(31))
    appoint(MemberFactory(), technical, since=in_days(62))

    seat = appoint(bo, technical)
    again = appoint(representative, technical, since=in_days(1))

    seat.refresh_from_db()
    coming.refresh_from_db()
    assert (seat.first_day, seat.last_day) == (today(), today())
    assert (again.first_day, again.last_day) == (in_days(1), in_days(30))
    assert (coming.first_day, coming.last_day) == (in_days(31), in_days(61))


def test_a_place_that_another_has_taken_since_is_not_given_from_before(technical: Organisation) -> None:
    kim = MemberFactory(name="Kim Skiss")
    SeatFactory(organisation=technical, member=kim, role="ordinary", period=(in_days(-20), in_days(-10)))
    day = day_and_month(in_days(-20), today=today())

    with pytest.raises(ValidationError, match=f"Kim Skiss var ordinarie från {day}. Välj en senare dag."):
        appoint(MemberFactory(), technical, since=in_days(-30))


@pytest.mark.django_db(transaction=True)
def test_two_who_appoint_at_the_same_moment_leave_one_in_the_place() -> None:
    organisation = OrganisationFactory()
    members = [MemberFactory(), MemberFactory()]

    outcomes = at_once(*(lambda member=member: appoint(member, organisation) for member in members))

    refused = [outcome.messages for outcome in outcomes if isinstance(outcome, ValidationError)]
    holder = organisation.seats.get().member
    assert [words.startswith(f"{holder} är ordinarie från samma dag.") for (words,) in refused] == [True]


def test_a_seat_is_left_after_its_last_day(representative: Member, technical: Organisation) -> None:
    representative.seats.get().end(by=a_coordinator(), last_day=today())

    assert technical.seats.current(today()).exists()
    assert not technical.seats.current(in_days(1)).exists()


def test_a_seat_does_not_end_before_it_began(representative: Member) -> None:
    with pytest.raises(ValidationError, match="före platsens första dag"):
        representative.seats.get().end(by=a_coordinator(), last_day=date(2020, 12, 31))


def test_a_seat_that_is_over_stays_so(representative: Member) -> None:
    seat = representative.seats.get()
    seat.end(by=a_coordinator(), last_day=in_days(-1))

    with pytest.raises(ValidationError, match="Omar Prov lämnade platsen"):
        seat.end(by=a_coordinator(), last_day=in_days(1))

    assert representative.seats.get().last_day == in_days(-1)


def test_a_seat_does_not_outlast_its_organisation(representative: Member, technical: Organisation) -> None:
    technical.change(by=a_coordinator(), active_to=today())

    with pytest.raises(ValidationError, match="Välj senast den dagen"):
        representative.seats.get().end(by=a_coordinator(), last_day=in_days(1))

    assert representative.seats.get().last_day == today()


def test_an_organisation_that_left_earlier_than_thought_takes_also_what_is_over_with_it(
    representative: Member, technical: Organisation
) -> None:
    representative.seats.get().end(by=a_coordinator(), last_day=in_days(-1))

    technical.change(by=a_coordinator(), active_to=in_days(-1) - timedelta(days=1))

    assert representative.seats.get().last_day == in_days(-1) - timedelta(days=1)


def test_the_second_who_ends_a_seat_is_told_and_the_first_day_stands(representative: Member) -> None:
    seat = representative.seats.get()
    seen = seat.version
    seat.end(by=a_coordinator(), last_day=today())

    with pytest.raises(EditConflict, match="ändrade det här i dag"):
        representative.seats.get().end(by=a_coordinator(), last_day=in_days(1), version=seen)

    assert representative.seats.get().last_day == today()


def test_a_place_given_by_mistake_today_is_taken_back(technical: Organisation) -> None:
    seat = appoint(MemberFactory(), technical)
    kept, by = Seat.objects.get(pk=seat.pk), a_coordinator()

    seat.withdraw(by=by)

    assert not technical.seats.exists()
    assert [version.updated_by for version in history_of(kept).filter(pgh_label="delete")] == [by.member]


@pytest.mark.django_db(transaction=True)
def test_a_place_is_not_taken_back_while_somebody_appoints_for_the_organisation() -> None:
    """Who appoints ends the seats that she has read: one that was deleted meanwhile would come back."""
    organisation, by = OrganisationFactory(), a_coordinator()
    seat = appoint(MemberFactory(), organisation)

    def withdraw() -> None:
        try:
            Seat.objects.get(pk=seat.pk).withdraw(by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            organisation.lock()
            withdrawn = pool.submit(withdraw)
            assert not wait([withdrawn], timeout=0.5).done
        withdrawn.result(timeout=10)

    assert not organisation.seats.exists()


def test_a_place_that_was_held_is_not_taken_back(representative: Member) -> None:
    with pytest.raises(ValidationError, match="Ange en sista dag i stället"):
        representative.seats.get().withdraw(by=a_coordinator())
