"""The way back from a slip: beside what was just done, one button does the opposite."""

import re
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from base.ui.undo import Undo, undo_of
from issues.models import Issue, Observation
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, MemberFactory, ObservationFactory
from tests.pages import Response, text_of
from tests.the import the


def way_back(response: Response) -> Undo | None:
    (message,) = get_messages(response.wsgi_request)
    return undo_of(message)


def test_what_was_noted_by_a_slip_goes_back_to_the_queue(as_coordinator: Client) -> None:
    observation = ObservationFactory()

    undo = the(way_back(as_coordinator.post(f"/observationer/{observation.pk}/notera/")))
    as_coordinator.post(undo.url, undo.fields)

    observation.refresh_from_db()
    assert undo.url == f"/observationer/{observation.pk}/tillbaka/"
    assert observation.state == Observation.State.NEW


def test_what_was_rejected_by_a_slip_too(as_coordinator: Client) -> None:
    observation = ObservationFactory()

    response = as_coordinator.post(f"/observationer/{observation.pk}/avvisa/", {"reason": "Inte vårt."})

    observation.refresh_from_db()
    undo = the(way_back(response))
    assert undo.url == f"/observationer/{observation.pk}/tillbaka/"
    assert undo.fields["version"] == observation.version


def test_what_a_colleague_has_sorted_since_is_not_taken_back(as_coordinator: Client) -> None:
    observation, colleague = ObservationFactory(), MemberFactory(name="Ny Samordnare", is_coordinator=True)
    undo = the(way_back(as_coordinator.post(f"/observationer/{observation.pk}/notera/")))
    observation.refresh_from_db()
    observation.put_back(by=Actor.of(colleague))
    observation.reject(reason="Inte vårt.", by=Actor.of(colleague))

    page = text_of(as_coordinator, as_coordinator.post(undo.url, undo.fields)["Location"])

    assert "Observationen är avvisad (Ny Samordnare, i dag " in page
    assert Observation.objects.get().state == Observation.State.REJECTED


def test_nor_is_it_from_a_page_that_she_looked_at_before(as_coordinator: Client, coordinator: Member) -> None:
    observation = ObservationFactory()
    observation.note(by=Actor.of(coordinator))
    page = text_of(as_coordinator, observation.get_absolute_url())
    (seen,) = re.findall(r'name="version" value="([^"]+)"', page)
    observation.put_back(by=Actor.of(coordinator))
    observation.note(by=Actor.of(coordinator))

    as_coordinator.post(f"/observationer/{observation.pk}/tillbaka/", {"version": seen})

    assert Observation.objects.get().state == Observation.State.NOTED


def test_going_back_has_no_way_back_of_its_own(as_coordinator: Client, coordinator: Member) -> None:
    observation = ObservationFactory()
    observation.note(by=Actor.of(coordinator))

    assert way_back(as_coordinator.post(f"/observationer/{observation.pk}/tillbaka/")) is None


@pytest.mark.parametrize("step", ["start", "finish"])
def test_what_is_told_after_the_answer_does_not_take_the_answer_back(
    as_representative: Client, representative: Member, technical: Organisation, step: str
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=in_days(7))

    told = as_representative.post(reverse(f"issues:action_{step}", args=[action.pk]), {"klar-note": "Fyra bytta."})

    undo = way_back(told)
    assert (undo and undo.url) == {"start": None, "finish": reverse("issues:done_withdraw", args=[action.pk])}[step]


@pytest.mark.parametrize("state", [Issue.State.NEW, Issue.State.OPEN])
def test_an_issue_that_was_put_to_rest_by_a_slip_stands_where_it_was(as_coordinator: Client, state: str) -> None:
    issue = IssueFactory(state=state)

    undo = the(way_back(as_coordinator.post(f"/arenden/{issue.number}/vila/", {"reason": "Till våren."})))
    as_coordinator.post(undo.url, undo.fields)

    issue.refresh_from_db()
    assert issue.state == state


def test_what_was_undone_may_be_sent_again_from_the_page_before(as_coordinator: Client) -> None:
    issue = IssueFactory()
    page = {"reason": "Till våren.", "key": str(uuid4())}
    undo = the(way_back(as_coordinator.post(f"/arenden/{issue.number}/vila/", page)))
    as_coordinator.post(undo.url, undo.fields)

    again = as_coordinator.post(f"/arenden/{issue.number}/vila/", page, follow=True)

    issue.refresh_from_db()
    assert issue.state == Issue.State.ON_HOLD
    assert "redan skickat" not in again.content.decode()


def test_somebody_elses_sending_is_not_undone(as_coordinator: Client, as_representative: Client) -> None:
    issue = IssueFactory()
    page = {"reason": "Till våren.", "key": str(uuid4())}
    undo = the(way_back(as_coordinator.post(f"/arenden/{issue.number}/vila/", page)))
    as_representative.post(undo.url, undo.fields)

    again = as_coordinator.post(f"/arenden/{issue.number}/vila/", page, follow=True)

    assert "redan skickat" in again.content.decode()
