"""The verbs of an issue: which moves there are, what each writes in the timeline, and who was first."""

from collections.abc import Callable
from typing import Any

import pytest

from base.records import Conflict, EditConflict, NotAllowed
from issues.models import Event, Issue
from members.actor import Actor
from members.models import Member
from tests.factories import ActionFactory, IssueFactory, MemberFactory, ObservationFactory
from tests.the import the


def last_event(issue: Issue) -> tuple[str, str]:
    event = issue.events.latest_first()[0]
    return event.kind, str(event)


@pytest.mark.parametrize("state", ["new", "open"])
def test_hold_lets_an_issue_rest_with_its_reason(state: str, coordinator: Member) -> None:
    issue = IssueFactory(state=state)

    issue.pause(reason="Till våren.", by=Actor.of(coordinator))

    assert issue.state == "on_hold"
    assert last_event(issue) == ("paused", "Ärendet är vilande: Till våren.")


def test_resume_takes_up_what_has_rested(coordinator: Member) -> None:
    issue = IssueFactory(state="on_hold")

    issue.resume(by=Actor.of(coordinator))

    assert issue.state == "open"
    assert last_event(issue) == ("resumed", "Ärendet återupptaget.")


@pytest.mark.parametrize("state", ["new", "open"])
def test_resume_brings_it_back_to_where_it_was(state: str, coordinator: Member) -> None:
    issue = IssueFactory(state=state)
    issue.pause(reason="Till våren.", by=Actor.of(coordinator))
    issue.change(by=Actor.of(coordinator), title="Mörk gångtunnel vid torget")

    issue.resume(by=Actor.of(coordinator))

    assert Issue.objects.get().state == state


def test_resume_leaves_a_rest_that_a_colleague_has_begun_anew(coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)
    issue.pause(reason="Till våren.", by=by)
    seen = issue.entry
    issue.resume(by=by)
    issue.pause(reason="Till hösten", by=by)

    with pytest.raises(Conflict, match=r"återupptaget och är vilande igen \(.+\)\. Inget är ändrat\."):
        issue.resume(by=by, entry=seen)

    assert Issue.objects.get().state == "on_hold"


@pytest.mark.parametrize("state", ["new", "open", "on_hold"])
def test_close_keeps_outcome_and_feedback(state: str, coordinator: Member) -> None:
    issue = IssueFactory(state=state)

    issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.PARTLY, feedback="Halva är lagad.")

    issue.refresh_from_db()
    assert (issue.state, the(issue.closure).outcome, issue.feedback) == ("closed", "partly", "Halva är lagad.")
    assert last_event(issue) == ("closed", "Ärendet avslutat: delvis åtgärdat. Halva är lagad.")


def test_close_despite_open_actions_says_why_in_the_timeline(coordinator: Member) -> None:
    issue = ActionFactory().issue

    issue.close(by=Actor.of(coordinator), outcome="partly", feedback="Halva är lagad.", despite="Resten görs i vår.")

    assert last_event(issue)[1].endswith("Halva är lagad. Åtgärder är öppna: Resten görs i vår.")


def test_reopen_is_seen_and_weighty(coordinator: Member) -> None:
    issue = IssueFactory(state="closed")

    issue.reopen(reason="Det är mörkt igen.", by=Actor.of(coordinator))

    assert issue.state == "open"
    assert last_event(issue) == ("reopened", "Ärendet öppnat igen: Det är mörkt igen.")
    assert issue.events.latest_first()[0].is_weighty


