"""Taking back a new issue closes it, unless something else has come to it; the receipt says which, and why."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from base.ui.undo import undo_of
from issues.models import Follower, Issue, Note, Observation
from meetings.agenda.ordering import add_item, present_line
from members.actor import Actor
from members.models import Member
from tests.factories import ActionFactory, IssueFactory, MemberFactory, ObservationFactory
from tests.meetings.meetings import item_of, planned, under_way
from tests.pages import Response
from tests.the import the

pytestmark = pytest.mark.django_db
NEW = {"title": "Mörkt", "kind": "place", "where": "Tunneln"}
BACK = "Observationen ligger bland dem som ska sorteras igen."


def said(response: Response) -> str:
    [message] = get_messages(response.wsgi_request)
    return str(message)


def opened(client: Client) -> tuple[Issue, str, dict[str, str]]:
    """A new issue out of one observation, with where and what its undo posts."""
    response = client.post(f"/observationer/{ObservationFactory().pk}/nytt-arende/", NEW)
    [message] = get_messages(response.wsgi_request)
    undo = the(undo_of(message))
    client.get("/hjalp/")
    return Issue.objects.get(title="Mörkt"), undo.url, undo.fields


def notes(issue: Issue, by: Actor) -> None:
    Note.write(issue, text="Ringde Trafikverket.", by=by)


def notes_and_takes_it_back(issue: Issue, by: Actor) -> None:
    Note.write(issue, text="Ringde Trafikverket.", by=by)
    Note.objects.get().withdraw(by=by)


def places_it(issue: Issue, by: Actor) -> None:
    meeting = planned(by.member)
    Issue.objects.filter(pk=issue.pk).update(state="on_hold")  # what no rule raises may be added
    issue.refresh_from_db()
    add_item(meeting, issue=issue, by=by)
    Issue.objects.filter(pk=issue.pk).update(state="new")


def presents_it(issue: Issue, by: Actor) -> None:
    """At a meeting under way, on the item that its start has made."""
    meeting = under_way(by.member)
    present_line(meeting, item_of(meeting, issue.title).key, by=by, presenters=[by.member], minutes=None)


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (notes, "det har anteckningar"),
        (notes_and_takes_it_back, "det har hänt mer i det"),
        (lambda issue, by: issue.change(by=by, title="Mörkt igen"), "det har hänt mer i det"),
        (lambda issue, by: issue.take_up(by=by), "det har hänt mer i det"),
        (lambda issue, by: Follower.begin(issue, by=by), "någon annan följer det"),
        (lambda issue, by: ActionFactory(issue=issue), "det har åtgärder"),
        (lambda issue, by: ObservationFactory().attach(issue, by=by), "det har fler observationer"),
        (places_it, "det står på en dagordning"),
        (presents_it, "det står på en dagordning"),
    ],
)
def test_what_a_colleague_has_done_keeps_it(
    as_coordinator: Client, deed: Callable[[Issue, Actor], None], why: str
) -> None:
    issue, url, fields = opened(as_coordinator)
    deed(issue, Actor.of(MemberFactory(is_coordinator=True)))

    told = said(as_coordinator.post(url, fields))

    link = f'<a href="{issue.get_absolute_url()}">Ärende {issue.number}</a>'
    assert told == f"{BACK} {link} finns kvar, för {why}."
    assert not Issue.objects.get(pk=issue.pk).is_closed


@pytest.mark.parametrize("is_followed", [False, True])
def test_it_is_closed_when_nothing_has_come_to_it_but_her_own_following(
    as_coordinator: Client, coordinator: Member, is_followed: bool
) -> None:
    issue, url, fields = opened(as_coordinator)
    if is_followed:
        Follower.begin(issue, by=Actor.of(coordinator))

    told = said(as_coordinator.post(url, fields))

    assert told == f'{BACK} <a href="{issue.get_absolute_url()}">Ärende {issue.number}</a> är struket.'
    assert Issue.with_struck.get(pk=issue.pk).state == Issue.State.STRUCK


def test_another_issue_than_the_one_they_opened_is_not_closed(as_coordinator: Client) -> None:
    _, url, fields = opened(as_coordinator)
    other = IssueFactory(serial=41)

    told = said(as_coordinator.post(url, fields | {"opened": str(other.pk)}))

    assert told.endswith("finns kvar, för det öppnades inte ur de här observationerna.")
    assert [issue.is_closed for issue in Issue.objects.all()] == [False, False]
    assert Observation.objects.get().is_new
