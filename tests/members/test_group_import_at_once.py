"""Two who bring in the same group in the same instant: one does, and the other is told to look again."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from base.imports.forms import GONE, BringInForm, ColumnsForm
from base.imports.models import Import
from base.records import Conflict, EditConflict
from members.actor import Actor
from members.group_import.planning import GroupImport
from members.models import Member, Organisation, Seat
from tests.at_once import at_once, waits_for_a_row
from tests.days import in_days
from tests.factories import MemberFactory, SeatFactory
from tests.members.importing import kept

pytestmark = pytest.mark.django_db(transaction=True)


def bring_in(read: Import, by: Actor) -> Import:
    form = BringInForm({}, read=read, plan=GroupImport().plan(read.sheet_rows), importer=GroupImport(), by=by)
    form.data = {"shown": form.plan.digest}
    assert form.is_valid()
    with transaction.atomic():
        done: Import = form.save()
    return done


def test_what_two_bring_in_at_once_is_done_once_and_the_other_is_told(coordinator: Member) -> None:
    another = MemberFactory(is_coordinator=True, organisation=coordinator.organisation)
    reads = [(kept(Actor.of(one)), Actor.of(one)) for one in (coordinator, another)]

    came = at_once(*(lambda read=read, by=by: bring_in(read, by) for read, by in reads))

    [refused] = [one for one in came if isinstance(one, ValidationError)]
    assert type(refused) is EditConflict
    assert [read.is_done for read in Import.objects.order_by("done_at")] == [True, False]
    assert Member.objects.filter(email="kim@exempel.se").count() == 1


def test_one_who_presses_twice_brings_in_once(coordinator: Member) -> None:
    by = Actor.of(coordinator)
    read = kept(by)

    came = at_once(*[lambda: bring_in(Import.objects.get(pk=read.pk), by)] * 2)

    assert [one.pk for one in came] == [read.pk] * 2
    assert Member.objects.filter(email="kim@exempel.se").count() == 1


def test_a_table_that_is_removed_meanwhile_is_said_to_be_gone(coordinator: Member) -> None:
    by = Actor.of(coordinator)
    read = kept(by)
    Import.objects.all().delete()

    with pytest.raises(Conflict, match=GONE):
        bring_in(read, by)


def test_columns_of_a_table_that_is_removed_meanwhile_are_told_so(coordinator: Member) -> None:
    read = kept(Actor.of(coordinator))
    form = ColumnsForm(
        {f"column_{place}": key for place, key in enumerate(read.keys)}, read=read, importer=GroupImport()
    )
    Import.objects.all().delete()

    assert form.is_valid()
    with pytest.raises(Conflict, match=GONE):
        form.save()


# What somebody else does in the instant when it is brought in


def kim_comes(organisation: Organisation, by: Actor) -> None:
    Member.objects.create_user("kim@exempel.se", by=by, name="Kim Annan")


def the_organisation_leaves(organisation: Organisation, by: Actor) -> None:
    organisation.change(by=by, active_to=in_days(-1))


def another_is_appointed(organisation: Organisation, by: Actor) -> None:
    since = in_days(-1)
    Seat.appoint(organisation=organisation, member=MemberFactory(), role="deputy", since=since, by=by)


def the_deputy_leaves(organisation: Organisation, by: Actor) -> None:
    organisation.seats.get().end(last_day=in_days(-1), by=by)


def her_address_is_changed(organisation: Organisation, by: Actor) -> None:
    Member.objects.get(email="kim@exempel.se").change(by=by, email="kim.skiss@exempel.se")


AGAIN = "Något har ändrats sedan du granskade raderna. Granska dem igen. Inget är importerat."


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (kim_comes, "Rad 2, Kim Skiss, "),
        (the_organisation_leaves, AGAIN),
        (another_is_appointed, AGAIN),
        (the_deputy_leaves, AGAIN),
        (her_address_is_changed, AGAIN),
    ],
)
def test_what_another_does_in_the_same_instant_ends_it_in_one_sentence(
    coordinator: Member, deed: Callable[[Organisation, Actor], None], told: str
) -> None:
    """She has done it and not saved it yet when it is brought in, which waits for her."""
    by = Actor.of(coordinator)
    read = kept(by)
    organisation = coordinator.organisation
    assert organisation
    if deed is her_address_is_changed:
        MemberFactory(name="Kim Skiss", email="kim@exempel.se")
    if deed is the_deputy_leaves:
        SeatFactory(organisation=organisation, role="deputy", period=(in_days(-9), None))

    is_done = Event()

    def first() -> None:
        with transaction.atomic():
            deed(organisation, by)
            is_done.set()
            waits_for_a_row()

    def second() -> Import:
        assert is_done.wait(10)
        return bring_in(read, by)

    _, came = at_once(first, second)

    assert isinstance(came, ValidationError)
    assert " ".join(came.messages).startswith(told)
    assert not Import.objects.exclude(done_at=None).exists()
    assert not Seat.objects.filter(member__name="Kim Skiss").exists()


def test_one_who_stands_between_the_samordnare_and_the_member_is_waited_for(
    coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = Actor.of(coordinator)
    kim = MemberFactory(name="Kim Skiss", email="kim@exempel.se")
    read = kept(by)
    lock, stands_there = Member.lock, Event()

    def lock_when_another_waits(member: Member, *args: Any, **options: Any) -> None:
        if not stands_there.is_set():
            stands_there.set()
            waits_for_a_row()
        lock(member, *args, **options)

    def second() -> Import:
        assert stands_there.wait(10)
        return bring_in(read, by)

    monkeypatch.setattr(Member, "lock", lock_when_another_waits)
    _, came = at_once(lambda: Member.objects.get(pk=kim.pk).change(by=by, phone="0383-971 00"), second)

    kim.refresh_from_db()
    assert isinstance(came, Import)
    assert (kim.title, kim.phone) == ("Chef", "0383-971 00")
