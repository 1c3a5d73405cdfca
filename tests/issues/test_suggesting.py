"""The issues to choose among when an observation is attached: the nearest first, each with why it stands there."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import AccessGrant, Issue, Observation, Place
from issues.suggesting import CLOSED, LATEST, NEAREST, found, suggest, to_choose
from members.actor import Actor
from members.models import Member
from tests.factories import CategoryFactory, IssueFactory, ObservationFactory, PlaceFactory


def offered(observation: Observation, member: Member) -> list[tuple[str, str]]:
    return [(each.issue.title, each.reason) for each in to_choose([observation], member)]


def test_what_is_at_the_same_place_stands_first_then_the_same_category_then_the_same_words(
    coordinator: Member, tunnel: Place
) -> None:
    lighting, graffiti = CategoryFactory(name="Belysning"), CategoryFactory(name="Klotter")
    seen = ObservationFactory(place=tunnel, category=lighting, text="Lyktstolpen lutar mot elskåpet.")
    park = {"place": PlaceFactory(name="Kvarnparken"), "where": "Kvarnparken"}
    IssueFactory(title="Först", category=graffiti, **park)
    IssueFactory(title="Samma ord", category=graffiti, text="Lyktstolpen vid elskåpet.", **park)
    IssueFactory(title="Ett ord", category=graffiti, text="Lyktstolpen.", **park)
    IssueFactory(title="Samma slag", category=lighting, **park)
    IssueFactory(title="Samma plats", category=graffiti, place=tunnel)
    IssueFactory(title="Båda", category=lighting, place=tunnel)

    assert offered(seen, coordinator) == [
        ("Båda", "det gäller samma plats och samma kategori"),
        ("Samma plats", "det gäller samma plats"),
        ("Samma slag", "det gäller samma kategori"),
        ("Samma ord", "orden ”lyktstolpen” och ”elskåpet” finns i ärendet"),
        ("Ett ord", LATEST),
    ]


def test_a_category_under_the_same_tile_is_related(coordinator: Member, tunnel: Place) -> None:
    tile = CategoryFactory(name="Belysning")
    lamp, glare = (CategoryFactory(name=name, parent=tile) for name in ("Trasig lampa", "Bländar"))
    seen = ObservationFactory(place=tunnel, category=lamp)
    IssueFactory(title="Närliggande", category=glare, place=tunnel)
    IssueFactory(title="Övre", category=tile, place=PlaceFactory(), where="Vid sjön")

    assert offered(seen, coordinator) == [
        ("Närliggande", "det gäller samma plats och en närliggande kategori"),
        ("Övre", "det gäller en närliggande kategori"),
    ]


def test_of_those_that_fit_alike_what_happened_lately_stands_first_and_what_is_closed_last(
    coordinator: Member, observation: Observation, tunnel: Place
) -> None:
    ended = IssueFactory(title="Avslutat", place=tunnel, category=observation.category, state="closed")
    old, new = (IssueFactory(title=title, place=tunnel) for title in ("Gammalt", "Nytt"))
    for days, issue in enumerate([ended, new, old]):
        Issue.objects.filter(pk=issue.pk).update(happened_at=timezone.now() - timedelta(days=days))

    assert [title for title, _ in offered(observation, coordinator)] == ["Nytt", "Gammalt", "Avslutat"]


def test_no_more_are_offered_than_one_reads(coordinator: Member, observation: Observation, tunnel: Place) -> None:
    IssueFactory.create_batch(NEAREST + 5, place=tunnel)
    IssueFactory.create_batch(CLOSED + 5, place=tunnel, state="closed")

    states = [each.issue.is_closed for each in to_choose([observation], coordinator)]

    assert states == [False] * NEAREST + [True] * CLOSED


def test_a_search_finds_words_and_numbers_the_open_ones_first(coordinator: Member, observation: Observation) -> None:
    IssueFactory(serial=41, title="Gatubelysningen vid torget", state="closed", where="Torget")
    IssueFactory(serial=42, title="Belysning i parken", where="Kvarnparken")

    def titles(words: str) -> list[str]:
        return [each.issue.title for each in found(words, [observation], coordinator)]

    assert titles("belysning") == ["Belysning i parken", "Gatubelysningen vid torget"]
    assert titles("2026-41") == titles("41") == ["Gatubelysningen vid torget"]
    assert titles("zzzz") == []


# Restricted


@pytest.fixture
def kept(tunnel: Place, observation: Observation, coordinator: Member) -> Issue:
    """A restricted issue at the observation's place, that the samordnare is named on."""
    issue = IssueFactory(serial=41, title="Hemligt", place=tunnel, category=observation.category, restricted=True)
    AccessGrant.give(issue, {coordinator.pk}, by=Actor.of(coordinator))
    return issue


def test_a_restricted_issue_is_never_suggested_for_an_open_observation(
    coordinator: Member, observation: Observation, kept: Issue
) -> None:
    assert suggest([observation], coordinator) == {}
    assert to_choose([observation], coordinator) == []
    assert found("hemligt", [observation], coordinator) == []


def test_for_a_restricted_one_it_is_by_those_who_are_named(
    coordinator: Member, representative: Member, observation: Observation, kept: Issue
) -> None:
    Observation.objects.update(restricted=True)
    observation.refresh_from_db()

    assert suggest([observation], coordinator)[observation.pk].issue == kept
    assert [each.issue for each in to_choose([observation], coordinator)] == [kept]
    assert to_choose([observation], representative) == []


def test_for_open_and_restricted_ones_together_it_is_not(
    coordinator: Member, observation: Observation, kept: Issue
) -> None:
    both = [observation, ObservationFactory(restricted=True, place=kept.place, reporter=coordinator)]

    assert to_choose(both, coordinator) == []
    assert found("hemligt", both, coordinator) == []


def test_its_number_finds_it_and_the_page_says_what_follows(
    as_coordinator: Client, observation: Observation, kept: Issue
) -> None:
    address = f"/observationer/{observation.pk}/koppla/"
    told = "Observationen kan sedan bara läsas av dem som får läsa ärendet och av den som rapporterade."
    assert told in as_coordinator.get(address, {"sok": kept.number}).content.decode()

    refused = as_coordinator.post(address, {"issue": kept.pk})
    assert list(refused.context["form"].errors) == ["knowing"]
    as_coordinator.post(address, {"issue": kept.pk, "knowing": "on"})

    observation.refresh_from_db()
    assert observation.issue == kept


def test_of_several_the_page_says_what_follows_for_all_of_them(as_coordinator: Client, kept: Issue) -> None:
    marked = "&".join(f"o={ObservationFactory().pk}" for _ in range(2))

    page = as_coordinator.get(f"/sortera/markerade/koppla/?{marked}&sok={kept.number}").content.decode()

    [told] = re.findall(r'id="foljer-\d+">(.+?)</p>', page)
    assert told == (
        "Observationerna kan sedan bara läsas av dem som får läsa ärendet, och var och en av den som rapporterade den. "
        "Det går inte att ångra."
    )


def test_nobody_finds_it_by_number_who_may_not_know_of_it(coordinator: Member, observation: Observation) -> None:
    IssueFactory(serial=41, restricted=True)

    assert found("2026-41", [observation], coordinator) == []
