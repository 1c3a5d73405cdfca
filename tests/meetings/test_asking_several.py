"""One decision asks several organisations the same: an action each, one number, one sentence, all the way."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Action
from issues.models.event_sentences import meeting_in_passing
from issues.proposing import propose_to_each
from meetings.deciding import propose_action_to_each, withdraw
from meetings.foreseen import preview
from meetings.models import AgendaItem, Decision, Meeting, Minutes, ProposedAction
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close
from tests.the import the

SENTENCE = "Gruppen föreslår Tekniska förvaltningen och Polisen att laga lampan. Stöd från Witalabostäder AB."


@pytest.fixture
def decision(
    item: AgendaItem, coordinator: Member, technical: Organisation, police: Organisation, housing: Organisation
) -> Decision:
    asked: dict[str, Any] = {"title": "Laga lampan", "supporting": [housing]}
    return propose_action_to_each(item, [technical, police], by=Actor.of(coordinator), **asked)


@pytest.fixture
def closed(item: AgendaItem, decision: Decision, coordinator: Member) -> Meeting:
    meeting = item.meeting
    close(meeting, coordinator)
    meeting.refresh_from_db()
    return meeting


def actions() -> list[tuple[str, str]]:
    return [(str(action.current.organisation), action.state) for action in Action.objects.order_by("pk")]


def test_it_is_one_decision_with_an_action_for_each(decision: Decision) -> None:
    assert decision.text == SENTENCE
    assert list(decision.actions.order_by("pk")) == list(Action.objects.order_by("pk"))
    assert actions() == [("Tekniska förvaltningen", "draft"), ("Polisen", "draft")]
    assert [[str(each) for each in action.supporting.all()] for action in Action.objects.all()] == [
        ["Witalabostäder AB"],
        ["Witalabostäder AB"],
    ]


def test_it_is_chosen_in_the_room_with_those_who_support(
    as_coordinator: Client, item: AgendaItem, technical: Organisation, police: Organisation, housing: Organisation
) -> None:
    typed = {"what": "Laga lampan", "responsible": technical.pk, "others": [police.pk], "supporting": [housing.pk]}

    page = words(write(as_coordinator, item, **typed))

    assert SENTENCE in page
    assert actions() == [("Tekniska förvaltningen", "draft"), ("Polisen", "draft")]


def test_the_room_tells_alike_drafts_in_one_row_that_names_all(
    as_coordinator: Client, item: AgendaItem, decision: Decision, coordinator: Member, police: Organisation
) -> None:
    propose_action_to_each(item, [police], by=Actor.of(coordinator), title="Laga staketet")

    page = words(as_coordinator.get(item.get_absolute_url()))

    assert page.count("Utkast.") == 2
    assert "Utkast. Inte föreslagen för Tekniska förvaltningen och Polisen än." in page
    assert "Utkast. Inte föreslagen för Polisen än." in page


def test_the_page_of_the_closing_tells_it_once_and_counts_the_actions(
    as_coordinator: Client, item: AgendaItem, decision: Decision
) -> None:
    page = words(as_coordinator.get(reverse("meetings:close", args=[item.meeting_id])))

    assert page.count("Två åtgärder föreslås") >= 1
    assert "Laga lampan , till Tekniska förvaltningen och Polisen" in page
    assert (len(preview(item.meeting).proposed), len(preview(item.meeting).drafts)) == (1, 2)


def test_the_timeline_tells_it_in_one_line(as_representative: Client, closed: Meeting, item: AgendaItem) -> None:
    page = words(as_representative.get(the(item.issue).get_absolute_url()))

    number, day = f"{closed.year}-1", meeting_in_passing(closed.day, is_extra=False, today=timezone.localdate())
    told = "Gruppen föreslår Tekniska förvaltningen och Polisen att laga lampan."
    assert f"Beslut {number} på {day}. {told}" in page
    assert page.count(f"Beslut {number}") == 1


def test_the_timeline_calls_them_what_they_are_called_now_as_its_other_lines_do(
    as_representative: Client, closed: Meeting, item: AgendaItem, police: Organisation
) -> None:
    Organisation.objects.filter(pk=police.pk).update(name="Polisen Höglandet")

    page = words(as_representative.get(the(item.issue).get_absolute_url()))

    assert "Gruppen föreslår Tekniska förvaltningen och Polisen Höglandet att laga lampan." in page


def test_it_has_one_number_and_each_is_asked(closed: Meeting, decision: Decision) -> None:
    decision.refresh_from_db()

    assert decision.number == f"{closed.year}-1"
    assert actions() == [("Tekniska förvaltningen", "proposed"), ("Polisen", "proposed")]
    told = [str(event) for event in the(decision.issue).events.filter(kind="decided")]
    assert told == [told[0]] * 2
    assert all(words.startswith(f"Beslut {decision.number} på mötet") for words in told)


def test_the_minutes_have_one_decision_and_a_row_for_each(closed: Meeting) -> None:
    content = Minutes.objects.get(meeting=closed).content

    decided = [each for heading in content["headings"] for item in heading["items"] for each in item["decisions"]]
    assert [each["text"] for each in decided] == [SENTENCE]
    assert [(row["number"], row["organisation"], row["supporting"], row["is_new"]) for row in content["actions"]] == [
        (f"{closed.year}-1", "Tekniska förvaltningen", ["Witalabostäder AB"], True),
        (f"{closed.year}-1", "Polisen", ["Witalabostäder AB"], True),
    ]


def test_undoing_the_closing_makes_each_a_draft_again(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))

    assert actions() == [("Tekniska förvaltningen", "draft"), ("Polisen", "draft")]
    assert preview(closed).drafts == list(Action.objects.order_by("pk"))


def test_striking_it_takes_each_draft_along_and_keeps_what_was_asked(decision: Decision, coordinator: Member) -> None:
    first = Action.objects.order_by("pk")[0]
    first.propose(by=Actor.of(coordinator))

    kept = withdraw(decision, by=Actor.of(coordinator))

    assert kept == [first]
    assert actions() == [("Tekniska förvaltningen", "proposed"), ("Polisen", "cancelled")]
    assert not ProposedAction.objects.exists()


def test_one_that_was_asked_before_the_closing_does_not_hold_up_the_others(
    item: AgendaItem, decision: Decision, coordinator: Member
) -> None:
    Action.objects.order_by("pk")[0].propose(by=Actor.of(coordinator))

    close(item.meeting, coordinator)

    assert actions() == [("Tekniska förvaltningen", "proposed"), ("Polisen", "proposed")]


def test_nobody_supports_what_they_are_asked(
    item: AgendaItem, coordinator: Member, technical: Organisation, police: Organisation
) -> None:
    asked: dict[str, Any] = {"title": "Laga lampan", "supporting": [police]}

    with pytest.raises(ValidationError, match="Polisen får själv frågan"):
        propose_action_to_each(item, [technical, police], by=Actor.of(coordinator), **asked)

    assert (Decision.objects.count(), Action.objects.count()) == (0, 0)


def test_a_decision_to_propose_without_an_action_is_refused_by_the_database(
    item: AgendaItem, coordinator: Member
) -> None:
    Decision.objects.create(item=item, kind="propose", text="Gruppen föreslår.", decided_by=coordinator)

    with pytest.raises(IntegrityError, match="Beslutet föreslår ingen åtgärd"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_a_closed_meeting_asks_for_stands(closed: Meeting) -> None:
    rows = ProposedAction._base_manager.all()

    with pytest.raises(IntegrityError, match="Mötet är avslutat"), transaction.atomic():
        rows._raw_delete(rows.db)
    with pytest.raises(IntegrityError, match="Mötet är avslutat"), transaction.atomic():
        ProposedAction.objects.create(decision=Decision.objects.get(), action=ActionFactory())


def test_one_who_has_reported_reads_of_it_once_and_all_who_were_asked(
    as_officer: Client, officer: Member, item: AgendaItem, decision: Decision, coordinator: Member
) -> None:
    ObservationFactory(reporter=officer, organisation=officer.organisation, issue=the(item.issue), state="attached")
    close(item.meeting, coordinator)

    page = words(as_officer.get("/"))

    told = f"Din rapport om {item.issue}: gruppen föreslår Tekniska förvaltningen och Polisen att laga lampan"
    assert (page.count(told), page.count("gruppen föreslår")) == (1, 1)


def test_what_is_asked_of_several_between_meetings_is_one_line_too(
    as_coordinator: Client, coordinator: Member, technical: Organisation, police: Organisation
) -> None:
    issue = IssueFactory()
    facts: dict[str, Any] = {"title": "Laga lampan", "text": "", "answer_due": in_days(9)}
    propose_to_each([technical, police], issue=issue, by=Actor.of(coordinator), **facts)

    page = words(as_coordinator.get(issue.get_absolute_url()))

    assert page.count("Gruppen föreslår Tekniska förvaltningen och Polisen att laga lampan.") == 1


def test_one_that_is_asked_while_the_meeting_closes_is_not_told_of_with_those_asked_then(
    item: AgendaItem, decision: Decision, coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks, first, by = Action.lock, decision.actions.order_by("pk")[0], Actor.of(coordinator)

    def lock(action: Action, *args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(Action, "lock", locks)
        first.propose(by=by)
        action.lock(*args, **kwargs)

    monkeypatch.setattr(Action, "lock", lock)
    close(item.meeting, coordinator)

    asked = Action.objects.order_by("pk")[1]
    told = the(item.issue).events.get(kind="decided", action=asked)
    assert "att laga lampan" in str(told)
    assert f"Gruppen föreslår {asked.current.organisation} att" in str(told)
