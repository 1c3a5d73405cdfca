"""Nobody who led or wrote for a part of a meeting disappears without a word when another is chosen."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import Meeting, Presence
from members.models import Member
from tests.factories import MemberFactory
from tests.meetings.meetings import planned, under_way, words
from tests.meetings.test_officers_part import note
from tests.meetings.test_relieved import change, said

pytestmark = pytest.mark.django_db

CHOOSE = "Välj en senare punkt, hela mötet, eller ändra delarna i närvaron."


@pytest.fixture
def meeting(coordinator: Member, representative: Member) -> Meeting:
    return under_way(coordinator, secretary=MemberFactory(name="Siv Skriv"))


@pytest.fixture
def led(as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member, eva: Member) -> list[str]:
    """The coordinator 1–3, Bo 4–8, Eva 9–10, Bo from 11."""
    for who, since in ((bo, "4"), (eva, "9"), (bo, "11")):
        change(as_coordinator, meeting, chair=who.pk, since=since)
    told = said(meeting, "Ordförande")
    assert told == [
        f"{coordinator}: punkt 1–3",
        "Bo Byte: punkt 4–8",
        "Eva Exempel: punkt 9–10",
        "Bo Byte: från punkt 11",
    ]
    return told


@pytest.mark.parametrize(
    ("since", "named"),
    [
        ("2", "Bo Byte tog över som ordförande från punkt 4, Eva Exempel från punkt 9 och Bo Byte från punkt 11."),
        ("4", "Eva Exempel tog över som ordförande från punkt 9 och Bo Byte från punkt 11."),
        ("10", "Bo Byte tog över som ordförande från punkt 11."),
    ],
)
def test_from_before_others_took_over_nobody_is_chosen_and_it_is_said_who(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, led: list[str], since: str, named: str
) -> None:
    page = change(as_coordinator, meeting, chair=coordinator.pk, since=since)

    assert f"{named} {CHOOSE}" in words(page)
    assert page.context["form"].errors["since"]
    assert said(meeting, "Ordförande") == led


def test_where_one_took_over_once_the_sentence_is_of_her_alone(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member, eva: Member
) -> None:
    change(as_coordinator, meeting, chair=bo.pk, since="4")

    page = words(change(as_coordinator, meeting, chair=eva.pk, since="2"))

    assert f"Bo Byte tog över som ordförande från punkt 4. {CHOOSE}" in page
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–3", "Bo Byte: från punkt 4"]


def test_who_came_later_than_the_one_before_her_left_took_over_there(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member, eva: Member
) -> None:
    note(as_coordinator, meeting, coordinator, last="3")
    change(as_coordinator, meeting, chair=bo.pk, since="6")

    page = words(change(as_coordinator, meeting, chair=eva.pk, since="5"))

    assert f"Bo Byte tog över som ordförande från punkt 6. {CHOOSE}" in page
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–3", "Bo Byte: från punkt 6"]


def test_another_secretary_from_there_is_no_matter_of_who_led(
    as_coordinator: Client, meeting: Meeting, led: list[str], eva: Member
) -> None:
    page = words(change(as_coordinator, meeting, secretary=eva.pk, since="2"))

    assert "Ändringen är sparad. Eva Exempel är sekreterare från punkt 2." in page
    assert said(meeting, "Ordförande") == led
    assert said(meeting, "Sekreterare") == ["Siv Skriv: punkt 1", "Eva Exempel: från punkt 2"]


def test_of_the_whole_meeting_it_is_told_who_led_it_no_longer(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, led: list[str]
) -> None:
    page = words(change(as_coordinator, meeting, chair=coordinator.pk, since="1"))

    assert (
        f"Ändringen är sparad. {coordinator} är ordförande för hela mötet. "
        "Bo Byte och Eva Exempel står inte längre som ordförande."
    ) in page
    assert not Presence.objects.exists()


def test_one_who_goes_on_from_where_another_was_wrongly_noted_has_one_part(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, led: list[str], eva: Member
) -> None:
    page = words(change(as_coordinator, meeting, chair=eva.pk, since="11"))

    assert said(meeting, "Ordförande") == [*led[:2], "Eva Exempel: från punkt 9"]
    assert "Eva Exempel är ordförande från punkt 9. Bo Byte står inte längre som ordförande från punkt 11." in page
    change(as_coordinator, meeting, chair=coordinator.pk, since="9")
    assert said(meeting, "Ordförande") == [*led[:2], f"{coordinator}: från punkt 9"]


def test_one_part_from_where_she_came_and_not_from_where_the_one_before_her_left(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member, eva: Member
) -> None:
    note(as_coordinator, meeting, coordinator, last="3")
    change(as_coordinator, meeting, chair=bo.pk, since="6")
    change(as_coordinator, meeting, chair=eva.pk, since="9")

    change(as_coordinator, meeting, chair=bo.pk, since="9")

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–3", "Bo Byte: från punkt 6"]


def test_the_receipt_says_who_has_which_office_and_from_where(
    as_coordinator: Client, meeting: Meeting, bo: Member, eva: Member
) -> None:
    page = words(change(as_coordinator, meeting, chair=bo.pk, secretary=eva.pk, since="4"))
    assert "Bo Byte är ordförande från punkt 4. Eva Exempel är sekreterare från punkt 4." in page
    assert "står inte längre" not in page

    page = words(change(as_coordinator, meeting, chair=eva.pk, since="6"))
    assert "Eva Exempel är ordförande från punkt 6." in page


def test_the_receipt_of_one_person_in_both_offices_is_one_sentence(
    as_coordinator: Client, meeting: Meeting, bo: Member
) -> None:
    page = words(change(as_coordinator, meeting, chair=bo.pk, secretary=bo.pk, since="4"))

    assert "Bo Byte är ordförande och sekreterare från punkt 4." in page


def test_before_the_meeting_the_receipt_says_who_and_nothing_of_a_part(
    as_coordinator: Client, coordinator: Member, bo: Member
) -> None:
    page = words(change(as_coordinator, planned(coordinator), chair=bo.pk))

    assert "Ändringen är sparad. Bo Byte är ordförande." in page


def test_the_receipt_of_another_place_says_nothing_of_who_leads(as_coordinator: Client, meeting: Meeting) -> None:
    assert "är ordförande" not in words(change(as_coordinator, meeting, place="Rådhuset")).split("Ordförande")[0]
