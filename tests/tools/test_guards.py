"""Forged rows: what the application's role is refused though it may write in the table, and what a page says then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Stateful
from base.records.guards import REFUSAL, Guard
from issues.models import Action, Assignment, Closure, Counter, Event, Issue, Observation
from meetings.attendance import note_expected
from meetings.deciding import decide, propose_action
from meetings.forms.draft import LATE
from meetings.models import AgendaItem, CallAnswer, Decision, Meeting, Minutes, OrganisationAtMeeting, Presence
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member, Organisation
from temagrupp import roles
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, ObservationFactory, PlaceFactory
from tests.meetings.meetings import item_of, under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db
MEETING = "Mötet är avslutat. Inget är ändrat."


def sentence_of(change: Callable[[], Any]) -> str:
    """What the guard says that refuses it; empty when none does."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError as error:
        cause: Any = error.__cause__
        if cause.sqlstate != REFUSAL:
            raise
        return str(cause.diag.message_primary)
    return ""


def forged(row: models.Model, **facts: Any) -> str:
    """What is said to a statement that sets the fields, past every verb."""
    return sentence_of(lambda: type(row)._base_manager.filter(pk=row.pk).update(**facts))


def copied(row: models.Model, **facts: Any) -> str:
    """What is said to one more row like this."""

    def add() -> None:
        row.pk, row._state.adding = None, True
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()

    return sentence_of(add)


def deleted(row: models.Model) -> str:
    manager = type(row)._base_manager
    return sentence_of(lambda: manager.filter(pk=row.pk)._raw_delete(manager.db))


@pytest.fixture
def closed(coordinator: Member, representative: Member, technical: Organisation) -> Meeting:
    """A closed meeting with attendance, a note, a decision in words, one that asked and the minutes."""
    by = Actor.of(coordinator)
    meeting = under_way(coordinator)
    CallAnswer.objects.create(meeting=meeting, member=representative, answer="no", noted_by=coordinator)
    note_expected(meeting, by=by)
    Presence.objects.create(meeting=meeting, member=coordinator, capacity="co_opted", part="guest", items="[1,)")
    item = AgendaItemFactory(meeting=meeting, issue=IssueFactory(title="Mörkt"), title="Mörkt")
    AgendaItemFactory(meeting=meeting, issue=IssueFactory(title="Ljust"), title="Ljust")
    item.write_note(text="Lamporna är beställda.", version=0, by=by)
    decide(item, by=by, text="Gruppen följer tunneln.")
    propose_action(item, organisation=technical, by=by, title="Laga lampan")
    close(meeting, coordinator)
    meeting.refresh_from_db()
    return meeting


# Of a meeting that has closed


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (AgendaItem, {"note": "Något annat"}),
        (AgendaItem, {"removed": True}),
        (AgendaItem, {"discussed_at": None}),
        (Decision, {"text": "Något annat"}),
        (Decision, {"decided_by": None}),
        (OrganisationAtMeeting, {"state": "absent"}),
        (Presence, {"capacity": "deputy"}),
        (CallAnswer, {"noted_by": None}),
    ],
)
def test_what_a_closed_meeting_has_stands(closed: Meeting, model: type[models.Model], facts: dict[str, Any]) -> None:
    [*rows] = model._base_manager.all()
    assert rows

    for row in rows:
        assert forged(row, **facts) == MEETING
        assert deleted(row) == MEETING
        assert copied(row) == MEETING


def test_nothing_is_moved_into_a_closed_meeting_nor_out_of_it(closed: Meeting, coordinator: Member) -> None:
    other = under_way(coordinator)
    item = item_of(other, "Nästa möte")

    assert forged(item, meeting=closed) == MEETING
    assert forged(item_of(closed, "Mörkt"), meeting=other) == MEETING
    assert forged(first_decision(), item=item) == MEETING


def first_decision() -> Decision:
    return Decision.objects.order_by("pk")[0]


@pytest.mark.parametrize("name", ["starts_at", "started_at", "closed_at", "state_since"])
def test_nor_is_when_it_was(closed: Meeting, name: str) -> None:
    assert forged(closed, **{name: timezone.now()}) == "Mötet är avslutat och kan inte ändras."


