"""What is answered at a meeting is told at the point it belongs to, which is dealt with, and nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month
from issues.models import Action, Issue, Progress
from meetings.agenda.building import agenda
from meetings.agenda.rules import proposals
from meetings.foreseen import preview
from meetings.models import AgendaItem, Meeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import on_behalf
from tests.base.documents.reading import pdf_text, word_text
from tests.days import in_days, today
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import item_of, under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

NO: dict[str, Any] = {"reason": "budget", "text": "Pengarna är slut.", "next_step": "Ta upp igen i mars."}
SAID = "”Pengarna är slut.” Nästa steg: Ta upp igen i mars."
DECLINES = f"Tekniska förvaltningen svarade på mötet: avböjer, ryms inte i budget. {SAID}"


@pytest.fixture
def waiting(technical: Organisation) -> Action:
    """An action that is no point of its own: its issue is, as 6.1."""
    issue = IssueFactory(title="Mörkt i tunneln")
    return ActionFactory(title="Laga lampan", issue=issue, assignment__organisation=technical)


@pytest.fixture
def late(technical: Organisation) -> Action:
    """An action that is a point of its own, 4.1."""
    due = in_days(-3)
    return ActionFactory(title="Laga räcket", assignment__organisation=technical, assignment__answer_due=due)


def accept(action: Action, by: Actor, **facts: Any) -> str:
    """The sentence of the answer."""
    action.current.accept(by=by, planned=in_days(20), **facts)
    planned = day_and_month(in_days(20), today=today())
    return f"Tekniska förvaltningen svarade på mötet: åtar sig, planerat klart {planned}."


def raised(member: Member) -> list[str]:
    return [proposal.title for proposal in proposals(member)]


def minutes_of(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:minutes_detail", args=[meeting.pk])))


def in_the_list(page: str) -> str:
    return page[page.index("Åtgärdslista") :]


def test_an_answer_is_told_at_the_point_of_its_issue_and_the_log_says_where(
    as_coordinator: Client, coordinator: Member, waiting: Action
) -> None:
    meeting = under_way(coordinator)
    told = f"Laga lampan: {accept(waiting, on_behalf(coordinator, 'meeting'))}"

    pages = [
        words(as_coordinator.get(item_of(meeting, "Mörkt i tunneln").get_absolute_url())),
        words(as_coordinator.get(meeting.get_absolute_url())),
        pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content),
        minutes_of(as_coordinator, meeting),
    ]
    close(meeting, coordinator)
    pages += [
        words(as_coordinator.get(meeting.get_absolute_url())),
        minutes_of(as_coordinator, meeting),
        pdf_text(as_coordinator.get(reverse("meetings:minutes_pdf", args=[meeting.pk])).content),
        word_text(as_coordinator.get(reverse("meetings:minutes_word", args=[meeting.pk])).content),
    ]

    assert [" ".join(page.split()).count(told) for page in pages] == [1] * len(pages)
    assert ["Besvarade sedan förra mötet" in page for page in pages] == [False] * len(pages)
    assert ["Se punkt 6.1 (Mörkt i tunneln)." in " ".join(page.split()) for page in pages[1:]] == [True] * 7


@pytest.mark.parametrize(
    ("channel", "hours", "is_told"),
    [("meeting", 1, True), ("signed_in", 1, True), ("phone", 1, False), ("mail", 1, False), ("signed_in", -1, False)],
)
def test_what_is_noted_at_the_meeting_or_said_by_the_organisation_meanwhile_is_answered_there(
    coordinator: Member, representative: Member, waiting: Action, channel: str, hours: int, is_told: bool
) -> None:
    meeting = under_way(coordinator)
    by = Actor.of(representative) if channel == "signed_in" else on_behalf(coordinator, channel)
    noon = timezone.localtime().replace(hour=12)
    Meeting.objects.update(started_at=noon)
    meeting.refresh_from_db()

    accept(waiting, by, at=noon + timedelta(hours=hours))

    [log] = [heading for heading in agenda(meeting, coordinator) if heading.key == "action_log"]
    assert (log.see, len(log.answered)) == (("Se punkt 6.1 (Mörkt i tunneln).", 0) if is_told else ("", 1))


def test_what_a_handlaggare_answers_from_her_desk_is_listed_and_deals_with_no_point(
    coordinator: Member, handler: Member, housing: Organisation
) -> None:
    issue = IssueFactory(title="Mörkt", state="new")
    asked = ActionFactory(issue=issue, title="Byta lampor", assignment__organisation=housing)
    meeting = under_way(coordinator)

    accept(asked, Actor.of(handler))

    headings = {heading.key: heading for heading in agenda(meeting, coordinator)}
    [line] = headings["new_issues"].under
    assert (line.title, line.answers, line.is_discussed) == ("Mörkt", (), False)
    assert [*headings["action_log"].answered] == [asked]


def test_an_answer_after_the_meeting_is_not_told_as_given_there(
    as_coordinator: Client, coordinator: Member, representative: Member, waiting: Action
) -> None:
    meeting = under_way(coordinator)
    close(meeting, coordinator)

    accept(waiting, Actor.of(representative))

    assert "svarade på mötet" not in words(as_coordinator.get(meeting.get_absolute_url()))


def test_what_is_declined_at_the_meeting_is_dealt_with_and_does_not_come_back(
    as_coordinator: Client, coordinator: Member, late: Action
) -> None:
    meeting = under_way(coordinator)
    item = AgendaItem.objects.get(action=late)
    late.current.decline(by=on_behalf(coordinator, "meeting"), **NO)

    foreseen = preview(meeting, coordinator)
    assert item in foreseen.discussed
    assert "Laga räcket" not in [left.title for left in [*foreseen.unspoken, *foreseen.passed_by]]
    close(meeting, coordinator)

    page = minutes_of(as_coordinator, meeting)
    assert f"4.1 Laga räcket (ärende {late.issue.number}) {DECLINES} " in page
    assert "Laga räcket Tekniska förvaltningen Inget datum Avböjd (svar på mötet)" in in_the_list(page)
    assert "Behandlades inte" not in page[page.index("4. Åtgärdslogg") : page.index("5. ")]
    assert "Laga räcket" not in raised(coordinator)


def test_what_is_declined_after_it_was_spoken_of_is_told_and_does_not_come_back(
    coordinator: Member, late: Action
) -> None:
    meeting = under_way(coordinator)
    AgendaItem.objects.get(action=late).mark_discussed(by=Actor.of(coordinator))
    late.current.decline(by=on_behalf(coordinator, "meeting"), **NO)

    close(meeting, coordinator)

    assert "Laga räcket" not in raised(coordinator)


def test_what_is_done_at_the_meeting_is_not_promised_back(
    as_coordinator: Client, coordinator: Member, technical: Organisation, waiting: Action
) -> None:
    waiting.current.accept(by=on_behalf(coordinator, "phone"), planned=in_days(-2))
    meeting = under_way(coordinator)
    assert item_of(meeting, "Laga lampan") in preview(meeting, coordinator).unspoken

    waiting.finish(note="Lagad.", by=on_behalf(coordinator, "meeting"))

    assert item_of(meeting, "Laga lampan") in preview(meeting, coordinator).discussed
    close(meeting, coordinator)
    assert f"4.1 Laga lampan (ärende {waiting.issue.number}) Klar " in minutes_of(as_coordinator, meeting)


def test_what_comes_on_a_later_day_while_the_meeting_is_still_open_did_not_come_there(
    coordinator: Member, representative: Member, waiting: Action, late: Action
) -> None:
    late.current.accept(by=Actor.of(representative), planned=in_days(-2), at=timezone.now() - timedelta(days=3))
    meeting = under_way(coordinator)
    yesterday = timezone.now() - timedelta(days=1)
    Meeting.objects.update(starts_at=yesterday, started_at=yesterday)
    meeting.refresh_from_db()

    accept(waiting, Actor.of(representative))
    Action.objects.get(pk=late.pk).finish(note="Lagat.", by=Actor.of(representative))

    assert item_of(meeting, "Laga räcket") in preview(meeting, coordinator).agenda
    assert (meeting.day, preview(meeting, coordinator).discussed) == (in_days(-1), [])


def test_a_closing_undone_takes_its_own_marks_back_and_no_other(
    coordinator: Member, late: Action, waiting: Action
) -> None:
    meeting = under_way(coordinator)
    item_of(meeting, "Mörkt i tunneln").mark_discussed(by=Actor.of(coordinator))
    late.current.decline(by=on_behalf(coordinator, "meeting"), **NO)
    close(meeting, coordinator)
    assert item_of(meeting, "Laga räcket").is_discussed

    unclose_meeting(meeting, by=Actor.of(coordinator))

    marked = AgendaItem.objects.filter(discussed_at__isnull=False).values_list("title", flat=True)
    assert list(marked) == ["Mörkt i tunneln"]


def test_the_action_list_holds_the_open_actions_of_what_was_dealt_with(
    as_coordinator: Client, coordinator: Member, waiting: Action, technical: Organisation
) -> None:
    other = ActionFactory(title="Måla väggen", issue=IssueFactory(title="Klotter"), assignment__organisation=technical)
    over = ActionFactory(title="Byt stolpen", issue=waiting.issue, state="cancelled")
    draft = ActionFactory(title="Sätt upp skylt", issue=waiting.issue, state="draft")
    meeting = under_way(coordinator)
    item_of(meeting, "Mörkt i tunneln").mark_discussed(by=Actor.of(coordinator))

    listed = in_the_list(minutes_of(as_coordinator, meeting))

    assert "Laga lampan Tekniska förvaltningen Inte bestämt Svar senast " in listed
    assert [action.title in listed for action in (other, over, draft)] == [False] * 3


def test_the_action_list_tells_how_far_what_is_promised_has_come(
    as_coordinator: Client, coordinator: Member, waiting: Action
) -> None:
    phone = on_behalf(coordinator, "phone")
    waiting.current.accept(by=phone, planned=in_days(20))
    Progress.tell(waiting.current, text="4 av 6 lampor", by=phone)
    meeting = under_way(coordinator)
    item_of(meeting, "Mörkt i tunneln").mark_discussed(by=Actor.of(coordinator))

    so_far = f"Åtar sig. 4 av 6 lampor, {day_and_month(today(), today=today())}"
    assert so_far in in_the_list(minutes_of(as_coordinator, meeting))
    waiting.finish(note="Lagad.", by=phone)
    assert "4 av 6" not in minutes_of(as_coordinator, meeting)


def test_what_is_restricted_is_in_no_action_list_and_no_reference(
    as_coordinator: Client, coordinator: Member, waiting: Action
) -> None:
    meeting = under_way(coordinator)
    item_of(meeting, "Mörkt i tunneln").mark_discussed(by=Actor.of(coordinator))
    accept(waiting, on_behalf(coordinator, "meeting"))
    Issue.objects.update(restricted=True)

    page = minutes_of(as_coordinator, meeting)

    assert ["Laga lampan" in page, "Mörkt" in page, "Se punkt" in page] == [False] * 3
