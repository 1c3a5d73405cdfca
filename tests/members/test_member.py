"""A member: what she is in the group, and what happens when somebody changes it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Upper
from django.test import Client

from base.records import EditConflict
from members import rules
from members.actor import Actor
from members.models import AnswersFor, LastCoordinator, Member, Organisation
from tests.acting import a_coordinator
from tests.at_once import at_once
from tests.days import in_days
from tests.factories import MemberFactory, SeatFactory


def again(member: Member) -> Member:
    found: Member = Member.objects.get(pk=member.pk)
    return found


def test_role_names(
    coordinator: Member, representative: Member, deputy: Member, handler: Member, reader: Member, outsider: Member
) -> None:
    people = [coordinator, representative, deputy, handler, reader, outsider]

    assert [member.role_name for member in people] == [
        "samordnare",
        "representant",
        "representant",
        "handläggare",
        "läsare",
        "gäst",
    ]


def test_who_sits_and_who_handles(
    representative: Member, handler: Member, technical: Organisation, housing: Organisation
) -> None:
    assert (representative.seat_ids, representative.handled_ids) == (frozenset({technical.pk}), frozenset())
    assert (handler.seat_ids, handler.handled_ids) == (frozenset(), frozenset({housing.pk}))


def test_readers_and_guests_are_those_with_no_other_part(
    coordinator: Member, representative: Member, handler: Member, reader: Member, outsider: Member
) -> None:
    representative.change(by=Actor.of(representative), is_reader=True)
    later = SeatFactory(member=MemberFactory(name="Åsa Ärlig"), period=(in_days(3), None)).member

    assert list(Member.objects.leading()) == [coordinator]
    assert list(Member.objects.readers()) == [reader]
    assert list(Member.objects.guests()) == [outsider]
    assert list(Member.objects.guests_until_seated()) == [later]


def test_the_group_sees_its_members_and_the_samordnare_manages_them(
    coordinator: Member, representative: Member, deputy: Member, handler: Member, reader: Member, outsider: Member
) -> None:
    people = [coordinator, representative, deputy, handler, reader, outsider]

    assert [rules.may_see_members(member) for member in people] == [True, True, True, False, False, False]
    assert [rules.may_manage_members(member) for member in people] == [True, False, False, False, False, False]


def test_an_address_is_kept_in_small_letters(db: None) -> None:
    elin = Member.objects.create_user("Elin.Skiss@Exempel.SE", by=None, name="Elin Skiss")
    assert elin.email == "elin.skiss@exempel.se"
    with pytest.raises(IntegrityError, match="member_email_in_small_letters"), transaction.atomic():
        Member.objects.update(email=Upper("email"))


def test_an_address_belongs_to_one_member(representative: Member) -> None:
    with pytest.raises(ValidationError) as refused:
        Member.objects.create_user("OMAR@exempel.se", by=None, name="En annan")

    assert refused.value.message_dict == {"email": ["Det finns redan en medlem med den e-postadressen."]}


def test_the_two_ways_to_write_a_domain_are_one_address(db: None) -> None:
    elin = Member.objects.create_user("elin@xn--ml-xiab.se", by=None, name="Elin Skiss")
    assert elin.email == "elin@åmål.se"
    with pytest.raises(ValidationError):
        Member.objects.create_user("Elin@Åmål.se.", by=None, name="En annan")
    assert Member.objects.get(email="elin@XN--ml-xiab.se") == elin


def test_an_address_that_no_mail_can_be_sent_to_is_refused_also_without_a_form(db: None) -> None:
    with pytest.raises(ValidationError) as refused:
        Member.objects.create_user(f"elin@{'å' * 60}.se", by=None, name="Elin Skiss")

    assert refused.value.message_dict == {"email": ["Skriv en hel e-postadress, till exempel namn@kommun.se."]}


def test_all_that_is_wrong_is_told_at_once(db: None) -> None:
    taken = MemberFactory()

    with pytest.raises(ValidationError) as refused:
        Member.objects.create_user(taken.email, by=None, name="", organisation=taken.organisation)

    assert {*refused.value.message_dict} == {"name", "email"}


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_address_at_the_same_moment_get_one_member_and_one_sentence() -> None:
    outcomes = at_once(*[lambda: Member.objects.create_user("elin@exempel.se", by=None, name="Elin Skiss")] * 2)

    refused = [outcome.message_dict for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert refused == [{"email": ["Det finns redan en medlem med den e-postadressen."]}]
    assert Member.objects.count() == 1


def test_a_member_is_marked_for_exactly_the_organisations_named(
    handler: Member, technical: Organisation, police: Organisation
) -> None:
    assert handler.handled_ids

    handler.change(by=(by := a_coordinator()), answers_for=[technical, police])

    assert handler.handled_ids == {technical.pk, police.pk}
    assert {mark.updated_by for mark in AnswersFor.objects.filter(member=handler)} == {by.member}


def test_the_last_samordnare_keeps_her_mark(coordinator: Member) -> None:
    MemberFactory(is_coordinator=True, is_active=False)

    losses: list[dict[str, Any]] = [{"is_coordinator": False}, {"is_active": False}]
    for loss in losses:
        with pytest.raises(LastCoordinator):
            again(coordinator).change(by=Actor.of(again(coordinator)), **loss)

    assert again(coordinator).is_coordinator


def test_a_samordnare_may_leave_the_mark_to_another(coordinator: Member) -> None:
    MemberFactory(is_coordinator=True)

    coordinator.change(by=Actor.of(coordinator), is_coordinator=False)

    assert not again(coordinator).is_coordinator


@pytest.mark.django_db(transaction=True)
def test_two_samordnare_who_remove_each_other_at_the_same_moment_leave_one() -> None:
    members = [MemberFactory(is_coordinator=True), MemberFactory(is_coordinator=True)]

    outcomes = at_once(
        *(lambda member=member: member.change(by=Actor.of(member), is_coordinator=False) for member in members)
    )

    assert sum(isinstance(outcome, LastCoordinator) for outcome in outcomes) == 1
    assert Member.objects.leading().count() == 1


def test_the_second_who_changes_is_told_and_nothing_is_overwritten(representative: Member) -> None:
    seen = again(representative).version
    again(representative).change(by=Actor.of(again(representative)), version=seen, phone="0383-111")

    with pytest.raises(EditConflict):
        again(representative).change(by=Actor.of(again(representative)), version=seen, phone="0383-222")

    assert again(representative).phone == "0383-111"


def test_a_new_password_is_no_change_that_anybody_is_told_of(as_representative: Client, representative: Member) -> None:
    seen = again(representative).version
    old, new = "ljus i tunneln", "en lykta vid stigen"
    as_representative.post("/konto/password/change/", {"oldpassword": old, "password1": new, "password2": new})

    assert again(representative).check_password(new)
    again(representative).change(by=Actor.of(again(representative)), version=seen, phone="0383-111")


def test_a_member_who_may_no_longer_sign_in_is_out_at_the_next_click(
    as_representative: Client, representative: Member
) -> None:
    assert as_representative.get("/").status_code == 200

    representative.change(by=Actor.of(representative), is_active=False)

    response = as_representative.get("/")
    assert (response.status_code, response["Location"]) == (302, "/konto/login/?next=/")