def test_its_chair_place_and_number_stand_also_while_it_is_reopened(closed: Meeting, outsider: Member) -> None:
    under_way = {"state": "under_way", "closed_at": None}

    for facts in ({"chair": outsider}, {"place": "Någon annanstans"}):
        assert forged(closed, **under_way, **facts) == "Mötet är avslutat och kan inte ändras."
    assert forged(closed, closed_at=None, state="invented") == "Mötet är avslutat och kan inte ändras."
    for which in ({"serial": 99}, {"calendar_host": "nya.exempel.se"}):
        assert forged(closed, **under_way, **which) == "Ett möte behåller sitt nummer. Inget är ändrat."
    assert forged(closed, **under_way) == ""
    assert forged(first_decision(), serial=99) == "Ett beslut behåller sitt nummer. Inget är ändrat."


def test_a_closing_has_one_version_of_its_minutes(closed: Meeting, coordinator: Member) -> None:
    frozen = Minutes.objects.get()
    facts = {"meeting": closed, "version": 2, "content": {}, "digest": "", "made_by": coordinator}
    as_it_closed: Any = closed.closed_at
    of_a_closing = "En version fryses när mötet avslutas. Inget är sparat."

    assert copied(frozen, version=2, made_at=timezone.now(), content={}) == of_a_closing
    with pytest.raises(IntegrityError, match="minutes_once_of_a_closing"), transaction.atomic():
        Minutes.objects.create(made_at=as_it_closed, **facts)


def test_reopened_by_its_verb_it_is_written_in_and_closed_anew(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))
    item = item_of(closed, "Mörkt")
    item.write_note(text="Rättat.", version=item.note_version, by=Actor.of(coordinator))
    close(closed, coordinator)

    assert (item_of(closed, "Mörkt").note, Minutes.objects.count()) == ("Rättat.", 2)


@pytest.mark.django_db(transaction=True)
def test_the_owner_redacts_it_without_opening_it(closed: Meeting) -> None:
    with roles.owner(), pgtrigger.ignore("meetings.AgendaItem:fixed_when_its_meeting_closed"):
        AgendaItem.objects.filter(title="Mörkt").update(note="[borttaget]")

    assert item_of(closed, "Mörkt").note == "[borttaget]"


# Of issues and what hangs on them


def test_a_closed_issue_stands(coordinator: Member) -> None:
    issue, other = IssueFactory(title="Mörkt"), IssueFactory(title="Ljust")
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Det lyser.")
    fixed = "Ärendet är avslutat. Öppna det igen om något mer ska göras."
    again = Closure.objects.create(issue=issue, outcome="unsolved", feedback="Nej.", by=coordinator)

    assert forged(issue, title="Något annat") == fixed
    assert forged(issue, title="Något annat", state="open", closure=None) == fixed
    assert forged(issue, closure=again, state_since=again.at) == fixed
    assert forged(issue, state_by=None, state_since=None) == fixed
    assert forged(other, serial=99) == "Ett ärende behåller sitt nummer. Inget är ändrat."
    assert forged(other, title="Något annat") == ""


def test_a_sorted_observation_stands(coordinator: Member) -> None:
    seen = ObservationFactory()
    assert forged(seen, text="Rättat") == ""
    assert forged(seen, reporter=coordinator) == "En observation har kvar sin rapportör. Inget är ändrat."

    seen.note(by=Actor.of(coordinator))

    for facts in ({"text": "Något annat"}, {"where": "Någon annanstans"}, {"seen_from": timezone.now()}):
        assert forged(seen, **facts) == "Observationen är redan sorterad. Inget är ändrat."


def test_what_was_asked_and_answered_stands(representative: Member, coordinator: Member) -> None:
    action = ActionFactory(assignment__organisation=representative.organisation)
    asked = action.current
    answer = asked.accept(by=Actor.of(representative), planned=timezone.localdate(), text="Ja.")

    assert forged(asked, message="Något annat") == "Frågan är redan ställd. Inget är ändrat."
    assert deleted(asked) == "Frågan är redan besvarad. Inget är ändrat."
    assert forged(answer, text="Nej.") == "Svaret är redan lämnat. Inget är ändrat."
    assert forged(action, title="Något annat") == "Åtgärden står som den föreslogs. Inget är ändrat."
    assert forged(action, issue=IssueFactory()) == "Åtgärden står som den föreslogs. Inget är ändrat."
    action.refresh_from_db()
    action.finish(note="Lagat.", by=Actor.of(representative))
    assert forged(action, done_note="Inte lagat.") == "Åtgärden är redan avslutad. Inget är ändrat."
    assert forged(action, state="cancelled") == "Åtgärden är redan avslutad. Inget är ändrat."


