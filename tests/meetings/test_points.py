"""A heading, its points, and what it says of what stands elsewhere: the same number on every page and paper."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from issues.models import AccessGrant, Issue
from meetings.agenda.building import agenda, agenda_for_paper
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.numbers import number_of
from meetings.agenda.ordering import add_item
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.foreseen import preview
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Meeting
from meetings.starting import start_meeting
from meetings.texts.meeting import short_name
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import item_of, planned, under_way, words, write

pytestmark = pytest.mark.django_db


def heading(meeting: Meeting, member: Member, key: str) -> AgendaHeading:
    [found] = [each for each in agenda(meeting, member) if each.key == key]
    return found


def numbered(meeting: Meeting, member: Member, key: str) -> list[tuple[str, str]]:
    return [(line.number, line.title) for line in heading(meeting, member, key).lines]


def minutes_of(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:minutes_detail", args=[meeting.pk])))


def test_a_point_has_the_same_number_on_the_page_in_the_room_on_paper_and_in_the_minutes(
    as_coordinator: Client, coordinator: Member
) -> None:
    IssueFactory(title="Mörkt")
    meeting = under_way(coordinator)
    item = item_of(meeting, "Mörkt")
    item.mark_discussed(by=a_coordinator())

    told = [
        words(as_coordinator.get(meeting.get_absolute_url())),
        words(as_coordinator.get(item.get_absolute_url())),
        pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content),
        words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk]))),
        minutes_of(as_coordinator, meeting),
    ]

    assert ["6.1 Mörkt" in page or "punkt 6.1" in page for page in told] == [True] * 5


def test_what_is_added_under_a_lone_heading_during_the_meeting_is_its_first_point(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = under_way(coordinator)

    topic = add_item(meeting, by=a_coordinator(), title="Julbelysning")

    assert numbered(meeting, coordinator, "other") == [("12.1", "Julbelysning")]
    assert "12 Övriga frågor 12.1 Julbelysning" in words(as_coordinator.get(meeting.get_absolute_url()))
    paper = pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content)
    assert "12.1 Julbelysning" in paper
    AgendaItem.objects.exclude(pk=topic.pk).exclude(heading__key="next_meeting").update(discussed_at=meeting.started_at)
    assert AgendaItem.objects.at(meeting).current() == topic
    topic.write_note(text="Tänds 1 december.", version=0, by=a_coordinator())
    topic.mark_discussed(by=a_coordinator())
    assert "12. Övriga frågor 12.1 Julbelysning Tänds 1 december." in minutes_of(as_coordinator, meeting)


def test_a_heading_that_was_spoken_of_stays_before_what_is_added_under_it(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    item_of(meeting, "Övriga frågor").write_note(text="Ordet var fritt.", version=0, by=a_coordinator())

    add_item(meeting, by=a_coordinator(), title="Julbelysning")

    assert numbered(meeting, coordinator, "other") == [("12", "Övriga frågor"), ("12.1", "Julbelysning")]


def test_the_round_has_its_note_also_where_somebody_has_put_a_point_under_it(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting: Meeting = MeetingFactory(chair=coordinator)
    meeting.expect_organisations()
    add_item(meeting, by=a_coordinator(), title="Ny karta", heading="round")
    before = heading(meeting, coordinator, "round").size
    start_meeting(meeting, by=a_coordinator())

    laget_runt = item_of(meeting, "Gemensam lägesbild, laget runt")
    write(as_coordinator, laget_runt, note="Lugnt i centrum.", then="next")

    assert numbered(meeting, coordinator, "round") == [("5", str(laget_runt)), ("5.1", "Ny karta")]
    assert before == heading(meeting, coordinator, "round").size == 2
    page = minutes_of(as_coordinator, meeting)
    assert "Lugnt i centrum. 5.1 Ny karta Behandlades inte." in page


def test_what_is_restricted_stands_last_so_that_paper_and_screen_number_alike(coordinator: Member) -> None:
    for title, restricted in (("Hemligt", True), ("Mörkt", False), ("Klotter", False)):
        issue = IssueFactory(title=title, restricted=restricted)
        AccessGrant.objects.create(issue=issue, member=coordinator) if restricted else None
    meeting = under_way(coordinator)

    on_screen = numbered(meeting, coordinator, "new_issues")

    assert on_screen == [("6.1", "Mörkt"), ("6.2", "Klotter"), ("6.3", "Hemligt")]
    paper = [line for each in agenda_for_paper(meeting, coordinator) for line in each.lines if each.number == "6"]
    assert [(line.number, line.title) for line in paper] == on_screen[:2]
    frozen = next(each for each in minutes_content(meeting, None)["headings"] if each["number"] == "6")
    assert [(item["number"], item["title"]) for item in frozen["items"]] == on_screen[:2]


def test_an_issue_that_is_restricted_after_the_meeting_renumbers_nothing(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    for title, restricted in (("Mörkt", False), ("Hemligt", True), ("Klotter", False)):
        AccessGrant.objects.create(issue=IssueFactory(title=title, restricted=restricted), member=coordinator)
    meeting = under_way(coordinator)
    AgendaItem.objects.at(meeting).filter(title="Klotter").update(position=9)  # after what is restricted
    note_expected(meeting, by=a_coordinator())
    minutes = close_meeting(meeting, by=a_coordinator())
    [frozen] = [each["items"] for each in minutes.content["headings"] if each["number"] == "6"]
    assert [(item["number"], item["title"]) for item in frozen] == [("6.1", "Mörkt"), ("6.2", "Klotter")]

    for title, restricted in (("Mörkt", True), ("Hemligt", False)):
        Issue.objects.filter(title=title).update(restricted=restricted)

    as_it_was = [("6.1", "Mörkt"), ("6.2", "Klotter"), ("6.3", "Hemligt")]
    assert numbered(meeting, representative, "new_issues") == as_it_was[1:]
    assert numbered(meeting, coordinator, "new_issues") == as_it_was
    items = AgendaItem.objects.at(meeting).on_agenda().select_related("heading")
    assert [(number_of(item), item.title) for item in items if item.heading.number == 6] == as_it_was
    page = minutes_of(as_coordinator, meeting)
    assert ("6.1 Mörkt" in page, "6.2 Klotter" in page) == (False, True)


def test_a_heading_says_where_that_stands_which_one_looks_for_there(
    as_coordinator: Client, coordinator: Member
) -> None:
    market = IssueFactory(title="Julmarknaden", kind=Issue.Kind.OCCASION)
    ActionFactory(issue=market, title="Fler vakter", assignment__answer_due=in_days(-3))
    meeting: Meeting = MeetingFactory(chair=coordinator)
    meeting.expect_organisations()
    sentence = "Se punkt 4.1 (Julmarknaden)."
    assert heading(meeting, coordinator, "occasions").see == sentence

    start_meeting(meeting, by=a_coordinator())

    assert f"9 Kommande tillfällen {sentence}" in words(as_coordinator.get(meeting.get_absolute_url()))
    assert sentence in words(as_coordinator.get(item_of(meeting, "Kommande tillfällen").get_absolute_url()))
    assert f"9. Kommande tillfällen {sentence}" in minutes_of(as_coordinator, meeting)


def test_a_paper_does_not_say_where_a_restricted_issue_stands(coordinator: Member) -> None:
    issue = IssueFactory(title="Hemligt", kind=Issue.Kind.OCCASION, restricted=True)
    AccessGrant.objects.create(issue=issue, member=coordinator)
    ActionFactory(issue=issue, assignment__answer_due=in_days(-3))
    meeting = under_way(coordinator)

    assert heading(meeting, coordinator, "occasions").see == "Se punkt 4.1 (Hemligt)."
    assert [each.see for each in agenda_for_paper(meeting, coordinator) if each.see] == []
    assert [each for each in minutes_content(meeting, None)["headings"] if each["elsewhere"]] == []


def test_where_a_restricted_issue_stands_is_neither_on_the_wall_nor_on_a_printed_page(
    as_coordinator: Client, coordinator: Member
) -> None:
    for title, restricted in (("Julmarknaden", False), ("Hemligt", True)):
        issue = IssueFactory(title=title, kind=Issue.Kind.OCCASION, restricted=restricted)
        AccessGrant.objects.create(issue=issue, member=coordinator)
        ActionFactory(issue=issue, title=f"Vakter {title}", assignment__answer_due=in_days(-3))
    meeting = under_way(coordinator)

    room = words(as_coordinator.get(item_of(meeting, "Kommande tillfällen").get_absolute_url()))
    page = as_coordinator.get(meeting.get_absolute_url()).content.decode()

    assert re.findall(r"Se punkt [^.]*\.\d[^.]*\.", room) == ["Se punkt 4.1 (Julmarknaden)."]
    assert re.findall(r'<p class="([^"]*)">(Se punkt [^<]*)</p>', page) == [
        ("about soft small screen-only", "Se punkt 4.1 (Julmarknaden) och 4.2 (Hemligt)."),
        ("about soft small print-only", "Se punkt 4.1 (Julmarknaden)."),
    ]


def test_what_is_left_of_a_restricted_issue_has_no_title_on_the_wall(
    as_coordinator: Client, coordinator: Member
) -> None:
    for title, restricted in (("Mörkt", False), ("Klotter", False), ("Hemligt", True)):
        AccessGrant.objects.create(issue=IssueFactory(title=title, restricted=restricted), member=coordinator)
    meeting = under_way(coordinator)

    page = words(as_coordinator.get(item_of(meeting, "Mörkt").get_absolute_url()))

    left = page.partition("Kvar under nya ärenden")[2].partition("Närvaro")[0]
    assert left == " 6.2 Klotter 6.3 Begränsad spridning "
    assert "Nu 1 av 3, två till är kvar." in page
    assert "Hemligt" not in page


def test_of_a_heading_that_was_not_reached_the_minutes_say_so_once(as_coordinator: Client, coordinator: Member) -> None:
    IssueFactory(title="Mörkt")
    IssueFactory(title="Klotter")
    meeting = under_way(coordinator)

    page = minutes_of(as_coordinator, meeting)

    assert "6. Nya ärenden Behandlades inte. 6.1 Mörkt (ärende" in page
    assert page.count("Behandlades inte.") == 1


def test_an_ending_that_was_not_presented_is_told_before_the_meeting_closes(
    as_coordinator: Client, coordinator: Member
) -> None:
    IssueFactory(title="Glas").close(by=Actor.of(coordinator), outcome="solved", feedback="Det är sopat.")
    meeting = under_way(coordinator)

    page = words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))

    assert [item.title for item in preview(meeting, coordinator).passed_by] == ["Glas"]
    assert "En punkt behandlas inte och kommer inte tillbaka" in page
    assert "11.1 Glas" in page


def test_two_meetings_of_one_day_say_their_time_on_page_paper_and_in_the_minutes(
    as_coordinator: Client, coordinator: Member
) -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    alone = under_way(coordinator, starts_at=noon)
    Meeting.objects.update(started_at=noon)
    assert str(Meeting.objects.get()) == "Möte 25 november 2026"
    under_way(coordinator, starts_at=noon + timedelta(hours=3))
    Meeting.objects.exclude(pk=alone.pk).update(started_at=noon + timedelta(hours=3))

    page = words(as_coordinator.get(alone.get_absolute_url()))
    paper = pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[alone.pk])).content)

    assert "Möte 25 november 2026, 13.00" in page
    assert "Möte 25 november 2026, 13.00" in paper
    assert "Minnesanteckningar, Möte 25 november 2026, 13.00" in minutes_of(as_coordinator, alone)


def test_a_meeting_says_its_time_however_it_was_found(as_coordinator: Client, coordinator: Member) -> None:
    noon = datetime(2026, 10, 28, 12, tzinfo=UTC)
    times = {"started_at": noon, "closed_at": noon}
    first: Meeting = MeetingFactory(chair=coordinator, starts_at=noon, state=Meeting.State.CLOSED, **times)
    later = {"starts_at": noon + timedelta(hours=3), "started_at": noon + timedelta(hours=3)}
    second = under_way(coordinator, starts_at=later["starts_at"])
    Meeting.objects.filter(pk=second.pk).update(**later)
    second.refresh_from_db()
    item = item_of(second, "Övriga frågor")
    write(as_coordinator, item, note="Julbelysningen")
    the_day_after: Meeting = MeetingFactory(starts_at=noon + timedelta(days=1))
    extra: Meeting = MeetingFactory(is_extra=True, starts_at=noon + timedelta(hours=5))

    assert [str(meeting) for meeting in (first, second, the_day_after.previous(), the_day_after, extra)] == [
        "Möte 28 oktober 2026, 13.00",
        "Möte 28 oktober 2026, 16.00",
        "Möte 28 oktober 2026, 13.00",
        "Möte 29 oktober 2026",
        "Extra möte 28 oktober 2026",
    ]
    name = short_name(second)
    assert name.endswith(", 16.00")
    assert f"{name}, punkt 12" in words(as_coordinator.get(item.get_absolute_url()))
    assert name in words(as_coordinator.get(reverse("search"), {"q": "Julbelysningen"}))


def test_a_meeting_found_with_its_day_asks_no_more_of_it(coordinator: Member) -> None:
    planned(coordinator)

    with CaptureQueriesContext(connection) as asked:
        [str(meeting) for meeting in Meeting.objects.all()]

    assert len(asked) == 1


def test_an_emptied_day_to_answer_by_is_asked_for_and_not_filled_in(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    IssueFactory(title="Mörkt")
    item = item_of(under_way(coordinator), "Mörkt")
    asked = {"what": "Laga lampan", "responsible": technical.pk}

    page = words(write(as_coordinator, item, **asked, answer_due=""))

    assert "Skriv när svaret ska ha kommit." in page
    assert not item.decisions.exists()
    write(as_coordinator, item, **asked, answer_due=in_days(5).isoformat())
    assert [decision.text for decision in item.decisions.all()] == [
        "Gruppen föreslår Tekniska förvaltningen att laga lampan."
    ]
