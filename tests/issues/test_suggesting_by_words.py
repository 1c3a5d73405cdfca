"""Words by which an issue is found to attach to: some of those searched for, and those that marked texts share."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issues.models import Issue, Observation
from issues.suggesting import LATEST, found, to_choose
from members.models import Member
from tests.factories import CategoryFactory, IssueFactory, ObservationFactory, PlaceFactory
from tests.pages import text_of


def issue(title: str, **facts: object) -> Issue:
    return IssueFactory(title=title, where="Vid sjön", category=CategoryFactory(name="Klotter"), **facts)


def answers(words: str, observation: Observation, member: Member) -> list[tuple[str, str]]:
    return [(each.issue.title, each.reason) for each in found(words, [observation], member)]


def offered(member: Member, *texts: str) -> list[tuple[str, str]]:
    """What is offered for observations with the texts, of a kind and place of their own."""
    lighting = CategoryFactory(name="Belysning")
    seen = [ObservationFactory(text=text, where=f"Plats {n}", category=lighting) for n, text in enumerate(texts)]
    return [(each.issue.title, each.reason) for each in to_choose(seen, member)]


# Searched for


def test_an_issue_with_one_of_two_words_is_found_and_told_so(coordinator: Member, observation: Observation) -> None:
    issue("Lampor i tunneln")

    assert answers("belysning tunnel", observation, coordinator) == [
        ("Lampor i tunneln", "ett av två sökord stämmer: ”tunnel”")
    ]


def test_those_with_all_the_words_stand_first_then_those_with_most(
    coordinator: Member, observation: Observation
) -> None:
    issue("Belysning i tunnel vid torget")
    issue("Tunnel vid torget")
    issue("Torget")
    issue("Belysning i tunnel")

    assert answers("belysning tunnel torget", observation, coordinator) == [
        ("Belysning i tunnel vid torget", "sökorden stämmer"),
        ("Belysning i tunnel", "två av tre sökord stämmer: ”belysning” och ”tunnel”"),
        ("Tunnel vid torget", "två av tre sökord stämmer: ”tunnel” och ”torget”"),
        ("Torget", "ett av tre sökord stämmer: ”torget”"),
    ]


def test_of_those_with_as_many_the_open_ones_stand_first_then_the_rarest_word(
    coordinator: Member, observation: Observation
) -> None:
    issue("Elskåpet", state="closed")
    issue("Lyktstolpen")
    for _ in range(2):
        issue("Kvarteret")

    assert [title for title, _ in answers("kvarteret lyktstolpen elskåpet", observation, coordinator)] == [
        *["Lyktstolpen", "Kvarteret", "Kvarteret", "Elskåpet"]
    ]


def test_words_of_an_issue_and_of_its_observations_meet_together(coordinator: Member, observation: Observation) -> None:
    mixed = issue("Tunneln")
    ObservationFactory(issue=mixed, text="Ingen belysning alls.", where="Åparken")

    assert answers("belysning tunneln", observation, coordinator) == [
        ("Tunneln", "två av två sökord stämmer: ”belysning” och ”tunneln”")
    ]


def test_the_name_of_its_category_is_a_word_of_it(coordinator: Member, observation: Observation) -> None:
    IssueFactory(title="Lampor i tunneln", where="Vid sjön", category=CategoryFactory(name="Trasig belysning"))

    assert answers("belysning tunnel", observation, coordinator) == [
        ("Lampor i tunneln", "två av två sökord stämmer: ”belysning” och ”tunnel”")
    ]


@pytest.mark.parametrize("words", ["och sedan under", '"belysning tunnel"', "tunnel -belysning torget", "under tunnel"])
def test_words_that_say_nothing_phrases_and_what_is_left_out_find_no_part(
    words: str, coordinator: Member, observation: Observation
) -> None:
    issue("Sedan länge under bron")
    issue("Belysning saknas")

    assert answers(words, observation, coordinator) == []


def test_what_is_restricted_is_found_by_no_part_of_the_words(coordinator: Member, observation: Observation) -> None:
    issue("Tunneln", restricted=True)
    open_to_all = issue("Annat")
    ObservationFactory(issue=open_to_all, text="Tunneln.", restricted=True)

    assert answers("belysning tunneln", observation, coordinator) == []


def test_the_page_says_which_words_were_met(as_coordinator: Client, observation: Observation) -> None:
    issue("Lampor i tunneln")

    page = text_of(as_coordinator, f"/observationer/{observation.pk}/koppla/?sok=belysning+tunnel")

    assert "Ärenden som stämmer med ”belysning tunnel”" in page
    assert "Ett av två sökord stämmer: ”tunnel”." in page


def test_many_words_are_asked_for_in_as_many_statements_as_two(coordinator: Member, observation: Observation) -> None:
    issue("Lampor i tunneln")

    numbers = []
    for words in ("tunnel belysning", "tunnel belysning torget elskåpet lyktstolpen kvarteret parken skolan badet"):
        with CaptureQueriesContext(connection) as asked:
            assert len(found(words, [observation], coordinator)) == 1
        numbers.append(len(asked))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 9


# Shared by what is written


def test_two_marked_texts_that_share_a_common_word_with_an_issue_do_not_call_it_alike(coordinator: Member) -> None:
    """One word of each text was two words, and called anything in the neighbourhood alike."""
    issue("Bullret i kvarteret varje lördag")

    assert offered(coordinator, "Klottret i kvarteret växer.", "Lördag kväll var glaset krossat.") == [
        ("Bullret i kvarteret varje lördag", LATEST)
    ]


def test_words_that_stand_in_any_text_are_no_words_in_common(coordinator: Member) -> None:
    issue("Sedan någon tid, mellan husen")

    assert offered(coordinator, "Det har varit så sedan någon flyttade in mellan jul och nyår.") == [
        ("Sedan någon tid, mellan husen", LATEST)
    ]


def test_words_that_many_issues_share_call_none_of_them_alike(coordinator: Member) -> None:
    for n in range(6):
        issue(f"Kvarteret Lyktan {n}")
    issue("Kvarteret Lyktan, armaturen vid elskåpet")

    alike = [each for each in offered(coordinator, "Armaturen och elskåpet i kvarteret Lyktan.") if each[1] != LATEST]

    assert alike == [("Kvarteret Lyktan, armaturen vid elskåpet", "orden ”armaturen” och ”elskåpet” finns i ärendet")]


def test_the_rarer_words_in_common_stand_before_the_latest(coordinator: Member) -> None:
    rare = issue("Armaturen vid elskåpet")
    for _ in range(2):
        issue("Armaturen vid lyktstolpen")
    Issue.objects.filter(pk=rare.pk).update(happened_at=timezone.now() - timedelta(days=30))

    titles = [title for title, _ in offered(coordinator, "Lyktstolpen, armaturen, elskåpet.")]

    assert titles == ["Armaturen vid elskåpet", *["Armaturen vid lyktstolpen"] * 2]


def test_a_word_in_another_form_or_inside_another_is_the_same_word(coordinator: Member) -> None:
    issue("Gatubelysningen och armaturer")

    assert offered(coordinator, "Armaturen saknar belysning.") == [
        ("Gatubelysningen och armaturer", "orden ”armaturen” och ”belysning” finns i ärendet")
    ]


def test_each_of_many_marked_texts_has_its_say(coordinator: Member) -> None:
    wordy = " ".join(f"uppfunnetord{n}" for n in range(40))
    issue("Armaturen vid elskåpet")

    assert offered(coordinator, wordy, "Elskåpet och armaturen.") == [
        ("Armaturen vid elskåpet", "orden ”elskåpet” och ”armaturen” finns i ärendet")
    ]


def test_a_text_without_words_of_its_own_is_offered_what_fits_otherwise(coordinator: Member) -> None:
    IssueFactory(title="Samma slag", category=CategoryFactory(name="Belysning"), place=PlaceFactory())

    assert offered(coordinator, "Nu igen!") == [("Samma slag", "det gäller samma kategori")]
