"""Two who bring in the same group in the same instant: one does, and the other is told to look again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from base.imports.forms import GONE, BringInForm
from base.imports.models import Import
from base.records import Conflict, EditConflict
from members.actor import Actor
from members.group_import.planning import GroupImport
from members.models import Member
from tests.at_once import at_once
from tests.factories import MemberFactory
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
