"""The SQL of a query about one row that is made once: it asks of each row, and of each day, by itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import models
from django.utils import timezone

from base.postgresql.made_once import MadeOnce
from members.models import Member
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_each_row_is_told_of_by_itself_and_the_sql_is_made_once() -> None:
    made: list[int] = []

    def name_of(key: int) -> models.QuerySet[Member, str]:
        made.append(key)
        names: models.QuerySet[Member, str] = Member.objects.filter(pk=key).values_list("name", flat=True)
        return names

    name = MadeOnce(name_of, models.TextField())
    members = [MemberFactory(name="Maja Exempel"), MemberFactory(name="Omar Prov")]

    told = [Member.objects.annotate(told=name.of(member.pk)).values_list("told").first() for member in members]

    assert told == [("Maja Exempel",), ("Omar Prov",)]
    assert len(made) == 1


def test_another_day_is_asked_about_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    day = MadeOnce(
        lambda key: Member.objects.filter(pk=key).values_list(models.Value(timezone.localdate())), models.DateField()
    )
    member = MemberFactory()
    told = []
    for today in (date(2026, 11, 29), date(2026, 11, 30)):
        monkeypatch.setattr(timezone, "localdate", lambda today=today: today)
        told.append(Member.objects.annotate(told=day.of(member.pk)).values_list("told", flat=True).get(pk=member.pk))

    assert told == [date(2026, 11, 29), date(2026, 11, 30)]
