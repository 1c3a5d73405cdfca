"""A meeting is called off: what stood on its agenda moves on, it is never held, and it can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from base.records import Conflict, EditConflict, NotAllowed
from issues.models import AccessGrant, Issue
from issues.striking import strike
from meetings.agenda.ordering import add_item, present_line, remove_line
from meetings.attendance import note_expected
from meetings.calling_off import call_off, reinstate
from meetings.feed import feed_file
from meetings.models import AgendaItem, CallAnswer, Meeting
from meetings.planning import plan_meeting
from meetings.rhythm import last_called_off, usual_meetings
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.factories import AgendaItemFactory, IssueFactory, MemberFactory
from tests.meetings.meetings import excuse, planned, undo, words
from tests.meetings.reopening import close
from tests.presenting import presented_by
from tests.the import the

pytestmark = pytest.mark.django_db


@pytest.fixture
def off(by: Actor) -> Meeting:
    """Planned in a week, to be called off; the next one is planned in five."""
    meeting = plan_meeting(starts_at=in_weeks(1), by=by)
    plan_meeting(starts_at=in_weeks(5), by=by)
    return meeting


def in_weeks(weeks: int) -> datetime:
    return timezone.now() + timedelta(weeks=weeks)


def following(meeting: Meeting) -> Meeting:
    return the(meeting.following())


def placed(meeting: Meeting, issue: Issue, **facts: object) -> AgendaItem:
    """Given a place by a person, who could also have left it to the rules."""
    item: AgendaItem = AgendaItemFactory(
        meeting=meeting, issue=issue, title=issue.title, under="new_issues", position=1, **facts
    )
    return item


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in AgendaItem.objects.at(meeting).to_move_on()]


def test_it_is_off_by_whom_when_and_why(off: Meeting, by: Actor) -> None:
    at = timezone.now()

    call_off(off, by=by, reason="Sjukdom.", at=at)

    off.refresh_from_db()
    assert (off.state, off.state_by, off.state_since, off.why_cancelled) == ("cancelled", by.member, at, "Sjukdom.")


def test_what_a_person_put_on_its_agenda_goes_to_the_next_with_who_presents_it(off: Meeting, by: Actor) -> None:
    pia = MemberFactory(name="Pia Exempel")
    add_item(off, by=by, title="Nattvandring", presenters=[pia], minutes=10)
    placed(off, IssueFactory(title="Räcket"))
    remove_line(off, add_item(off, by=by, title="Borttagen").key, by=by)

    call_off(off, by=by)

    assert titles(following(off)) == ["Räcket", "Nattvandring"]
    item = AgendaItem.objects.get(title="Nattvandring")
    assert (presented_by(item), item.minutes, item.moved_from, item.added_by) == (pia, 10, off, by.member)
    assert off.topics_moved_to == following(off)
    assert titles(off) == []


def test_what_the_next_has_already_stays_as_it_stands_there(off: Meeting, by: Actor) -> None:
    issue, next_ = IssueFactory(title="Räcket"), following(off)
    placed(off, issue)
    there = placed(next_, issue, minutes=5)

    call_off(off, by=by)

    assert [(item.pk, item.minutes) for item in AgendaItem.objects.at(next_).to_move_on()] == [(there.pk, 5)]


def test_what_the_next_has_already_never_comes_to_the_one_after(off: Meeting, by: Actor) -> None:
    issue, next_ = IssueFactory(title="Räcket"), following(off)
    placed(off, issue)
    placed(next_, issue)
    call_off(off, by=by)

    start_meeting(next_, by=by)
    close(next_, by.member, next_starts_at=in_weeks(9))

    assert titles(following(next_)) == []


def test_it_waits_where_no_meeting_is_planned_and_goes_to_the_one_that_is_planned_then(by: Actor) -> None:
    only = plan_meeting(starts_at=in_weeks(1), by=by)
    add_item(only, by=by, title="Nattvandring")
    call_off(only, by=by)
    assert titles(only) == ["Nattvandring"]

    new = plan_meeting(starts_at=in_weeks(5), by=by)

    only.refresh_from_db()
    assert (titles(only), titles(new), only.topics_moved_to) == ([], ["Nattvandring"], new)


def test_it_goes_to_an_earlier_one_where_none_is_later(off: Meeting, by: Actor) -> None:
    last = following(off)
    add_item(last, by=by, title="Nattvandring")

    call_off(last, by=by)

    assert titles(off) == ["Nattvandring"]


def test_it_goes_on_when_that_one_is_called_off_too(off: Meeting, by: Actor) -> None:
    add_item(off, by=by, title="Nattvandring")
    next_ = following(off)
    last = plan_meeting(starts_at=in_weeks(9), by=by)

    call_off(off, by=by)
    call_off(next_, by=by)

    assert titles(last) == ["Nattvandring"]


def test_what_an_earlier_meeting_left_goes_on_too(by: Actor) -> None:
    held = plan_meeting(starts_at=timezone.now(), by=by)
    start_meeting(held, by=by)
    add_item(held, by=by, title="Nattvandring")
    close(held, by.member, next_starts_at=in_weeks(1))
    off, last = following(held), plan_meeting(starts_at=in_weeks(5), by=by)

    call_off(off, by=by)

    assert titles(last) == ["Nattvandring"]


def test_an_issue_that_was_opened_by_mistake_leaves_what_waits(by: Actor) -> None:
    only, issue = plan_meeting(starts_at=in_weeks(1), by=by), IssueFactory(title="Räcket")
    placed(only, issue)
    call_off(only, by=by)

    strike(issue, by=by, reason="Fel.")

    assert titles(plan_meeting(starts_at=in_weeks(5), by=by)) == []


def test_taken_back_it_is_planned_with_what_stood_there(off: Meeting, by: Actor) -> None:
    item = add_item(off, by=by, title="Nattvandring")
    key = add_item(off, by=by, title="Sist").key
    present_line(off, key, by=by, presenters=[by.member], minutes=5)
    call_off(off, by=by, reason="Sjukdom.")

    reinstate(off, by=by, entry=off.entry)

    off.refresh_from_db()
    item.refresh_from_db()
    assert (off.state, off.why_cancelled, off.topics_moved_to, item.moved_from) == ("planned", "", None, None)
    assert (titles(off), titles(following(off))) == (["Nattvandring", "Sist"], [])


def test_it_is_taken_back_within_ten_minutes(off: Meeting, by: Actor) -> None:
    at = timezone.now()
    call_off(off, by=by, at=at)

    with pytest.raises(NotAllowed, match="Planera ett nytt möte i stället"):
        reinstate(off, by=by, at=at + timedelta(minutes=10, seconds=1))

    reinstate(off, by=by, at=at + timedelta(minutes=10))
    assert off.is_planned


def test_what_is_taken_back_is_the_one_that_is_meant(off: Meeting, by: Actor) -> None:
    call_off(off, by=by)
    first = off.entry
    reinstate(off, by=by)
    call_off(off, by=by)

    with pytest.raises(EditConflict, match="redan ångrat"):
        reinstate(off, by=by, entry=first)


def test_what_the_next_has_begun_with_stays_there(off: Meeting, by: Actor) -> None:
    add_item(off, by=by, title="Nattvandring")
    next_ = following(off)
    call_off(off, by=by)
    start_meeting(next_, by=by)

    reinstate(off, by=by)

    assert ("Nattvandring" in titles(next_), titles(off)) == (True, [])


def test_nothing_comes_to_it(off: Meeting, by: Actor, coordinator: Member) -> None:
    off.expect_organisations()
    call_off(off, by=by, reason="Sjukdom.")

    for verb in (
        lambda: start_meeting(off, by=by),
        lambda: add_item(off, by=by, title="Gästen"),
        lambda: note_expected(off, by=by),
        lambda: off.change(by=by, place="Annan sal"),
        lambda: call_off(off, by=by),
        lambda: excuse(off, coordinator, by=by),
    ):
        with pytest.raises(Conflict, match="Mötet är inställt"):
            verb()


@pytest.mark.parametrize(
    "facts", [{"starts_at": in_weeks(2)}, {"state_since": in_weeks(0)}, {"sequence": 7}, {"closed_at": in_weeks(0)}]
)
def test_the_database_keeps_it_as_it_was_called_off(off: Meeting, by: Actor, facts: dict[str, object]) -> None:
    call_off(off, by=by)

    with pytest.raises(IntegrityError):
        Meeting.objects.filter(pk=off.pk).update(**facts)


def test_the_database_takes_nothing_more_for_it(off: Meeting, by: Actor, coordinator: Member) -> None:
    call_off(off, by=by)

    with pytest.raises(IntegrityError, match="inställt"):
        CallAnswer.objects.create(meeting=off, member=coordinator, answer="yes", noted_by=coordinator)


def test_only_what_is_called_off_has_a_reason(off: Meeting) -> None:
    with pytest.raises(IntegrityError):
        Meeting.objects.filter(pk=off.pk).update(why_cancelled="Sjukdom.")


def test_it_is_no_meeting_that_was_or_comes(off: Meeting, by: Actor) -> None:
    next_ = following(off)
    call_off(off, by=by)

    assert list(Meeting.objects.coming()) == list(Meeting.objects.planned()) == [next_]
    assert next_.previous() is None
    assert usual_meetings() == [next_]
    assert last_called_off() == off.planned_day


def test_its_number_is_not_used_again(off: Meeting, by: Actor) -> None:
    call_off(off, by=by)

    new = Meeting.plan(starts_at=off.starts_at, by=by)

    assert new.serial == off.serial + 1


def test_a_calendar_that_reads_strikes_it(off: Meeting, by: Actor) -> None:
    next_ = following(off)
    call_off(off, by=by)

    events = Calendar.from_ical(feed_file(by.member)).walk("VEVENT")
    told = {str(event["uid"]).partition("@")[0]: (event.get("status"), event["sequence"]) for event in events}
    assert told == {f"mote-{off.number}": ("CANCELLED", 1), f"mote-{next_.number}": (None, 0)}
    assert [str(event["summary"]).partition(" ")[0] for event in events] == ["Inställt:", "Möte"]


# Its pages


def test_the_page_that_asks_says_what_moves_where(off: Meeting, by: Actor, as_coordinator: Client) -> None:
    add_item(off, by=by, title="Nattvandring")

    page = words(as_coordinator.get(reverse("meetings:call_off", args=[off.pk])))

    assert "Kallelsen är inte skickad, så ingen får mejl om det." in page
    assert "En punkt flyttas till mötet" in page
    assert "Nattvandring" in page


def test_it_says_nothing_of_a_restricted_issue_to_one_who_is_not_named(
    off: Meeting, by: Actor, as_coordinator: Client
) -> None:
    hidden = IssueFactory(title="Hemliga huset", restricted=True)
    placed(off, hidden)
    add_item(off, by=by, title="Nattvandring")

    page = words(as_coordinator.get(reverse("meetings:call_off", args=[off.pk])))
    assert ("Hemliga" in page, "En punkt flyttas" in page) == (False, True)

    done = as_coordinator.post(reverse("meetings:call_off", args=[off.pk]), {"reason": ""}, follow=True)
    assert "Hemliga" not in words(done)
    assert titles(following(off)) == ["Hemliga huset", "Nattvandring"]


def test_its_pages_are_stored_nowhere_where_they_name_what_is_restricted(
    off: Meeting, coordinator: Member, as_coordinator: Client
) -> None:
    hidden = IssueFactory(title="Hemliga huset", restricted=True)
    AccessGrant.objects.create(issue=hidden, member=coordinator)
    placed(off, hidden)
    asks = as_coordinator.get(reverse("meetings:call_off", args=[off.pk]))
    as_coordinator.post(reverse("meetings:call_off", args=[off.pk]), {"reason": ""})

    for page in (asks, as_coordinator.get(off.get_absolute_url())):
        assert ("Hemliga huset" in words(page), "no-store" in page["Cache-Control"]) == (True, True)


def test_it_is_called_off_and_taken_back_with_a_button_each(off: Meeting, by: Actor, as_coordinator: Client) -> None:
    add_item(off, by=by, title="Nattvandring")

    done = as_coordinator.post(reverse("meetings:call_off", args=[off.pk]), {"reason": "Sjukdom."}, follow=True)
    page = words(done)

    assert "är inställt." in page
    assert "Inställt av Maja" in page
    assert ": Sjukdom." in page
    assert "Nattvandring flyttad till mötet" in page
    for answer in (done, as_coordinator.get(off.get_absolute_url())):
        assert answer.content.decode().partition("<template")[0].count(">Ångra<") == 1

    assert "Mötet är planerat igen" in words(undo(as_coordinator, done))
    assert titles(off) == ["Nattvandring"]


def test_a_new_one_is_offered_when_it_is_off_for_good_and_none_is_planned(
    by: Actor, as_coordinator: Client, as_representative: Client
) -> None:
    only = plan_meeting(starts_at=in_weeks(1), by=by)
    call_off(only, by=by)
    page, offer = only.get_absolute_url(), "Planera nytt möte"
    assert offer not in words(as_coordinator.get(page))  # it can be taken back

    reinstate(only, by=by)
    call_off(only, by=by, at=timezone.now() - timedelta(hours=1))
    offered = [offer in words(client.get(page)) for client in (as_coordinator, as_representative)]
    plan_meeting(starts_at=in_weeks(5), by=by)

    assert offered == [True, False]
    assert offer not in words(as_coordinator.get(page))


def test_the_list_has_it_with_its_state(by: Actor, as_coordinator: Client, coordinator: Member) -> None:
    ahead = planned(coordinator, starts_at=in_weeks(2), serial=71)
    been = planned(coordinator, starts_at=in_weeks(-2), serial=70)
    for meeting in (ahead, been):
        call_off(meeting, by=by, reason="Sjukdom.")

    page = words(as_coordinator.get(reverse("meetings:list")))

    assert "Inget möte är planerat." in page
    ahead_and_been = page.partition("Kalendern")[2].partition("Möten som har varit")
    assert ["Sessionssalen Inställt" in part for part in ahead_and_been] == [True, False, False]
    assert ["Inställt av Maja" in part for part in ahead_and_been] == [False, False, True]
    assert "Minnesanteckningar," not in page


def test_the_start_page_says_it_first(off: Meeting, by: Actor, as_coordinator: Client) -> None:
    assert "är inställt" not in words(as_coordinator.get(reverse("start")))

    call_off(off, by=by)

    assert "är inställt. Nästa möte är" in words(as_coordinator.get(reverse("start")))


@pytest.mark.parametrize("name", ["attendance", "close", "call_off"])
def test_its_other_pages_lead_back_to_it(off: Meeting, by: Actor, as_coordinator: Client, name: str) -> None:
    call_off(off, by=by)

    assert as_coordinator.get(reverse(f"meetings:{name}", args=[off.pk])).headers["Location"] == off.get_absolute_url()
