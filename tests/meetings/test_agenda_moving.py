"""Moving a line of the agenda: a step, or to any place in one act, for her who sees it and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import NotAllowed
from issues.models import AccessGrant, Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import Moved, add_item, move_line, remove_line, restore_line
from meetings.models import AgendaItem, Meeting
from meetings.starting import unstart_meeting
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import pdf_text
from tests.factories import AgendaItemFactory, IssueFactory
from tests.meetings.meetings import move_url, planned, under_way, undo, words

pytestmark = pytest.mark.django_db


def lines(meeting: Meeting, member: Member) -> list[str]:
    """The agenda as the member sees it: 6.1 Ett, 6.2 Två."""
    return [f"{line.number} {line.title}" for heading in agenda(meeting, member) for line in heading.under]


def named(*titles: str, **facts: Any) -> list[str]:
    """A new issue for each title; the keys of their lines."""
    return [f"issue-{IssueFactory(title=title, **facts).pk}" for title in titles]


def restricted(title: str, *seen_by: Member) -> str:
    [key] = named(title, restricted=True)
    for member in seen_by:
        AccessGrant.objects.create(issue=Issue.objects.get(title=title), member=member)
    return key


def move(client: Client, meeting: Meeting, line: str, after: str, **typed: str) -> Any:
    return client.post(move_url(meeting, line), {"after": after, **typed}, follow=True)


def places(client: Client, meeting: Meeting, line: str) -> dict[str, list[str]]:
    """What the line's page lets one choose among: heading → places."""
    shown = client.get(move_url(meeting, line)).context["form"].fields["after"].choices
    return {str(name): [str(words) for _, words in group] for name, group in shown if isinstance(group, list)}