@pytest.mark.parametrize(
    ("state", "verb", "said"),
    [
        (
            "closed",
            lambda issue, by: issue.close(by=Actor.of(by), outcome="solved", feedback="X"),
            "Ärendet är avslutat",
        ),
        ("closed", lambda issue, by: issue.pause(by=Actor.of(by), reason="X"), "Ärendet är avslutat"),
        ("on_hold", lambda issue, by: issue.pause(by=Actor.of(by), reason="X"), "Ärendet är vilande"),
        ("open", lambda issue, by: issue.resume(by=Actor.of(by)), "Ärendet är öppet"),
        ("closed", lambda issue, by: issue.resume(by=Actor.of(by)), "Ärendet är avslutat"),
        ("new", lambda issue, by: issue.reopen(by=Actor.of(by), reason="X"), "Ärendet är nytt"),
        ("open", lambda issue, by: issue.reopen(by=Actor.of(by), reason="X"), "Ärendet är öppet"),
    ],
)
def test_a_move_that_no_longer_exists_is_told_and_changes_nothing(
    state: str, verb: Callable[[Issue, Member], Any], said: str, coordinator: Member
) -> None:
    issue = IssueFactory(state=state)

    with pytest.raises(Conflict, match=said):
        verb(issue, coordinator)

    issue.refresh_from_db()
    assert issue.state == state
    assert not issue.events.exists()


def test_the_second_who_closes_is_told_who_was_first_and_overwrites_nothing(coordinator: Member) -> None:
    issue = IssueFactory()
    hers = Issue.objects.get(pk=issue.pk)
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Det lyser.")

    with pytest.raises(Conflict, match=r"Ärendet är avslutat \(Maja Exempel, .*\)\. Inget är ändrat\."):
        hers.close(by=Actor.of(MemberFactory(is_coordinator=True)), outcome="unsolved", feedback="Gick inte.")

    hers.refresh_from_db()
    assert (the(hers.closure).outcome, hers.feedback) == ("solved", "Det lyser.")


def test_open_is_only_for_a_new_issue(coordinator: Member) -> None:
    issue = IssueFactory(state="on_hold")

    issue.take_up(by=Actor.of(coordinator))

    assert issue.state == "on_hold"


def test_change_tells_which_facts_it_changed(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt", where="Tunneln")

    issue.change(by=Actor.of(coordinator), title="Mörkt och trasigt", where="Tunneln", need=3)

    assert last_event(issue) == ("changed", "Ändrat: rubrik, behov.")


def test_change_of_nothing_leaves_no_trace(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt")

    issue.change(by=Actor.of(coordinator), title="Mörkt")

    assert not issue.events.exists()


def test_change_of_nothing_but_how_it_is_typed_leaves_no_trace(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt på Å", text="Två\nrader")
    before = issue.version

    issue.change(by=Actor.of(coordinator), title=" Mörkt  på A\u030a ", text="Två\r\nrader\n", need=None)

    assert not issue.events.exists()
    assert Issue.objects.get(pk=issue.pk).version == before


def test_change_of_an_old_edition_is_refused_with_who_changed_what(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt")
    hers = Issue.objects.get(pk=issue.pk)
    old = hers.version
    issue.change(by=Actor.of(coordinator), title="Becksvart")

    with pytest.raises(EditConflict, match=r"Maja Exempel ändrade det här i dag .* Ändrat: rubrik\."):
        hers.change(by=Actor.of(MemberFactory()), version=old, title="Skumt")

    hers.refresh_from_db()
    assert hers.title == "Becksvart"


def test_what_tells_of_an_observation_is_no_change_of_the_issue(coordinator: Member) -> None:
    issue = IssueFactory(state="new")
    old = issue.version
    issue.take_up(by=Actor.of(coordinator))
    ObservationFactory(where="Hemlig väg", restricted=True).attach(issue, by=Actor.of(coordinator))

    with pytest.raises(EditConflict) as told:
        issue.change(by=Actor.of(coordinator), version=old, title="Skumt")

    assert "Hemlig väg" not in told.value.messages[0]


def test_close_without_a_word_about_open_actions_is_refused(coordinator: Member) -> None:
    issue = ActionFactory().issue

    with pytest.raises(NotAllowed, match="Skriv varför ärendet ändå avslutas"):
        issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Klart.")

    assert not issue.events.filter(kind=Event.Kind.CLOSED).exists()


def test_a_closed_issue_is_not_changed(coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt", state="closed")

    with pytest.raises(NotAllowed, match="Ärendet är avslutat"):
        issue.change(by=Actor.of(coordinator), title="Ljust")

    assert Issue.objects.get().title == "Mörkt"
