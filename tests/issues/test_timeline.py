"""The timeline on the page: what is alike and comes in a row is one line that unfolds, and the rows stay."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Event, Issue, Observation
from issues.texts.timeline import event_words, timeline
from members.actor import Actor
from members.models import Member
from tests.factories import CategoryFactory, IssueFactory, ObservationFactory

pytestmark = pytest.mark.django_db


def attached(issue: Issue, number: int, *, by: Actor, **facts: object) -> None:
    for _ in range(number):
        ObservationFactory(**facts).attach(issue, by=by)


def lines_of(issue: Issue) -> list[str]:
    events = issue.events.with_related().latest_first()
    return [line.words if line.is_folded else event_words(line.latest, issue) for line in timeline(events)]


def test_observations_attached_in_a_row_by_one_person_on_one_day_are_one_line(coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)
    attached(issue, 9, by=by)
    issue.pause(reason="Till våren.", by=by)
    attached(issue, 2, by=by)

    assert lines_of(issue) == [
        "Två observationer kopplade.",
        "Ärendet är vilande: Till våren.",
        "Nio observationer kopplade.",
    ]
    assert issue.events.count() == 12


def test_another_person_another_day_and_what_left_again_are_lines_of_their_own(
    coordinator: Member, officer: Member
) -> None:
    issue, by = IssueFactory(category=CategoryFactory(), where="Norra gångtunneln"), Actor.of(coordinator)
    first = ObservationFactory()
    first.attach(issue, by=by, at=timezone.now() - timedelta(days=2))
    attached(issue, 1, by=by)
    attached(issue, 1, by=Actor.of(officer))
    first.put_back(by=Actor.of(officer))

    attached_alone = "Observation kopplad."
    assert lines_of(issue) == ["Observation bortkopplad.", attached_alone, attached_alone, attached_alone]


def test_only_what_the_issue_does_not_say_itself_is_said_of_an_observation(
    coordinator: Member, officer: Member
) -> None:
    issue, by = IssueFactory(category=CategoryFactory(), where="Norra gångtunneln"), Actor.of(coordinator)
    attached(issue, 1, by=by, where="Åparken")
    attached(issue, 1, by=Actor.of(officer), category=CategoryFactory(name="Klotter"))

    assert lines_of(issue) == ["Observation kopplad: klotter.", "Observation kopplad: Åparken."]


def test_page_unfolds_what_is_alike_and_what_is_older(as_representative: Client, coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)
    for n in range(6):
        issue.record(Event.Kind.REOPENED, text=f"Igen {n}.", by=by, at=timezone.now() - timedelta(days=9 - n))
    attached(issue, 3, by=by, where="Åparken")

    html = as_representative.get(issue.get_absolute_url()).content.decode()

    open_lines, older = html.split("Visa en äldre</span>")
    assert "<summary>Tre observationer kopplade.</summary>" in open_lines
    assert open_lines.count("<li>Observation kopplad: Åparken.</li>") == 0
    assert open_lines.count("<li>Observation kopplad: belysning, Åparken.</li>") == 3
    assert ("Igen 0." in open_lines, "Igen 0." in older) == (False, True)


def test_every_event_stands_on_one_page_however_they_are_folded(as_representative: Client, coordinator: Member) -> None:
    issue = IssueFactory()
    attached(issue, 51, by=Actor.of(coordinator))

    pages = [as_representative.get(f"{issue.get_absolute_url()}?sida={n}").content.decode() for n in (1, 2)]

    assert "<summary>50 observationer kopplade.</summary>" in pages[0]
    assert "<p>Observation kopplad: belysning.</p>" in pages[1]
    assert Observation.objects.filter(issue=issue).count() == 51
