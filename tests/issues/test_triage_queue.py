"""The queue of what waits to be sorted, and the issue that each observation seems to belong to."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client

from base.ui.pagination import PAGE_SIZE
from issues.models import Issue, Observation, Place
from issues.models.observation_lists import Queue
from issues.suggesting import suggest
from members.actor import Actor
from members.models import Member
from tests.factories import CategoryFactory, IssueFactory, ObservationFactory, PlaceFactory

QUEUE = "/sortera/"
STEPS: dict[str, dict[str, str]] = {
    "notera": {},
    "avvisa": {"reason": "Inte vårt."},
    "nytt-arende": {"title": "Mörkt", "kind": "place", "where": "Tunneln"},
    "koppla": {},
}


# The queue


def test_the_queue_says_how_many_remain_and_what_should_be_taken_up_stands_first(
    as_coordinator: Client, coordinator: Member
) -> None:
    ObservationFactory(text="Äldst")
    ObservationFactory(text="Bör tas upp", for_meeting=True)
    ObservationFactory().note(by=Actor.of(coordinator))

    response = as_coordinator.get(QUEUE)

    assert [observation.text for observation, _ in response.context["rows"]] == ["Bör tas upp", "Äldst"]
    assert "<h1>Två observationer att sortera</h1>" in response.content.decode()
    assert "En bör tas upp på mötet och ligger först." in response.content.decode()


def test_the_start_page_tells_of_a_great_many_with_a_space() -> None:
    panels = SimpleNamespace(queue=Queue(waiting=12_345, raised=0), to_triage=[])

    assert ">Sortera 12\u202f345<" in render_to_string("home/_triage.html", {"panels": panels})


def test_an_empty_queue_says_so(as_coordinator: Client) -> None:
    page = as_coordinator.get(QUEUE).content.decode()

    assert "<h1>Allt är sorterat</h1>" in page
    assert "Nya observationer hamnar här" in page


def test_a_page_that_is_not_there_any_longer_is_carried_nowhere(as_coordinator: Client) -> None:
    ObservationFactory()

    page = as_coordinator.get(QUEUE, {"sida": 2}).content.decode()

    assert "En observation att sortera" in page
    assert "sida=" not in page


def test_a_step_on_a_later_page_leads_back_to_it(as_coordinator: Client, tunnel: Place) -> None:
    IssueFactory(place=tunnel, year=2020)  # the number of a new one is free
    waiting = ObservationFactory.create_batch(PAGE_SIZE + 7, place=tunnel)
    second, queue = f"{QUEUE}?sida=2", as_coordinator.get(QUEUE, {"sida": 2}).content.decode()
    taken = reversed(waiting)  # the latest stand on the second page

    for step, typed in STEPS.items():
        address = f"/observationer/{next(taken).pk}/{step}/?sida=2"
        assert f'"{address}"' in queue
        if step not in ("notera", "koppla"):
            page = as_coordinator.get(address).content.decode()
            assert f'action="{address}"' in page
            assert page.count(f'href="{second}"') == 2  # above it, and "Avbryt"
        led_to = as_coordinator.post(address, {"issue": Issue.objects.latest("pk").pk, **typed})["Location"]
        assert led_to.partition("#")[0] == second

    page = as_coordinator.get(second).content.decode()
    [undo] = re.findall(r'action="(/observationer/\d+/tillbaka/\?sida=2)"', page)[-1:]
    assert as_coordinator.post(undo)["Location"].partition("#")[0] == second


def test_the_way_there_by_its_own_page_or_a_search_remembers_the_page_too(as_coordinator: Client) -> None:
    observation = ObservationFactory()
    IssueFactory(title="Lampan")

    own = as_coordinator.get(f"{observation.get_absolute_url()}?sida=3").content.decode()
    searching = as_coordinator.get(f"{observation.get_absolute_url()}koppla/?sok=lampan&sida=3").content.decode()

    assert f'"{observation.get_absolute_url()}notera/?sida=3"' in own
    assert '<input type="hidden" name="sida" value="3">' in searching
    assert f'href="{QUEUE}?sida=3"' in searching


@pytest.mark.parametrize("written", ["1", "0", "-1", "2x", "//evil.example", "9" * 30, "\u0662x"])
def test_what_is_no_later_page_leads_to_the_first(as_coordinator: Client, written: str) -> None:
    address = f"/observationer/{ObservationFactory().pk}/notera/?{urlencode({'sida': written})}"

    assert as_coordinator.post(address)["Location"] == QUEUE


def test_what_is_restricted_stands_in_no_queue_of_one_who_is_not_named(as_coordinator: Client) -> None:
    ObservationFactory(restricted=True, text="Hemligt")

    assert "Hemligt" not in as_coordinator.get(QUEUE).content.decode()


# Suggestions


def test_that_neither_has_a_place_is_no_place_in_common(coordinator: Member) -> None:
    IssueFactory(where="Torget")
    IssueFactory(where="Kvarnparken")  # found by its words, so both are read
    seen = [ObservationFactory(where=where) for where in ("Kvarnparken", "Vid sjön")]

    assert suggest(seen, coordinator) == {}


def test_of_issues_that_fit_alike_the_latest_is_suggested(coordinator: Member, tunnel: Place) -> None:
    *_, latest = IssueFactory.create_batch(3, place=tunnel)
    observation = ObservationFactory(place=tunnel)

    assert suggest([observation], coordinator)[observation.pk].issue == latest


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"place": "tunnel", "category": "same"}, "det gäller samma plats och samma kategori"),
        ({"place": "tunnel", "category": "other"}, "det gäller samma plats"),
        ({"place": None, "category": "same"}, "platsen beskrivs med samma ord och kategorin är densamma"),
        ({"place": None, "category": "other"}, None),
        ({"place": "park", "category": "same", "where": "Kvarnparken"}, None),
    ],
)
def test_an_open_issue_is_suggested_for_a_reason_that_is_said(
    coordinator: Member, observation: Observation, tunnel: Place, facts: dict[str, str], reason: str | None
) -> None:
    places = {"tunnel": tunnel, "park": PlaceFactory(name="Kvarnparken"), None: None}
    categories = {"same": observation.category, "other": CategoryFactory(name="Annat slag")}
    where = facts.get("where", "  norra GÅNGTUNNELN" if reason else "Norra gångtunneln")
    issue = IssueFactory(place=places[facts["place"]], category=categories[facts["category"]], where=where.strip())

    suggestion = suggest([observation], coordinator).get(observation.pk)

    assert (suggestion and (suggestion.issue, suggestion.reason)) == (reason and (issue, reason))


@pytest.mark.parametrize(("category", "look"), [("same", "button"), ("other", "button second")])
def test_only_what_fits_in_both_place_and_category_is_a_filled_button(
    as_coordinator: Client, observation: Observation, tunnel: Place, category: str, look: str
) -> None:
    kind = observation.category if category == "same" else CategoryFactory(name="Annat slag")
    issue = IssueFactory(place=tunnel, category=kind)

    page = as_coordinator.get(QUEUE).content.decode()

    reason = f"darfor-{observation.pk}"
    assert (
        f'<button class="{look}" data-key="f" aria-describedby="{reason}">Koppla till ärende {issue.number}</button>'
        in page
    )


def test_neither_what_is_closed_nor_what_she_may_not_know_is_suggested(
    coordinator: Member, observation: Observation, tunnel: Place
) -> None:
    same = {"place": tunnel, "category": observation.category}
    IssueFactory(**same, state="closed")
    IssueFactory(**same, restricted=True)

    assert suggest([observation], coordinator) == {}


def test_the_better_reason_goes_before_the_later_issue(
    coordinator: Member, observation: Observation, tunnel: Place
) -> None:
    better = IssueFactory(place=tunnel, category=observation.category)
    IssueFactory(place=tunnel)

    assert suggest([observation], coordinator)[observation.pk].issue == better


def test_the_queue_is_found_without_looking_through_all_that_was_ever_sorted(coordinator: Member) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # in a small table nothing else would be worth the trouble

    plan = Observation.objects.visible_to(coordinator).to_triage().explain()

    assert "observation_to_sort" in plan
