"""The times of the minutes are the meeting's, as somebody has said them, and not those of a button."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.minutes.editions import Edition
from meetings.minutes.reading import draft_view, frozen_view
from meetings.models import Meeting, Minutes
from meetings.models.held import ENDED_ANOTHER_DAY, NOT_BEGUN_YET, NOT_ENDED_YET, proposed_end
from meetings.planning import change_meeting
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.meetings.meetings import planned, under_way, words

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 25, 12, 7, tzinfo=UTC)  # 13.07 in Vetlanda
ENDED = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)
PRESSED = datetime(2026, 11, 25, 14, 52, tzinfo=UTC)


def yesterday(clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=1), clock))


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    """Of 25 November, 13.00–14.30; begun 13.07, and everybody is noted."""
    starts_at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    meeting = planned(coordinator, starts_at=starts_at, ends_at=ENDED, place="")
    start_meeting(meeting, by=Actor.of(coordinator), at=BEGAN)
    note_expected(meeting, by=a_coordinator())
    return meeting


@pytest.fixture
def of_yesterday(coordinator: Member) -> Meeting:
    """Planned 13.00–14.30 yesterday, and written down today as held then."""
    starts_at, ends_at = yesterday(time(13)), yesterday(time(14, 30))
    meeting = planned(coordinator, starts_at=starts_at, ends_at=ends_at)
    start_meeting(meeting, by=Actor.of(coordinator), started_at=starts_at)
    note_expected(meeting, by=a_coordinator())
    return meeting


def told(minutes: Minutes) -> str:
    return dict(frozen_view(Edition.of(minutes)).facts)["Tid"]


def close(client: Client, meeting: Meeting, **typed: str) -> str:
    return words(client.post(reverse("meetings:close", args=[meeting.pk]), typed, follow=True))


def test_the_minutes_tell_when_it_ended_and_the_register_when_it_closed(meeting: Meeting, by: Actor) -> None:
    minutes = close_meeting(meeting, by=by, held_to=ENDED, at=PRESSED)

    assert told(minutes) == "Onsdag 25 november 2026, 13.07–14.30"
    assert (meeting.held_to, meeting.closed_at, minutes.made_at) == (ENDED, PRESSED, PRESSED)


def test_without_a_word_it_ended_when_it_was_closed(meeting: Meeting, by: Actor) -> None:
    assert told(close_meeting(meeting, by=by, at=PRESSED)) == "Onsdag 25 november 2026, 13.07–15.52"


def test_of_one_that_is_closed_another_day_nobody_knows_when_it_ended(meeting: Meeting, by: Actor) -> None:
    assert told(close_meeting(meeting, by=by, at=PRESSED + timedelta(days=1))) == "Onsdag 25 november 2026, 13.07"


def test_the_minutes_tell_when_it_began(meeting: Meeting, by: Actor) -> None:
    change_meeting(meeting, by=by, held_from=BEGAN - timedelta(minutes=7), at=PRESSED)

    assert dict(draft_view(meeting).facts)["Tid"] == "Onsdag 25 november 2026, 13.00"
    assert told(close_meeting(meeting, by=by, at=PRESSED)) == "Onsdag 25 november 2026, 13.00–15.52"


def test_one_that_began_another_day_stands_in_the_order_of_that_day(meeting: Meeting, by: Actor) -> None:
    other = planned(by.member, starts_at=BEGAN - timedelta(days=3))
    start_meeting(other, by=by, at=BEGAN - timedelta(days=3))
    note_expected(other, by=by)
    close_meeting(other, by=by, at=BEGAN - timedelta(days=3, hours=-1))

    change_meeting(meeting, by=by, held_from=BEGAN - timedelta(days=7), at=PRESSED)
    close_meeting(meeting, by=by, at=PRESSED)

    assert list(Meeting.objects.closed()) == [other, meeting]
    assert (other.previous(), meeting.previous()) == (meeting, None)


def test_it_has_not_begun_later_than_now(meeting: Meeting, by: Actor) -> None:
    with pytest.raises(ValidationError, match=NOT_BEGUN_YET):
        change_meeting(meeting, by=by, held_from=PRESSED + timedelta(minutes=1), at=PRESSED)


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        (BEGAN - timedelta(minutes=1), "Mötet slutade innan det började, 13.07"),
        (PRESSED + timedelta(minutes=1), NOT_ENDED_YET),
        (BEGAN + timedelta(days=1), ENDED_ANOTHER_DAY),
    ],
)
def test_it_has_not_ended_then(meeting: Meeting, by: Actor, ends: datetime, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        close_meeting(meeting, by=by, held_to=ends, at=PRESSED)

    assert Meeting.objects.get().is_under_way


def test_who_closes_in_the_minute_that_she_began_has_not_ended_before(coordinator: Member, by: Actor) -> None:
    meeting = planned(coordinator, starts_at=BEGAN)
    start_meeting(meeting, by=by, at=BEGAN + timedelta(seconds=40))
    note_expected(meeting, by=by)

    close_meeting(meeting, by=by, held_to=BEGAN, at=BEGAN + timedelta(seconds=50))

    assert meeting.held_to == meeting.held_at


def test_an_undone_closing_remembers_what_was_said_and_an_undone_start_nothing(meeting: Meeting, by: Actor) -> None:
    close_meeting(meeting, by=by, held_to=ENDED, at=PRESSED)
    unclose_meeting(meeting, by=by, at=PRESSED + timedelta(minutes=1))
    assert (meeting.held_to, proposed_end(meeting, at=PRESSED + timedelta(days=1))) == (ENDED, ENDED)

    other = planned(by.member, starts_at=BEGAN)
    start_meeting(other, by=by, at=PRESSED)
    change_meeting(other, by=by, held_from=BEGAN, at=PRESSED)
    unstart_meeting(other, by=by, at=PRESSED)

    assert (other.held_from, other.held_at) == (None, BEGAN)


@pytest.mark.parametrize(
    ("at", "proposed"),
    [
        (ENDED + timedelta(minutes=3), ENDED + timedelta(minutes=3)),
        (ENDED - timedelta(minutes=20), ENDED - timedelta(minutes=20)),
        (ENDED + timedelta(hours=4), ENDED),
        (ENDED + timedelta(days=2), ENDED),
    ],
)
def test_the_end_that_was_planned_is_proposed_where_the_button_tells_nothing(
    meeting: Meeting, at: datetime, proposed: datetime
) -> None:
    assert proposed_end(meeting, at=at) == proposed


def test_older_minutes_are_told_as_they_were(meeting: Meeting, by: Actor) -> None:
    content = close_meeting(meeting, by=by, at=PRESSED).content
    older = {name: value for name, value in content.items() if name != "ended_at"}

    assert told(Minutes(meeting=meeting, content=older, made_by=by.member, made_at=PRESSED, version=1)) == (
        "Onsdag 25 november 2026, 13.07–15.52"
    )


def test_the_closing_page_proposes_the_end_and_takes_another(as_coordinator: Client, of_yesterday: Meeting) -> None:
    page = words(as_coordinator.get(reverse("meetings:close", args=[of_yesterday.pk])))
    assert "Mötet slutade" in page
    assert "14:30" in page
    assert "och började 13.00. Lämna tomt om ingen vet." in page

    assert "Mötet är avslutat." in close(as_coordinator, of_yesterday, held_to="14:55")

    assert Meeting.objects.get(pk=of_yesterday.pk).held_to == yesterday(time(14, 55))


def test_an_end_that_cannot_be_is_refused_beside_what_was_typed(as_coordinator: Client, of_yesterday: Meeting) -> None:
    page = close(as_coordinator, of_yesterday, held_to="12:40")

    assert "Mötet slutade innan det började, 13.00. Skriv när det slutade." in page
    assert "12:40" in page
    assert Meeting.objects.get().is_under_way


def test_when_it_began_is_corrected_while_it_is_under_way(as_coordinator: Client, of_yesterday: Meeting) -> None:
    address = reverse("meetings:change", args=[of_yesterday.pk])
    page = words(as_coordinator.get(address))
    assert "Mötet hölls" in page
    assert "Börjar" not in page
    people = {"chair": of_yesterday.chair_id, "secretary": of_yesterday.secretary_id}
    typed = {"version": of_yesterday.version, "held_on": f"{of_yesterday.day}", **people}

    as_coordinator.post(address, {**typed, "held_from": "12:45"})
    of_yesterday.refresh_from_db()
    assert of_yesterday.held_at == yesterday(time(12, 45))
    assert of_yesterday.started_at == of_yesterday.starts_at == yesterday(time(13))

    late = {**typed, "version": of_yesterday.version, "held_on": f"{timezone.localdate() + timedelta(days=1)}"}
    refused = words(as_coordinator.post(address, {**late, "held_from": "12:45"}))
    assert NOT_BEGUN_YET in refused

    emptied = words(as_coordinator.post(address, {**typed, "held_from": ""}))
    assert "Skriv när mötet började." in emptied


def test_one_that_is_written_down_began_when_it_is_said_to_have(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator, starts_at=yesterday(time(13)))
    address = reverse("meetings:start", args=[meeting.pk])

    refused = words(as_coordinator.post(address, {"held": "planned", "held_from": "kvart över"}))
    assert "kvart över" in refused
    assert "Hölls det då, eller börjar det nu?" in refused

    as_coordinator.post(address, {"held": "planned", "held_from": "13:20"})

    assert Meeting.objects.get().held_at == yesterday(time(13, 20))


def test_a_button_pressed_late_says_where_the_start_is_corrected(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator, starts_at=timezone.now() - timedelta(hours=2))
    is_its_day = meeting.planned_day == timezone.localdate()

    page = words(as_coordinator.post(reverse("meetings:start", args=[meeting.pk]), {"held": "today"}, follow=True))

    assert ("Rätta klockslaget under Ändra tid och plats." in page) == is_its_day


def test_a_closed_meeting_keeps_its_times(meeting: Meeting, by: Actor) -> None:
    close_meeting(meeting, by=by, held_to=ENDED, at=PRESSED)

    with pytest.raises(Exception, match="Mötet är avslutat och kan inte ändras"):
        Meeting.objects.update(held_to=None)


def test_a_closing_page_that_lay_open_does_not_say_that_the_meeting_ended_when_it_was_opened(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(started_at=timezone.now() - timedelta(minutes=4), ends_at=None)
    note_expected(meeting, by=a_coordinator())
    opened = timezone.localtime() - timedelta(minutes=3)

    close(as_coordinator, meeting, held_to=f"{opened:%H:%M}", clock=f"{opened:%H.%M}")

    ended = Meeting.objects.get(pk=meeting.pk).held_to
    assert ended is not None
    assert timezone.now() - ended < timedelta(minutes=1)
