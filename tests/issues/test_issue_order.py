"""The order of the list of issues: by the one order of need, as the list of actions, or by what happened last."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import AccessGrant, Action, ActionStatus, Issue
from issues.restricting import lift, restrict
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.pages import text_of

NO = {"answer": "declined", "reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}
RUNS_ON = {"planned_precision": "running", "planned_words": "löpande"}
pytestmark = pytest.mark.django_db


def asked(title: str, state: str = "proposed", *, issue: Issue | None = None, **facts: Any) -> Action:
    """An action of the issue, or of a new one with the title."""
    given = {f"assignment__{name}": value for name, value in facts.items()}
    return ActionFactory(issue=issue or IssueFactory(title=title), state=state, **given)


def promised(days: int) -> dict[str, Any]:
    return {"answer": "accepted", "planned": in_days(days)}


def in_each_status() -> dict[ActionStatus, tuple[str, dict[str, Any]]]:
    """The state and the assignment of an action in each status."""
    return {
        ActionStatus.QUESTION: ("question", {"answer": "question", "text": "Var?"}),
        ActionStatus.SILENT: ("proposed", {"answer_due": in_days(-1)}),
        ActionStatus.LATE: ("ongoing", promised(-9)),
        ActionStatus.REVIEW: ("ongoing", promised(-9) | RUNS_ON),
        ActionStatus.WAITING: ("proposed", {"answer_due": today()}),
        ActionStatus.UNDER_WAY: ("ongoing", promised(0)),
        ActionStatus.DRAFT: ("draft", {}),
        ActionStatus.DECLINED: ("declined", NO),
        ActionStatus.DONE: ("done", promised(0)),
        ActionStatus.CANCELLED: ("cancelled", {}),
    }


def silent(title: str, days: int, **facts: Any) -> Action:
    return asked(title, answer_due=in_days(-days), **facts)


def happened(title: str, *, days_ago: int) -> None:
    Issue.objects.filter(title=title).update(happened_at=timezone.now() - timedelta(days=days_ago))


def titles(client: Client, **query: str | int) -> list[str]:
    return [issue.title for issue in client.get("/arenden/", query).context["page"]]


def test_there_is_an_issue_of_each_status_below() -> None:
    assert [*in_each_status()] == [*ActionStatus]


def test_open_issues_stand_in_the_order_of_need_and_then_by_what_happened_last(as_coordinator: Client) -> None:
    for days, (status, (state, facts)) in enumerate(in_each_status().items()):
        asked(status.name, state, **facts)
        happened(status.name, days_ago=20 - days)
    IssueFactory(title="Nothing asked")

    assert titles(as_coordinator) == [
        *["QUESTION", "SILENT", "LATE", "REVIEW", "WAITING", "UNDER_WAY", "DRAFT"],
        *["Nothing asked", "CANCELLED", "DONE", "DECLINED"],
    ]


def test_within_a_status_the_longest_late_stands_first_and_a_tie_as_it_was_asked(as_representative: Client) -> None:
    for title, days in [("Nio", 9), ("Först av två", 12), ("Sist av två", 12), ("Tjugo", 20)]:
        silent(title, days)
    for days, title in enumerate(["Först av två", "Tjugo", "Sist av två", "Nio"]):
        happened(title, days_ago=9 - days)

    assert titles(as_representative) == ["Tjugo", "Först av två", "Sist av två", "Nio"]
    assert titles(as_representative, lage="vantar") == ["Tjugo", "Först av två", "Sist av två", "Nio"]


def test_an_issue_stands_by_the_neediest_of_its_actions_alone(as_representative: Client) -> None:
    both = asked("Två åtgärder", "ongoing", **promised(0)).issue
    silent("", 3, issue=both)
    silent("En åtgärd", 2)
    asked("", "question", issue=asked("Återtagen", "cancelled").issue, answer="question", text="Var?")

    assert titles(as_representative) == ["Återtagen", "Två åtgärder", "En åtgärd"]


def test_an_action_that_is_handed_on_stands_by_the_clock_of_whom_has_it_now(
    as_representative: Client, housing: Organisation
) -> None:
    moved = silent("Lämnad vidare", 30)
    silent("Tyst", 2)

    moved.hand_over(to=housing, message="Kan ni?", answer_due=in_days(9), by=Actor.of(moved.created_by))

    assert titles(as_representative) == ["Tyst", "Lämnad vidare"]


def test_what_a_member_may_not_see_lifts_nothing(
    as_coordinator: Client, as_representative: Client, representative: Member, coordinator: Member
) -> None:
    silent("HEMLIGT", 90, issue=IssueFactory(title="HEMLIGT", restricted=True))
    asked("Utkast", "draft")
    IssueFactory(title="Senast")
    happened("Utkast", days_ago=3)

    assert titles(as_coordinator) == ["Utkast", "Senast"]
    assert titles(as_representative) == ["Senast", "Utkast"]

    AccessGrant.give(Issue.objects.get(title="HEMLIGT"), {representative.pk}, by=Actor.of(coordinator))
    assert titles(as_representative) == ["HEMLIGT", "Senast", "Utkast"]


def test_new_ones_resting_ones_and_all_stand_by_what_happened_last(as_representative: Client) -> None:
    for state in ("new", "on_hold"):
        silent("", 9, issue=IssueFactory(title=f"{state} tyst", state=state))
        IssueFactory(title=f"{state} senast", state=state)
        happened(f"{state} tyst", days_ago=3)

    assert titles(as_representative, lage="nya") == ["new senast", "new tyst"]
    assert titles(as_representative, lage="vilar") == ["on_hold senast", "on_hold tyst"]
    assert titles(as_representative, lage="alla")[:2] == ["on_hold senast", "new senast"]


def test_what_is_searched_for_stands_by_how_near_it_is(as_representative: Client) -> None:
    silent("Gatubelysning", 9)
    IssueFactory(title="Belysning")

    assert titles(as_representative, q="belysning", lage="oppna") == ["Belysning", "Gatubelysning"]


def test_she_chooses_what_happened_last_and_tabs_filter_and_pages_keep_it(as_representative: Client) -> None:
    silent("Tyst", 9)
    IssueFactory.create_batch(25, title="Lugnt")
    happened("Tyst", days_ago=9)
    query = {"ordning": "senast", "oppnade": "ar"}

    shown = as_representative.get("/arenden/", query)

    assert titles(as_representative)[0] == titles(as_representative, **query, sida=2)[0] == "Tyst"
    assert [(words, current) for words, _, current in shown.context["filter"].orders] == [
        ("efter behov", False),
        ("senast hänt", True),
    ]
    text = shown.content.decode()
    assert 'href="?ordning=behov&amp;oppnade=ar"' in text
    assert 'rel="next" href="?ordning=senast&amp;oppnade=ar&amp;sida=2"' in text
    assert '<input type="hidden" name="ordning" value="senast"' in text
    assert {tab.url.partition("&")[2] for tab in shown.context["tabs"]} == {"ordning=senast"}


@pytest.mark.parametrize(
    ("query", "told", "sorted_by"),
    [
        ("", "det som väntar på samordnaren först, sedan det som är obesvarat och försenat", "Läge"),
        ("?ordning=annan", "det som väntar på samordnaren först, sedan det som är obesvarat och försenat", "Läge"),
        ("?ordning=senast", "de där något hänt senast först", "Senast hänt"),
        ("?lage=alla&ordning=behov", "de där något hänt senast först", "Senast hänt"),
        ("?q=tunneln", "de som stämmer bäst med sökorden först", ""),
    ],
)
def test_the_table_says_its_order(query: str, told: str, sorted_by: str, as_representative: Client) -> None:
    IssueFactory(title="I tunneln")

    page = text_of(as_representative, f"/arenden/{query}")

    assert f">Ärenden, {told}</caption>" in page
    assert page.count("↓") == bool(sorted_by)
    assert f'{sorted_by} <span aria-hidden="true">↓</span>' in page or not sorted_by


def test_the_order_is_offered_only_where_there_is_one_to_choose(as_representative: Client) -> None:
    silent("Tyst i tunneln", 9)

    offered = [query for query in ("", "?lage=vantar", "?lage=alla", "?q=tunneln", "?plats=Månen")
               if "Ordning:" in text_of(as_representative, f"/arenden/{query}")]  # fmt: skip

    assert offered == ["", "?lage=vantar"]


def test_a_row_says_how_late_it_is_also_of_one_that_rests(as_representative: Client) -> None:
    silent("Tyst", 9)
    asked("", "ongoing", issue=IssueFactory(title="Vilar", state="on_hold"), **promised(-9))

    page = text_of(as_representative, "/arenden/")

    assert page.index("Svar försenat 9 dagar") < page.index("Vilande, försenad 9 dagar")


def test_what_is_restricted_since_no_longer_says_that_something_happened_where_it_lay(coordinator: Member) -> None:
    by = Actor.of(coordinator)
    first, second, kept = IssueFactory(), IssueFactory(), IssueFactory(restricted=True)
    moved = ObservationFactory()

    moved.attach(first, by=by)
    moved.put_back(by=by)
    lay_there = [*Issue.objects.unrestricted().last_happened_first()]
    moved.attach(kept, by=by)

    assert lay_there == [first, second]
    assert [*Issue.objects.unrestricted().last_happened_first()] == [second, first]


def test_an_issue_that_is_restricted_takes_along_what_its_observations_said_elsewhere(coordinator: Member) -> None:
    by, later = Actor.of(coordinator), timezone.now() + timedelta(hours=1)
    first, second, issue = IssueFactory(), IssueFactory(), IssueFactory()
    moved = ObservationFactory()
    moved.attach(first, by=by)
    moved.put_back(by=by, at=later)
    moved.attach(issue, by=by, at=later)

    restrict(issue, reason="En enskild kan kännas igen.", named=[], by=by, at=later)
    while_restricted = [*Issue.objects.unrestricted().last_happened_first()]
    lift(issue, reason="Inget pekar ut någon.", by=by, at=later)

    assert while_restricted == [second, first]
    assert [*Issue.objects.exclude(pk=issue.pk).last_happened_first()] == [first, second]
