"""Taking the closing of a meeting back, on the pages: the way back stands beside the receipt and on the meeting."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Event, Issue
from meetings.attendance import note_expected
from meetings.deciding import decide
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.factories import IssueFactory, ObservationFactory, have_closed
from tests.meetings.meetings import item_of, planned, under_way, undo, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

OFFER = "kan avslutet ångras."


@pytest.fixture
def meeting(coordinator: Member, representative: Member) -> Meeting:
    """Under way, with a railing that is to be closed and that a representative has reported."""
    railing = IssueFactory(title="Trasigt räcke", opened_by=coordinator)
    ObservationFactory(reporter=representative, issue=railing, state="attached")
    meeting = under_way(coordinator, serial=99)
    ending: dict[str, Any] = {"kind": "close", "outcome": "solved", "feedback": "Räcket är lagat."}
    decide(item_of(meeting, "Trasigt räcke"), by=Actor.of(coordinator), **ending)
    item_of(meeting, "Trasigt räcke").mark_discussed(by=a_coordinator())
    note_expected(meeting, by=a_coordinator())
    return meeting


@pytest.fixture
def closed(meeting: Meeting, as_coordinator: Client) -> Meeting:
    as_coordinator.post(reverse("meetings:close", args=[meeting.pk]), {})
    meeting.refresh_from_db()
    as_coordinator.get("/")  # the receipt has been read
    return meeting


def unclose(client: Client, meeting: Meeting, **typed: object) -> str:
    return words(client.post(reverse("meetings:unclose", args=[meeting.pk]), typed, follow=True))


def test_the_receipt_of_closing_carries_the_way_back(as_coordinator: Client, meeting: Meeting) -> None:
    day = timezone.localdate() + timedelta(weeks=4)
    facts = {"day": day.isoformat(), "starts": "13:00"}
    receipt = as_coordinator.post(reverse("meetings:close", args=[meeting.pk]), facts, follow=True)
    assert "Mötet är avslutat. Ångra " in words(receipt)

    page = words(undo(as_coordinator, receipt))

    assert (
        "Mötet pågår igen, och det som beslutades gäller inte än. Ett ärende är inte längre avslutat. Nästa möte, "
        in page
    )
    assert "står kvar i kalendern." in page
    meeting.refresh_from_db()
    assert meeting.is_under_way


def test_the_meeting_offers_it_for_ten_minutes(as_coordinator: Client, closed: Meeting) -> None:
    until = timezone.localtime(closed.closed_at) + timedelta(minutes=10)
    offer = f"Mötet avslutades {timezone.localtime(closed.closed_at):%H.%M}. Fram till {until:%H.%M} {OFFER}"
    assert offer in words(as_coordinator.get(closed.get_absolute_url()))

    have_closed(closed_at=timezone.now() - timedelta(minutes=11))

    assert OFFER not in words(as_coordinator.get(closed.get_absolute_url()))
    assert "Avslutet kunde ångras fram till" in unclose(as_coordinator, closed)


def test_it_is_offered_to_those_who_run_the_meeting(
    as_representative: Client, as_reader: Client, closed: Meeting
) -> None:
    assert OFFER not in words(as_representative.get(closed.get_absolute_url()))
    assert OFFER not in words(as_reader.get(closed.get_absolute_url()))


def test_a_double_click_takes_it_back_once(as_coordinator: Client, closed: Meeting) -> None:
    key = str(uuid4())
    unclose(as_coordinator, closed, key=key)

    page = unclose(as_coordinator, closed, key=key)

    assert "Det var redan skickat, så inget sparades två gånger." in page
    assert Event.objects.filter(kind="undone").count() == 1


def test_who_comes_second_is_told(as_coordinator: Client, closed: Meeting) -> None:
    unclose(as_coordinator, closed)

    page = unclose(as_coordinator, closed)

    assert "Mötet pågår redan (Maja Exempel, i dag " in page
    assert "). Det finns inget avslut att ångra." in page


def test_the_way_back_of_an_old_page_leaves_a_later_closing_alone(as_coordinator: Client, meeting: Meeting) -> None:
    receipt = as_coordinator.post(reverse("meetings:close", args=[meeting.pk]), {}, follow=True)
    undo(as_coordinator, receipt)
    as_coordinator.post(reverse("meetings:close", args=[meeting.pk]), {}, follow=True)

    page = words(undo(as_coordinator, receipt))

    assert "Det avslutet är redan ångrat, och mötet är avslutat igen (" in page
    meeting.refresh_from_db()
    assert meeting.is_closed

    unclose(as_coordinator, meeting, entry=entry_on(as_coordinator, meeting))
    meeting.refresh_from_db()
    assert meeting.is_under_way


def test_the_way_back_of_an_old_page_leaves_a_later_start_alone(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator, starts_at=timezone.now())
    start, unstart = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("start", "unstart"))
    receipt = as_coordinator.post(start, {}, follow=True)
    undo(as_coordinator, receipt)
    as_coordinator.post(start, {}, follow=True)

    page = words(undo(as_coordinator, receipt))

    assert "Den starten är redan ångrad, och mötet är startat igen (" in page
    meeting.refresh_from_db()
    assert meeting.is_under_way

    as_coordinator.post(unstart, {"entry": entry_on(as_coordinator, meeting)})
    meeting.refresh_from_db()
    assert meeting.is_planned


def entry_on(client: Client, meeting: Meeting) -> str:
    """What the button on the meeting's page says that it takes back."""
    found = re.search(r'name="entry" value="([^"]+)"', client.get(meeting.get_absolute_url()).content.decode())
    assert found
    return html.unescape(found[1])


