"""No rule of the agenda raises without end: beyond its ceiling it says how many it left out, and where they are."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db.models import OuterRef, Subquery
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import AccessGrant, Action, Assignment, Closure, Issue
from meetings.agenda import ceiling
from meetings.agenda.building import agenda, agenda_for_paper
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.ordering import add_item, line_about, move_line, remove_line
from meetings.models import Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.base.documents.reading import words_of
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import planned

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def three_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceiling, "MOST", 3)


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    return planned(coordinator)


def raised(meeting: Meeting, member: Member) -> dict[str, list[str]]:
    """Heading → the titles under it and the words for what is left out."""
    headings = agenda(meeting, member)
    told = {one.key: [*(line.title for line in one.lines), *map(str, one.left_out)] for one in headings}
    return {key: words for key, words in told.items() if words}


def on_paper(headings: list[AgendaHeading]) -> list[str]:
    """What a paper says under the headings."""
    said = [[*(line.title for line in one.lines), *(rest.on_paper for rest in one.left_out)] for one in headings]
    return [words for under in said for words in under if words]


def open_issues(number: int, **facts: object) -> list[Issue]:
    """So many, opened a day apart, the oldest first."""
    return [IssueFactory(title=f"Ärende {n}", created_at=NOW + timedelta(n), **facts) for n in range(number)]


def silent(number: int, issues: Sequence[Issue] = (), **facts: object) -> list[Action]:
    """So many, the one that has waited the longest first."""
    asked = [NOW - timedelta(days=50 - n) for n in range(number)]
    own = [facts | {"issue": issue} for issue in issues] or [facts] * number
    return [
        ActionFactory(
            title=f"Åtgärd {n}", assignment__asked_at=at, assignment__answer_due=timezone.localdate(at), **own[n]
        )
        for n, at in enumerate(asked)
    ]


def imported(number: int, closed_at: datetime) -> None:
    """Closed issues from another register, which no meeting here has had."""
    by = a_coordinator().member
    facts = {"category": IssueFactory().category, "opened_by": by, "year": 2001, "state": "open"}
    Issue.objects.all().update(state=Issue.State.ON_HOLD)
    Issue.objects.bulk_create([Issue(title=f"Gammalt {n}", serial=n, **facts) for n in range(1, number + 1)])
    old = Issue.objects.filter(year=2001)
    Closure.objects.bulk_create(
        [
            Closure(
                issue=issue, outcome="solved", feedback="Klart.", at=closed_at + timedelta(minutes=issue.serial), by=by
            )
            for issue in old
        ]
    )
    its_own = Closure.objects.filter(issue=OuterRef("pk"))
    ended = {"closure": Subquery(its_own.values("pk")), "state_since": Subquery(its_own.values("at")), "state_by": by}
    old.update(state=Issue.State.CLOSED, **ended)


def test_of_too_many_open_issues_the_latest_are_raised_in_their_order(meeting: Meeting, coordinator: Member) -> None:
    open_issues(5)

    assert raised(meeting, coordinator) == {
        "new_issues": ["Ärende 2", "Ärende 3", "Ärende 4"],
        "ongoing_issues": ["Och två öppna ärenden till."],
    }


def test_as_many_as_the_ceiling_leave_nothing_out(meeting: Meeting, coordinator: Member) -> None:
    open_issues(3)

    assert raised(meeting, coordinator) == {"new_issues": ["Ärende 0", "Ärende 1", "Ärende 2"]}


def test_what_rests_or_stands_in_the_log_is_not_counted(meeting: Meeting, coordinator: Member) -> None:
    open_issues(2, state=Issue.State.ON_HOLD)
    old = open_issues(5)
    silent(1, issue=old[0])

    assert raised(meeting, coordinator)["ongoing_issues"] == ["Och ett öppet ärende till."]


def test_of_too_many_actions_those_most_in_need_are_raised(meeting: Meeting, coordinator: Member) -> None:
    silent(4, issue=IssueFactory())
    ActionFactory(title="Frågar gruppen", state=Action.State.QUESTION, issue=Issue.objects.get())

    assert raised(meeting, coordinator) == {
        "action_log": ["Frågar gruppen", "Åtgärd 0", "Åtgärd 1", "Och två åtgärder till."]
    }


@pytest.mark.parametrize(
    ("days_ago", "told"),
    [(3000, {}), (2, {"feedback": ["Gammalt 298", "Gammalt 299", "Gammalt 300", "Och 297 avslutade ärenden till."]})],
)
def test_closed_issues_brought_along_from_elsewhere_raise_nothing_or_the_ceiling(
    meeting: Meeting, coordinator: Member, days_ago: int, told: dict[str, list[str]]
) -> None:
    imported(300, closed_at=NOW - timedelta(days=days_ago))

    assert raised(meeting, coordinator) == told


def test_an_issue_that_is_left_out_does_not_stand_on_the_agenda_and_may_be_added(
    meeting: Meeting, coordinator: Member
) -> None:
    issues = open_issues(5)
    silent(4, issue=issues[4])

    assert [bool(line_about(meeting, issue, coordinator)) for issue in issues] == [False, True, True, True, True]

    add_item(meeting, issue=issues[0], by=Actor.of(coordinator))

    assert "Ärende 0" in raised(meeting, coordinator)["new_issues"]


def test_an_issue_that_is_left_out_with_its_action_may_be_added(meeting: Meeting, coordinator: Member) -> None:
    for action in silent(8):
        action.issue.change(by=a_coordinator(), title=f"Ärende till {action}")
    standing = {line.issue for one in agenda(meeting, coordinator) for line in one.lines}

    for issue in Issue.objects.all():
        assert bool(line_about(meeting, issue, coordinator)) == (issue in standing)
    left = Issue.objects.exclude(pk__in=[issue.pk for issue in standing if issue]).latest_first()
    assert len(left) == 2

    add_item(meeting, issue=left[0], by=Actor.of(coordinator))

    assert left[0].title in str(raised(meeting, coordinator))


def test_all_that_the_log_leaves_out_may_be_added_and_then_stand(meeting: Meeting, coordinator: Member) -> None:
    issues = open_issues(8)
    silent(8, issues)
    Issue.objects.exclude(pk__in=[issue.pk for issue in issues]).update(state=Issue.State.ON_HOLD)
    left = [issue for issue in issues if not line_about(meeting, issue, coordinator)]
    assert [issue.title for issue in left] == ["Ärende 3", "Ärende 4"]

    for issue in left:
        add_item(meeting, issue=issue, by=Actor.of(coordinator))

    assert [bool(line_about(meeting, issue, coordinator)) for issue in issues] == [True] * 8
    assert "äldre" not in str(raised(meeting, coordinator))


def test_what_was_left_out_is_told_until_the_meeting_starts(meeting: Meeting, coordinator: Member) -> None:
    open_issues(5)
    assert "Och två öppna ärenden till." in str(raised(meeting, coordinator))

    start_meeting(meeting, by=Actor.of(coordinator))

    assert "äldre" not in str(raised(meeting, coordinator))


def test_what_has_a_place_or_was_removed_is_not_counted_as_left_out(meeting: Meeting, coordinator: Member) -> None:
    issues = open_issues(6)
    for issue in issues[:2]:
        add_item(meeting, issue=issue, by=Actor.of(coordinator))
    assert "Och ett öppet ärende till." in str(raised(meeting, coordinator))

    add_item(meeting, issue=issues[2], by=Actor.of(coordinator))
    remove_line(meeting, f"issue-{issues[2].pk}", by=Actor.of(coordinator))

    assert "äldre" not in str(raised(meeting, coordinator))


def test_what_the_log_has_taken_leaves_room_for_others(meeting: Meeting, coordinator: Member) -> None:
    issues = open_issues(7)
    for issue in issues[4:]:
        silent(1, issue=issue)

    told = raised(meeting, coordinator)

    assert told["new_issues"] == ["Ärende 1", "Ärende 2", "Ärende 3"]
    assert told["ongoing_issues"] == ["Och ett öppet ärende till."]


def test_an_issue_whose_action_has_a_place_is_not_raised_again(meeting: Meeting, coordinator: Member) -> None:
    placed = silent(3)
    for action in placed:
        move_line(meeting, f"action-{action.pk}", by=Actor.of(coordinator), after="action_log")
    Assignment.objects.update(answer_due=NOW.date() - timedelta(days=1))
    silent(3)  # for longer, so that those with a place are beyond the ceiling

    lines = [line.issue for heading in agenda(meeting, coordinator) for line in heading.lines]

    assert len(lines) == len({*lines}) == 6


def test_what_others_wait_for_is_raised_before_the_latest(meeting: Meeting, coordinator: Member) -> None:
    remiss = IssueFactory(kind=Issue.Kind.CONSULTATION, title="Detaljplan", created_at=NOW - timedelta(99))
    open_issues(4)

    told = raised(meeting, coordinator)

    assert told["consultations"] == ["Detaljplan"]
    assert told["new_issues"] == ["Ärende 2", "Ärende 3"]
    assert line_about(meeting, remiss, coordinator)


@pytest.mark.parametrize("restricted", [1, 3, 4])
def test_a_paper_is_the_same_whatever_else_its_reader_may_know(
    meeting: Meeting, coordinator: Member, representative: Member, restricted: int
) -> None:
    """Open issues, closed ones and actions, of each of which some are restricted, the latest first."""
    for closed in range(5):
        IssueFactory(state=Issue.State.CLOSED, title=f"Slut {closed}", closed_at=NOW - timedelta(9 - closed))
    silent(5, [IssueFactory(created_at=NOW + timedelta(n, hours=1)) for n in range(5)])
    open_issues(5)
    of_each = (Issue.objects.open().latest_first(), Issue.objects.latest_closed_first())
    hidden = [issue for issues in of_each for issue in issues[:restricted]]
    Issue.objects.filter(pk__in=[issue.pk for issue in hidden]).update(restricted=True)
    AccessGrant.objects.bulk_create(AccessGrant(issue=issue, member=coordinator) for issue in hidden)

    hers, theirs = (on_paper(agenda_for_paper(meeting, reader)) for reader in (coordinator, representative))

    assert hers == theirs
    assert hers


def test_the_page_leads_to_the_list_that_has_them(as_coordinator: Client, meeting: Meeting) -> None:
    open_issues(5)
    silent(5, issue=Issue.objects.latest("created_at"))
    for n in range(4):
        IssueFactory(state=Issue.State.CLOSED, closed_at=NOW - timedelta(n))

    page = as_coordinator.get(meeting.get_absolute_url()).content.decode()

    for address, words in (
        (reverse("issues:action_list"), "Och två åtgärder till."),
        (reverse("issues:list"), "Och ett öppet ärende till."),
        (f"{reverse('issues:list')}?lage=avslutade", "Och ett avslutat ärende till."),
    ):
        assert f'href="{address}">{words}</a>' in page


@pytest.mark.parametrize("kind", ["agenda_pdf", "agenda_word"])
def test_a_paper_says_it_too_but_does_not_count_what_is_restricted(
    as_coordinator: Client, meeting: Meeting, coordinator: Member, kind: str
) -> None:
    hidden = open_issues(9)[:4]  # one more than their ceiling, and two of the rest
    Issue.objects.filter(pk__in=[issue.pk for issue in hidden]).update(restricted=True)
    AccessGrant.objects.bulk_create(AccessGrant(issue=issue, member=coordinator) for issue in hidden)

    paper = words_of(as_coordinator.get(reverse(f"meetings:{kind}", args=[meeting.pk])))

    assert raised(meeting, coordinator)["ongoing_issues"] == ["Och tre öppna ärenden till."]
    assert "Och två öppna ärenden till." in paper
    assert "Och tre" not in paper
    assert "Och två öppna ärenden till." in as_coordinator.get(meeting.get_absolute_url()).content.decode()
