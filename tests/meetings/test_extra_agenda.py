"""An extra meeting has a short agenda unless somebody chooses the whole, however it is planned; no other has one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.documents.pdf import pdf
from base.records import NotAllowed
from meetings.agenda.document import agenda_document
from meetings.agenda.ordering import add_item
from meetings.changing_headings import make_template
from meetings.extra import plan_extra_meeting
from meetings.models import AgendaItem, Heading, Meeting
from meetings.planning import change_meeting, plan_meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import pdf_text
from tests.factories import IssueFactory
from tests.meetings.meetings import undo, words
from tests.meetings.reopening import close
from tests.pages import Response
from tests.the import the

pytestmark = pytest.mark.django_db
SHORT = ["Öppnande och närvaro", "Det mötet handlar om", "Övriga frågor", "Nästa möte"]


def plan(client: Client, member: Member, **typed: Any) -> Response:
    day = timezone.localdate() + timedelta(days=9)
    people = {"chair": member.pk, "secretary": member.pk}
    return client.post(reverse("meetings:create"), {"day": day.isoformat(), "starts": "10:00", **people, **typed})


def headings(meeting: Meeting) -> list[str]:
    return [str(heading) for heading in Heading.objects.of(meeting)]


@pytest.mark.parametrize("typed", [{}, {"agenda": "short"}])
def test_planned_by_the_ordinary_form_it_is_short(
    as_coordinator: Client, coordinator: Member, typed: dict[str, str]
) -> None:
    IssueFactory(title="Glas på gården")

    plan(as_coordinator, coordinator, is_extra="on", **typed)

    meeting = Meeting.objects.get()
    assert (meeting.is_extra, meeting.is_short, headings(meeting)) == (True, True, SHORT)
    assert "Glas på gården" not in words(as_coordinator.get(meeting.get_absolute_url()))


def test_the_whole_is_chosen_there_and_can_be_made_short_and_whole_again(
    as_coordinator: Client, coordinator: Member
) -> None:
    IssueFactory(title="Glas på gården")

    plan(as_coordinator, coordinator, is_extra="on", agenda="whole")

    meeting = Meeting.objects.get()
    page = words(as_coordinator.get(meeting.get_absolute_url()))
    assert (meeting.is_extra, meeting.is_short, len(headings(meeting))) == (True, False, 14)
    assert "Glas på gården" in page
    assert "Gör dagordningen kort" in page
    made_short = turn(as_coordinator, meeting, "short")
    assert "Dagordningen är kort." in words(made_short)
    assert headings(meeting) == SHORT
    assert "Hela dagordningen är med." in words(undo(as_coordinator, made_short))
    assert len(headings(meeting)) == 14


def test_the_one_called_in_haste_may_have_the_whole_too(as_coordinator: Client, coordinator: Member) -> None:
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    people = {"chair": coordinator.pk, "secretary": coordinator.pk}
    facts = {"day": day, "starts": "10:00", "points": "Branden i skolan", "agenda": "whole", **people}

    as_coordinator.post(reverse("meetings:extra"), facts)

    meeting = Meeting.objects.get()
    [item] = AgendaItem.objects.at(meeting)
    assert (meeting.is_short, item.title, item.heading.label) == (False, "Branden i skolan", "Det mötet handlar om")


def test_a_usual_one_has_the_whole_whatever_is_sent(as_coordinator: Client, coordinator: Member, by: Actor) -> None:
    plan(as_coordinator, coordinator, agenda="short")
    meeting = Meeting.objects.get()
    assert (meeting.is_short, len(headings(meeting))) == (False, 13)

    assert "Bara ett extra möte har en kort dagordning." in words(turn(as_coordinator, meeting, "short"))
    assert "Gör dagordningen kort" not in words(as_coordinator.get(meeting.get_absolute_url()))
    assert len(headings(meeting)) == 13


def test_a_short_one_stays_an_extra_one_until_it_is_made_whole(
    as_coordinator: Client, coordinator: Member, by: Actor
) -> None:
    meeting = plan_extra_meeting(starts_at=timezone.now() + timedelta(days=9), by=by)
    form = as_coordinator.get(reverse("meetings:change", args=[meeting.pk])).context["form"]
    facts = {name: form[name].value() for name in form.fields} | {"is_extra": "", "place": "Teams"}
    facts = {name: value for name, value in facts.items() if value is not None}
    address = reverse("meetings:change", args=[meeting.pk])

    refused = as_coordinator.post(address, facts)
    assert "Dagordningen är kort, och det har bara ett extra möte." in words(refused)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(is_extra=False)

    turn(as_coordinator, meeting, "whole")
    form = as_coordinator.get(address).context["form"]
    as_coordinator.post(address, facts | {"version": form["version"].value()})
    meeting.refresh_from_db()
    assert (meeting.is_extra, meeting.place) == (False, "Teams")


def test_the_end_of_a_meeting_names_the_next_usual_one_and_the_extra_ones_before_it(
    as_coordinator: Client, coordinator: Member, by: Actor
) -> None:
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    extra = plan_extra_meeting(starts_at=timezone.now() + timedelta(days=9), by=by, place="Teams")
    usual = plan_meeting(starts_at=timezone.now() + timedelta(weeks=4), by=by, place="Sessionssalen")
    plan_extra_meeting(starts_at=timezone.now() + timedelta(weeks=5), by=by, place="Stadshotellet")
    start_meeting(held, by=by)

    heading = held.items.get(heading__rule="next_meeting")
    for page in (heading.get_absolute_url(), reverse("meetings:close", args=[held.pk])):
        told = words(as_coordinator.get(page))
        assert "Sessionssalen" in told.partition("Nästa möte är planerat: ")[2][:60]
        assert "Teams" in told.partition("Extra möte: ")[2][:60]
        assert "Stadshotellet" not in told
    close(held, coordinator)
    minutes = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[held.pk])))
    assert "Sessionssalen. Extra möte: " in minutes
    assert "Stadshotellet" not in minutes
    assert (held.following(), extra.following()) == (usual, usual)


def test_with_an_extra_one_alone_in_the_calendar_the_next_is_asked_for(
    as_coordinator: Client, coordinator: Member, by: Actor
) -> None:
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    plan_extra_meeting(starts_at=timezone.now() + timedelta(days=9), by=by, place="Teams")
    start_meeting(held, by=by)

    page = as_coordinator.get(reverse("meetings:close", args=[held.pk]))
    assert "Extra möte: " in words(page)
    close(held, coordinator)
    assert "Tiden är inte bestämd." in words(as_coordinator.get(reverse("meetings:minutes_detail", args=[held.pk])))


def test_what_is_left_goes_to_an_extra_one_that_has_the_whole_agenda(coordinator: Member, by: Actor) -> None:
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    plan_extra_meeting(starts_at=timezone.now() + timedelta(days=5), by=by)
    whole = plan_extra_meeting(starts_at=timezone.now() + timedelta(days=9), agenda="whole", by=by)
    plan_meeting(starts_at=timezone.now() + timedelta(weeks=4), by=by)
    start_meeting(held, by=by)
    add_item(held, title="Nattvandring", by=by)
    close(held, coordinator)

    left = AgendaItem.objects.filter(title="Nattvandring").exclude(meeting=held)
    assert [the(item.meeting) for item in left] == [whole]


def test_one_without_an_end_tells_no_times_from_the_minutes_of_one_point(
    as_coordinator: Client, coordinator: Member, by: Actor
) -> None:
    meeting = plan_extra_meeting(starts_at=timezone.now() + timedelta(days=9), by=by)
    add_item(meeting, title="Branden i skolan", heading="extra", minutes=20, by=by)

    paper = " ".join(pdf_text(pdf(agenda_document(meeting, coordinator))).split())
    assert "2.1 Branden i skolan" in paper
    assert "· 2.1" not in paper
    assert "20 minuter är planerade. Klockslag visas när" in words(as_coordinator.get(meeting.get_absolute_url()))


def turn(client: Client, meeting: Meeting, extent: str) -> Response:
    return client.post(reverse("meetings:agenda_extent", args=[meeting.pk]), {"extent": extent}, follow=True)


def test_a_short_one_keeps_its_template_until_it_is_made_whole(
    as_coordinator: Client, coordinator: Member, by: Actor
) -> None:
    another = make_template(name="Krismöten", source=None, by=by)
    meeting = plan_extra_meeting(starts_at=timezone.now() + timedelta(days=9), by=by)

    with pytest.raises(NotAllowed, match="Mötet har en kort dagordning"):
        change_meeting(meeting, by=by, starts_at=meeting.starts_at, template=another)

    meeting.refresh_from_db()
    assert headings(meeting) == SHORT
    turn(as_coordinator, meeting, "whole")
    meeting.refresh_from_db()
    change_meeting(meeting, by=by, starts_at=meeting.starts_at, template=another)
    assert meeting.template == another
