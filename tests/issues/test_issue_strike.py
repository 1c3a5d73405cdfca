"""An issue that was opened by mistake is struck with a reason: its number stays, and nothing counts it."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.test import Client

from base.logs.security import SecurityEvent
from base.records import Conflict, NotAllowed
from base.ui.undo import undo_of
from issues.counting import IssueCounts, WaitingCount
from issues.models import AccessGrant, Action, Event, Follower, Issue, IssueStatusFilter, Note, Observation
from issues.striking import IS_DONE, restore, strike
from issues.triage import open_issue_from
from members.actor import Actor
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.days import in_days, today
from tests.factories import ActionFactory, CategoryFactory, IssueFactory, MemberFactory, ObservationFactory
from tests.pages import text_of
from tests.tools.test_guards import forged

WHY = "Det gäller ett annat register."
WORD = "Quastenflosse"


@pytest.fixture
def issue(coordinator: Member, representative: Member) -> Issue:
    """Open, out of two observations, with words that are its own."""
    seen = [ObservationFactory(reporter=representative, text=f"Lampa {number}") for number in (1, 2)]
    title = f"Mörkt vid {WORD}"
    return open_issue_from(seen, by=Actor.of(coordinator), title=title, category=CategoryFactory(), where="Tunneln")


@pytest.fixture
def by(coordinator: Member) -> Actor:
    return Actor.of(coordinator)


def post(client: Client, issue: Issue, way: str, **typed: str) -> Any:
    return client.post(f"{issue.get_absolute_url()}{way}/", typed)


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_it_is_struck_with_a_reason_that_its_page_tells(
    as_coordinator: Client, as_officer: Client, as_reader: Client, issue: Issue
) -> None:
    asked = text_of(as_coordinator, f"{issue.get_absolute_url()}stryk/")
    assert "De två observationerna sorteras igen." in asked

    assert "Skriv varför ärendet stryks." in post(as_coordinator, issue, "stryk").content.decode()
    response = post(as_coordinator, issue, "stryk", reason=WHY)

    assert said(response) == "Ärendet är struket."
    for client in (as_coordinator, as_officer, as_reader):
        page = text_of(client, issue.get_absolute_url())
        assert f"av Maja Exempel: {WHY}" in page
        assert f"Ärendet struket, upplagt av misstag: {WHY}" in page
    assert [each.state for each in Observation.objects.all()] == ["new", "new"]


def test_what_follows_counts_no_observation_that_is_kept_from_her(
    as_coordinator: Client, issue: Issue, representative: Member
) -> None:
    ObservationFactory(reporter=representative, issue=issue, restricted=True)

    asked = text_of(as_coordinator, f"{issue.get_absolute_url()}stryk/")

    assert "De två observationerna sorteras igen." in asked
    assert "Ärendet räknas inte och står inte i någon lista." in asked


def test_no_list_panel_count_or_search_has_it_but_the_search_by_its_number(
    as_coordinator: Client, as_representative: Client, as_reader: Client, coordinator: Member, issue: Issue, by: Actor
) -> None:
    Note.write(issue, text=f"Ringde om {WORD}.", by=by)
    other = IssueFactory(title="Trasigt räcke", category=issue.category, where="Bron", year=2025, serial=900)
    strike(issue, reason=WHY, by=by)

    url = issue.get_absolute_url()
    pages = ["/", "/atgarder/", f"/sok/?q={WORD}", f"/arenden/?q={WORD}", "/arenden/?plats=Tunneln&lage=alla"]
    pages += [f"/arenden/?lage={status}" for status in IssueStatusFilter.values]
    for client in (as_coordinator, as_representative, as_reader):
        for page in pages:
            assert url not in text_of(client, page), page
        assert url in text_of(client, f"/sok/?q={issue.number}")
    known = Issue.objects.visible_to(coordinator)
    counts = IssueCounts(known, today())
    assert [counts.total(status) for status in (IssueStatusFilter.OPEN, IssueStatusFilter.ALL)] == [1, 1]
    assert [counts.total(status) for status in (IssueStatusFilter.CLOSED, IssueStatusFilter.NEW)] == [0, 0]
    assert WaitingCount.of(known, today()).total == 1
    assert [*Issue.objects.all()] == [other]


def test_nobody_is_told_that_it_has_ended(
    as_representative: Client, representative: Member, issue: Issue, by: Actor
) -> None:
    strike(issue, reason=WHY, by=by)

    page = text_of(as_representative)

    assert "avslutat" not in page
    assert page.count("Väntar på att sorteras.") == 2
    assert not issue.closures.exists()


def test_near_observations_are_not_led_to_it(as_coordinator: Client, issue: Issue, by: Actor) -> None:
    alike = ObservationFactory(category=issue.category, where="Tunneln", text=WORD)
    page = f"/observationer/{alike.pk}/koppla/"
    assert issue.title in text_of(as_coordinator, page)

    strike(issue, reason=WHY, by=by)

    assert issue.title not in text_of(as_coordinator, page)


@pytest.mark.parametrize("state", ["proposed", "question", "accepted", "ongoing"])
def test_what_was_asked_is_taken_back_for_the_same_reason(
    state: str, issue: Issue, by: Actor, technical: Organisation
) -> None:
    answer = {"question": "question", "accepted": "accepted", "ongoing": "accepted"}.get(state, "")
    planned = {"assignment__planned": in_days(9)} if answer == "accepted" else {}
    answered = {"assignment__answer": answer, "assignment__text": "Vilken?"} if answer else {}
    action = ActionFactory(issue=issue, state=state, assignment__organisation=technical, **answered, **planned)

    strike(issue, reason=WHY, by=by)

    action.refresh_from_db()
    assert action.state == "cancelled"
    assert str(issue.events.get(kind="cancelled")) == f"Återtagen: {action}. {WHY}"


def test_a_draft_goes_without_a_word_to_those_who_never_knew(issue: Issue, by: Actor, as_officer: Client) -> None:
    draft = ActionFactory(issue=issue, state="draft", title="Laga lampan")

    strike(issue, reason=WHY, by=by)

    draft.refresh_from_db()
    assert draft.state == "cancelled"
    assert "Laga lampan" not in text_of(as_officer, issue.get_absolute_url())


def test_what_was_declined_keeps_its_trail(issue: Issue, by: Actor) -> None:
    facts = {"reason": "budget", "text": "Nej.", "next_step": "I mars."}
    answer = {f"assignment__{name}": words for name, words in facts.items()}
    declined = ActionFactory(issue=issue, state="declined", assignment__answer="declined", **answer)

    strike(issue, reason=WHY, by=by)

    declined.refresh_from_db()
    assert declined.state == "declined"


def test_an_issue_in_which_something_is_done_was_no_mistake(as_coordinator: Client, issue: Issue, by: Actor) -> None:
    ActionFactory(issue=issue, state="done", assignment__answer="accepted", assignment__planned=in_days(2))

    assert IS_DONE in text_of(as_coordinator, f"{issue.get_absolute_url()}stryk/")
    with pytest.raises(NotAllowed, match="klar"):
        strike(issue, reason=WHY, by=by)

    issue.refresh_from_db()
    assert issue.is_open
    assert issue.observations.count() == 2


def test_others_may_not(as_officer: Client, as_reader: Client, issue: Issue) -> None:
    for client in (as_officer, as_reader):
        assert post(client, issue, "stryk", reason=WHY).status_code == 403
        assert post(client, issue, "aterstall").status_code == 403
        assert "/stryk/" not in text_of(client, issue.get_absolute_url())


def test_undo_brings_it_back_with_the_observations_that_still_wait(
    as_coordinator: Client, issue: Issue, by: Actor
) -> None:
    issue.pause(reason="Till våren.", by=by)
    first, second = issue.observations.order_by("pk")
    response = post(as_coordinator, issue, "stryk", reason=WHY)
    undo = next(filter(None, map(undo_of, get_messages(response.wsgi_request))))
    first.refresh_from_db()
    first.note(by=by)

    as_coordinator.post(undo.url, undo.fields)

    issue.refresh_from_db()
    assert (issue.state, issue.observations.get()) == ("on_hold", second)
    assert issue in Issue.objects.all()
    assert "Ärendet återställt." in text_of(as_coordinator, issue.get_absolute_url())


def test_of_a_struck_issue_no_note_is_corrected(as_coordinator: Client, issue: Issue, by: Actor) -> None:
    as_coordinator.post(f"{issue.get_absolute_url()}anteckna/", {"text": "Lampan är trasig."})
    note = Note.objects.get()
    correct = f"/anteckningar/{note.pk}/ratta/"
    assert correct in text_of(as_coordinator, issue.get_absolute_url())

    strike(issue, reason=WHY, by=by)

    assert correct not in text_of(as_coordinator, issue.get_absolute_url())


def test_what_is_not_put_back_is_told_before_and_after(as_coordinator: Client, issue: Issue) -> None:
    page = f"{issue.get_absolute_url()}stryk/"
    remains = "Åtgärden kommer inte tillbaka om ärendet återställs."
    assert remains not in text_of(as_coordinator, page)
    draft = ActionFactory(issue=issue, state="draft", title="Laga lampan")
    assert remains in text_of(as_coordinator, page)
    post(as_coordinator, issue, "stryk", reason=WHY)
    issue.refresh_from_db()

    told = said(post(as_coordinator, issue, "aterstall", entry=issue.entry))

    remain = "Åtgärden i det är fortfarande återtagen. Lägg till den igen om den behövs."
    assert told == f"Ärendet är struket. Ärendet är återställt. {remain}"
    assert "Den föreslogs aldrig." in text_of(as_coordinator, draft.get_absolute_url())


def test_what_was_taken_back_before_the_striking_is_no_loss_of_it(
    as_coordinator: Client, issue: Issue, by: Actor
) -> None:
    ActionFactory(issue=issue).cancel(reason="Behövs inte.", by=by)
    strike(issue, reason=WHY, by=by)

    assert said(post(as_coordinator, issue, "aterstall", entry=issue.entry)) == "Ärendet är återställt."


def test_the_page_of_one_that_is_struck_already_says_so_and_asks_for_nothing(
    as_coordinator: Client, issue: Issue, by: Actor
) -> None:
    strike(issue, reason=WHY, by=by)

    page = text_of(as_coordinator, f"{issue.get_absolute_url()}stryk/")

    assert "Ärendet är struket (Maja Exempel" in page
    assert "Varför var det ett misstag?" not in page


def test_an_undo_of_an_earlier_striking_is_told_so(issue: Issue, by: Actor) -> None:
    strike(issue, reason=WHY, by=by)
    entry = issue.entry
    restore(issue, by=by)
    strike(issue, reason="Åter fel.", by=by)

    with pytest.raises(Conflict, match="struket igen"):
        restore(issue, by=by, entry=entry)

    assert issue.is_struck


def test_of_a_restricted_one_its_observations_are_read_by_no_more_than_before(
    as_coordinator: Client, issue: Issue, by: Actor, officer: Member
) -> None:
    """She who strikes it is named, as is one more; the observation itself was open to all before it was attached."""
    Issue.objects.update(restricted=True)
    issue.refresh_from_db()
    for member in (officer, by.member):
        AccessGrant.objects.create(issue=issue, member=member)

    strike(issue, reason=WHY, by=by)

    secretary = MemberFactory(is_coordinator=True)
    assert [Observation.objects.visible_to(who).count() for who in (officer, by.member, secretary)] == [2, 2, 0]


def test_an_undo_leaves_its_observations_as_they_were(issue: Issue, by: Actor, officer: Member) -> None:
    """One was of restricted spread by itself, with somebody of its own; the other by the striking alone."""
    own, _ = issue.observations.order_by("pk")
    Observation.objects.filter(pk=own.pk).update(restricted=True)
    AccessGrant.objects.create(observation=own, member=officer)
    Issue.objects.update(restricted=True)
    issue.refresh_from_db()
    AccessGrant.objects.create(issue=issue, member=by.member)
    strike(issue, reason=WHY, by=by)

    restore(issue, by=by)

    assert [each.restricted for each in issue.observations.order_by("pk")] == [True, False]
    assert [*AccessGrant.objects.exclude(observation=None).values_list("observation", "member")] == [
        (own.pk, officer.pk)
    ]


def test_the_security_log_tells_what_striking_marks_and_what_restoring_unmarks(
    issue: Issue, by: Actor, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    Issue.objects.update(restricted=True)
    issue.refresh_from_db()
    AccessGrant.objects.create(issue=issue, member=by.member)

    with caplog.at_level(logging.INFO, "temagrupp.security"), django_capture_on_commit_callbacks(execute=True):
        strike(issue, reason=WHY, by=by)
        restore(issue, by=by)

    told = Counter(record.message for record in caplog.records)
    assert (told[SecurityEvent.RESTRICTED], told[SecurityEvent.RESTRICTION_LIFTED]) == (2, 2)


def test_a_follower_reads_that_it_is_struck(as_officer: Client, officer: Member, issue: Issue, by: Actor) -> None:
    Follower.begin(issue, by=Actor.of(officer))

    strike(issue, reason=WHY, by=by)

    assert f"Ärendet struket, upplagt av misstag: {WHY}" in text_of(as_officer)


@pytest.mark.parametrize("way", ["andra", "avslut", "vila", "oppna-igen", "ny-atgard", "anteckna", "stryk"])
def test_an_old_tab_changes_nothing_in_it_and_is_told(
    way: str, as_coordinator: Client, issue: Issue, by: Actor
) -> None:
    typed = {"title": "Annat", "kind": "place", "outcome": "solved", "feedback": "Klart.", "reason": "Därför."}
    typed |= {"text": "Ord.", "organisations": str(by.organisation_id), "answer_due": f"{in_days(10)}", "term": "short"}
    strike(issue, reason=WHY, by=by)
    events = issue.events.count()

    page = post(as_coordinator, issue, way, **typed)

    assert "Ärendet är struket (Maja Exempel" in page.content.decode()
    issue.refresh_from_db()
    assert (issue.is_struck, issue.events.count(), issue.notes.count(), issue.actions.count()) == (True, events, 0, 0)


def test_nothing_is_attached_to_it(issue: Issue, by: Actor) -> None:
    strike(issue, reason=WHY, by=by)

    with pytest.raises(Conflict, match="struket"):
        ObservationFactory().attach(issue, by=by)


@pytest.mark.django_db(transaction=True)
def test_of_one_who_attaches_and_one_who_strikes_at_once_nothing_is_lost() -> None:
    by = Actor.of(MemberFactory(is_coordinator=True))
    issue = open_issue_from([ObservationFactory()], by=by, title="Mörkt", where="Tunneln")
    late, same = ObservationFactory(), Issue.objects.get()

    outcomes = at_once(lambda: late.attach(issue, by=by), lambda: strike(same, reason=WHY, by=by))

    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    left = Issue.with_struck.get()
    assert len(refused) + left.observations.count() * left.is_struck <= 1
    assert {each.state for each in Observation.objects.all()} == ({"new"} if left.is_struck else {"attached"})


def test_the_database_keeps_its_words(issue: Issue, by: Actor) -> None:
    strike(issue, reason=WHY, by=by)

    assert forged(issue, title="Annat") == "Ärendet är struket. Återställ det om det inte var ett misstag."


def test_what_is_decided_in_the_minutes_is_told_to_stand(as_coordinator: Client, issue: Issue, by: Actor) -> None:
    issue.record(
        Event.Kind.DECIDED, by=by, facts={"number": "2021-7", "day": "2021-11-11", "extra": False, "decision": 0}
    )

    told = "Beslut 2021-7 står kvar i det som är sparat från mötet 11 november 2021."
    assert told in text_of(as_coordinator, f"{issue.get_absolute_url()}stryk/")
    strike(issue, reason=WHY, by=by)
    assert told in text_of(as_coordinator, issue.get_absolute_url())


def test_the_count_of_actions_is_what_it_was(issue: Issue, by: Actor, coordinator: Member) -> None:
    ActionFactory(issue=issue)
    assert Action.objects.visible_to(coordinator).open().count() == 1

    strike(issue, reason=WHY, by=by)

    assert not Action.objects.visible_to(coordinator).open().exists()
