"""What a member of the group can do with an issue of hers to read: follow it, and say that she has seen the same."""

import pytest
from django.test import Client

from issues.models import AccessGrant, Event, Follower, Issue, Note, Observation
from issues.models.follower import keys_of_latest_in_followed
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import ActionFactory, CategoryFactory, IssueFactory, SeatFactory
from tests.pages import text_of

REPORT = {"when": "now", "police_report": "unknown", "source": "own", "text": "Fortfarande mörkt."}


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(title="Mörkt i tunneln", category=CategoryFactory(), where="Norra gångtunneln")


def report(client: Client, issue: Issue, number: str = "") -> Observation:
    typed = REPORT | {"category": CategoryFactory().pk, "where": "Norra gångtunneln"}
    client.post(f"/rapportera/?arende={number or issue.number}", typed)
    return Observation.objects.get()


def follow(client: Client, issue: Issue) -> None:
    client.post(f"/arenden/{issue.number}/folj/")


def test_i_have_seen_the_same_begins_with_the_issues_category_and_place(
    as_representative: Client, issue: Issue
) -> None:
    address = f"/rapportera/?arende={issue.number}"
    assert f'href="{address}">Jag har sett samma sak</a>' in text_of(as_representative, issue.get_absolute_url())

    form = as_representative.get(address).context["form"]

    assert (form["category"].value(), form["where"].value()) == (issue.category_id, "Norra gångtunneln")
    assert f"Observationen kopplas till ärende {issue.number}." in text_of(as_representative, address)


def test_what_is_sent_is_an_own_observation_of_the_issue_at_once(
    as_representative: Client, issue: Issue, representative: Member
) -> None:
    seen = report(as_representative, issue)

    assert (seen.issue, seen.reporter, seen.source) == (issue, representative, "own")
    assert [(event.kind, event.by) for event in issue.events.all()] == [("observed", representative)]
    assert f"Kopplad till ärende {issue.number}." in text_of(as_representative, f"/rapportera/tack/{seen.pk}/")


def test_who_reported_straight_into_an_issue_is_named_where_a_reporter_is(
    as_representative: Client,
    as_coordinator: Client,
    as_handler: Client,
    representative: Member,
    issue: Issue,
    housing: Organisation,
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    report(as_representative, issue)
    outsider = Client()
    outsider.force_login(SeatFactory(member__name="Elin Utanför").member)

    named = {
        name: str(representative) in text_of(client, issue.get_absolute_url()).partition("Vad som har hänt")[2]
        for name, client in {
            "self": as_representative,
            "samordnare": as_coordinator,
            "handler": as_handler,
            "another organisation": outsider,
        }.items()
    }

    assert named == {"self": True, "samordnare": True, "handler": False, "another organisation": False}
    assert f'<p class="who">{representative.organisation}</p>' in text_of(outsider, issue.get_absolute_url())


def test_of_an_issue_that_has_closed_it_waits_to_be_sorted(as_representative: Client, issue: Issue) -> None:
    issue.close(by=a_coordinator(), outcome="solved", feedback="Det lyser.")
    assert "Rapportera att det kvarstår" in text_of(as_representative, issue.get_absolute_url())

    seen = report(as_representative, issue)

    assert (seen.issue, seen.state) == (None, "new")


@pytest.mark.parametrize("number", ["2026-999999", "abc", "hidden"])
def test_an_issue_that_she_may_not_know_of_is_as_one_that_is_not(
    number: str, as_representative: Client, issue: Issue
) -> None:
    hidden = IssueFactory(restricted=True, where="Hemlig plats")
    named = hidden.number if number == "hidden" else number

    seen = report(as_representative, issue, named)

    assert (seen.issue, seen.state) == (None, "new")
    assert "Hemlig plats" not in text_of(as_representative, f"/rapportera/?arende={named}")


def test_sent_twice_it_is_one_observation_of_the_issue(as_representative: Client, issue: Issue) -> None:
    typed = REPORT | {"category": CategoryFactory().pk, "where": "Norra gångtunneln"}
    typed |= {"key": "11111111-1111-4111-8111-111111111111"}
    for _ in range(2):
        as_representative.post(f"/rapportera/?arende={issue.number}", typed)

    assert Observation.objects.filter(issue=issue).count() == 1
    assert issue.events.count() == 1


def test_following_and_stopping_are_one_tap_each_with_a_way_back(
    as_representative: Client, issue: Issue, representative: Member
) -> None:
    page = issue.get_absolute_url()
    assert ">Följ</button>" in text_of(as_representative, page)

    follow(as_representative, issue)
    follow(as_representative, issue)

    assert [(row.member, row.issue) for row in Follower.objects.all()] == [(representative, issue)]
    assert ">Följer, sluta följa</button>" in text_of(as_representative, page)

    as_representative.post(f"/arenden/{issue.number}/sluta-folja/")

    assert Follower.objects.count() == 0
    assert ">Följ</button>" in text_of(as_representative, page)


def test_following_is_not_reporting_and_nobody_else_sees_it(
    as_representative: Client, as_officer: Client, issue: Issue
) -> None:
    follow(as_representative, issue)

    assert (Observation.objects.count(), issue.events.count()) == (0, 0)
    assert ">Följ</button>" in text_of(as_officer, issue.get_absolute_url())
    assert "Ärenden du följer" not in text_of(as_officer)


def test_the_start_page_tells_what_last_happened_and_then_the_feedback(
    as_representative: Client, issue: Issue, coordinator: Member, officer: Member
) -> None:
    follow(as_representative, issue)
    issue.pause(reason="Till våren.", by=Actor.of(coordinator))
    Note.write(issue, text="Ringde väghållaren.", by=Actor.of(officer))

    assert "Ringde väghållaren." in text_of(as_representative)

    issue.close(by=Actor.of(coordinator), outcome="partly", feedback="Fyra av sex lyser.")

    start = text_of(as_representative)
    assert "Ärenden du följer" in start
    assert "Fyra av sex lyser." in start
    assert "Ringde väghållaren." not in start


def test_what_is_hidden_from_the_follower_since_is_not_told(
    as_representative: Client, issue: Issue, coordinator: Member
) -> None:
    follow(as_representative, issue)
    issue.pause(reason="Till våren.", by=Actor.of(coordinator))

    Issue.objects.filter(pk=issue.pk).update(restricted=True)
    assert "Ärenden du följer" not in text_of(as_representative)

    AccessGrant.objects.create(issue=issue, member=Member.objects.get(email="omar@exempel.se"))
    assert "Till våren." in text_of(as_representative)


def test_a_reader_and_a_handler_see_no_button_of_the_groups(
    as_reader: Client, as_handler: Client, issue: Issue, housing: Organisation
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)

    for client in (as_reader, as_handler):
        main = text_of(client, issue.get_absolute_url()).partition("<main")[2]
        assert [words for words in ("samma sak", ">Följ<", "Anteckna") if words in main] == []


def test_of_many_followed_the_latest_are_told_one_event_of_each(representative: Member) -> None:
    first, second, third = IssueFactory.create_batch(3)
    for issue in (first, second, third):
        Follower.begin(issue, by=Actor.of(representative))
    for issue in (third, first, second, third):
        Note.write(issue, text="Ringde väghållaren.", by=a_coordinator())

    latest = keys_of_latest_in_followed(representative, 2)
    assert [Event.objects.get(**row).issue for row in latest] == [third, second]
