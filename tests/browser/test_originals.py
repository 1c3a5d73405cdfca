"""Masked minutes as people read them; the samordnare alone opens the unaltered original, and it stands who has."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from base.swedish.passages import pattern
from meetings.closing import close_meeting
from meetings.minutes.masking import mask_versions
from meetings.models import Meeting, OriginalOpening
from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way

pytestmark = pytest.mark.browser

TITLE, SAID = "Mörkt i tunneln", "Kvistfru har setts vid rampen."


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    """Closed, and a name that was noted at it has been masked since."""
    by = Actor.of(coordinator)
    IssueFactory(title=TITLE)
    meeting = under_way(coordinator)
    item_of(meeting, TITLE).write_note(text=SAID, version=0, by=by)
    item_of(meeting, TITLE).mark_discussed(by=by)
    for row in meeting.organisations.all():
        row.note(by=by, state="absent")
    mask_versions([close_meeting(meeting, by=by)], pattern("Kvistfru"), by=by, at=timezone.now())
    return meeting


@pytest.mark.parametrize("way", ["phone without scripts", "desktop by keyboard"], indirect=True)
def test_the_samordnare_opens_the_original_of_masked_minutes_and_it_is_kept_that_she_did(
    enter: Enter, coordinator: Member, representative: Member, meeting: Meeting
) -> None:
    minutes = reverse("meetings:minutes_detail", args=[meeting.pk])
    maja, omar = enter(coordinator), enter(representative)
    for reader in (maja, omar):
        reader.opens(minutes)
        reader.reads("[maskerat] har setts vid rampen.")
        reader.does_not_read("Kvistfru")
    maja.follows("Till originalet")
    maja.reads("Ingen har öppnat originalet.")
    assert not OriginalOpening.objects.exists()
    address = maja.page.url
    maja.follows("Läs originalet på sidan")
    maja.reads(SAID)
    maja.reads("Att du har öppnat originalet är antecknat.")

    maja.goes_back()
    maja.reads("Maja Exempel på sidan")
    assert [(str(opening.member), opening.how) for opening in OriginalOpening.objects.all()] == [
        ("Maja Exempel", "page")
    ]
    omar.unfolds("Versioner").does_not_read("Originalet av")
    for page in (address, f"{address}text/", f"{address[:-1]}.pdf", f"{address[:-1]}.docx"):
        answer = omar.page.context.request.get(page)
        assert (answer.status, "Kvistfru" in answer.text()) == (403, False)