def test_the_tenth_line_becomes_the_first_with_two_pages(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    *_, tenth = named(*(f"Ärende {number}" for number in range(1, 11)))

    page = as_coordinator.get(move_url(meeting, tenth))
    assert "Nu punkt 6.10, under Nya ärenden." in words(page)
    moved = as_coordinator.post(move_url(meeting, tenth), {"after": "new_issues"})

    assert lines(meeting, coordinator)[:2] == ["6.1 Ärende 10", "6.2 Ärende 1"]
    item = AgendaItem.objects.get(title="Ärende 10")
    assert moved["Location"] == f"{meeting.get_absolute_url()}?ordna=1#{item.key}"
    assert "”Ärende 10” är flyttad till punkt 6.1. Ångra" in words(as_coordinator.get(moved["Location"]))


def test_a_line_is_moved_under_another_heading_and_back(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    _, line, _ = named("Ett", "Två", "Tre")
    other = AgendaItemFactory(meeting=meeting, title="Julbelysning", under="other")

    page = move(as_coordinator, meeting, line, other.key)
    assert lines(meeting, coordinator) == ["6.1 Ett", "6.2 Tre", "12.1 Julbelysning", "12.2 Två"]
    assert "”Två” är flyttad till punkt 12.2." in words(page)

    page = undo(as_coordinator, page)
    assert lines(meeting, coordinator) == ["6.1 Ett", "6.2 Två", "6.3 Tre", "12.1 Julbelysning"]
    assert "”Två” är flyttad till punkt 6.2." in words(page)


def test_an_undo_does_not_move_back_what_a_colleague_has_moved_since(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    first, second, third = named("Ett", "Två", "Tre")
    page = move(as_coordinator, meeting, first, second)
    move_line(meeting, first, by=Actor.of(representative), after=third)

    page = undo(as_coordinator, page)

    assert lines(meeting, coordinator) == ["6.1 Två", "6.2 Tre", "6.3 Ett"]
    assert "”Ett” står inte längre dit du flyttade den, utan som punkt 6.3. Inget är ändrat." in words(page)
    assert ("Nu punkt 6.3, under Nya ärenden." in words(page), "moved_to" in page.content.decode()) == (True, False)


def test_the_steps_of_the_agenda_are_places(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    first, second, third = named("Ett", "Två", "Tre")

    steps = {line.title: line.steps for heading in agenda(meeting, coordinator) for line in heading.under}

    assert {title: tuple(of) for title, of in steps.items()} == {
        "Ett": ("new_issues", "", second),
        "Två": (first, "new_issues", third),
        "Tre": (second, first, ""),
    }
    page = as_coordinator.get(f"{meeting.get_absolute_url()}?ordna=1").content.decode()
    assert page.count("Flytta upp<") == page.count("Flytta ner<") == 2


def test_a_double_tap_moves_a_line_once(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    first, second, _ = named("Ett", "Två", "Tre")

    for _ in range(2):
        move(as_coordinator, meeting, first, second, key="4d6b5a52-9d6e-4f0e-8ad8-0a4c8f3a9d10")

    assert lines(meeting, coordinator) == ["6.1 Två", "6.2 Ett", "6.3 Tre"]


def test_every_place_is_chosen_by_the_heading_it_is_under(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    _, line = named("Ett", "Två")

    shown = places(as_coordinator, meeting, line)

    assert shown["6 Nya ärenden"] == ["Först under 6 Nya ärenden", "Efter 6.1 Ett"]
    assert shown["12 Övriga frågor"] == ["Under 12 Övriga frågor"]
    form = as_coordinator.get(move_url(meeting, line)).context["form"]
    assert form["after"].value() == f"issue-{Issue.objects.get(title='Ett').pk}"


def test_an_issue_that_has_not_ended_is_not_put_under_the_endings(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    [line] = named("Ett")
    topic = AgendaItemFactory(meeting=meeting, title="Julbelysning")
    assert "11 Återkoppling" not in places(as_coordinator, meeting, line)
    assert "11 Återkoppling" in places(as_coordinator, meeting, topic.key)

    page = words(move(as_coordinator, meeting, line, "feedback"))

    assert "Ärendet är inte avslutat, så det kan inte stå under Återkoppling." in page
    assert not AgendaItem.objects.filter(issue__isnull=False).exists()


def test_nor_is_it_added_there(as_coordinator: Client, coordinator: Member) -> None:
    meeting, issue = planned(coordinator), IssueFactory(state=Issue.State.ON_HOLD)

    typed = {"number": issue.number, "heading": "feedback"}
    page = words(as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), typed))

    assert "Ärendet är inte avslutat, så det kan inte stå under Återkoppling." in page
    assert not AgendaItem.objects.exists()


def test_a_restricted_line_moves_among_the_restricted_and_every_step_is_seen(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = planned(coordinator)
    named("Öppet")
    first, second = restricted("Hemligt", coordinator), restricted("Känsligt", coordinator)
    steps = {line.title: line.steps for heading in agenda(meeting, coordinator) for line in heading.under}
    assert steps["Öppet"] == ("new_issues", "", "")
    assert steps["Känsligt"] == (first, "new_issues", "")

    move(as_coordinator, meeting, second, steps["Känsligt"].up)

    assert lines(meeting, coordinator) == ["6.1 Öppet", "6.2 Känsligt", "6.3 Hemligt"]
    shown = places(as_coordinator, meeting, first)
    first_of_them = "Först av dem med begränsad spridning under 6 Nya ärenden"
    assert shown["6 Nya ärenden"] == [first_of_them, "Efter 6.2 Känsligt"]
    assert second not in move_url(meeting, first)
    move(as_coordinator, meeting, first, "other")
    assert lines(meeting, coordinator) == ["6.1 Öppet", "6.2 Känsligt", "12.1 Hemligt"]


def test_no_place_tells_of_what_one_may_not_see(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    first, second = named("Ett", "Två")
    hidden = restricted("Hemligt", representative)
    by = Actor.of(representative)
    move_line(meeting, hidden, by=by, after="other")

    assert places(as_coordinator, meeting, first)["12 Övriga frågor"] == ["Under 12 Övriga frågor"]
    assert "Hemligt" not in words(as_coordinator.get(move_url(meeting, first)))
    assert as_coordinator.get(move_url(meeting, hidden)).status_code == 404
    page = words(move(as_coordinator, meeting, hidden, second))
    assert "Punkten står inte längre på dagordningen." in page
    page = words(move(as_coordinator, meeting, first, hidden))
    assert "Platsen finns inte längre på dagordningen. Välj en annan." in page

    move(as_coordinator, meeting, first, "other")
    assert lines(meeting, coordinator) == ["6.1 Två", "12.1 Ett"]
    assert lines(meeting, representative) == ["6.1 Två", "12.1 Ett", "12.2 Hemligt"]


@pytest.mark.parametrize("line", ["issue-0", "item-999", "other"])
def test_a_line_that_is_gone_is_answered_on_the_agenda(as_coordinator: Client, coordinator: Member, line: str) -> None:
    meeting = planned(coordinator)
    AgendaItemFactory(meeting=meeting)

    response = move(as_coordinator, meeting, line, "other")

    assert "Punkten står inte längre på dagordningen." in words(response)
    assert response.redirect_chain == [(f"{meeting.get_absolute_url()}?ordna=1#dagordning", 302)]
    assert as_coordinator.get(move_url(meeting, line)).status_code == 404


@pytest.mark.parametrize("after", ["issue-0", "item-999", "14", "\x00"])
def test_a_place_that_is_gone_is_chosen_anew(as_coordinator: Client, coordinator: Member, after: str) -> None:
    meeting = planned(coordinator)
    [line] = named("Ett")

    page = words(move(as_coordinator, meeting, line, after))

    assert "Platsen finns inte längre på dagordningen. Välj en annan." in page
    assert "Under 12 Övriga frågor" in page
    assert not AgendaItem.objects.exists()


def test_without_a_place_one_is_asked_for_it(as_coordinator: Client, coordinator: Member) -> None:
    [line] = named("Ett")

    assert "Välj var punkten ska stå." in words(move(as_coordinator, planned(coordinator), line, ""))


@pytest.mark.parametrize("after", ["itself", "where it stands"])
def test_a_line_that_stands_there_already_is_told_so_and_stores_nothing(
    as_coordinator: Client, coordinator: Member, after: str
) -> None:
    meeting = planned(coordinator)
    first, second = named("Ett", "Två")

    page = words(move(as_coordinator, meeting, second, second if after == "itself" else first))

    assert "”Två” står redan där, som punkt 6.2." in page
    assert not AgendaItem.objects.exists()


def step(client: Client, meeting: Meeting, coordinator: Member, title: str, direction: str) -> Any:
    """What the button of the line sent, as the page shows it now; sent when the result is called for."""
    [line] = [line for heading in agenda(meeting, coordinator) for line in heading.under if line.title == title]
    return lambda: move(client, meeting, line.key, getattr(line.steps, direction))


def test_of_two_who_take_the_same_step_the_second_is_told_that_it_is_taken(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = planned(coordinator)
    named("Ett", "Två", "Tre")
    hers, his = (step(as_coordinator, meeting, coordinator, "Ett", "down") for _ in range(2))
    hers()

    page = words(his())

    assert lines(meeting, coordinator) == ["6.1 Två", "6.2 Ett", "6.3 Tre"]
    assert "”Ett” står redan där, som punkt 6.2." in page


def test_a_step_past_a_line_that_was_moved_meanwhile_goes_after_what_she_saw(
    as_coordinator: Client, coordinator: Member, officer: Member
) -> None:
    meeting = planned(coordinator)
    _, second, *_ = named("Ett", "Två", "Tre", "Fyra")
    hers = step(as_coordinator, meeting, coordinator, "Fyra", "up")
    move_line(meeting, second, by=Actor.of(officer), after="new_issues")

    hers()

    assert lines(meeting, coordinator) == ["6.1 Två", "6.2 Fyra", "6.3 Ett", "6.4 Tre"]


def test_an_undo_whose_place_is_gone_lets_her_choose_another(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    first, second = named("Ett", "Två")
    moved = move(as_coordinator, meeting, second, "new_issues")
    remove_line(meeting, first, by=Actor.of(coordinator))

    page = words(undo(as_coordinator, moved))

    assert "Platsen finns inte längre på dagordningen. Välj en annan." in page
    assert "Flytta ”Två”" in page


def test_the_number_after_a_move_is_the_same_on_screen_and_on_paper(
    as_coordinator: Client, coordinator: Member
) -> None:
    named("Ett", "Två")
    meeting = under_way(coordinator)
    topic = add_item(meeting, by=Actor.of(coordinator), title="Julbelysning")
    moved: Moved = move_line(meeting, topic.key, by=Actor.of(coordinator), after="new_issues")

    told = [
        words(as_coordinator.get(meeting.get_absolute_url())),
        words(as_coordinator.get(topic.get_absolute_url())),
        words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk]))),
        pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content),
    ]

    assert moved.line.number == "6.1"
    assert ["6.1 Julbelysning" in page for page in told] == [True] * 4


def test_what_was_moved_in_the_meeting_keeps_its_place_when_the_start_is_undone(coordinator: Member) -> None:
    _, second = named("Ett", "Två")
    meeting = under_way(coordinator)
    move_line(meeting, second, by=Actor.of(coordinator), after="other")

    unstart_meeting(meeting, by=Actor.of(coordinator))

    assert lines(meeting, coordinator) == ["6.1 Ett", "12.1 Två"]


def test_what_was_moved_in_the_meeting_is_numbered_so_in_the_minutes(coordinator: Member) -> None:
    first, second = named("Ett", "Två")
    meeting = under_way(coordinator)

    move_line(meeting, second, by=Actor.of(coordinator), after="ongoing_issues")
    with pytest.raises(NotAllowed, match="Punkten står inte längre"):
        move_line(meeting, "issue-0", by=Actor.of(coordinator), after=first)

    assert lines(meeting, coordinator)[:2] == ["6.1 Ett", "7.1 Två"]


def test_a_heading_that_loses_its_last_line_during_the_meeting_is_still_a_point(coordinator: Member) -> None:
    named("Ett", "Två")
    meeting, by = under_way(coordinator), Actor.of(coordinator)
    first, second = AgendaItem.objects.filter(meeting=meeting, heading__key="new_issues").order_by("position")

    def points() -> list[str]:
        items = AgendaItem.objects.filter(meeting=meeting, heading__key="new_issues")
        return [item.title for item in items.on_agenda()]

    move_line(meeting, first.key, by=by, after="other")
    assert points() == ["Två"]
    remove_line(meeting, second.key, by=by)
    assert points() == ["Nya ärenden"]
    restore_line(meeting, second.key, by=by)
    move_line(meeting, second.key, by=by, after="other")
    assert points() == ["Nya ärenden"]
    move_line(meeting, second.key, by=by, after="new_issues")
    assert points() == ["Två"]
