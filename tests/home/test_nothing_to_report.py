"""Inget att rapportera where one looks: the start page, the meeting's page, the organisation's page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month, day_span
from issues.models import NilReport
from meetings.models import Meeting
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import MeetingFactory, NilReportFactory, ObservationFactory, SeatFactory
from tests.meetings.meetings import planned, undo, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def last_meeting(coordinator: Member) -> Meeting:
    held = timezone.now() - timedelta(days=20)
    return MeetingFactory(chair=coordinator, starts_at=held, state=Meeting.State.CLOSED, closed_at=held)


def taps(page: str) -> list[dict[str, str]]:
    """What each form of one tap on the page sends, with where it is sent; `channel` and its own words besides."""
    forms = re.findall(r'<form[^>]*action="(/rapportera/inget/\d+/)">(.*?)</form>', page, re.S)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', body)) | {"to": to, "body": body} for to, body in forms]


def press(client: Client, tap: dict[str, str], **typed: Any) -> Any:
    sent = {name: value for name, value in tap.items() if name not in {"to", "body", "channel", "csrfmiddlewaretoken"}}
    return client.post(tap["to"], sent | typed, follow=True)


def buttons(page: str) -> list[str]:
    return [
        re.sub(r"<[^>]*>", "", words)
        for tap in taps(page)
        for words in re.findall(r"<button[^>]*>(.*?)</button>", tap["body"])
    ]


def page_of(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def since_the_meeting() -> str:
    return day_span(in_days(-19), today(), today=today())


def test_a_representative_says_it_with_one_tap_on_the_start_page(as_representative: Client) -> None:
    page = as_representative.get("/")
    assert f"Inget att rapportera Gäller {since_the_meeting()}. Annan period" in words(page)

    [tap] = taps(page.content.decode())
    said = press(as_representative, tap)

    assert [(each.first_day, each.last_day) for each in NilReport.objects.all()] == [(in_days(-19), today())]
    assert f"Tekniska förvaltningen har inget att rapportera, {since_the_meeting()}" in words(said)
    assert taps(said.content.decode()) == []
    on_the_day = f"Tekniska förvaltningen: inget att rapportera ({day_and_month(today(), today=today())})."
    assert on_the_day in words(said)

    assert len(taps(undo(as_representative, said).content.decode())) == 1


def test_it_is_asked_of_the_days_since_the_organisations_last_word(
    as_representative: Client, representative: Member
) -> None:
    NilReportFactory(by=representative, first_day=in_days(-30), last_day=in_days(-25))
    [since] = taps(page_of(as_representative))
    assert (since["first_day"], since["last_day"]) == (in_days(-19).isoformat(), today().isoformat())

    ObservationFactory(reporter=representative, created_at=timezone.now() - timedelta(days=4))

    page = as_representative.get("/")
    assert taps(page.content.decode()) == []
    assert "Tekniska förvaltningen har rapporterat en observation. Inget mer att rapportera" in words(page)
    assert f"fran={in_days(-3).isoformat()}" in page.content.decode()


def held(coordinator: Member, days_ago: int) -> None:
    """A meeting that closed so many days ago, everybody noted in the room as having nothing to report that day."""
    ended = timezone.now() - timedelta(days=days_ago)
    for organisation in Organisation.objects.all():
        days = {"first_day": in_days(-19), "last_day": in_days(-days_ago)}
        NilReportFactory(by=coordinator, organisation=organisation, **days, channel="meeting", created_at=ended)
    MeetingFactory(chair=coordinator, starts_at=ended, state=Meeting.State.CLOSED, closed_at=ended)


def test_on_the_day_of_the_meeting_nobody_is_called_silent_or_asked(
    as_representative: Client, as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    held(coordinator, days_ago=0)

    pages = [client.get("/") for client in (as_representative, as_coordinator)]

    assert [taps(page.content.decode()) for page in pages] == [[], []]
    assert ["Har inte rapporterat" in words(page) for page in pages] == [False, False]
    assert "0 av 2 har rapporterat" in words(pages[1])
    address = reverse("members:organisation_detail", args=[technical.pk])
    assert "Inget rapporterat än" in words(as_representative.get(address))


def test_on_the_day_of_the_meeting_nobody_who_reports_is_led_to_a_form_that_refuses(
    as_representative: Client, coordinator: Member, representative: Member
) -> None:
    held(coordinator, days_ago=0)
    ObservationFactory(reporter=representative)

    page = words(as_representative.get("/"))

    assert "Tekniska förvaltningen har rapporterat en observation. " in page
    assert "Inget mer att rapportera" not in page


def test_when_all_is_said_the_page_says_so_and_begins_without_days(
    as_representative: Client, representative: Member, technical: Organisation
) -> None:
    NilReportFactory(by=representative)

    shown = as_representative.get(reverse("issues:nil_report", args=[technical.pk]))

    assert "Redan sagt till och med i dag." in words(shown)
    assert [shown.context["form"][day].value() for day in ("first_day", "last_day")] == [None, None]


def test_the_day_after_one_tap_says_it_of_that_day(as_representative: Client, coordinator: Member) -> None:
    held(coordinator, days_ago=1)
    [tap] = taps(page_of(as_representative))

    said = press(as_representative, tap)

    of_today = NilReport.objects.filter(first_day=today(), last_day=today())
    assert [str(each.organisation) for each in of_today] == ["Tekniska förvaltningen"]
    assert taps(said.content.decode()) == []


def test_one_who_sits_for_two_has_one_tap_for_each(
    as_representative: Client, representative: Member, housing: Organisation
) -> None:
    SeatFactory(member=representative, organisation=housing)

    assert buttons(page_of(as_representative)) == [
        "Inget att rapportera för Tekniska förvaltningen",
        "Inget att rapportera för Witalabostäder AB",
    ]


def test_a_handler_a_reader_and_a_guest_are_not_asked(
    as_handler: Client, as_reader: Client, as_outsider: Client
) -> None:
    assert [taps(page_of(client)) for client in (as_handler, as_reader, as_outsider)] == [[], [], []]


def test_the_samordnare_notes_it_for_each_that_is_silent_and_stays_among_them(
    as_coordinator: Client, representative: Member, officer: Member, housing: Organisation
) -> None:
    NilReportFactory(by=representative, created_at=timezone.now() - timedelta(days=3))
    ObservationFactory(reporter=officer)
    page = as_coordinator.get("/")
    on_the_day = day_and_month(in_days(-3), today=today())
    assert f"Inget att rapportera: Tekniska förvaltningen ({on_the_day})." in words(page)
    assert "Har inte rapporterat: Höglandets räddningstjänstförbund, Witalabostäder AB." in words(page)
    _, of_housing = taps(page.content.decode())
    assert re.findall(r'name="channel" value="(\w+)"', of_housing["body"]) == ["phone", "mail", "meeting"]

    said = press(as_coordinator, of_housing, channel="mail")

    assert [(str(each.organisation), each.channel) for each in NilReport.objects.filter(channel="mail")] == [
        ("Witalabostäder AB", "mail")
    ]
    assert said.redirect_chain == [("/?notera=1#har-rapporterat", 302)]
    assert len(taps(said.content.decode())) == 1
    assert '<details class="more" open>' in said.content.decode()


def test_the_meetings_page_tells_who_has_reported_and_asks_her_own(
    as_representative: Client, coordinator: Member, officer: Member
) -> None:
    NilReportFactory(by=officer)
    meeting = planned(coordinator)

    page = as_representative.get(meeting.get_absolute_url())

    on_the_day = day_and_month(today(), today=today())
    assert (
        f"Ingen har rapporterat sedan förra mötet. Inget att rapportera: Polisen ({on_the_day})."
        " Har inte rapporterat: Höglandets räddningstjänstförbund och Tekniska förvaltningen." in words(page)
    )
    [tap] = taps(page.content.decode())
    assert press(as_representative, tap).redirect_chain == [(f"{meeting.get_absolute_url()}#punkt-5", 302)]


def test_a_guest_and_a_reader_are_not_told_who_is_silent(
    as_reader: Client, coordinator: Member, last_meeting: Meeting
) -> None:
    assert "Har inte rapporterat" not in page_of(as_reader, last_meeting.get_absolute_url())
    assert "Har inte rapporterat" not in page_of(as_reader)


def test_an_organisations_page_tells_what_it_has_said_since_the_meeting(
    as_representative: Client, representative: Member, technical: Organisation, last_meeting: Meeting
) -> None:
    since = f"Sedan mötet {day_and_month(last_meeting.day, today=today())}"
    address = reverse("members:organisation_detail", args=[technical.pk])
    assert f"{since} Har inte rapporterat" in words(as_representative.get(address))

    ObservationFactory(reporter=representative, restricted=True)
    assert f"{since} Har inte rapporterat" in words(as_representative.get(address))

    NilReportFactory(by=representative)
    said_today = day_and_month(today(), today=today())
    assert f"{since} Inget att rapportera ({said_today})" in words(as_representative.get(address))


def test_a_page_of_one_that_has_left_tells_nothing(as_coordinator: Client, technical: Organisation) -> None:
    Organisation.objects.filter(pk=technical.pk).update(active_to=in_days(-1))

    page = words(as_coordinator.get(reverse("members:organisation_detail", args=[technical.pk])))

    assert ("Har inte rapporterat" in page, "Är inte med" in page) == (False, False)
