"""What was asked before is answered at its item by whoever writes there: the secretary too, of that item alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Action, Answer
from meetings.agenda.ordering import remove_line
from meetings.models import AgendaItem, Meeting
from members.actor import Actor, Channel
from members.models import Member, Organisation
from tests.factories import ActionFactory
from tests.meetings.asked_before import item, late
from tests.meetings.meetings import words
from tests.meetings.reopening import close
from tests.people import signed_in
from tests.the import the

__all__ = ["item", "late"]

pytestmark = pytest.mark.django_db

ASKS = {"fraga-text": "Vilken lampa?", "fraga-channel": "meeting"}


@pytest.fixture
def secretary(item: AgendaItem, officer: Member) -> Client:
    """Of the police, who writes at the meeting."""
    Meeting.objects.update(secretary=officer)
    return signed_in(officer)


def ask(client: Client, action: Action, at: int | None) -> Any:
    address = reverse("issues:assignment_ask", args=[the(action.current).pk])
    return client.post(f"{address}?punkt={at}" if at else address, ASKS)


def test_the_secretary_writes_it_at_the_item_and_goes_on_there(
    secretary: Client, item: AgendaItem, late: Action, officer: Member, technical: Organisation
) -> None:
    assert "Svaret från Tekniska förvaltningen" in words(secretary.get(item.get_absolute_url()))

    response = ask(secretary, late, item.pk)

    said = Answer.objects.get()
    assert response["Location"].startswith(item.get_absolute_url())
    assert (said.kind, said.channel, said.by, said.assignment.organisation) == (
        "question",
        Channel.MEETING,
        officer,
        technical,
    )


def test_she_answers_nowhere_else(secretary: Client, item: AgendaItem, late: Action, technical: Organisation) -> None:
    other = ActionFactory(title="Klipp häcken", assignment__organisation=technical)

    for action, at in ((late, None), (other, item.pk), (late, item.pk + 1000)):
        assert ask(secretary, action, at).status_code == 403
    assert not Answer.objects.exists()


def test_she_answers_no_longer_when_the_meeting_is_over_and_what_she_wrote_is_left(
    secretary: Client, item: AgendaItem, late: Action, coordinator: Member
) -> None:
    close(item.meeting, coordinator)

    told = ask(secretary, late, item.pk)

    assert "Mötet är avslutat" in words(told)
    assert told.context["refused"]["text"].value() == ASKS["fraga-text"]
    assert not Answer.objects.exists()
    assert "Svaret från Tekniska förvaltningen" not in words(secretary.get(item.get_absolute_url()))


def test_at_an_item_that_is_removed_she_is_told_so(
    secretary: Client, item: AgendaItem, late: Action, coordinator: Member
) -> None:
    remove_line(item.meeting, item.key, by=Actor.of(coordinator))

    told = ask(secretary, late, item.pk)

    assert "Punkten är borttagen från dagordningen" in words(told)
    assert told.context["refused"]["text"].value() == ASKS["fraga-text"]
    assert not Answer.objects.exists()


def test_whom_it_is_for_where_they_do_not_know_is_chosen_by_the_samordnare(
    secretary: Client, as_coordinator: Client, item: AgendaItem
) -> None:
    hers, theirs = (words(client.get(item.get_absolute_url())) for client in (secretary, as_coordinator))

    assert ("De vet inte, låt samordnaren avgöra" in hers, "jag utser" in hers) == (True, False)
    assert "De vet inte, jag utser" in theirs


def test_another_of_the_group_answers_for_nobody(item: AgendaItem, late: Action, officer: Member) -> None:
    assert ask(signed_in(officer), late, item.pk).status_code == 403
    assert not Answer.objects.exists()
