"""What is written down afterwards is dated when it was done, and the rules are asked of that day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from issues.models import Action
from meetings.agenda.ordering import move_line, present_line, remove_line, restore_line
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import propose_action
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, CallAnswer, Meeting, OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from meetings.planning import plan_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, MemberFactory, OrganisationFactory
from tests.meetings.meetings import excuse, item_of, planned

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=12)


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    return planned(coordinator)


@pytest.fixture
def silent_since() -> Action:
    """Asked three weeks ago and silent since last week: twelve days ago nothing was late."""
    facts = {"assignment__asked_at": timezone.now() - timedelta(days=21), "title": "Laga lampan"}
    action: Action = ActionFactory(assignment__answer_due=timezone.localdate() - timedelta(days=6), **facts)
    return action


def when_made(meeting: Meeting) -> set[datetime]:
    return {item.created_at for item in AgendaItem.objects.at(meeting)}


def test_a_start_dates_what_it_makes(meeting: Meeting, by: Actor) -> None:
    IssueFactory()
    OrganisationAtMeeting.objects.filter(meeting=meeting).delete()
    OrganisationFactory()

    start_meeting(meeting, by=by, at=LONG_AGO)

    assert when_made(meeting) == {LONG_AGO}
    assert {row.created_at for row in meeting.organisations.all()} == {LONG_AGO}


@pytest.mark.parametrize("verb", ["move", "present", "remove"])
def test_work_with_the_agenda_dates_the_lines_that_it_settles(meeting: Meeting, by: Actor, verb: str) -> None:
    issue, other = IssueFactory(), IssueFactory()
    key = f"issue-{issue.pk}"

    match verb:
        case "move":
            move_line(meeting, key, by=by, after=f"issue-{other.pk}", at=LONG_AGO)
        case "present":
            present_line(meeting, key, by=by, presenters=[by.member], minutes=5, at=LONG_AGO)
        case "remove":
            remove_line(meeting, key, by=by, at=LONG_AGO)

    assert when_made(meeting) == {LONG_AGO}


def test_a_line_that_was_put_back_stands_or_is_live_by_the_rules_of_that_day(
    meeting: Meeting, by: Actor, silent_since: Action
) -> None:
    item = remove_line(meeting, f"action-{silent_since.pk}", by=by).item

    restore_line(meeting, item.key, by=by, at=LONG_AGO)  # no rule raised it then

    assert list(AgendaItem.objects.at(meeting)) == [item]


def test_what_can_be_moved_is_what_the_rules_raised_that_day(meeting: Meeting, by: Actor, silent_since: Action) -> None:
    """Then it was the issue that was on the agenda; its action comes first since it fell silent."""
    line = f"issue-{silent_since.issue_id}"

    assert move_line(meeting, line, by=by, after="new_issues", at=LONG_AGO).line.heading.label == "Nya ärenden"


def test_a_start_is_undone_by_the_rules_of_that_day(meeting: Meeting, by: Actor, silent_since: Action) -> None:
    start_meeting(meeting, by=by, at=LONG_AGO)

    unstart_meeting(meeting, by=by, at=LONG_AGO + timedelta(minutes=5))

    assert not AgendaItem.objects.at(meeting).exists()


def test_another_day_is_dated_with_those_it_calls(meeting: Meeting, by: Actor) -> None:
    OrganisationFactory(name="Bolaget")

    meeting.change(by=by, at=LONG_AGO, place="Biblioteket")

    assert meeting.organisations.get(organisation__name="Bolaget").created_at == LONG_AGO


def test_the_attendance_is_dated(meeting: Meeting, by: Actor, representative: Member) -> None:
    excuse(meeting, representative, by=Actor.of(representative), at=LONG_AGO)
    CallAnswer.objects.all().delete()
    meeting.expect_organisations()

    note_expected(meeting, by=by, at=LONG_AGO)
    admit(meeting, Newcomer(AttendanceSpan(MemberFactory(), "co_opted")), by=by, at=LONG_AGO)

    assert [presence.created_at for presence in Presence.objects.all()] == [LONG_AGO] * 2


def test_an_excuse_is_dated(meeting: Meeting, representative: Member) -> None:
    excuse(meeting, representative, by=Actor.of(representative), at=LONG_AGO)

    assert CallAnswer.objects.get().created_at == LONG_AGO


def test_a_note_tells_who_wrote_it_last_and_when(meeting: Meeting, by: Actor) -> None:
    start_meeting(meeting, by=by, at=LONG_AGO)
    item = item_of(meeting, "Öppnande och närvaro")

    item.write_note(text="Alla är välkomna.", version=0, by=by, at=LONG_AGO)

    item.refresh_from_db()
    assert (item.noted_by, item.noted_at) == (by.member, LONG_AGO)


# The year of a day, whenever it is read

NEW_YEAR = datetime(2024, 12, 11, 13, tzinfo=UTC)


@pytest.mark.parametrize(("due", "words"), [("2024-12-20", "20 december"), ("2025-01-10", "10 januari 2025")])
def test_the_minutes_tell_the_day_that_is_wished_as_on_the_meetings_day(
    coordinator: Member, by: Actor, technical: Organisation, due: str, words: str
) -> None:
    issue = IssueFactory(title="Mörkt")
    meeting = planned(coordinator, starts_at=NEW_YEAR, year=2024)
    start_meeting(meeting, by=by, started_at=NEW_YEAR)
    propose_action(item_of(meeting, issue.title), by=by, title="Laga", organisation=technical, wished=due)

    assert [action["done_by"] for action in minutes_content(meeting, None)["actions"]] == [f"Önskas {words}"]


def test_a_topic_that_was_taken_over_tells_the_day_as_on_the_meetings_own(coordinator: Member, by: Actor) -> None:
    meeting = planned(coordinator, starts_at=NEW_YEAR, year=2024)
    start_meeting(meeting, by=by, at=NEW_YEAR)
    AgendaItemFactory(meeting=meeting, title="Nattvandring")
    note_expected(meeting, by=by)
    close_meeting(meeting, by=by, at=NEW_YEAR + timedelta(hours=2))

    same_year = plan_meeting(starts_at=NEW_YEAR + timedelta(days=7), by=by, at=NEW_YEAR + timedelta(hours=3))

    assert same_year.items.get().reason == "Behandlades inte på mötet 11 december."
