"""The page of a year says which version of each meeting's minutes is approved, by whom and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month
from meetings.approvals import Approvals
from meetings.approving import approve
from meetings.models import Approver, Meeting
from meetings.registering import register_minutes
from members.actor import Actor
from members.models import Group, Member
from tests.meetings.approving import approver, correct, latest, meeting, omar, sent
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close

__all__ = ["approver", "meeting", "omar", "sent"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]


def year_page(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:year", args=[meeting.day.year])))


def today() -> str:
    return day_and_month(timezone.localdate(), today=timezone.localdate())


def test_who_has_not_approved_and_who_has_is_told_of_each_meeting(
    as_reader: Client, sent: Meeting, approver: Approver, omar: Actor
) -> None:
    assert "Version 1 är inte justerad. Den ska justeras av Omar Prov." in year_page(as_reader, sent)

    approve(latest(sent), approver, by=omar)

    assert f"Version 1 är justerad av Omar Prov {today()}." in year_page(as_reader, sent)


def test_a_corrected_version_is_not_approved_and_one_with_a_number_is(
    as_reader: Client, sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    approve(latest(sent), approver, by=omar)
    register_minutes(sent, registry_no="KS 2026/7", by=by, at=timezone.now() + timedelta(hours=1))
    whole = f"Version 1, och version 2 med nytt diarienummer, är justerad av Omar Prov {today()}."
    assert whole in year_page(as_reader, sent)

    sent.refresh_from_db()
    correct(sent, by)

    page = year_page(as_reader, sent)
    assert f"med nytt diarienummer, justerades av Omar Prov {today()}." in page
    assert "Version 3 är inte justerad. Den ska justeras av Omar Prov." in page


def test_of_one_where_nobody_is_chosen_it_is_said_as_long_as_the_group_has_them_approved(
    as_reader: Client, meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    close(meeting, coordinator)
    assert "Inte justerad. Ingen är vald att justera." in year_page(as_reader, meeting)

    Group.current().change(by=by, approves_minutes=False)

    assert "justera" not in year_page(as_reader, meeting).lower()


def test_nothing_is_said_of_meetings_from_before_the_group_had_them_approved(
    as_reader: Client, coordinator: Member, by: Actor
) -> None:
    before = under_way(coordinator)
    close(before, coordinator)
    Group.current().change(by=by, approves_minutes=True)

    assert "justera" not in year_page(as_reader, before).lower()


def test_many_meetings_ask_no_more_statements_than_one(
    sent: Meeting, approver: Approver, meeting: Meeting, coordinator: Member, django_assert_num_queries: Any
) -> None:
    later = under_way(coordinator)
    close(later, coordinator)
    for meetings in ([sent], [sent, later]):
        with django_assert_num_queries(2):
            found = Approvals.of_meetings(meetings)
        assert {*found} == {each.pk for each in meetings}
