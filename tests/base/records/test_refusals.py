"""What the database refuses while a page saves: a guard says it to her who wrote, anything else is a fault of ours."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.records import Conflict
from base.records.guards import tell_refusals
from members.models import Member
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def change(member: Member, **facts: object) -> None:
    """Past every verb."""
    with tell_refusals(), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(**facts)


def test_what_a_guard_refuses_is_told_in_its_sentence() -> None:
    with pytest.raises(Conflict, match=r"Det står kvar när det skrevs in\. Inget är ändrat\."):
        change(MemberFactory(), created_at=timezone.now())


def test_what_no_guard_refuses_is_a_fault() -> None:
    other = MemberFactory()

    with pytest.raises(IntegrityError):
        change(MemberFactory(), email=other.email)
