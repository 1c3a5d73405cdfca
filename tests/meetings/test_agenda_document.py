"""The agenda to take home: what stands on it now, for the one who asks, and nothing of restricted spread."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant, Issue
from meetings.models import Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, words_of
from tests.factories import AgendaItemFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import excuse, planned

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("kind", ["agenda_pdf", "agenda_word"])


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member) -> Meeting:
    """Two new issues, one of them handed to a presenter for ten minutes; the ordinary representative cannot come."""
    for title in ("Mörkt i tunneln", "Trasigt räcke"):
        IssueFactory(title=title, state=Issue.State.NEW, opened_by=coordinator)
    times = {"starts_at": datetime(2026, 11, 25, 12, tzinfo=UTC), "ends_at": datetime(2026, 11, 25, 14, tzinfo=UTC)}
    meeting = planned(coordinator, **times)
    AgendaItemFactory(meeting=meeting, under="other", title="Julens öppettider", presenter=deputy, minutes=10)
    excuse(meeting, representative, by=Actor.of(representative))
    return meeting


def paper(client: Client, meeting: Meeting, kind: str = "agenda_pdf") -> str:
    return words_of(client.get(reverse(f"meetings:{kind}", args=[meeting.pk])))


def test_it_says_when_where_and_what(as_representative: Client, meeting: Meeting) -> None:
    read = [line.strip() for line in paper(as_representative, meeting).splitlines()]
    lines = [line for line in read if not line.startswith("Temagruppens register")]

    assert lines[:6] == [
        "Dagordning",
        "Möte 25 november 2026",
        "Tid Onsdag 25 november 2026, 13.00–15.00",
        "Plats Sessionssalen",
        "Ordförande Maja Exempel, Höglandets räddningstjänstförbund",
        "Sekreterare Maja Exempel, Höglandets räddningstjänstförbund",
    ]
    six = lines.index("6. Nya ärenden")
    assert [line.split(" (")[0] for line in lines[six + 1 : six + 3]] == [
        "6.1 Mörkt i tunneln",
        "6.2 Trasigt räcke",
    ]
    twelve = lines.index("12. Övriga frågor")
    assert lines[twelve + 1 : twelve + 4] == [
        "12.1 Julens öppettider",
        "Föredragande Gun Prototyp, Tekniska förvaltningen, tio minuter.",
        "13. Nästa möte",
    ]


def test_it_says_which_minutes_are_to_be_gone_through(as_representative: Client, meeting: Meeting) -> None:
    first = [line.strip() for line in paper(as_representative, meeting).splitlines()]
    MeetingFactory(starts_at=datetime(2026, 10, 28, 12, tzinfo=UTC), state=Meeting.State.CLOSED)

    then = [line.strip() for line in paper(as_representative, meeting).splitlines()]

    assert first[first.index("3. Föregående minnesanteckningar") + 1] == "4. Åtgärdslogg"
    assert then[then.index("3. Föregående minnesanteckningar") + 1] == "Möte 28 oktober 2026."


def test_it_says_who_is_called_and_who_cannot_come(as_representative: Client, meeting: Meeting) -> None:
    called = paper(as_representative, meeting).split("Kallade")[1]

    assert "Tekniska förvaltningen Omar Prov, kan inte komma Gun Prototyp" in " ".join(called.split())
    assert "Höglandets räddningstjänstförbund Vakant Vakant" in " ".join(called.split())


def test_before_the_meeting_it_says_that_it_may_change(
    as_representative: Client, coordinator: Member, meeting: Meeting
) -> None:
    assert "Dagordningen följer registret tills mötet startar." in paper(as_representative, meeting).replace("\n", " ")

    start_meeting(meeting, by=Actor.of(coordinator))

    assert "följer registret" not in paper(as_representative, meeting)


@BOTH
def test_nothing_restricted_lies_on_a_paper_even_for_one_who_may_see_it(
    as_representative: Client, coordinator: Member, representative: Member, meeting: Meeting, kind: str
) -> None:
    hidden = IssueFactory(title="Hemligt", restricted=True, serial=1, state=Issue.State.NEW)
    AccessGrant.objects.create(issue=hidden, member=representative)
    assert "Hemligt" in as_representative.get(meeting.get_absolute_url()).content.decode()

    told = paper(as_representative, meeting, kind)

    assert "Hemligt" not in told
    assert "6.1 Mörkt i tunneln" in told  # and no gap tells that something is left out


@BOTH
def test_a_guest_takes_home_her_own_item(as_outsider: Client, outsider: Member, meeting: Meeting, kind: str) -> None:
    AgendaItemFactory(meeting=meeting, under="new_issues", title="Gästens punkt", presenter=outsider)

    told = paper(as_outsider, meeting, kind)

    assert "Gästens punkt" in told
    assert [words for words in ("Julens", "Mörkt", "Kallade", "13. ") if words in told] == []


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_page_offers_it_and_the_file_has_a_name(as_representative: Client, meeting: Meeting, ending: str) -> None:
    address = f"{meeting.get_absolute_url()}dagordning.{ending}"
    assert f'href="{address}"' in as_representative.get(meeting.get_absolute_url()).content.decode()

    response = as_representative.get(address)

    assert (
        response["Content-Disposition"]
        == f'attachment; filename="dagordning-2026-11-25-mote-{meeting.number}.{ending}"'
    )


def test_what_is_restricted_is_not_in_the_minutes_of_one_who_may_see_it(
    as_representative: Client, coordinator: Member, representative: Member, meeting: Meeting
) -> None:
    hidden = IssueFactory(title="Hemligt", restricted=True, serial=1, state=Issue.State.NEW)
    AccessGrant.objects.create(issue=hidden, member=representative)
    meeting.change(by=a_coordinator(), secretary=representative)
    start_meeting(meeting, by=Actor.of(representative))
    assert meeting.items.filter(title="Hemligt").exists()

    response = as_representative.get(reverse("meetings:minutes_pdf", args=[meeting.pk]))

    assert "Hemligt" not in pdf_text(response.content)
