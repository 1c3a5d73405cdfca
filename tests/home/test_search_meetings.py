"""Search among what was said and decided at meetings, and what the page of a search counts."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import AccessGrant
from meetings.models import AgendaItem, Decision, Meeting
from meetings.texts.meeting import short_name
from members.actor import Actor
from members.models import Member
from temagrupp.home.search import FIRST, Search
from tests.factories import AgendaItemFactory, IssueFactory, MeetingFactory, ObservationFactory, reopened
from tests.meetings.appended import appended
from tests.meetings.meetings import planned
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def held(day: int, hour: int = 13, **facts: Any) -> Meeting:
    """A meeting of a day in November 2021 that has closed."""
    moment = timezone.make_aware(datetime(2021, 11, day, hour))
    return MeetingFactory(starts_at=moment, started_at=moment, state=Meeting.State.CLOSED, **facts)


def decided(item: AgendaItem, text: str, **facts: Any) -> Decision:
    with reopened(item.meeting):
        return Decision.objects.create(item=item, text=text, decided_by=item.meeting.chair, **facts)


def hits(words: str, member: Member, kind: str) -> list[tuple[str, str, str]]:
    """The title, the words beside it and the address of each hit of the kind."""
    groups = [group for group in Search(words, kind, member).groups if group.kind.name == kind]
    return [(hit.title, hit.about, hit.url) for group in groups for hit, _ in group]


def counts(client: Client, query: str) -> tuple[str, dict[str, str]]:
    """The headline, and the number over each kind."""
    search = client.get(f"/sok/?{query}").context["search"]
    return search.headline, {group.kind.heading: group.count for group in search.groups}


# Meetings


def test_an_item_is_told_with_its_meeting_and_leads_to_its_place_there(representative: Member) -> None:
    item = AgendaItemFactory(title="Klotter på kiosken", meeting=held(11))

    assert hits("klotter", representative, "punkter") == [
        ("Klotter på kiosken", "Möte 11 november 2021", item.get_absolute_url())
    ]


def test_a_decision_is_told_with_its_number_and_its_meeting(representative: Member) -> None:
    item = AgendaItemFactory(title="Kiosken", meeting=held(11, is_extra=True))
    decided(item, "Klotter tas bort.", year=2021, serial=7)
    decided(item, "Klotter följs upp.")

    assert hits("klotter", representative, "beslut") == [
        ("Kiosken", "Extra möte 11 november 2021", item.get_absolute_url()),
        ("Kiosken", "Beslut 2021-7 · Extra möte 11 november 2021", item.get_absolute_url()),
    ]


def test_the_latest_meeting_stands_first_whenever_it_was_entered(representative: Member) -> None:
    for day in (11, 25, 4):
        decided(AgendaItemFactory(title=f"Klotter den {day}", meeting=held(day)), "Klotter tas bort.")

    latest_first = ["Klotter den 25", "Klotter den 11", "Klotter den 4"]
    assert [title for title, *_ in hits("klotter", representative, "punkter")] == latest_first
    assert [title for title, *_ in hits("klotter", representative, "beslut")] == latest_first


def test_a_file_is_found_by_a_word_of_its_name_and_opens(representative: Member, coordinator: Member) -> None:
    meeting = planned(coordinator)
    item = AgendaItemFactory(meeting=meeting, title="Kiosken")
    of_item = appended(meeting, "Offert_gatubelysning-2026.pdf", item=item)
    of_meeting = appended(meeting, "Offert_gatubelysning-2027.pdf")

    assert hits("belysningen", representative, "bilagor") == [
        (of_meeting.name, f"Hela mötet · {short_name(meeting)}", of_meeting.get_absolute_url()),
        (of_item.name, f"Kiosken · {short_name(meeting)}", of_item.get_absolute_url()),
    ]
    of_item.remove(by=Actor.of(coordinator))
    assert [url for *_, url in hits("offert", representative, "bilagor")] == [of_meeting.get_absolute_url()]


def test_a_file_of_a_restricted_item_is_found_by_the_named_alone(representative: Member, coordinator: Member) -> None:
    hidden = IssueFactory(restricted=True)
    item = AgendaItemFactory(meeting=planned(coordinator), issue=hidden)
    appended(item.meeting, "Klotter.pdf", item=item)

    assert hits("klotter", representative, "bilagor") == []
    AccessGrant.objects.create(issue=hidden, member=representative)
    assert len(hits("klotter", representative, "bilagor")) == 1


def test_two_meetings_of_one_day_are_told_apart_by_their_hours(representative: Member) -> None:
    for hour in (9, 13):
        AgendaItemFactory(title=f"Klotter {hour}", meeting=held(11, hour))
    AgendaItemFactory(title="Klotter ensamt", meeting=held(4))

    assert [about for _, about, _ in hits("klotter", representative, "punkter")] == [
        *["Möte 11 november 2021, 13.00", "Möte 11 november 2021, 09.00", "Möte 4 november 2021"]
    ]


def test_what_was_taken_off_the_agenda_is_not_found(coordinator: Member) -> None:
    AgendaItemFactory(title="Klotter", meeting=held(11), removed=True)

    assert hits("klotter", coordinator, "punkter") == []


def test_a_reader_finds_what_closed_meetings_said_and_nothing_of_one_to_come(reader: Member) -> None:
    AgendaItemFactory(title="Klotter", note="Klotter igen", meeting=held(11))
    AgendaItemFactory(title="Klotter framöver")

    assert [title for title, *_ in hits("klotter", reader, "punkter")] == ["Klotter"]


def test_what_was_noted_is_shown_around_the_word(as_representative: Client) -> None:
    AgendaItemFactory(title="Kiosken", note="Alla vet att klotter kostar.", meeting=held(11))

    assert "Alla vet att <mark>klotter</mark> kostar." in text_of(as_representative, "/sok/?q=klotter")


# Counts


def test_the_headline_counts_all_kinds_together_and_each_stands_with_its_own(as_representative: Client) -> None:
    issue = IssueFactory(title="Klotter på muren")
    ObservationFactory.create_batch(2, text="Klotter")
    ObservationFactory(text="Klotter", restricted=True)
    decided(AgendaItemFactory(title="Klotter", meeting=held(11)), "Klotter tas bort.")

    assert counts(as_representative, "q=klotter") == (
        "Fem träffar på ”klotter”",
        {"Ärenden": "1", "Observationer": "2", "Beslut": "1", "Punkter på möten": "1"},
    )
    assert counts(as_representative, f"q={issue.number}")[0] == f"En träff på ”{issue.number}”"


@pytest.mark.parametrize(
    ("number", "headline", "count", "leads"),
    [
        (FIRST, "Fem träffar", "5", False),
        (FIRST + 1, "Sex träffar", "6", True),
        (13, "13 träffar", "13", True),
        (50, "50 träffar", "50", True),
        (51, "Fler än 50 träffar", "fler än 50", True),
    ],
)
def test_a_kind_with_more_than_its_first_says_how_many_and_leads_to_them(
    number: int, headline: str, count: str, leads: bool, as_representative: Client
) -> None:
    meeting = held(11)
    for _ in range(number):
        AgendaItemFactory(title="Klotter", meeting=meeting)

    page = text_of(as_representative, "/sok/?q=klotter")

    assert counts(as_representative, "q=klotter") == (f"{headline} på ”klotter”", {"Punkter på möten": count})
    assert page.count("<mark>") == 0  # the title holds the word, and nothing is noted
    assert page.count('<h3><a href="/moten/') == min(number, FIRST)
    assert (f"Visa {count} träffar" in page) == leads


def test_of_one_kind_alone_the_page_shows_as_many_as_one_reads_and_says_that_there_are_more(
    as_representative: Client,
) -> None:
    meeting = held(11)
    for _ in range(50):
        AgendaItemFactory(title="Klotter", meeting=meeting)
    IssueFactory(title="Klotter")
    more = "Det finns fler. Skriv ett ord till för att komma närmare."

    whole = text_of(as_representative, "/sok/?q=klotter&bland=punkter")
    assert counts(as_representative, "q=klotter&bland=punkter")[0] == "50 träffar på ”klotter”"
    assert (whole.count('<h3><a href="/moten/'), more in whole) == (50, False)

    AgendaItemFactory(title="Klotter", meeting=meeting)
    cut = text_of(as_representative, "/sok/?q=klotter&bland=punkter")
    assert (cut.count('<h3><a href="/moten/'), more in cut) == (50, True)