def test_the_feedback_is_taken_back_from_the_reporter(
    as_representative: Client, as_coordinator: Client, closed: Meeting
) -> None:
    issue = Issue.objects.get().get_absolute_url()
    assert "Räcket är lagat." in words(as_representative.get("/"))

    unclose(as_coordinator, closed)

    assert "Räcket är lagat." not in words(as_representative.get("/"))
    timeline = words(as_representative.get(issue))
    assert timeline.index(" ångrades; beslutet gäller inte än.") < timeline.index("Ärendet avslutat: åtgärdat.")
    assert timeline.count("Räcket är lagat.") == 1


def test_the_search_finds_no_decision_that_does_not_hold(
    as_representative: Client, as_coordinator: Client, closed: Meeting
) -> None:
    def found(client: Client) -> str:
        return words(client.get(reverse("search"), {"q": "Gruppen avslutar ärendet"}))

    assert f"Beslut {closed.year}-1" in found(as_representative)

    unclose(as_coordinator, closed)

    assert f"Beslut {closed.year}-1" not in found(as_representative)
    assert f"Beslut {closed.year}-1" in found(as_coordinator)


def test_the_minutes_that_were_read_tell_that_they_do_not_hold(
    as_representative: Client, as_coordinator: Client, closed: Meeting
) -> None:
    minutes = reverse("meetings:minutes_detail", args=[closed.pk])
    unclose(as_coordinator, closed)

    assert "Det som står här gäller inte än" in words(as_representative.get(minutes))
    assert "Så skulle det bli om mötet avslutades nu." in words(as_coordinator.get(minutes))


def test_the_minutes_tell_which_version_they_are(
    as_representative: Client, as_coordinator: Client, closed: Meeting
) -> None:
    minutes = reverse("meetings:minutes_detail", args=[closed.pk])
    assert "Version 1, sparad" in words(as_representative.get(minutes))
    unclose(as_coordinator, closed)

    as_coordinator.post(reverse("meetings:close", args=[closed.pk]), {})

    page = words(as_representative.get(minutes))
    assert "Version 2, sparad" in page
    assert "Ersätter version 1." in page
    assert "gäller inte än" not in page


def test_a_reader_no_longer_meets_a_meeting_that_is_not_over(
    as_reader: Client, as_coordinator: Client, closed: Meeting
) -> None:
    assert as_reader.get(closed.get_absolute_url()).status_code == 200

    unclose(as_coordinator, closed)

    assert as_reader.get(closed.get_absolute_url()).status_code == 404


def test_the_receipt_tells_how_many_issues_are_open_or_at_hand_again(
    as_coordinator: Client, decided: Meeting, coordinator: Member
) -> None:
    close(decided, coordinator)

    page = unclose(as_coordinator, decided)

    assert "Ett ärende är inte längre avslutat. Ett ärende är inte längre vilande." in page


def test_the_receipt_tells_of_no_issue_that_she_may_not_know_of(
    as_coordinator: Client, decided: Meeting, coordinator: Member
) -> None:
    close(decided, coordinator)
    Issue.objects.filter(title="Räcket").update(restricted=True)

    page = unclose(as_coordinator, decided)

    assert "inte längre avslutat" not in page
    assert "Ett ärende är inte längre vilande." in page
    assert Issue.objects.get(title="Räcket").is_open
