"""What is asked of the database before a row is saved: nothing that it holds itself, until it says no."""

import pytest
from django.core.exceptions import ValidationError

from benchmarks.counting import counted
from members.models import Member, Organisation
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_row_that_points_at_what_has_been_read_is_saved_in_one_statement(technical: Organisation) -> None:
    member = Member(name="Ny", email="ny@exempel.se", organisation=technical, password="x")

    with counted() as sent:
        member.save_checked()

    assert [sql.split()[0] for sql in sent] == ["INSERT"]


def test_a_row_that_points_at_what_nobody_has_read_is_asked_for(db: None) -> None:
    member = Member(name="Ny", email="ny@exempel.se", organisation_id=0, password="x")

    with pytest.raises(ValidationError) as refused:
        member.save_checked()

    assert list(refused.value.message_dict) == ["organisation"]


def test_what_the_database_says_no_to_is_told_in_words(db: None) -> None:
    MemberFactory(email="taken@exempel.se")

    with pytest.raises(ValidationError) as refused:
        Member(name="Ny", email="taken@exempel.se", password="x").save_checked()

    assert list(refused.value.message_dict) == ["email"]
    assert Member.objects.count() == 1  # and the transaction goes on
