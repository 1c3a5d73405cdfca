"""Who led a meeting on paper was there for whom she has a place for, and its minutes are not corrected here."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting, Minutes, Presence
from members.models import Member, Organisation
from tests.meetings.meetings import words
from tests.meetings.test_on_paper import enter, organisations

__all__ = ["organisations"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("excused", [False, True])
def test_who_led_it_was_there_for_the_organisation_that_she_has_a_place_for(
    as_coordinator: Client, representative: Member, technical: Organisation, excused: bool
) -> None:
    """Unless it is said that nobody came from there."""
    enter(as_coordinator, chair=representative.pk, excused=[technical.pk] if excused else [])

    row = Meeting.objects.get().organisations.get(organisation=technical)
    assert row.state == ("excused" if excused else "represented")
    [told] = [one for one in Minutes.objects.get().content["attendance"] if one["key"] == technical.pk]
    assert [one["name"] for one in told["people"]] == ([] if excused else [str(representative)])


def test_why_its_minutes_are_not_corrected_is_said_to_who_could_else(
    as_coordinator: Client, as_representative: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(as_coordinator)
    meeting = Meeting.objects.get()
    monkeypatch.setattr(Meeting, "can_be_unclosed", False)
    page = reverse("meetings:minutes_detail", args=[meeting.pk])

    said = ["ta bort mötet på dess sida" in words(client.get(page)) for client in (as_coordinator, as_representative)]

    assert said == [True, False]


def test_who_led_it_is_not_noted_twice(as_coordinator: Client, representative: Member, technical: Organisation) -> None:
    enter(as_coordinator, chair=representative.pk, people=f"Karin Karlsson, kommissarie, {technical}")

    there = Presence.objects.filter(organisation=technical)
    assert [one.person for one in there] == ["Karin Karlsson"]
