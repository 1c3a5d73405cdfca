"""The timeline is data: what it tells of is pointed at, and its sentence is made when somebody reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, transaction
from django.utils import timezone

from issues.models import Action, Answer, Closure, Event, Issue, Tombstone
from issues.triage import open_issue_from
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import on_behalf
from tests.factories import (
    ActionFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    PlaceFactory,
)
from tests.the import the

pytestmark = pytest.mark.django_db

LAST_YEAR = datetime(2025, 3, 4, 13, 5, tzinfo=ZoneInfo("Europe/Stockholm"))


def told(issue: Issue) -> list[str]:
    return [str(event) for event in issue.events.order_by("pk")]


def who(issue: Issue) -> list[str]:
    return [event.who for event in issue.events.order_by("pk")]


def test_every_kind_has_a_sentence() -> None:
    assert {*Event.SENTENCES} == {*Event.Kind}


def test_it_tells_in_which_capacity_one_acted_then(coordinator: Member, representative: Member) -> None:
    issue = Issue.create(by=Actor.of(representative), title="Mörkt")
    issue.pause(reason="Till våren.", by=Actor.of(coordinator))
    representative.change(by=Actor.of(coordinator), is_coordinator=True)
    coordinator.change(by=Actor.of(representative), is_coordinator=False)
    issue.resume(by=Actor.of(Member.objects.get(pk=representative.pk)))

    assert who(issue) == ["Omar Prov, Tekniska förvaltningen", "Maja Exempel, samordnare", "Omar Prov, samordnare"]


def test_what_is_written_down_for_others_says_for_whom_and_how(
    coordinator: Member, technical: Organisation, rescue: Organisation
) -> None:
    action = ActionFactory(assignment__organisation=technical)

    action.current.ask(by=on_behalf(coordinator, "phone"), text="Vilka lampor?")

    assert who(action.issue) == ["Maja Exempel för Tekniska förvaltningen, på telefon"]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("Witalabostäder AB", "”Laga lampan” skickad vidare till Witalabostäder AB, inte vårt ansvarsområde. Ert hus."),
        ("", "Anser att ”Laga lampan” ligger hos någon annan, samordnaren utser ansvarig. Ert hus."),
    ],
)
def test_what_is_passed_on_is_told_with_whom_it_went_to_or_that_nobody_was_named(
    representative: Member, to: str, expected: str
) -> None:
    action = ActionFactory(title="Laga lampan", assignment__organisation=representative.organisation)

    action.current.pass_on(
        by=Actor.of(representative), to=OrganisationFactory(name=to) if to else None, text="Ert hus."
    )

    assert str(action.events.get(kind=Event.Kind.MOVED)) == expected


def test_a_name_that_is_put_right_is_told_right(coordinator: Member, representative: Member) -> None:
    issue = open_issue_from([ObservationFactory(where="Norra tunneln")], by=Actor.of(coordinator), title="Mörkt")
    action = Action.draft(
        issue=issue, organisation=the(representative.organisation), by=Actor.of(coordinator), title="Laga"
    )
    action.propose(by=Actor.of(coordinator))
    the(representative.organisation).change(by=Actor.of(coordinator), name="Gatukontoret")

    assert told(issue) == [
        "Ärendet öppnat ur en observation.",
        "Observation kopplad: belysning, Norra tunneln.",
        "Gruppen föreslår Gatukontoret att laga.",
    ]


def test_nothing_that_a_person_wrote_is_copied_into_the_timeline(coordinator: Member, representative: Member) -> None:
    action = ActionFactory(assignment__organisation=representative.organisation)
    theirs = Actor.of(representative)
    action.current.accept(by=theirs, planned=timezone.localdate(), text="Vi byter alla sex.")
    action.finish(note="Fyra armaturer bytta.", by=theirs)
    action.issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Det lyser igen.")

    kept = " ".join(f"{event.text} {event.facts}" for event in Event.objects.all())
    assert not [words for words in ("alla sex", "armaturer", "lyser igen") if words in kept]
    assert "Det lyser igen." in told(action.issue)[-1]


def test_an_issue_that_ends_twice_tells_both_endings(coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)
    issue.close(by=by, outcome="partly", feedback="Halva är lagad.")
    issue.reopen(reason="Den andra halvan är mörk.", by=by)
    issue.close(by=by, outcome="solved", feedback="Allt lyser.")

    assert told(issue) == [
        "Ärendet avslutat: delvis åtgärdat. Halva är lagad.",
        "Ärendet öppnat igen: Den andra halvan är mörk.",
        "Ärendet avslutat: åtgärdat. Allt lyser.",
    ]
    assert (issue.feedback, Closure.objects.count()) == ("Allt lyser.", 2)


def test_a_closed_issue_has_a_closure_and_an_open_one_none() -> None:
    closed, still_open = IssueFactory(state="closed"), IssueFactory()

    with pytest.raises(Error, match="issue_closed_with_a_closure"), transaction.atomic():
        Issue.objects.filter(pk=still_open.pk).update(state="closed")
    with pytest.raises(Error, match="issue_closed_with_a_closure"), transaction.atomic():
        Issue.objects.filter(pk=closed.pk).update(state="open")


def test_what_is_told_afterwards_is_told_of_its_own_time(
    coordinator: Member, representative: Member, technical: Organisation
) -> None:
    by, hour = Actor.of(coordinator), timedelta(hours=1)
    issue = Issue.create(by=by, at=LAST_YEAR, title="Mörkt")
    action = Action.draft(issue=issue, organisation=technical, by=by, at=LAST_YEAR + hour, title="Laga")
    action.propose(by=by, at=LAST_YEAR + 2 * hour)
    planned = LAST_YEAR.date() + timedelta(days=30)
    action.current.accept(by=Actor.of(representative), at=LAST_YEAR + 3 * hour, planned=planned)
    action.finish(note="Klart.", by=Actor.of(representative), at=LAST_YEAR + 4 * hour)
    issue.close(by=by, at=LAST_YEAR + 5 * hour, outcome="solved", feedback="Det lyser.")

    issue.refresh_from_db()
    assert [event.at for event in issue.events.order_by("pk")] == [LAST_YEAR + n * hour for n in (0, 2, 3, 4, 5)]
    assert (issue.year, issue.created_at, issue.closed_at) == (2025, LAST_YEAR, LAST_YEAR + 5 * hour)
    current = Action.objects.get().current
    assert (current.asked_at, the(current.answer).given_at) == (LAST_YEAR + 2 * hour, LAST_YEAR + 3 * hour)
    assert current.answer_due == datetime(2025, 3, 18).date()
    assert Action.objects.get().done_at == LAST_YEAR + 4 * hour


def test_a_number_that_is_gone_has_a_tombstone_and_only_one(coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)

    stone = Tombstone.leave(issue, issue.number, why="Gallrat.", by=by, text="Mörkt")

    assert (stone.kind, stone.number, stone.by, stone.text) == ("issue", issue.number, coordinator, "Mörkt")
    with pytest.raises(Error, match="tombstone_one_for_each"), transaction.atomic():
        Tombstone.leave(issue, issue.number, why="Igen.", by=by)


def test_of_the_latest_who_saved_only_what_she_did_is_told(coordinator: Member) -> None:
    issue, other = IssueFactory(), MemberFactory(name="Ny Samordnare", is_coordinator=True)
    issue.change(by=Actor.of(other), title="Becksvart")
    ObservationFactory(state="new").attach(issue, by=Actor.of(coordinator))

    issue.refresh_from_db()
    assert (issue.last_saved().who, issue.last_saved().what) == ("Ny Samordnare", "Ändrat: rubrik.")


def test_what_has_moved_to_an_issue_that_fewer_know_of_is_no_longer_told_in_the_first(
    coordinator: Member, representative: Member
) -> None:
    issue, hidden = IssueFactory(), IssueFactory(restricted=True)
    seen = ObservationFactory(where="Bakom kiosken")
    seen.attach(issue, by=Actor.of(coordinator))
    seen.put_back(by=Actor.of(coordinator))
    assert issue.events.visible_to(representative).count() == 2

    seen.attach(hidden, by=Actor.of(coordinator))

    assert issue.events.visible_to(representative).count() == 0


def test_a_known_place_that_follows_from_the_words_is_no_change_of_its_own(coordinator: Member) -> None:
    PlaceFactory(name="Åparken")
    issue = IssueFactory()

    issue.change(by=Actor.of(coordinator), where="Åparken")

    assert issue.place is not None
    assert told(issue) == ["Ändrat: var."]


def test_a_field_that_is_gone_leaves_its_old_lines_readable(coordinator: Member) -> None:
    issue = IssueFactory()

    issue.record(Event.Kind.CHANGED, by=Actor.of(coordinator), facts={"fields": ["title", "gone"]})

    assert told(issue) == ["Ändrat: rubrik, gone."]


def test_the_database_holds_an_answer_to_its_own_question_for_good(representative: Member) -> None:
    first, other = (ActionFactory(assignment__organisation=representative.organisation) for _ in range(2))
    answer = first.current.accept(by=Actor.of(representative), planned=timezone.localdate())

    with pytest.raises(Error, match="answer of its own"), transaction.atomic():
        other.assignments.update(answer=answer)
    first.current.withdraw_answer(by=Actor.of(representative))
    with pytest.raises(Error, match="answer of its own"), transaction.atomic():
        first.assignments.update(answer=answer)
    with pytest.raises(Error, match="answer_withdrawn_for_good"), transaction.atomic():
        Answer.objects.update(withdrawn_at=None, withdrawn_by=None)
    with pytest.raises(Error, match="permission denied for table issues_answer"), transaction.atomic():
        Answer.objects.all()._raw_delete(Answer.objects.db)


def test_the_database_holds_a_closure_to_its_own_issue() -> None:
    one, other = IssueFactory(), IssueFactory(state="closed")
    as_hers = {"state_since": other.state_since, "state_by": other.state_by}

    with pytest.raises(Error, match="closure of its own"), transaction.atomic():
        Issue.objects.filter(pk=one.pk).update(state="closed", closure=other.closure, **as_hers)


def test_the_database_holds_a_closed_issue_to_the_moment_of_its_closure() -> None:
    issue = IssueFactory(state="closed")
    Issue.objects.filter(pk=issue.pk).update(state="open", closure=None)

    later = timezone.now() + timedelta(hours=1)

    with pytest.raises(Error, match="of when it closed"), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(state="closed", closure=issue.closure, state_since=later)


def test_what_happens_moves_the_issue_to_the_top_of_the_list(coordinator: Member) -> None:
    at = timezone.now() + timedelta(hours=1)
    first, second = IssueFactory(), IssueFactory()

    first.record(Event.Kind.CHANGED, by=Actor.of(coordinator), at=at, facts={"fields": ["title"]})

    assert [*Issue.objects.last_happened_first()] == [first, second]
    assert first.happened_at == Issue.objects.get(pk=first.pk).happened_at == at


def test_what_is_told_afterwards_does_not_make_the_last_earlier(coordinator: Member) -> None:
    issue = IssueFactory()

    issue.record(Event.Kind.RESUMED, by=Actor.of(coordinator), at=issue.happened_at - timedelta(days=3))

    assert issue.happened_at == Issue.objects.get(pk=issue.pk).happened_at > timezone.now() - timedelta(days=1)


def test_a_restricted_observation_does_not_show_in_when_something_last_happened(coordinator: Member) -> None:
    issue, hidden = IssueFactory(), ObservationFactory(restricted=True)
    before = issue.happened_at

    hidden.attach(issue, by=Actor.of(coordinator))

    assert Issue.objects.get(pk=issue.pk).happened_at == before
