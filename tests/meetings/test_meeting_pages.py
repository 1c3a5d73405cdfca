"""The calendar and a meeting's own page, in the browser's words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.clock import SKIPPED
from issues.models import AccessGrant
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide
from meetings.models import AgendaItem, CallAnswer, Meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import excuse, planned, under_way, words

pytestmark = pytest.mark.django_db


def a_week_from_now() -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=7)
    return {"day": day.isoformat(), "starts": "13:00", "ends": "15:00", "place": "Sessionssalen"}


# The calendar


def test_the_list_says_when_the_next_meeting_is(as_representative: Client) -> None:
    MeetingFactory(starts_at=timezone.localtime().replace(hour=13, minute=0) + timedelta(days=1))

    response = as_representative.get(reverse("meetings:list"))

    assert "Mötet är i morgon." in words(response)


def test_a_reader_is_not_told_that_nothing_is_planned(as_reader: Client, coordinator: Member) -> None:
    planned(coordinator)

    page = as_reader.get(reverse("meetings:list"))

    assert "<h1>Gruppens möten</h1>" in page.content.decode()
    assert "Ett möte visas när det är avslutat." in words(page)
    assert "Här står nästa" not in words(page)


def test_an_empty_calendar_says_what_to_do(as_coordinator: Client) -> None:
    page = words(as_coordinator.get(reverse("meetings:list")))

    assert "Inget möte är planerat." in page
    assert "Planera ett möte" in page


def test_two_meetings_of_one_day_are_told_apart_by_their_times(as_representative: Client) -> None:
    for hour, extra in ((9, False), (13, False), (15, True)):
        held = timezone.make_aware(datetime(2025, 11, 25, hour))
        MeetingFactory(starts_at=held, state=Meeting.State.CLOSED, is_extra=extra)
    MeetingFactory(starts_at=timezone.make_aware(datetime(2025, 10, 28, 13)), state=Meeting.State.CLOSED)

    page = as_representative.get(reverse("meetings:list")).content.decode()

    assert re.findall(r'<h3><a href="/moten/\d+/">([^<]*)</a></h3>', page) == [
        "Extra möte 25 november 2025",
        "Möte 25 november 2025, 13.00",
        "Möte 25 november 2025, 09.00",
        "Möte 28 oktober 2025",
    ]
    assert 'Minnesanteckningar<span class="visually-hidden">, Möte 25 november 2025, 09.00</span>' in page


@pytest.mark.parametrize("page", ["", "abc", "99999999", "\x00"])
def test_the_list_takes_any_page_number(as_representative: Client, page: str) -> None:
    MeetingFactory(state=Meeting.State.CLOSED)

    response = as_representative.get(reverse("meetings:list"), {"sida": page})

    assert "Möten" in words(response)


def test_a_meeting_is_planned_with_a_row_for_each_organisation(as_coordinator: Client, coordinator: Member) -> None:
    people = {"chair": coordinator.pk, "secretary": coordinator.pk}

    response = as_coordinator.post(reverse("meetings:create"), a_week_from_now() | people)

    meeting = Meeting.objects.get()
    assert response["Location"] == meeting.get_absolute_url()
    assert (timezone.localtime(meeting.starts_at).hour, meeting.place) == (13, "Sessionssalen")
    assert meeting.organisations.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": ""}, "Välj vilken dag mötet är."),
        ({"day": "i morgon"}, "Skriv datumet som 2026-11-25."),
        ({"day": "2020-01-01"}, "Den tiden har redan varit. Välj en dag som kommer."),
        ({"starts": ""}, "Skriv när mötet börjar."),
        ({"starts": "25:61"}, "Skriv klockslaget som 16:30."),
        ({"ends": "12:00"}, "Mötet slutar innan det börjar."),
        ({"place": "x" * 201}, "Texten är 1 tecken för lång. Det får plats 200."),
        ({"chair": "999999"}, "Det valet finns inte längre. Välj ett annat."),
    ],
)
def test_what_cannot_be_planned_is_said_and_what_was_typed_stands(
    as_coordinator: Client, coordinator: Member, typed: dict[str, str], sentence: str
) -> None:
    facts = {"chair": coordinator.pk, "secretary": coordinator.pk, **a_week_from_now(), **typed}

    page = words(as_coordinator.post(reverse("meetings:create"), facts))

    assert sentence in page
    assert str(facts["place"]) in page
    assert not Meeting.objects.exists()


def test_a_form_sent_twice_plans_one_meeting(as_coordinator: Client, coordinator: Member) -> None:
    facts = {"chair": coordinator.pk, "secretary": coordinator.pk, **a_week_from_now()}
    facts["key"] = "7c0c4b1e-8b0a-4f0e-9d6e-0d6a5b0f7c11"

    for _ in range(2):
        as_coordinator.post(reverse("meetings:create"), facts)

    assert Meeting.objects.count() == 1


def test_only_the_group_itself_leads_a_meeting(as_coordinator: Client, coordinator: Member, handler: Member) -> None:
    facts = {"chair": handler.pk, "secretary": coordinator.pk, **a_week_from_now()}

    page = words(as_coordinator.post(reverse("meetings:create"), facts))

    assert "Det valet finns inte längre." in page


def test_who_could_not_come_on_one_day_is_not_told_to_miss_another(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    excuse(meeting, representative, by=Actor.of(representative))
    other_hour = {"chair": coordinator.pk, "secretary": coordinator.pk, **a_week_from_now(), "starts": "08:00"}
    address = reverse("meetings:change", args=[meeting.pk])
    as_coordinator.post(address, {**other_hour, "day": meeting.day.isoformat()})
    assert CallAnswer.objects.count() == 1

    page = words(as_coordinator.post(address, {**other_hour, "day": "2099-02-03"}, follow=True))

    assert "Ändringen är sparad. Ett svar på kallelsen gällde den gamla dagen och är borttaget." in page
    assert not CallAnswer.objects.exists()


def test_a_meeting_in_the_hour_that_comes_twice_stays_in_the_one_it_was(
    as_coordinator: Client, coordinator: Member
) -> None:
    starts = datetime(2099, 10, 25, 1, 30, tzinfo=UTC)  # winter time, the second 02.30 of that night
    meeting = planned(coordinator, starts_at=starts, ends_at=starts + timedelta(minutes=20))
    form = as_coordinator.get(reverse("meetings:change", args=[meeting.pk])).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value()}
    shown |= {name: f"{shown[name]:%H:%M}" for name in ("starts", "ends")}

    as_coordinator.post(reverse("meetings:change", args=[meeting.pk]), shown | {"place": "Rådhuset"})

    meeting.refresh_from_db()
    assert (meeting.place, meeting.starts_at, meeting.ends_at) == ("Rådhuset", starts, starts + timedelta(minutes=20))


def test_a_time_that_does_not_exist_is_told_at_its_field(as_coordinator: Client, coordinator: Member) -> None:
    facts = {"chair": coordinator.pk, "secretary": coordinator.pk, **a_week_from_now(), "day": "2099-03-29"}

    for typed, field in (({"starts": "02:30"}, "starts"), ({"starts": "01:30", "ends": "02:59"}, "ends")):
        page = as_coordinator.post(reverse("meetings:create"), facts | {"ends": ""} | typed)
        assert page.context["form"].errors == {field: [SKIPPED]}
    assert not Meeting.objects.exists()


def test_two_who_change_a_meeting_do_not_write_over_each_other(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    seen = meeting.version
    meeting.change(by=a_coordinator(), place="Rådhuset")
    facts = {"chair": coordinator.pk, "secretary": coordinator.pk, "version": seen, **a_week_from_now()}
    address = reverse("meetings:change", args=[meeting.pk])

    page = words(as_coordinator.post(address, facts))

    assert "medan du skrev" in page
    meeting.refresh_from_db()
    assert meeting.place == "Rådhuset"


# The meeting's page


def test_the_page_says_where_things_stand(as_representative: Client, coordinator: Member) -> None:
    IssueFactory(title="Mörkt i tunneln")
    meeting = planned(coordinator, starts_at=timezone.localtime().replace(hour=12) + timedelta(days=1))

    page = words(as_representative.get(meeting.get_absolute_url()))

    assert "Mötet är i morgon. Dagordningen har 13 punkter." in page
    assert "6 Nya ärenden 6.1 Mörkt i tunneln" in page


def test_a_guest_sees_her_own_item_and_nothing_else(as_outsider: Client, outsider: Member, coordinator: Member) -> None:
    IssueFactory(title="Mörkt i tunneln")
    meeting = planned(coordinator)
    AgendaItemFactory(meeting=meeting, title="Mottagningen berättar", presenter=outsider)
    AgendaItemFactory(meeting=meeting, title="Något annat")

    page = words(as_outsider.get(meeting.get_absolute_url()))

    assert "Mottagningen berättar" in page
    assert "Mörkt i tunneln" not in page
    assert "Något annat" not in page
    assert "Vem som kommer" not in page


def test_a_handler_who_presents_an_item_is_not_shown_the_agenda(
    as_handler: Client, handler: Member, coordinator: Member
) -> None:
    ActionFactory(title="Laga lampan", assignment__organisation=handler.organisation)
    meeting = planned(coordinator)
    AgendaItemFactory(meeting=meeting, title="Hennes punkt", presenter=handler)

    page = words(as_handler.get(meeting.get_absolute_url()))

    assert "Hennes punkt" in page
    assert "Laga lampan" not in page


# Starting


def test_who_starts_second_is_told_who_was_first(
    as_coordinator: Client, as_representative: Client, coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator, secretary=representative)
    address = reverse("meetings:start", args=[meeting.pk])
    as_coordinator.post(address, {"held": "today"})

    page = words(as_representative.post(address, follow=True))

    assert "Mötet pågår redan (Maja Exempel, i dag " in page
    assert AgendaItem.objects.filter(meeting=meeting).count() == 13


def test_a_meeting_that_is_over_tells_what_came_of_it(
    as_representative: Client, representative: Member, coordinator: Member, technical: Organisation
) -> None:
    meeting = under_way(coordinator)
    for item in meeting.items.filter(heading__number__in=[1, 2]):
        decide(item, by=Actor.of(coordinator), text=f"Beslut på {item}.")
    hidden = AgendaItemFactory(meeting=meeting, issue=IssueFactory(restricted=True), title="Hemligt")
    decide(hidden, by=Actor.of(coordinator), text="Hemligt beslut.")
    note_expected(meeting, by=a_coordinator())
    close_meeting(meeting, by=Actor.of(coordinator))

    page = words(as_representative.get(meeting.get_absolute_url()))
    assert "Två beslut." in page
    assert "Beslut på Dagordning." in page
    assert "Hemligt beslut" not in page
    listed = words(as_representative.get(reverse("meetings:list")))
    assert "Två beslut. 1 av 2 organisationer deltog." in listed
    AccessGrant.objects.create(issue=hidden.issue, member=representative)
    for address in (meeting.get_absolute_url(), reverse("meetings:list")):
        assert "Tre beslut." in words(as_representative.get(address))


def test_a_representative_is_told_who_plans_when_nothing_is_planned(as_representative: Client) -> None:
    page = words(as_representative.get(reverse("meetings:list")))

    assert "Inget möte är planerat." in page
    assert "Samordnaren planerar mötena." in page


def test_one_who_is_shown_no_meetings_is_not_told_that_there_are_none(
    as_outsider: Client, as_handler: Client, coordinator: Member
) -> None:
    MeetingFactory()
    MeetingFactory(state=Meeting.State.CLOSED)

    for client in (as_outsider, as_handler):
        page = words(client.get(reverse("meetings:list")))
        assert "Gruppens möten" in page
        assert "Mötena läses av gruppen. Det som rör dig står på" in page
