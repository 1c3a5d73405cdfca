"""What is taken as the telephone of somebody."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from base.records.telephone import validate_number
from members.actor import Actor
from members.models import Member
from tests.members.changing import anew, assert_says, change

NUMBERS = [
    *("0383-971 00", "+46 (0)383-971 00, 070-123 45 67 (kväll)", "växel 0383-971 00", "0383-971 00 ankn 12", "112"),
    *("97100", "ankn 123", "0383–971 00", "1177"),
]
WORDS = ["ring växeln", "-", "?", "finns inte", "rum 12", "maja@exempel.se", "+46"]
SENTENCE = "Skriv telefonnumret med siffror, till exempel 0383-971 00. Ord får stå bredvid."


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_number_is_taken_with_the_words_beside_it(typed: str) -> None:
    validate_number(typed)


@pytest.mark.parametrize("typed", WORDS)
def test_words_without_a_number_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_number(typed)

    assert refused.value.messages == [SENTENCE]


def test_the_form_says_so_at_the_field_and_in_the_summary(as_coordinator: Client, representative: Member) -> None:
    response = change(as_coordinator, representative, phone="ring växeln")

    assert_says(response, f'<a href="#id_phone">{SENTENCE}</a>')
    assert_says(response, f'<p class="error" id="id_phone_error">{SENTENCE}</p>')
    assert_says(response, 'value="ring växeln"')
    assert anew(representative).phone == ""


def test_none_is_none(as_coordinator: Client, representative: Member) -> None:
    assert change(as_coordinator, representative, phone=" ").status_code == 302


def test_it_holds_without_a_form(representative: Member) -> None:
    with pytest.raises(ValidationError) as refused:
        representative.change(by=Actor.of(representative), phone="ring växeln")

    assert refused.value.message_dict == {"phone": [SENTENCE]}


def test_what_was_kept_before_the_rule_shuts_no_form_without_the_field(
    as_representative: Client, representative: Member
) -> None:
    Member.objects.filter(pk=representative.pk).update(phone="ring växeln")

    response = as_representative.post("/konto/", {})

    assert response.status_code == 302
    assert (anew(representative).shortcuts, anew(representative).phone) == (False, "ring växeln")


def test_it_is_asked_again_where_it_is_seen(as_coordinator: Client, representative: Member) -> None:
    Member.objects.filter(pk=representative.pk).update(phone="ring växeln")

    assert_says(change(as_coordinator, representative, phone="ring växeln"), SENTENCE)
