"""What the start page says when a meeting is over: to those who answered there, and to one who came with a point."""

import pytest
from django.test import Client
from django.utils import timezone

from base.swedish.words import day_and_month
from meetings.deciding import decide
from members.actor import Actor, Channel
from members.models import Member, Organisation
from tests.acting import on_behalf
from tests.days import in_days
from tests.factories import ActionFactory, AgendaItemFactory
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("channel", "how"), [(Channel.MEETING, "på mötet"), (Channel.PHONE, "på telefon")])
def test_an_organisation_reads_how_a_promise_was_given_that_nobody_of_theirs_sent_in(
    as_representative: Client, coordinator: Member, technical: Organisation, channel: str, how: str
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=on_behalf(coordinator, channel), planned=in_days(20))

    pages = [words(as_representative.get(address)) for address in ("/", "/atgarder/?vy=egna")]

    told = f"Svarat {how} {day_and_month(timezone.localdate(), today=timezone.localdate())}."
    assert [page.count(told) for page in pages] == [1, 1]


def test_of_what_they_sent_in_themselves_it_is_not_told_how(
    as_representative: Client, representative: Member, technical: Organisation
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=in_days(20))

    page = words(as_representative.get("/"))

    assert ("Ni har åtagit er" in page, "Svarat" in page) == (True, False)


@pytest.mark.parametrize(("number", "besides"), [(3, ""), (4, "Ett åtagande till"), (6, "Tre åtaganden till")])
def test_the_start_page_says_how_many_promises_it_does_not_show(
    as_representative: Client, technical: Organisation, number: int, besides: str
) -> None:
    for _ in range(number):
        ActionFactory(assignment__organisation=technical, state="accepted")

    page = words(as_representative.get("/"))

    assert (besides in page, "till" in page[page.index("Ni har åtagit er") :].split("Återkoppling")[0]) == (
        True,
        bool(besides),
    )


def test_a_guest_reads_what_became_of_her_point(as_outsider: Client, outsider: Member, coordinator: Member) -> None:
    meeting = under_way(coordinator)
    hers = AgendaItemFactory(meeting=meeting, title="Nattvandring", presenter=outsider, under="other")
    other = AgendaItemFactory(meeting=meeting, title="Annat", under="other")
    for item, text in ((hers, "Gruppen går med på lördagar."), (other, "Gruppen väntar.")):
        decide(item, by=Actor.of(coordinator), text=text)
    before = words(as_outsider.get("/"))

    close(meeting, coordinator)
    page = words(as_outsider.get("/"))

    hers.refresh_from_db()
    decision = hers.decisions.get()
    day = day_and_month(meeting.day, today=timezone.localdate())
    assert f"Nattvandring Behandlades på mötet {day}. Beslut {decision.number}. Gruppen går med på lördagar." in page
    assert ["Gruppen går" in before, "Gruppen väntar" in page, "Sessionssalen" in page] == [False] * 3


def test_a_guest_whose_point_was_not_reached_reads_that(
    as_outsider: Client, outsider: Member, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    AgendaItemFactory(meeting=meeting, title="Nattvandring", presenter=outsider, under="other")

    close(meeting, coordinator)

    assert "Nattvandring Behandlades inte på mötet " in words(as_outsider.get("/"))
