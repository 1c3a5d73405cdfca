"""No verb reads the trigger history: with all of it pruned, everything goes as it would have gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pghistory.models
import pgtrigger
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from base.records import Conflict, EditConflict, Versioned
from issues.models import Action, DateChange, Issue, Observation
from issues.triage import open_issue_from
from meetings.agenda.ordering import add_item, remove_line, restore_line
from meetings.closing import close_meeting
from meetings.deciding import decide, make_issue, propose_action, withdraw
from meetings.models import AgendaItem, Meeting
from meetings.planning import plan_meeting
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Group, Member, Organisation, Seat
from temagrupp import roles
from tests.factories import ActionFactory, IssueFactory, MemberFactory, ObservationFactory
from tests.meetings.meetings import item_of
from tests.meetings.reopening import close
from tests.the import the

pytestmark = pytest.mark.django_db

HISTORY = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event))


@pytest.fixture(autouse=True)
def nobody_reads_history(django_db_setup: None) -> Iterator[None]:
    """What the triggers keep is only ever inserted into, whatever is asked of the register meanwhile."""
    with CaptureQueriesContext(connection) as asked:
        yield
    read = {table for query in asked for table in HISTORY if f'"{table}"' in query["sql"]}
    assert read == set()


def test_there_is_a_history_that_a_verb_could_read() -> None:
    assert "issues_issueevent" in HISTORY
    assert "meetings_meetingevent" in HISTORY


def test_an_issue_goes_all_its_ways(coordinator: Member, representative: Member) -> None:
    by = Actor.of(coordinator)
    issue = Issue.create(by=by, title="Mörkt")
    issue.pause(reason="Till våren.", by=by)
    issue.resume(by=by)
    assert issue.state == Issue.State.NEW
    before = issue.version
    issue.change(by=by, title="Becksvart")
    with pytest.raises(EditConflict, match=r"Maja Exempel ändrade det här i dag .* Ändrat: rubrik\."):
        Issue.objects.get().change(by=Actor.of(representative), version=before, title="Skumt")
    issue.close(by=by, outcome="solved", feedback="Det lyser.")
    with pytest.raises(Conflict, match=r"Ärendet är avslutat \(Maja Exempel, i dag"):
        Issue.objects.get().pause(reason="Vänta.", by=Actor.of(representative))
    issue.reopen(reason="Mörkt igen.", by=by)

    assert Issue.objects.get().state == Issue.State.OPEN


def test_an_observation_goes_all_its_ways(coordinator: Member, representative: Member) -> None:
    seen, by = ObservationFactory(reporter=representative), Actor.of(coordinator)
    issue = open_issue_from([seen], by=by, title="Mörkt")
    with pytest.raises(Conflict, match=rf"kopplad till ärende {issue.number} \(Maja Exempel, i dag"):
        Observation.objects.get().reject(reason="Nej.", by=Actor.of(MemberFactory(is_coordinator=True)))
    seen.put_back(by=by)
    seen.reject(reason="Fel kommun.", by=by)
    with pytest.raises(Conflict, match=r"Observationen är avvisad \(Maja Exempel"):
        Observation.objects.get().correct(by=Actor.of(representative), text="Ljust")

    assert Observation.objects.get().state == Observation.State.REJECTED


def test_an_action_goes_all_its_ways(
    coordinator: Member, representative: Member, technical: Organisation, housing: Organisation
) -> None:
    by, theirs, day = Actor.of(coordinator), Actor.of(representative), timezone.localdate()
    action = Action.draft(issue=IssueFactory(), organisation=technical, by=by, title="Laga")
    action.propose(by=by)
    action.current.pass_on(by=theirs, to=housing)
    action.hand_over(to=technical, message="Ni, trots allt.", by=by)
    action.current.accept(by=theirs, planned=day)
    DateChange.make(action.current, old=day, new=day + timedelta(days=9), reason="Snö.", by=theirs)
    action.start(by=theirs)
    before = Action.objects.get().version
    action.finish(note="Lagat.", by=theirs)
    with pytest.raises(EditConflict, match=r"Omar Prov ändrade det här .* Klar: Laga\. Lagat\."):
        Action.objects.get().cancel(reason="Nej.", by=by, version=before)
    with pytest.raises(Conflict, match=r"Åtgärden är klar \(Omar Prov, i dag"):
        Action.objects.get().cancel(reason="Nej.", by=by)


def test_a_meeting_goes_all_its_ways(decided: Meeting, coordinator: Member) -> None:
    by, meeting = Actor.of(coordinator), decided
    close(meeting, coordinator, next_starts_at=meeting.starts_at + timedelta(weeks=4))
    with pytest.raises(Conflict, match=r"Mötet är avslutat \(Maja Exempel, i dag"):
        close_meeting(Meeting.objects.get(pk=meeting.pk), by=by)
    unclose_meeting(meeting, by=by)
    withdraw(the(meeting.items.exclude(decisions=None).first()).decisions.get(), by=by)
    close(meeting, coordinator)

    assert Meeting.objects.get(pk=meeting.pk).is_closed


@pytest.mark.django_db(transaction=True)
def test_a_start_is_taken_back_to_what_it_was(coordinator: Member) -> None:
    IssueFactory(title="Mörkt", state=Issue.State.NEW)
    by, meeting = Actor.of(coordinator), plan_meeting(starts_at=timezone.now(), by=Actor.of(coordinator))
    topic = add_item(meeting, by=by, title="Nattvandring")
    remove_line(meeting, topic.key, by=by)
    restore_line(meeting, topic.key, by=by)
    start_meeting(meeting, by=by)
    with roles.owner(), pgtrigger.ignore("meetings.AgendaItem:created_once"):  # a web machine whose clock is behind
        AgendaItem.objects.update(created_at=timezone.now() - timedelta(seconds=3))

    unstart_meeting(meeting, by=by)

    assert [item.title for item in meeting.items.all()] == ["Nattvandring"]


def test_what_is_decided_in_the_room_goes_all_its_ways(decided: Meeting, coordinator: Member) -> None:
    by = Actor.of(coordinator)
    topic = item_of(decided, "Nattvandring")
    decide(topic, by=by, text="Vi går på fredag.")
    make_issue(topic, by=by, title="Nattvandring")
    propose_action(topic, by=by, title="Kaffe", organisation=Organisation.objects.get(name="Tekniska förvaltningen"))

    assert topic.decisions.filter(issue=topic.issue).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda by: Group.current().change(by=by, name="Trygghet Provstad"),
        lambda by: Organisation.objects.get(name="Tekniska förvaltningen").change(by=by, area="Gator"),
        lambda by: Member.objects.get(name="Omar Prov").change(by=by, title="Chef"),
        lambda by: Seat.objects.get(member__name="Omar Prov").end(by=by, last_day=timezone.localdate()),
    ],
    ids=["group", "organisation", "member", "seat"],
)
def test_who_came_second_is_told_who_was_first(
    change: Callable[[Actor], None], coordinator: Member, representative: Member
) -> None:
    Group.current().change(by=Actor.of(representative), answer_days=10)
    organisation = the(representative.organisation)
    rows: list[Versioned] = [Group.objects.get(), organisation, representative, representative.seats.get()]
    seen = [row.version for row in rows]
    change(Actor.of(coordinator))

    refusals = [conflict for row, version in zip(rows, seen, strict=True) for conflict in refused(row, version)]
    assert [words.partition(" i dag")[0] for words in refusals] == ["Maja Exempel ändrade det här"]


def refused(row: Versioned, version: str) -> Iterator[str]:
    """What one who saves the row from that version is told; nothing when she may."""
    try:
        with transaction.atomic():
            row.lock(version)
    except EditConflict as conflict:
        yield str(conflict.message)


@pytest.mark.django_db(transaction=True)
def test_a_register_whose_history_is_pruned_goes_on(coordinator: Member, representative: Member) -> None:
    by = Actor.of(coordinator)
    issue, action = IssueFactory(title="Vilar", state=Issue.State.NEW), ActionFactory(issue__title="Frågad")
    issue.pause(reason="Till våren.", by=by)
    meeting = plan_meeting(starts_at=timezone.now(), by=by)
    start_meeting(meeting, by=by)
    with roles.owner(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(HISTORY)}")

    issue.resume(by=by)
    unstart_meeting(meeting, by=by)
    action.cancel(reason="Nej.", by=by)

    assert Issue.objects.get(title="Vilar").state == Issue.State.NEW
    assert AgendaItem.objects.count() == 0
    with pytest.raises(Conflict, match=r"återtagen \(Maja Exempel, i dag"):
        Action.objects.get().cancel(reason="Nej.", by=Actor.of(representative))
