"""The agenda builds itself: what each rule raises, with its reason, and in one place only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from issues.models import Action, Issue
from meetings.agenda.building import agenda, settle_heading
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.agenda.ordering import add_item, move_line, remove_line
from meetings.agenda.rules import _raised_actions
from meetings.deciding import decide
from meetings.models import AgendaItem, Heading, Meeting, Minutes
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import on_behalf
from tests.days import in_days
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    IssueFactory,
    MeetingFactory,
    MemberFactory,
    ObservationFactory,
    reopened,
)
from tests.meetings.meetings import item_of, under_way
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


def raised(meeting: Meeting, member: Member) -> dict[str, list[str]]:
    """Heading → the titles under it, headings with nothing left out."""
    headings = {heading.key: [line.title for line in heading.lines] for heading in agenda(meeting, member)}
    return {key: titles for key, titles in headings.items() if titles}


def lines(meeting: Meeting, member: Member) -> list[AgendaLine]:
    return [line for heading in agenda(meeting, member) for line in heading.lines]


def discussed(issue: Issue, action: Action | None = None) -> AgendaItem:
    """An earlier meeting spoke of it."""
    earlier = MeetingFactory(starts_at=timezone.now() - timedelta(days=30), state=Meeting.State.CLOSED)
    return AgendaItemFactory(
        meeting=earlier, issue=issue, action=action, discussed_at=timezone.now() - timedelta(days=30)
    )


def silent(**facts: object) -> Action:
    days = timezone.now() - timedelta(days=20)
    return ActionFactory(assignment__asked_at=days, assignment__answer_due=days.date(), **facts)


def test_an_agenda_has_thirteen_headings_in_order(coordinator: Member) -> None:
    headings = agenda(MeetingFactory(), coordinator)

    assert [heading.number for heading in headings] == [str(number) for number in range(1, 14)]
    assert [heading.title for heading in headings][:4] == [
        "Öppnande och närvaro",
        "Dagordning",
        "Föregående minnesanteckningar",
        "Åtgärdslogg",
    ]


def test_an_issue_nobody_has_spoken_of_is_new_and_says_what_was_seen(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt", state=Issue.State.NEW)
    ObservationFactory(state="attached", issue=issue)

    (line,) = lines(MeetingFactory(), coordinator)

    assert (line.heading.key, line.title) == ("new_issues", "Mörkt")
    assert line.reason == "En observation."


def test_an_issue_that_was_spoken_of_comes_back_as_ongoing(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt")
    discussed(issue)

    (line,) = lines(MeetingFactory(), coordinator)

    assert (line.heading.key, line.reason) == ("ongoing_issues", "Ingen pågående åtgärd. Ställningstagande behövs.")


def test_new_observations_are_the_reason_an_ongoing_issue_gives(coordinator: Member) -> None:
    issue = IssueFactory()
    discussed(issue)
    ObservationFactory.create_batch(2, state="attached", issue=issue, state_since=timezone.now())
    ObservationFactory(state="attached", issue=issue, state_since=timezone.now() - timedelta(days=60))

    (line,) = lines(MeetingFactory(), coordinator)

    assert line.reason == "Två nya observationer sedan sist."


def test_a_resting_issue_is_left_in_peace(coordinator: Member) -> None:
    discussed(IssueFactory(state=Issue.State.ON_HOLD))

    assert raised(MeetingFactory(), coordinator) == {}


def test_a_silent_action_stands_in_the_log_and_its_issue_nowhere_else(coordinator: Member) -> None:
    silent(title="Laga lampan")

    assert raised(MeetingFactory(), coordinator) == {"action_log": ["Laga lampan"]}


def test_two_actions_of_one_issue_stand_both_in_the_log(coordinator: Member) -> None:
    first = silent(title="Laga lampan")
    silent(title="Sopa glaset", issue=first.issue)

    assert raised(MeetingFactory(), coordinator) == {"action_log": ["Laga lampan", "Sopa glaset"]}


def test_an_action_that_only_waits_is_no_matter_for_the_log(coordinator: Member) -> None:
    action = ActionFactory(issue__title="Mörkt")
    discussed(action.issue)

    (line,) = lines(MeetingFactory(), coordinator)

    assert (line.heading.key, line.reason) == ("ongoing_issues", "En åtgärd är öppen.")


def test_a_no_is_news_until_it_has_been_spoken_of(representative: Member, technical: Organisation) -> None:
    action = ActionFactory(title="Laga lampan", assignment__organisation=technical)
    action.current.decline(by=Actor.of(representative), reason="budget", text="Nej.", next_step="Nästa år.")
    meeting = MeetingFactory()
    assert raised(meeting, representative) == {"action_log": ["Laga lampan"]}

    AgendaItemFactory(issue=action.issue, action=action, discussed_at=timezone.now())

    assert "action_log" not in raised(meeting, representative)


def test_what_is_declined_at_the_very_moment_it_is_spoken_of_is_no_news(
    coordinator: Member, technical: Organisation
) -> None:
    spoken = timezone.now() - timedelta(days=1)
    for title, at in (("Lampan", spoken), ("Glaset", spoken + timedelta(microseconds=1))):
        action = ActionFactory(title=title, assignment__organisation=technical)
        no = {"reason": "budget", "text": "Nej.", "next_step": "Nästa år."}
        action.current.decline(by=on_behalf(coordinator, "phone"), at=at, **no)
        AgendaItemFactory(issue=action.issue, action=action, discussed_at=spoken)

    assert [action.title for action in _raised_actions(coordinator, timezone.localdate())] == ["Glaset"]
    assert raised(MeetingFactory(), coordinator)["action_log"] == ["Glaset"]


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ("accepted", {"answer": "accepted", "planned": in_days(-1)}),
        ("question", {"answer": "question", "text": "Var?"}),
    ],
)
def test_what_is_late_or_asks_the_group_is_raised_though_its_answer_has_been_spoken_of(
    coordinator: Member, state: str, answer: dict[str, object]
) -> None:
    answered_at = timezone.now() - timedelta(days=40)
    facts = {f"assignment__{name}": value for name, value in answer.items()}
    action = ActionFactory(title="Laga lampan", state=state, assignment__answered_at=answered_at, **facts)
    discussed(action.issue, action)

    assert raised(MeetingFactory(), coordinator) == {"action_log": ["Laga lampan"]}


def test_what_was_done_in_a_closed_issue_is_told_with_the_issue(coordinator: Member, technical: Organisation) -> None:
    action = ActionFactory(assignment__organisation=technical, issue__title="Mörkt", state=Action.State.ACCEPTED)
    action.finish(note="Lagat.", by=on_behalf(coordinator, "phone"))
    action.issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Det lyser.")

    assert raised(MeetingFactory(), coordinator) == {"feedback": ["Mörkt"]}


def test_remisser_and_occasions_have_headings_of_their_own(coordinator: Member) -> None:
    IssueFactory(kind=Issue.Kind.CONSULTATION, title="Detaljplan")
    IssueFactory(kind=Issue.Kind.OCCASION, title="Student")

    assert raised(MeetingFactory(), coordinator) == {
        "consultations": ["Detaljplan"],
        "occasions": ["Student"],
    }


def test_a_closed_issue_is_told_at_one_meeting(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt")
    discussed(issue)
    issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Det lyser.")
    meeting = MeetingFactory()
    assert raised(meeting, coordinator) == {"feedback": ["Mörkt"]}

    told = MeetingFactory(state=Meeting.State.CLOSED, closed_at=timezone.now())
    AgendaItemFactory(meeting=told, issue=issue, under="feedback")

    assert raised(meeting, coordinator) == {}


def test_an_ending_that_a_year_of_meetings_has_passed_by_is_history(coordinator: Member) -> None:
    for title, days in (("I fjol", 366), ("I år", 364)):
        at = timezone.now() - timedelta(days=days)
        IssueFactory(title=title).close(by=Actor.of(coordinator), at=at, outcome="solved", feedback="Det lyser.")

    assert raised(MeetingFactory(), coordinator) == {"feedback": ["I år"]}


@pytest.mark.parametrize("facts", [{"under": "feedback", "removed": True}, {"under": "ongoing_issues"}])
def test_a_closed_issue_that_was_taken_off_or_left_unspoken_is_not_yet_told(
    coordinator: Member, facts: dict[str, object]
) -> None:
    issue = IssueFactory(title="Mörkt", state=Issue.State.CLOSED)
    AgendaItemFactory(
        meeting=MeetingFactory(state=Meeting.State.CLOSED, closed_at=timezone.now()), issue=issue, **facts
    )

    assert raised(MeetingFactory(), coordinator) == {"feedback": ["Mörkt"]}


def test_a_line_that_was_marked_and_then_taken_off_was_not_spoken_of(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt")
    item = discussed(issue)
    with reopened(item.meeting):
        AgendaItem.objects.filter(pk=item.pk).update(removed=True)
    meeting = MeetingFactory()
    assert raised(meeting, coordinator) == {"new_issues": ["Mörkt"]}

    remove_line(meeting, f"issue-{issue.pk}", by=Actor.of(coordinator))

    assert add_item(meeting, by=Actor.of(coordinator), issue=issue).heading.key == "new_issues"


@pytest.mark.parametrize("is_discussed", [False, True])
@pytest.mark.parametrize("kind", Issue.Kind)
def test_what_somebody_adds_stands_where_its_rule_would_put_it(
    coordinator: Member, kind: Issue.Kind, is_discussed: bool
) -> None:
    issue = IssueFactory(kind=kind)
    if is_discussed:
        discussed(issue)
    meeting = MeetingFactory()
    (heading,) = raised(meeting, coordinator)
    remove_line(meeting, f"issue-{issue.pk}", by=Actor.of(coordinator))
    Issue.objects.update(state=Issue.State.ON_HOLD)

    assert add_item(meeting, by=Actor.of(coordinator), issue=issue).heading.key == heading


def test_a_restricted_issue_is_on_the_agenda_of_the_named_alone(coordinator: Member, representative: Member) -> None:
    issue = IssueFactory(restricted=True, title="Hemligt")
    issue.named.add(representative)
    meeting = MeetingFactory()

    assert raised(meeting, coordinator) == {}
    assert raised(meeting, representative) == {"new_issues": ["Hemligt"]}


def test_what_is_removed_stays_away_and_what_is_added_again_comes_back(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt")
    meeting = MeetingFactory()

    remove_line(meeting, f"issue-{issue.pk}", by=Actor.of(coordinator))
    assert raised(meeting, coordinator) == {}

    add_item(meeting, by=Actor.of(coordinator), heading="new_issues", issue=issue)
    assert raised(meeting, coordinator) == {"new_issues": ["Mörkt"]}


def test_the_log_begins_with_what_needs_somebody_most(coordinator: Member) -> None:
    today, day = timezone.localdate(), timedelta(days=1)
    answered = {"assignment__answer": "accepted", "assignment__answered_at": timezone.now()}
    ActionFactory(title="På gång", state="accepted", assignment__planned=today + day, **answered)
    ActionFactory(title="Försenad", state="ongoing", assignment__planned=today - day, **answered)
    ActionFactory(title="Tyst", assignment__answer_due=today - day)
    ActionFactory(title="Frågar", state="question", assignment__answer="question")

    assert raised(MeetingFactory(), coordinator)["action_log"] == ["Frågar", "Tyst", "Försenad"]


def test_an_order_is_kept_and_what_comes_later_stands_last(coordinator: Member) -> None:
    first, second = IssueFactory(title="Ett"), IssueFactory(title="Två")
    meeting = MeetingFactory()

    move_line(meeting, f"issue-{second.pk}", by=Actor.of(coordinator), after="new_issues")
    IssueFactory(title="Tre")

    assert raised(meeting, coordinator) == {"new_issues": ["Två", "Ett", "Tre"]}
    assert first.title == "Ett"


def test_starting_makes_every_line_an_item_and_every_empty_heading_one(coordinator: Member) -> None:
    IssueFactory(title="Mörkt")
    meeting = MeetingFactory()

    start_meeting(meeting, by=Actor.of(coordinator))
    IssueFactory(title="För sent")

    titles = [item.title for item in AgendaItem.objects.filter(meeting=meeting).on_agenda()]
    assert len(titles) == 13
    assert raised(meeting, coordinator)["new_issues"] == ["Mörkt"]


def test_starting_asks_the_database_as_often_whatever_the_length(coordinator: Member) -> None:
    def started(number: int) -> int:
        IssueFactory.create_batch(number)
        meeting = MeetingFactory()
        with CaptureQueriesContext(connection) as asked:
            start_meeting(meeting, by=Actor.of(coordinator))
        return len(asked)

    assert started(1) == started(4)


def test_a_long_heading_is_settled_to_its_end(coordinator: Member) -> None:
    """More than a small number holds by tens: a register that is imported comes all at once."""
    meeting, heading = MeetingFactory(), Heading.objects.get(key="other")
    lines = [AgendaLine(heading, f"Punkt {n}", "") for n in range(3_300)]

    settle_heading(meeting, AgendaHeading(heading, lines), by=Actor.of(coordinator))

    assert meeting.items.count() == 3_300


@pytest.mark.parametrize("number", [1, 3])
def test_the_agenda_asks_the_database_as_often_whatever_its_length(
    coordinator: Member, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        silent()
        discussed(IssueFactory())
        IssueFactory()
        AgendaItemFactory(meeting=(meeting := MeetingFactory()), presenter=MemberFactory())
    coordinator.seat_ids  # noqa: B018 - read once in a request

    with django_assert_num_queries(8):  # with what was answered, what stands elsewhere, and to whom one escalates
        agenda(meeting, coordinator)


def test_that_an_issue_awaits_a_decision_is_told_until_there_is_one(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt")
    discussed(issue)
    meeting = under_way(coordinator)
    item = item_of(meeting, "Mörkt")
    before = [line.reason for line in lines(meeting, coordinator) if line.item == item]

    decision = decide(item, by=Actor.of(coordinator), text="Vi ses på plats")
    [after] = [line.reason for line in lines(meeting, coordinator) if line.item == item]
    close(meeting, coordinator)

    assert (before, after) == (["Ingen pågående åtgärd. Ställningstagande behövs."], "")
    assert decision.text == "Vi ses på plats."
    content = Minutes.objects.get(meeting=meeting).content
    told = [each for heading in content["headings"] for each in heading["items"] if each["title"] == "Mörkt"]
    assert [(each["reason"], each["decisions"][0]["text"]) for each in told] == [("", "Vi ses på plats.")]


def test_asking_for_the_rule_of_a_line_writes_nothing_on_its_issue(coordinator: Member) -> None:
    silent(title="Laga lampan")
    stored = [line for line in lines(under_way(coordinator), coordinator) if line.item and line.issue]

    assert stored
    assert not [line for line in stored if "spoken" in vars(line.issue)]
