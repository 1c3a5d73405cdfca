"""When and where a meeting was held, and who led it and wrote, is put right in minutes that were sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict, EditConflict
from base.swedish.passages import pattern
from meetings.correcting import cancel_correcting, save_correction, start_correcting
from meetings.correcting_facts import correct_facts
from meetings.forms.correcting_facts import LEADS_NO_MORE
from meetings.letterhead import day
from meetings.minutes.masking import mask_versions, versions_with
from meetings.models import Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import FIRST
from members.actor import Actor
from members.models import Member
from tests.factories import MeetingFactory
from tests.meetings.correcting import changes, open_again, save, sent
from tests.meetings.meetings import words
from tests.pages import Response
from tests.people import signed_in
from tests.the import the

__all__ = ["open_again", "sent"]

pytestmark = pytest.mark.django_db


def clock(moment: object) -> str:
    return f"{timezone.localtime(moment):%H.%M}"  # type: ignore[arg-type]


def facts(meeting: Meeting, **changed: object) -> dict[str, object]:
    """What the page sends where nothing is changed, and what is."""
    held = timezone.localtime(meeting.held_at)
    ended = meeting.held_to and timezone.localtime(meeting.held_to)
    return {
        "held_from": f"{held:%H:%M}",
        "held_to": f"{ended:%H:%M}" if ended else "",
        "place": meeting.place,
        "chair": meeting.chair_id,
        "secretary": meeting.secretary_id,
        "since": "",
        "version": meeting.version,
        **changed,
    }


def send(client: Client, meeting: Meeting, **changed: object) -> Response:
    return client.post(reverse("meetings:correct_facts", args=[meeting.pk]), facts(meeting, **changed), follow=True)


def test_when_and_where_it_was_held_is_put_right(as_coordinator: Client, open_again: Meeting, by: Actor) -> None:
    began = open_again.held_at - timedelta(minutes=30)
    was = clock(open_again.held_at)

    page = words(send(as_coordinator, open_again, held_from=clock(began).replace(".", ":"), place="Sal 4"))

    assert "Ändringen är sparad. Granska och spara rättelsen när allt stämmer, så blir det en ny version." in page
    assert "Plats: Sal 4. Var: ingen plats Blir: Sal 4" in page
    assert f"Var: {day(open_again.held_at)}, {was}" in page
    open_again.refresh_from_db()
    second = save(open_again, by)
    assert second.content["started_at"] == open_again.held_at.isoformat()
    assert [change.partition(":")[0] for change in changes(second)] == ["Tid", "Plats"]
    minutes = words(as_coordinator.get(second.get_absolute_url()))
    assert f"{day(open_again.held_at)}, {clock(began)}" in minutes
    assert "Plats Sal 4" in minutes


def test_what_is_sent_unchanged_changes_nothing(as_coordinator: Client, open_again: Meeting, by: Actor) -> None:
    before = (open_again.held_from, open_again.held_to)

    send(as_coordinator, open_again)

    open_again.refresh_from_db()
    assert (open_again.held_from, open_again.held_to) == before
    cancel_correcting(open_again, by=by)
    assert open_again.is_over


def test_an_end_is_kept_by_a_page_that_does_not_ask_when_it_began(as_coordinator: Client, open_again: Meeting) -> None:
    assert open_again.held_to
    asked = {name: value for name, value in facts(open_again, place="Sal 4").items() if not name.startswith("held_")}

    page = words(as_coordinator.post(reverse("meetings:correct_facts", args=[open_again.pk]), asked, follow=True))

    assert "Ändringen är sparad." in page
    ended = open_again.held_to
    open_again.refresh_from_db()
    assert (open_again.held_to, open_again.place) == (ended, "Sal 4")


def test_who_led_it_and_wrote_is_put_right(
    as_coordinator: Client, open_again: Meeting, by: Actor, coordinator: Member, representative: Member
) -> None:
    page = words(send(as_coordinator, open_again, chair=representative.pk, since=str(FIRST)))

    assert f"{representative} är ordförande för hela mötet." in page
    open_again.refresh_from_db()
    second = save(open_again, by)
    assert second.content["chair"]["name"] == str(representative)
    assert changes(second)[0] == f"Närvaro, Ordförande: {representative}, tidigare {coordinator}."


def test_from_which_point_another_led_it_is_asked(
    as_coordinator: Client, open_again: Meeting, representative: Member
) -> None:
    page = words(send(as_coordinator, open_again, chair=representative.pk, place="Sal 4"))

    assert "Välj från vilken punkt den nya tar över, eller hela mötet." in page
    open_again.refresh_from_db()
    assert open_again.chair_id != representative.pk


@pytest.mark.parametrize(
    ("field", "after", "told"),
    [
        ("held_from", timedelta(minutes=5), "Mötet kan inte ha börjat senare än nu. Skriv när det började."),
        ("held_to", timedelta(minutes=5), "Den tiden har inte varit än. Skriv när mötet slutade."),
        ("held_to", timedelta(minutes=-2), "Mötet slutade innan det började"),
    ],
)
def test_a_time_that_can_not_be_is_told_and_nothing_typed_is_lost(
    open_again: Meeting, by: Actor, field: str, after: timedelta, told: str
) -> None:
    at = open_again.held_at + timedelta(minutes=1)
    facts: Any = {field: at + after}

    with pytest.raises(ValidationError, match=told):
        correct_facts(open_again, by=by, at=at, **facts)


def test_it_stays_on_its_day_and_in_its_place_among_those_that_were_held(open_again: Meeting, by: Actor) -> None:
    began = open_again.held_at
    earlier = began - timedelta(minutes=2)
    MeetingFactory(serial=99, state="closed", starts_at=earlier, started_at=earlier, closed_at=began)

    with pytest.raises(ValidationError, match="Dagen rättas inte"):
        correct_facts(open_again, by=by, held_from=began - timedelta(days=1))
    with pytest.raises(ValidationError, match="hölls däremellan"):
        correct_facts(open_again, by=by, held_from=began - timedelta(minutes=3))
    correct_facts(open_again, by=by, held_from=began - timedelta(minutes=1), held_to=None)

    assert open_again.held_from == began - timedelta(minutes=1)


def test_who_corrects_herself_out_of_the_chair_is_told_who_goes_on(
    sent: Meeting, representative: Member, deputy: Member, by: Actor
) -> None:
    start_correcting(sent, by=by)
    correct_facts(sent, by=by, chair=representative, since=FIRST)

    answer = send(signed_in(representative), sent, chair=deputy.pk, since=str(FIRST))

    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == reverse("meetings:minutes_detail", args=[sent.pk])
    assert LEADS_NO_MORE in words(answer)


def test_a_guest_who_becomes_chair_is_told_to_be_no_guest(
    as_coordinator: Client, open_again: Meeting, by: Actor, representative: Member, deputy: Member
) -> None:
    correct_facts(open_again, by=by, chair=representative, since=FIRST)
    open_again.refresh_from_db()
    Presence.objects.filter(meeting=open_again, member=deputy).delete()
    guest = AttendanceSpan(deputy, "guest")
    Presence.seat(open_again, guest, organisation=None, by=by)

    page = words(send(as_coordinator, open_again, chair=deputy.pk, since=str(FIRST)))

    assert f"{deputy} är inte längre noterad som gäst." in page


def test_an_old_page_and_one_after_the_correction_are_refused(
    as_coordinator: Client, open_again: Meeting, by: Actor
) -> None:
    old = open_again.version
    correct_facts(open_again, by=by, place="Sal 5")

    with pytest.raises(EditConflict):
        correct_facts(open_again, by=by, version=old, place="Sal 6")
    save_correction(open_again, by=by)
    page = words(send(as_coordinator, open_again, place="Sal 7"))

    assert "Ingen rättelse är öppen: den är redan sparad, avbruten eller slängd." in page
    assert 'value="Sal 7"' in send(as_coordinator, open_again, place="Sal 7").content.decode()
    with pytest.raises(Conflict):
        correct_facts(open_again, by=by, place="Sal 7")
    page = words(as_coordinator.get(reverse("meetings:correct_facts", args=[open_again.pk]), follow=True))
    assert "Ingen rättelse är öppen" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_of_a_meeting_that_has_not_closed_there_is_nothing_to_correct(
    as_coordinator: Client, sent: Meeting, method: str
) -> None:
    coming = the(sent.following())

    answer = getattr(as_coordinator, method)(reverse("meetings:correct_facts", args=[coming.pk]), follow=True)

    assert answer.request["PATH_INFO"] == coming.get_absolute_url()
    assert "Ingen rättelse är öppen" in words(answer)


def test_the_database_holds_it_when_no_correction_is_open(sent: Meeting) -> None:
    with pytest.raises(IntegrityError):
        Meeting.objects.filter(pk=sent.pk).update(place="Annan sal")


def test_a_place_that_is_masked_stays_so(open_again: Meeting, by: Actor) -> None:
    correct_facts(open_again, by=by, place="Hemma hos Bo")
    save_correction(open_again, by=by)
    mask_versions(versions_with(pattern("Bo")), pattern("Bo"), by=by, at=timezone.now())
    start_correcting(open_again, by=by)
    correct_facts(open_again, by=by, place="Hemma hos Bo i Ekenässjön")

    third = save(open_again, by)

    assert "Bo" not in third.content["place"]
    assert not any("hos Bo" in change for change in changes(third))
