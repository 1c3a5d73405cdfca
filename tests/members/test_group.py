"""The settings of the group, as they come with the member who is signed in."""

from datetime import date

import pytest

from members.models import Group, Member

pytestmark = pytest.mark.django_db

FIELDS = [field.attname for field in Group._meta.concrete_fields]


@pytest.mark.parametrize("name", FIELDS)
def test_the_member_reads_each_setting_as_it_is(coordinator: Member, name: str) -> None:
    Group.objects.create(pk=1, name="Lugna gatan", answer_days=9, demo_edition="3", demo_told_on=date(2026, 11, 25))

    group = Member.objects.signed_in(coordinator.pk).group

    assert getattr(group, name) == getattr(Group.objects.get(), name)


def test_without_a_row_the_member_reads_what_is_usual(coordinator: Member) -> None:
    assert Member.objects.signed_in(coordinator.pk).group.name == Group.current().name