def test_a_question_that_was_left_to_others_stands(representative: Member, housing: Organisation) -> None:
    action = ActionFactory(assignment__organisation=representative.organisation)
    first = action.current
    first.pass_on(by=Actor.of(representative), to=housing)

    left = Assignment.objects.get(pk=first.pk)

    assert forged(left, planned=timezone.localdate()) == "Frågan har lämnats till någon annan. Inget är ändrat."


# The timeline


def test_a_line_of_the_timeline_points_at_what_is_its_issues(representative: Member) -> None:
    one, other = (ActionFactory(assignment__organisation=representative.organisation) for _ in range(2))
    answer = one.current.accept(by=Actor.of(representative), planned=timezone.localdate())
    line = Event.objects.get(answer=answer)
    wrong = "Det som ska stå i händelserna hör inte till ärendet. Inget är sparat."

    assert copied(line, issue=other.issue) == wrong
    assert copied(line, issue=one.issue, action=None) == wrong
    assert copied(line, action=one, assignment=other.current) == wrong
    assert copied(line, action=other, assignment=other.current, issue=other.issue) == wrong
    assert copied(line, issue=one.issue, action=one, assignment=one.current) == ""


def test_when_a_line_came_is_the_databases_to_say(coordinator: Member) -> None:
    told = timezone.now() - timedelta(days=400)

    event = IssueFactory().record(Event.Kind.RESUMED, by=Actor.of(coordinator), at=told)
    forged_line = Event.objects.create(issue=event.issue, kind="resumed", at=told, recorded_at=told)

    for line in (event, forged_line):
        line.refresh_from_db()
        assert (line.at, timezone.now() - line.recorded_at < timedelta(minutes=1)) == (told, True)


@pytest.mark.parametrize(
    ("kind", "constraint"),
    [("invented", "event_kind_is_a_choice"), ("closed", "event_of_a_closing_has_its_closure")],
)
def test_a_line_is_of_a_kind_that_there_is(kind: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Event.objects.create(issue=IssueFactory(), kind=kind)


# The states


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"state": "closed"}, "meeting_closed_has_a_time"),
        ({"closed_at": timezone.now()}, "meeting_closed_has_a_time"),
        ({"started_at": None}, "meeting_begun_has_a_time"),
        ({"state": "planned"}, "meeting_begun_has_a_time"),
        ({"state_by": None}, "meeting_state_entered_by_somebody"),
    ],
)
def test_a_meeting_has_the_times_of_its_state(coordinator: Member, facts: dict[str, Any], constraint: str) -> None:
    meeting = under_way(coordinator)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**facts)


@pytest.mark.parametrize(
    ("model", "facts", "constraint"),
    [
        (Issue, {"state_since": timezone.now()}, "issue_state_entered_by_somebody"),
        (Action, {"state": "cancelled", "state_since": timezone.now()}, "action_state_entered_by_somebody"),
        (Action, {"done_at": timezone.now()}, "action_done_has_a_time"),
        (Observation, {"state_since": timezone.now()}, "observation_state_entered_by_somebody"),
        (Observation, {"rejection": "Nej."}, "observation_rejected_with_a_reason"),
        (Assignment, {"asked_by": None}, "assignment_asked_by_somebody"),
        (AgendaItem, {"noted_at": timezone.now()}, "agenda_item_noted_by_somebody"),
        (Decision, {"serial": 7}, "decision_numbered_whole"),
    ],
)
def test_a_moment_has_its_person(
    coordinator: Member, model: type[models.Model], facts: dict[str, Any], constraint: str
) -> None:
    ActionFactory()
    ObservationFactory()
    decide(item_of(under_way(coordinator), "Nästa möte"), by=Actor.of(coordinator), text="Vi ses.")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._base_manager.update(**facts)


