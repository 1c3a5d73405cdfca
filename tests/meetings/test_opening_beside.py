"""What comes up at any item of the room: a new issue with an item of its own, and how the issue is judged."""

from __future__ import annotations

import pytest
from django.test import Client

from issues.models import Action, Issue
from meetings.models import AgendaItem, ItemDraft, Meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory
from tests.meetings.meetings import item_of, under_way, words, write
from tests.the import the

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, technical: Organisation) -> Meeting:
    """Under way, with a late action in its log."""
    issue = Issue.create(title="Trasigt räcke", kind=Issue.Kind.OTHER, by=Actor.of(coordinator))
    late = {"assignment__organisation": technical, "assignment__answer_due": in_days(-3)}
    ActionFactory(title="Laga räcket", issue=issue, **late)
    return under_way(coordinator)


def at(meeting: Meeting, where: str) -> AgendaItem:
    """The item of the log, or of a heading by its key."""
    found = {"log": {"action__isnull": False}}.get(where, {"heading__key": where})
    return AgendaItem.objects.filter(meeting=meeting, **found)[0]


@pytest.mark.parametrize("where", ["log", "round", "other"])
def test_a_new_issue_is_opened_from_any_item_and_one_is_back_at_the_same_place(
    as_coordinator: Client, meeting: Meeting, where: str
) -> None:
    item = at(meeting, where)

    response = write(as_coordinator, item, opens="Mörkt vid skolan", note="Det togs upp i förbigående.")

    opened = Issue.objects.get(title="Mörkt vid skolan")
    assert response.request["PATH_INFO"] == item.get_absolute_url()
    assert f"Ärende {opened.number} är öppnat och har en egen punkt." in words(response)
    assert item_of(meeting, "Mörkt vid skolan").issue == opened
    item.refresh_from_db()
    assert (item.note, item.issue_id == opened.pk) == ("Det togs upp i förbigående.", False)


def test_what_is_asked_in_the_round_belongs_to_the_issue_that_is_opened_there(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    typed = {"what": "Byt lampan", "responsible": technical.pk, "answer_due": in_days(14)}
    assert "Gör ett ärende av den först." in words(write(as_coordinator, at(meeting, "round"), **typed))

    write(as_coordinator, at(meeting, "round"), opens="Mörkt vid skolan", **typed)

    assert Action.objects.get(title="Byt lampan").issue == Issue.objects.get(title="Mörkt vid skolan")
    assert at(meeting, "round").is_heading


def test_the_round_itself_becomes_no_issue(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(write(as_coordinator, at(meeting, "round"), title="Mörkt vid skolan"))

    assert "Skriv ärendet under Nytt ärende" in page
    assert not Issue.objects.filter(title="Mörkt vid skolan").exists()


def test_a_title_that_is_refused_with_the_rest_stands_and_opens_nothing(
    as_coordinator: Client, meeting: Meeting
) -> None:
    page = words(write(as_coordinator, at(meeting, "log"), opens="Mörkt vid skolan", what="Byt lampan"))

    assert "Mörkt vid skolan" in page
    assert not Issue.objects.filter(title="Mörkt vid skolan").exists()


def test_what_is_typed_is_kept_until_it_is_saved(as_coordinator: Client, meeting: Meeting, coordinator: Member) -> None:
    item = at(meeting, "log")
    ItemDraft.keep(item, "opens", texts={"opens": "Mörkt"}, chosen={}, version=0, by=Actor.of(coordinator))
    assert "Mörkt" in words(as_coordinator.get(item.get_absolute_url()))

    write(as_coordinator, item, opens="Mörkt", opens_version=1)

    assert not ItemDraft.objects.get().is_filled


def test_the_priority_is_set_at_once_and_not_over_anothers(as_coordinator: Client, meeting: Meeting) -> None:
    item = at(meeting, "log")
    issue = the(item.issue)

    write(as_coordinator, item, need=3, influence=2, judged="-")
    assert Issue.objects.get(pk=issue.pk).priority == 6
    page = words(write(as_coordinator, item, need=1, influence=1, judged="-"))

    assert "Någon annan har ändrat prioriteringen. Den är nu hög" in page
    assert Issue.objects.get(pk=issue.pk).priority == 6
    write(as_coordinator, item, need=3, influence=2, judged="3-2", note="Bara ord.")
    assert Issue.objects.get(pk=issue.pk).events.filter(kind="changed").count() == 1


def test_two_who_set_the_same_priority_are_both_told_that_it_is_saved(as_coordinator: Client, meeting: Meeting) -> None:
    item = at(meeting, "log")
    write(as_coordinator, item, need=3, influence=2, judged="-")

    assert "Prioriteringen är sparad." in words(write(as_coordinator, item, need=3, influence=2, judged="-"))


def test_a_priority_from_before_the_issue_closed_is_told_as_not_saved(
    as_coordinator: Client, meeting: Meeting, coordinator: Member
) -> None:
    item = at(meeting, "log")
    issue = the(item.issue)
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Lagat.", despite="Sånt händer.")

    page = words(write(as_coordinator, item, need=3, influence=2, judged="-", note="Lagad."))

    assert "så prioriteringen är inte sparad" in page
    assert "prioriteringen är inte sparad" not in words(write(as_coordinator, item, judged="-", note="Lagad nu."))
