"""The page of one issue: where it stands, what hangs on it, and what each reader is offered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import AccessGrant, Action, Event, Issue
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import ActionFactory, AssignmentFactory, CategoryFactory, IssueFactory, ObservationFactory


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(title="Mörkt i tunneln", need=3, influence=2)


def url(issue: Issue, noun: str = "") -> str:
    return f"/arenden/{issue.number}/{noun}"


def page(client: Client, issue: Issue, **query: str) -> str:
    return client.get(url(issue), query).content.decode()


def test_page_says_where_the_issue_stands(
    as_representative: Client, issue: Issue, technical: Organisation, housing: Organisation
) -> None:
    action = ActionFactory(issue=issue, assignment=None)
    asked = {"asked_at": timezone.now() - timedelta(days=12), "answer_due": timezone.localdate() - timedelta(days=4)}
    AssignmentFactory(action=action, organisation=technical, **asked)
    ActionFactory(issue=issue, assignment__organisation=housing)

    html = page(as_representative, issue)

    assert "<strong>Svar skulle ha kommit för 4 dagar sedan.</strong> En åtgärd väntar på svar." in html
    assert "Hög: stort behov, måttlig möjlighet att påverka" in html
    assert "Tekniska förvaltningen, Witalabostäder AB" in html


def test_page_counts_reporters_and_what_others_brought_apart(
    as_representative: Client, issue: Issue, officer: Member
) -> None:
    for _ in range(2):
        ObservationFactory(reporter=officer, issue=issue)
    ObservationFactory(issue=issue)
    ObservationFactory(source="resident", issue=issue)
    ObservationFactory(text="HEMLIGT", restricted=True, issue=issue)

    html = page(as_representative, issue)

    assert "3 från 2 rapportörer, + 1 från invånare" in html
    assert "Visa en äldre" in html
    assert '<p class="print-only soft small">En äldre observation finns i registret.</p>' in html
    assert "HEMLIGT" not in html


@pytest.mark.parametrize("beyond_the_page", [0, 1, 3])
def test_page_counts_what_it_shows_and_what_is_beyond_it_alike(
    as_representative: Client, issue: Issue, officer: Member, beyond_the_page: int
) -> None:
    ObservationFactory.create_batch(12, issue=issue, reporter=officer)
    ObservationFactory.create_batch(3, issue=issue, source="resident")
    ObservationFactory.create_batch(8 + beyond_the_page, issue=issue)

    reporters = 1 + 8 + beyond_the_page
    assert f"{20 + beyond_the_page} från {reporters} rapportörer, + 3 från invånare" in page(as_representative, issue)


def test_a_draft_that_others_do_not_see_is_named_where_the_timeline_tells_of_it(
    as_representative: Client, issue: Issue
) -> None:
    drafts = [ActionFactory(issue=issue, title=title, assignment=None, state="draft") for title in ("Laga", "Byt")]
    for draft in drafts:
        issue.record(Event.Kind.CANCELLED, by=a_coordinator(), at=timezone.now(), action=draft)

    html = page(as_representative, issue)

    assert "Återtagen: Laga." in html
    assert "Återtagen: Byt." in html


def test_a_reader_sees_how_much_was_observed_and_not_what(as_reader: Client, issue: Issue) -> None:
    ObservationFactory(issue=issue, text="Trasig lampa bakom kiosken")

    html = page(as_reader, issue)

    assert "1 från 1 rapportör" in html
    assert "kiosken" not in html
    assert "Vad som har observerats läses av gruppen." in html


def test_a_handler_reads_what_was_observed_and_not_by_whom(
    as_handler: Client, issue: Issue, housing: Organisation, officer: Member
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    ObservationFactory(issue=issue, text="Trasig lampa", reporter=officer)

    html = page(as_handler, issue)

    assert "Trasig lampa" in html
    assert "Polisen" in html
    assert officer.name not in html


def test_what_goes_on_stands_first_and_what_has_ended_is_unfolded(as_coordinator: Client, issue: Issue) -> None:
    for n in range(26):
        ActionFactory(issue=issue, title=f"Åtgärd {n}", state=Action.State.DONE)
    ActionFactory(issue=issue, title="Frågar gruppen", state=Action.State.QUESTION)
    draft = ActionFactory(issue=issue, title="Ett utkast", state=Action.State.DRAFT)

    html = page(as_coordinator, issue)

    section = html.partition('<h2 id="actions">')[2].partition("</section>")[0]
    first, folded = section.split("Visa 26 åtgärder till")
    assert (first.count("<li"), folded.count("<li")) == (2, 26)
    assert "Frågar gruppen" in first
    assert draft.get_absolute_url() in first
    assert section.count('href="/atgarder/') == 28
    assert '<p class="print-only soft small">26 åtgärder till finns i registret.</p>' in section


def test_where_all_has_ended_three_stand_and_the_others_are_unfolded(as_coordinator: Client, issue: Issue) -> None:
    for n in range(4):
        ActionFactory(issue=issue, title=f"Åtgärd {n}", state=Action.State.DONE)

    html = page(as_coordinator, issue)

    section = html.partition('<h2 id="actions">')[2].partition("</section>")[0]
    first, folded = section.split("Visa en åtgärd till")
    assert (first.count("<li"), folded.count("<li")) == (3, 1)


def test_timeline_shows_the_latest_fifty_and_the_rest_page_by_page(as_representative: Client, issue: Issue) -> None:
    for n in range(51):
        issue.record(Event.Kind.PAUSED, text=f"Skäl nummer {n}.", by=a_coordinator())

    latest, oldest = page(as_representative, issue), page(as_representative, issue, sida="2")

    assert ("Skäl nummer 0." in latest, 'href="?sida=2#timeline">Äldre</a>' in latest) == (False, True)
    on_paper = "Äldre händelser finns i registret."
    assert (on_paper in latest, on_paper in oldest) == (True, False)
    assert ("Skäl nummer 0." in oldest, 'href="?sida=1#timeline">Nyare</a>' in oldest) == (True, True)


def test_what_was_seen_longer_ago_stands_in_a_list_of_its_own(as_representative: Client, issue: Issue) -> None:
    ObservationFactory(text="Den första", issue=issue)
    ObservationFactory.create_batch(22, issue=issue)
    assert "Visa tjugo äldre" not in page(as_representative, issue)
    assert "Alla observationer i ärendet" not in page(as_representative, issue)

    ObservationFactory(issue=issue)

    html = page(as_representative, issue)
    assert "Den första" not in html
    assert f'href="/observationer/?arende={issue.number}"' in html
    assert '<p class="print-only soft small">Äldre observationer finns i registret.</p>' in html


def test_an_observation_on_its_issue_says_no_place_and_category_again(as_representative: Client, issue: Issue) -> None:
    ObservationFactory(issue=issue, category=CategoryFactory(name="Klotter"), where="Norra muren")
    assert "Klotter, Norra muren" in page(as_representative, issue)

    Issue.objects.update(category=CategoryFactory(name="Klotter"), where="Norra muren")

    assert "Klotter, Norra muren" not in page(as_representative, issue)


def test_a_decision_stands_out_in_the_timeline(as_representative: Client, issue: Issue) -> None:
    issue.record(Event.Kind.REOPENED, text="Det är mörkt igen.", by=a_coordinator())

    assert '<li data-weight="decision">' in page(as_representative, issue)


def test_a_restricted_issue_says_so_to_those_who_see_it(as_representative: Client, representative: Member) -> None:
    issue = IssueFactory(restricted=True)
    AccessGrant.objects.create(issue=issue, member=representative)

    assert "Begränsad spridning" in page(as_representative, issue)


ACTS = ["ateruppta", "andra", "vila", "avslut", "oppna-igen"]


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("new", ["andra", "vila", "avslut"]),
        ("open", ["andra", "vila", "avslut"]),
        ("on_hold", ["ateruppta", "andra", "avslut"]),
        ("closed", ["oppna-igen"]),
    ],
)
def test_the_samordnare_is_offered_what_the_state_lets_her(
    state: str, offered: list[str], as_coordinator: Client, as_representative: Client
) -> None:
    issue = IssueFactory(state=state)
    hers, theirs = page(as_coordinator, issue), page(as_representative, issue)

    assert [act for act in ACTS if url(issue, act) in hers] == offered
    assert [act for act in ACTS if url(issue, act) in theirs] == []


@pytest.mark.parametrize("number", ["2026-0", "1999-1", "2026-9999999", "abc", "2026-1x"])
def test_what_is_no_number_is_no_page(number: str, as_coordinator: Client) -> None:
    assert as_coordinator.get(f"/arenden/{number}/").status_code == 404