def test_when_a_row_was_made_and_a_state_entered_stands(representative: Member, coordinator: Member) -> None:
    action = ActionFactory(assignment__organisation=representative.organisation)
    asked, issue, before = action.current, action.issue, timezone.now() - timedelta(days=400)
    asked.accept(by=Actor.of(representative), planned=timezone.localdate())
    issue.pause(reason="Till våren.", by=Actor.of(coordinator))

    rows: list[models.Model] = [issue, action, asked, coordinator]
    for row in rows:
        assert forged(row, created_at=before) == "Det står kvar när det skrevs in. Inget är ändrat."
    for facts in ({"state_since": before}, {"state_by": representative}):
        assert forged(issue, **facts) == "Det står kvar när det blev så. Inget är ändrat."
    assert forged(action, state_since=before) == "Det står kvar när det blev så. Inget är ändrat."
    assert forged(asked, asked_at=before) == "Frågan är redan ställd. Inget är ändrat."
    assert forged(issue, created_at=issue.created_at, state_since=before, state="open") == ""


# What a page says


@pytest.fixture
def verbs_that_do_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stateful, "lock_if", lambda row, *states, **words: row.lock())


def test_a_page_that_meets_a_guard_says_its_sentence_and_keeps_what_was_typed(
    as_coordinator: Client, verbs_that_do_not_ask: None
) -> None:
    issue = IssueFactory(state="closed")

    response = as_coordinator.post(
        reverse("issues:change", args=[issue.number]), {"kind": "other", "title": "Det sista jag skrev"}
    )

    assert response.status_code == 200
    assert "Ärendet är avslutat. Öppna det igen om något mer ska göras." in words(response)
    assert "Det sista jag skrev" in words(response)


def test_a_note_that_a_guard_refuses_is_kept_beside_it(
    closed: Meeting, as_coordinator: Client, verbs_that_do_not_ask: None
) -> None:
    item = item_of(closed, "Mörkt")
    typed = {"note": "Det sista jag skrev", "version": item.note_version}
    reply = as_coordinator.post(reverse("meetings:note_save", args=[item.pk]), typed).json()

    assert (reply["kept"], reply["message"]) == (True, LATE.format("minnesanteckningarna"))
    assert item_of(closed, "Mörkt").note == item.note


def test_so_does_a_button(closed: Meeting, as_coordinator: Client, verbs_that_do_not_ask: None) -> None:
    remove = reverse("meetings:agenda_remove", args=[closed.pk])

    response = as_coordinator.post(remove, {"line": item_of(closed, "Ljust").key}, follow=True)

    assert MEETING in words(response)


def test_every_guard_has_a_sentence_and_a_name_of_its_own_on_its_table() -> None:
    guards = [(model, trigger) for model, trigger in pgtrigger.registered() if isinstance(trigger, Guard)]

    assert len(guards) > 20
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")
        there = {name for (name,) in cursor.fetchall()}
    assert {trigger.get_pgid(model) for model, trigger in guards} <= there


# Of time


def test_a_number_is_never_given_again() -> None:
    counter = Counter.objects.create(series=Counter.Series.ISSUE, year=1999, last=7)

    assert forged(counter, last=6) == forged(counter, year=1998) == "Numret är redan taget. Inget är ändrat."
    assert forged(counter, last=8) == forged(counter, updated_at=timezone.now()) == ""


@pytest.mark.django_db(transaction=True)
def test_whoever_reads_the_world_as_it_was_is_not_told_that_a_meeting_is_still_open(coordinator: Member) -> None:
    item = item_of(under_way(coordinator), "Nästa möte")

    def note(level: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        AgendaItem.objects.filter(pk=item.pk).update(note=level)

    assert sentence_of(lambda: note("REPEATABLE READ")) == sentence_of(lambda: note("SERIALIZABLE")) == MEETING
    assert sentence_of(lambda: note("READ COMMITTED")) == ""


def test_a_line_of_history_tells_when_it_was_and_not_when_its_transaction_began() -> None:
    place: Any = PlaceFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (began,) = cursor.fetchone()

    assert place.history.get().pgh_created_at > began
