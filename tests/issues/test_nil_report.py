"""Inget att rapportera: said in one tap, of other days, on somebody's behalf, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import NotAllowed
from issues.models import NilReport
from issues.models.nil_report import LONGEST
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import NilReportFactory, OrganisationFactory, SeatFactory
from tests.meetings.meetings import undo
from tests.meetings.meetings import words as words_of

pytestmark = pytest.mark.django_db


def url(organisation: Organisation) -> str:
    return reverse("issues:nil_report", args=[organisation.pk])


def tap(client: Client, organisation: Organisation, **typed: Any) -> Any:
    days = {"first_day": in_days(-9).isoformat(), "last_day": today().isoformat(), "key": str(uuid4())}
    return client.post(url(organisation), days | typed, follow=True)


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def said() -> list[tuple[str, str, str, int]]:
    rows = NilReport.objects.order_by("pk")
    return [(str(each.organisation), str(each.by), each.channel, (today() - each.first_day).days) for each in rows]


def test_one_tap_says_it_and_gives_a_receipt_with_the_days(
    as_representative: Client, technical: Organisation, representative: Member
) -> None:
    response = tap(as_representative, technical)

    assert said() == [("Tekniska förvaltningen", "Omar Prov", "signed_in", 9)]
    assert NilReport.objects.get().capacity == "representative"
    [receipt] = messages(response)
    assert receipt == f"Tack: Tekniska förvaltningen har inget att rapportera, {NilReport.objects.get().span}."
    assert response.redirect_chain == [(reverse("start"), 302)]


def test_the_deputy_says_it_too(as_deputy: Client, technical: Organisation) -> None:
    tap(as_deputy, technical)

    assert [(organisation, by) for organisation, by, *_ in said()] == [("Tekniska förvaltningen", "Gun Prototyp")]


def test_one_who_sits_for_two_says_it_for_each(
    as_representative: Client, representative: Member, technical: Organisation, housing: Organisation
) -> None:
    SeatFactory(member=representative, organisation=housing)

    tap(as_representative, technical)
    tap(as_representative, housing)

    assert [organisation for organisation, *_ in said()] == ["Tekniska förvaltningen", "Witalabostäder AB"]


def test_one_who_is_not_of_the_organisation_may_not(
    as_representative: Client, as_handler: Client, as_reader: Client, police: Organisation, housing: Organisation
) -> None:
    refused = [tap(as_representative, police), tap(as_handler, housing), tap(as_reader, housing)]

    assert [response.status_code for response in refused] == [403, 403, 403]
    assert said() == []


def test_the_samordnare_notes_it_with_how_it_came(as_coordinator: Client, police: Organisation) -> None:
    response = tap(as_coordinator, police, channel="phone")

    assert said() == [("Polisen", "Maja Exempel", "phone", 9)]
    assert messages(response)[0].startswith("Noterat: Polisen har inget att rapportera, ")


def test_the_samordnare_must_say_how_it_came(as_coordinator: Client, police: Organisation) -> None:
    page = words_of(tap(as_coordinator, police))

    assert "Välj hur beskedet kom." in page
    assert said() == []


def test_who_sits_for_it_is_signed_in_whatever_she_sends(as_representative: Client, technical: Organisation) -> None:
    tap(as_representative, technical, channel="phone")

    assert [channel for _, _, channel, _ in said()] == ["signed_in"]


def test_other_days_are_chosen_without_script(as_representative: Client, technical: Organisation) -> None:
    page = as_representative.get(url(technical), {"fran": "2026-03-01", "till": "2026-03-09"})
    form = page.context["form"]
    assert [form[name].value() for name in ("first_day", "last_day")] == ["2026-03-01", "2026-03-09"]

    tap(as_representative, technical, first_day=in_days(-3).isoformat(), last_day=in_days(-1).isoformat())

    assert [(each.first_day, each.last_day) for each in NilReport.objects.all()] == [(in_days(-3), in_days(-1))]


def test_the_page_begins_with_the_days_that_are_not_spoken_of(
    as_representative: Client, technical: Organisation
) -> None:
    NilReportFactory(organisation=technical, first_day=in_days(-9), last_day=in_days(-4))

    form = as_representative.get(url(technical)).context["form"]

    assert [form[name].value() for name in ("first_day", "last_day")] == [in_days(-3), today()]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((0, 1), "Dagen har inte varit än. Välj i dag eller en tidigare dag."),
        ((-400, -390), "Tekniska förvaltningen var inte med i gruppen hela den perioden."),
        ((-LONGEST.days - 1, 0), "Perioden är längre än 92 dagar. Välj en kortare."),
        ((-1, -2), "Perioden slutar innan den börjar."),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(
    as_representative: Client,
    representative: Member,
    technical: Organisation,
    days: tuple[int, int],
    sentence: str,
) -> None:
    technical.change(by=Actor.of(representative), active_from=in_days(-300))
    first, last = (in_days(each).isoformat() for each in days)

    page = words_of(tap(as_representative, technical, first_day=first, last_day=last))

    assert sentence in page
    assert said() == []


@pytest.mark.parametrize("first_day", [-9, -3], ids=["the same days", "some of them"])
def test_said_twice_the_second_is_told_who_was_first(
    as_representative: Client, as_deputy: Client, technical: Organisation, first_day: int
) -> None:
    tap(as_deputy, technical)

    page = words_of(tap(as_representative, technical, first_day=in_days(first_day).isoformat()))

    span = NilReport.objects.get().span
    assert f"Gun Prototyp har redan sagt det för {span}, {NilReport.objects.get().when}. Inget är ändrat." in page
    assert len(said()) == 1


def test_the_same_tap_counts_once(as_representative: Client, technical: Organisation) -> None:
    key = str(uuid4())

    for _ in range(2):
        response = tap(as_representative, technical, key=key)

    assert len(said()) == 1
    assert messages(response) == ["Det var redan skickat, så inget sparades två gånger."]


def test_more_days_than_before_are_said_anew(as_representative: Client, technical: Organisation) -> None:
    NilReportFactory(organisation=technical, first_day=in_days(-9), last_day=in_days(-4))

    tap(as_representative, technical)

    assert len(said()) == 2


def test_the_receipt_takes_it_back(as_representative: Client, technical: Organisation) -> None:
    response = tap(as_representative, technical)

    taken_back = undo(as_representative, response)

    assert said() == []
    assert messages(taken_back)[0].startswith("Ångrat. Beskedet från Tekniska förvaltningen för ")


def test_a_colleague_takes_it_back_and_nobody_else(
    as_deputy: Client, as_officer: Client, as_coordinator: Client, technical: Organisation
) -> None:
    way_back = reverse("issues:nil_report_withdraw", args=[NilReportFactory(organisation=technical).pk])

    assert [client.post(way_back).status_code for client in (as_officer, as_coordinator, as_deputy)] == [403, 403, 302]
    assert said() == []


def test_after_ten_minutes_it_stands(representative: Member, technical: Organisation) -> None:
    at = timezone.now()
    stands = give(technical, by=Actor.of(representative), at=at)

    with pytest.raises(NotAllowed, match="Det går att ångra i 10 minuter"):
        stands.withdraw(by=Actor.of(representative), at=at + timedelta(minutes=10, seconds=1))

    stands.withdraw(by=Actor.of(representative), at=at + timedelta(minutes=10))
    assert said() == []


def give(organisation: Organisation, **facts: Any) -> NilReport:
    return NilReport.give(organisation, **{"first_day": in_days(-9), "last_day": today()} | facts)


def test_one_comes_back_to_the_page_one_stood_on_and_to_no_other(
    as_representative: Client, technical: Organisation
) -> None:
    group = reverse("members:group")
    [here, *elsewhere] = [group, "https://exempel.se/", "//exempel.se/", "javascript:alert(1)", "/\0"]

    assert tap(as_representative, technical, back=here).redirect_chain == [(group, 302)]
    for day, address in enumerate(elsewhere, start=10):
        first = in_days(-day).isoformat()
        response = tap(as_representative, technical, back=address, first_day=first)
        assert response.redirect_chain == [(reverse("start"), 302)]
        page = as_representative.get(url(technical), {"ater": address}).content.decode()
        assert re.findall(r'href="([^"]*)" data-cancel', page) == [reverse("start")]


def test_from_an_address_too_long_to_be_kept_one_comes_to_the_start_page(
    as_representative: Client, technical: Organisation
) -> None:
    longest = f"{reverse('start')}?{'x' * 498}"

    assert tap(as_representative, technical, back=longest).redirect_chain == [(longest, 302)]
    response = tap(as_representative, technical, back=f"{longest}x", first_day=in_days(-20).isoformat())

    assert response.redirect_chain == [(reverse("start"), 302)]
    assert len(said()) == 2


def test_from_there_it_is_taken_back_too(as_representative: Client, representative: Member) -> None:
    way_back = reverse("issues:nil_report_withdraw", args=[NilReportFactory(by=representative).pk])

    response = as_representative.post(way_back, {"back": f"/?{'x' * 499}"}, follow=True)

    assert response.redirect_chain == [(reverse("start"), 302)]
    assert said() == []


def test_it_never_changes(technical: Organisation) -> None:
    nil = NilReportFactory(organisation=technical)

    for facts in ({"first_day": in_days(-5)}, {"channel": "phone"}, {"organisation": OrganisationFactory()}):
        with pytest.raises(IntegrityError, match="Det är redan sagt"), transaction.atomic():
            NilReport.objects.filter(pk=nil.pk).update(**facts)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"last_day": in_days(1)}, "Dagen har inte varit än"),
        ({"first_day": in_days(-4000)}, "inte med i gruppen"),
        ({"first_day": today(), "last_day": in_days(-1)}, "nil_report_ends_after_it_begins"),
    ],
)
def test_the_database_refuses_days_that_cannot_be(facts: dict[str, Any], refusal: str) -> None:
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        NilReportFactory(**facts)


def test_the_same_days_stand_once_for_an_organisation(technical: Organisation) -> None:
    NilReportFactory(organisation=technical)

    with pytest.raises(IntegrityError, match="nil_report_said_once"), transaction.atomic():
        NilReportFactory(organisation=technical)
