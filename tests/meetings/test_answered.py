"""What was answered: listed together where it needs no talk, and told as an answer when it was given at the table."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import AccessGrant, Action, Issue
from meetings.agenda.building import agenda, agenda_for_paper
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.models import AgendaItem, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator, on_behalf
from tests.base.documents.reading import pdf_text
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import item_of, under_way, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(representative: Member, technical: Organisation) -> Action:
    """A yes that came before the meeting."""
    action = ActionFactory(title="Laga lampan", assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=in_days(30))
    return action


def answered(meeting: Meeting, member: Member) -> list[str]:
    return [action.title for heading in agenda(meeting, member) for action in heading.answered]


def minutes_page(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:minutes_detail", args=[meeting.pk])))


def close(meeting: Meeting) -> Meeting:
    note_expected(meeting, by=a_coordinator())
    close_meeting(meeting, by=a_coordinator())
    return meeting


def test_a_yes_is_listed_once_and_is_no_point_of_its_own(coordinator: Member, promised: Action) -> None:
    first = under_way(coordinator)
    assert answered(first, coordinator) == ["Laga lampan"]
    assert not AgendaItem.objects.filter(action=promised).exists()
    assert [item.title for item in AgendaItem.objects.filter(issue=promised.issue)] == [promised.issue.title]

    close(first)

    assert answered(MeetingFactory(), coordinator) == []


def test_the_list_stands_under_the_log_on_page_paper_and_in_the_minutes(
    as_coordinator: Client, coordinator: Member, promised: Action
) -> None:
    meeting = under_way(coordinator)

    paper = pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content)

    assert "Besvarade sedan förra mötet" in paper
    assert "Besvarade sedan förra mötet Laga lampan" in words(as_coordinator.get(meeting.get_absolute_url()))
    assert "Besvarade sedan förra mötet Laga lampan" in words(
        as_coordinator.get(item_of(meeting, "Åtgärdslogg").get_absolute_url())
    )
    page = minutes_page(as_coordinator, close(meeting))
    assert "4. Åtgärdslogg Besvarade sedan förra mötet" in page
    assert "Laga lampan Tekniska förvaltningen" in page


def test_what_is_done_is_listed_and_what_is_late_is_a_point(coordinator: Member, technical: Organisation) -> None:
    for title, planned in (("Klart", in_days(9)), ("Sent", in_days(-9))):
        action = ActionFactory(title=title, assignment__organisation=technical)
        action.current.accept(by=on_behalf(coordinator, "phone"), planned=planned)
        if title == "Klart":
            action.finish(note="Lagat.", by=on_behalf(coordinator, "phone"))
    meeting = MeetingFactory()

    assert answered(meeting, coordinator) == ["Klart"]
    log = next(heading for heading in agenda(meeting, coordinator) if heading.key == "action_log")
    assert [line.title for line in log.under] == ["Sent"]


def test_what_is_restricted_is_not_listed_on_paper_nor_in_the_minutes(
    as_coordinator: Client, coordinator: Member, promised: Action
) -> None:
    AccessGrant.objects.create(issue=promised.issue, member=coordinator)
    Issue.objects.filter(pk=promised.issue.pk).update(restricted=True)
    meeting = under_way(coordinator)

    assert answered(meeting, coordinator) == ["Laga lampan"]
    assert [heading.answered for heading in agenda_for_paper(meeting, coordinator) if heading.answered] == []
    room = words(as_coordinator.get(item_of(meeting, "Åtgärdslogg").get_absolute_url()))
    assert ("Laga lampan" in room, "Besvarade sedan förra mötet" in room) == (False, False)
    page = as_coordinator.get(meeting.get_absolute_url()).content.decode()
    assert '<h4 class="screen-only">Besvarade sedan förra mötet</h4>' in page
    assert "Laga lampan" not in minutes_page(as_coordinator, close(meeting))


def test_an_answer_given_at_the_meeting_is_told_as_an_answer(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    action = ActionFactory(title="Laga lampan", assignment__organisation=technical, assignment__answer_due=in_days(-3))
    meeting = under_way(coordinator)
    planned = date(timezone.localdate().year + 1, 5, 18)

    action.current.accept(by=on_behalf(coordinator, "meeting"), planned=planned)

    told = f"Tekniska förvaltningen svarade på mötet: åtar sig, planerat klart 18 maj {planned.year}."
    in_the_log = words(as_coordinator.get(meeting.get_absolute_url()))
    assert f"4.1 Laga lampan behandlad {told}" in in_the_log
    assert "skulle ha" not in in_the_log.lower()
    page = minutes_page(as_coordinator, close(meeting))
    assert f"4.1 Laga lampan (ärende {action.issue.number}) {told}" in page
    row = f"Laga lampan Tekniska förvaltningen 18 maj {planned.year} Åtar sig (svar på mötet)"
    assert row in page[page.index("Åtgärdslista") :]
    assert f"4.1 Laga lampan {told}" in words(as_coordinator.get(meeting.get_absolute_url()))


def test_the_action_list_tells_who_helps_and_by_when(
    as_coordinator: Client, coordinator: Member, technical: Organisation, police: Organisation
) -> None:
    wished, due = in_days(60), in_days(-2)
    action = ActionFactory(
        title="Laga lampan", wished=wished, assignment__organisation=technical, assignment__answer_due=due
    )
    action.supporting.add(police)
    meeting = under_way(coordinator)

    page = minutes_page(as_coordinator, meeting)

    row = page[page.index("Åtgärdslista") :]
    assert "Laga lampan Tekniska förvaltningen Stöd från Polisen" in row
    assert "Önskas " in row


def test_who_added_a_point_is_told_to_her_who_prepares_and_on_no_paper(
    as_coordinator: Client, as_representative: Client, coordinator: Member
) -> None:
    IssueFactory(title="Mörkt")
    meeting: Meeting = MeetingFactory(chair=coordinator)
    meeting.expect_organisations()
    as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), {"title": "Julbelysning"})

    prepared = words(as_coordinator.get(meeting.get_absolute_url()))
    assert "12.1 Julbelysning Tillagd av Maja Exempel." in prepared
    assert "Nytt sedan " in prepared
    read = words(as_representative.get(meeting.get_absolute_url()))
    paper = pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content)
    start_meeting(meeting, by=a_coordinator())
    item_of(meeting, "Julbelysning").mark_discussed(by=a_coordinator())
    for text in (read, paper, minutes_page(as_coordinator, close(meeting))):
        assert "Julbelysning" in text
        assert "Tillagd av" not in text
        assert "Nytt sedan" not in text


def test_what_was_answered_first_stands_first_before_the_meeting_and_at_it(
    coordinator: Member, technical: Organisation
) -> None:
    actions = [ActionFactory(title=title, assignment__organisation=technical) for title in ("Sist", "Först")]
    for action, days in zip(actions, (1, 9), strict=True):
        at = timezone.now() - timedelta(days=days)
        action.current.accept(by=on_behalf(coordinator, "phone"), planned=in_days(9), at=at)
    meeting = MeetingFactory(chair=coordinator)
    before = answered(meeting, coordinator)

    start_meeting(meeting, by=a_coordinator())
    due = in_days(-3)
    ActionFactory(title="Sen", assignment__organisation=technical, assignment__answer_due=due)
    late = MeetingFactory(starts_at=timezone.now() + timedelta(days=9))

    assert (before, answered(meeting, coordinator), answered(late, coordinator)) == (["Först", "Sist"],) * 3


def test_only_what_came_since_the_last_meeting_is_listed(coordinator: Member, technical: Organisation) -> None:
    MeetingFactory(state=Meeting.State.CLOSED, closed_at=timezone.now() - timedelta(days=20))
    for title, days in (("Förr", 21), ("Nyss", 19)):
        action = ActionFactory(title=title, assignment__organisation=technical)
        at = timezone.now() - timedelta(days=days)
        action.current.accept(by=on_behalf(coordinator, "phone"), planned=in_days(9), at=at)

    assert answered(MeetingFactory(), coordinator) == ["Nyss"]
