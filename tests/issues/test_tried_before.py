"""What has been tried before at the same place, or of the same kind, is told with how it ended."""

import pytest
from django.test import Client

from issues.models import AccessGrant, Issue
from issues.tried import tried_before
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, CategoryFactory, IssueFactory, PlaceFactory
from tests.pages import text_of


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(title="Mörkt igen", category=CategoryFactory(), where="Norra gångtunneln")


def titles(actions: list[object]) -> list[str]:
    return [str(action) for action in actions]


def test_what_ended_at_the_same_place_is_told_with_the_outcome(as_representative: Client, issue: Issue) -> None:
    before = IssueFactory(title="Mörkt", where="norra Gångtunneln", state="closed", outcome="partly")
    ActionFactory(issue=before, title="Byt armaturer", state="done")
    ActionFactory(issue=before, title="Väntar på svar")

    text = text_of(as_representative, issue.get_absolute_url()).partition('id="tried"')[2].partition("</section>")[0]

    assert "Byt armaturer" in text
    assert f"Ärende {before.number}, Mörkt, norra Gångtunneln: delvis åtgärdat." in text
    assert "Väntar på svar" not in text


def test_three_stand_and_the_older_are_counted(issue: Issue, representative: Member) -> None:
    before = IssueFactory(where="Norra gångtunneln")
    for n in range(17):
        ActionFactory(issue=before, title=f"Försök {n}", state="declined")

    tried = tried_before(issue, representative)

    assert titles([*tried.here]) == ["Försök 16", "Försök 15", "Försök 14"]
    assert tried.older_words == "och 14 äldre"


def test_a_draft_that_nobody_was_asked_about_was_never_tried(issue: Issue, coordinator: Member) -> None:
    before = IssueFactory(where="Norra gångtunneln")
    draft = ActionFactory(issue=before, title="Bara en tanke", state="draft")
    draft.cancel(by=Actor.of(coordinator), reason="Vi frågade aldrig.")

    assert titles([*tried_before(issue, coordinator).here]) == []


def test_where_they_are_few_others_of_the_category_are_told(issue: Issue, representative: Member) -> None:
    ActionFactory(issue=IssueFactory(where="Norra gångtunneln"), title="Här", state="cancelled")
    for n in range(4):
        elsewhere = IssueFactory(where=f"Plats {n}", category=issue.category)
        ActionFactory(issue=elsewhere, title=f"Där {n}", state="done")

    tried = tried_before(issue, representative)

    assert (titles([*tried.here]), titles([*tried.elsewhere])) == (["Här"], ["Där 3", "Där 2"])


def test_however_long_the_history_is_the_latest_issues_are_looked_at(
    issue: Issue, representative: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issues.tried.RECENT", 2)
    for n in range(3):
        ActionFactory(issue=IssueFactory(where="Norra gångtunneln"), title=f"Här {n}", state="done")
        ActionFactory(issue=IssueFactory(where="Torget", category=issue.category), title=f"Där {n}", state="done")

    tried = tried_before(issue, representative)

    assert (titles([*tried.here]), titles([*tried.elsewhere])) == (["Här 2", "Här 1"], ["Där 2"])


def test_a_known_place_is_the_same_however_it_is_told(representative: Member) -> None:
    place = PlaceFactory()
    issue, before = IssueFactory(place=place, where="X"), IssueFactory(place=place, where="Y")
    ActionFactory(issue=before, title="Här", state="done")

    assert titles([*tried_before(issue, representative).here]) == ["Här"]


def test_its_own_measures_and_those_of_hidden_issues_are_not_told(
    issue: Issue, representative: Member, officer: Member
) -> None:
    ActionFactory(issue=issue, title="Egen", state="done")
    hidden = IssueFactory(where="Norra gångtunneln", restricted=True, category=issue.category)
    ActionFactory(issue=hidden, title="Hemlig", state="done")
    AccessGrant.objects.create(issue=hidden, member=representative)

    assert titles([*tried_before(issue, representative).here]) == ["Hemlig"]
    assert not tried_before(issue, officer)


def test_a_handler_reads_of_her_own_issues_alone(
    issue: Issue, handler: Member, as_handler: Client, housing: Organisation
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    ActionFactory(issue=IssueFactory(where="Norra gångtunneln"), title="Andras", state="done")
    ActionFactory(
        issue=IssueFactory(where="Norra gångtunneln"), title="Vår", state="done", assignment__organisation=housing
    )

    assert titles([*tried_before(issue, handler).here]) == ["Vår"]
    assert "Andras" not in text_of(as_handler, issue.get_absolute_url())


def test_who_proposes_a_measure_reads_it_too(as_coordinator: Client, issue: Issue) -> None:
    ActionFactory(issue=IssueFactory(where="Norra gångtunneln"), title="Byt armaturer", state="done")

    page = text_of(as_coordinator, f"/arenden/{issue.number}/ny-atgard/")

    assert "Vad har prövats här förut" in page
    assert "Byt armaturer" in page
