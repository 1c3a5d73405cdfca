"""Two who mask the same: the second reads who was first and when, if she may know, and keeps her reason."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from base.swedish.passages import pattern
from base.ui.once import save_once
from issues.models import AccessGrant, Observation
from members.actor import Actor
from members.models import Member
from temagrupp.redaction import views
from temagrupp.redaction.finding import find
from temagrupp.redaction.meanwhile import LOOK_FOR_THE_REST
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.redacting import redact_passage, redact_text
from temagrupp.redaction.scope import MaskingScope
from tests.factories import IssueFactory, MemberFactory, ObservationFactory
from tests.redaction.test_pages import WHY, mask, places_on, ticked

pytestmark = pytest.mark.django_db


def first(by: Member, passage: str = "Kim Fiktiv", only: str = "") -> None:
    places = find(MaskingScope(by), pattern(passage))
    chosen = [place for place in places if only in place.value]
    redact_passage(passage, chosen, why="Begärt", by=Actor.of(by))


@pytest.fixture
def gun() -> Member:
    return MemberFactory(name="Gun Prototyp", is_coordinator=True)


def test_she_reads_who_masked_it_and_when_and_keeps_her_reason(as_coordinator: Client, gun: Member) -> None:
    issue = IssueFactory(title="Kim Fiktiv")
    first(gun)

    page = mask(as_coordinator, "Kim Fiktiv", places=[f"issues_issue:title:{issue.pk}"]).content.decode()

    assert "”Kim Fiktiv” är redan maskerat" in page
    assert "Gun Prototyp maskerade det i dag " in page
    assert f"Skälet du skrev, ”{WHY}”, följer med" in page
    assert f'name="why" value="{WHY}"' in page
    assert [words in page for words in ("hittades inte", "Rätta:", "Det valet finns inte längre")] == [False] * 3
    IssueFactory(title="Kims cykel")
    assert f'value="{WHY}"' in as_coordinator.post("/maskera/", {"passage": "Kims", "why": WHY}).content.decode()
    assert Redaction.objects.count() == 1


def test_of_what_is_left_she_is_told_and_her_choice_stands(as_coordinator: Client, gun: Member) -> None:
    places = [f"issues_issue:title:{IssueFactory(title='Kim Fiktiv').pk}" for _ in range(3)]
    first(gun, only=places[0])

    page = mask(as_coordinator, "Kim Fiktiv", places=places[:2]).content.decode()

    assert "Gun Prototyp maskerade det i dag " in page
    assert "medan du valde. Resten står kvar: maskera en gång till." in page
    assert "Inget av ditt är maskerat" in page
    assert "Det valet finns inte längre" not in page
    assert (places_on(page), ticked(page), WHY in page) == (places[1:], places[1:2], True)
    none_left = mask(as_coordinator, "Kim Fiktiv", places=places[:1]).content.decode()
    assert "medan du valde. Kvar är bara det som du inte hade valt." in none_left


def test_a_text_that_has_changed_is_not_said_to_be_masked(as_coordinator: Client) -> None:
    issue = IssueFactory(title="Kim Fiktiv")
    place = f"issues_issue:where:{issue.pk}"

    some = mask(as_coordinator, "Kim Fiktiv", places=[place]).content.decode()
    none = mask(as_coordinator, "Bo Prov", places=[place]).content.decode()

    assert "En text har ändrats eller tagits bort medan du valde. Kvar är bara det som du inte hade valt." in some
    assert "”Bo Prov” hittades inte" in none
    assert "Det står inte kvar: texten har ändrats eller tagits bort. Du har inte ändrat något." in none
    assert WHY in none


def test_a_part_of_it_that_is_masked_is_not_called_the_same(as_coordinator: Client, gun: Member) -> None:
    issue = IssueFactory(title="Kim Fiktiv bor i huset")
    left = IssueFactory(title="Kim Fiktiv")
    places = [f"issues_issue:title:{each.pk}" for each in (issue, left)]
    first(gun, "Fiktiv", only=places[0])

    some = mask(as_coordinator, "Kim Fiktiv", places=places).content.decode()
    first(gun, "Fiktiv")
    none = mask(as_coordinator, "Kim Fiktiv", places=places).content.decode()

    assert "Gun Prototyp maskerade något annat där i dag " in some
    assert f"{LOOK_FOR_THE_REST} Resten står kvar: maskera en gång till." in some
    assert "”Kim Fiktiv” står inte kvar i sin helhet" in none
    assert f"{LOOK_FOR_THE_REST} Du har inte ändrat något." in none
    assert "är redan maskerat" not in none
    assert f"Skälet du skrev, ”{WHY}”, följer med" in none


def test_a_whole_text_that_is_masked_took_the_passage_with_it(as_coordinator: Client, gun: Member) -> None:
    issue = IssueFactory(title="Kim Fiktiv bor i huset")
    place = f"issues_issue:title:{issue.pk}"
    whole = next(each for each in find(MaskingScope(gun), pattern("Kim Fiktiv")) if each.value == place)
    redact_text(whole, why="Begärt", by=Actor.of(gun))

    page = mask(as_coordinator, "Kim Fiktiv", places=[place]).content.decode()

    assert "”Kim Fiktiv” är redan maskerat" in page
    assert "Gun Prototyp maskerade det i dag " in page


@pytest.mark.parametrize("place", ["issues_issue:title:1\0", "\0::", "issues_issue:title:" + "9" * 6_000])
def test_a_place_that_no_page_has_is_refused_in_words(as_coordinator: Client, place: str) -> None:
    IssueFactory(title="Kim Fiktiv")

    assert "En text har ändrats" in mask(as_coordinator, "Kim Fiktiv", places=[place]).content.decode()
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("field", ["offered_minutes", "offered_tables"])
@pytest.mark.parametrize("key", ["\0", "9" * 6_000, "-1", "abc"])
def test_a_key_that_no_page_has_chooses_nothing(as_coordinator: Client, field: str, key: str) -> None:
    IssueFactory(title="Kim Fiktiv")

    chosen: dict[str, Any] = {"places": [], field: [key]}

    assert "Välj minst ett ställe." in mask(as_coordinator, "Kim Fiktiv", **chosen).content.decode()
    assert not Redaction.objects.exists()


def test_who_was_a_second_later_reads_the_same(
    as_coordinator: Client, gun: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = IssueFactory(title="Kim Fiktiv")

    def late(request: Any, form: Any) -> Any:
        assert form.is_valid()
        first(gun)
        return save_once(request, form)

    monkeypatch.setattr(views, "save_once", late)

    page = mask(as_coordinator, "Kim Fiktiv", places=[f"issues_issue:title:{issue.pk}"]).content.decode()

    assert "Gun Prototyp maskerade det i dag " in page
    assert f"Skälet du skrev, ”{WHY}”" in page
    assert Redaction.objects.count() == 1


def test_of_a_whole_text_she_reads_it_too_and_keeps_her_reason(as_coordinator: Client, gun: Member) -> None:
    issue = IssueFactory(title="Kim Fiktiv")
    first(gun)
    address = f"/maskera/text/issues_issue/title/{issue.pk}/"

    page = as_coordinator.post(address, {"key": str(uuid4()), "why": WHY}).content.decode()

    assert "Gun Prototyp maskerade det i dag " in page
    assert f'value="{WHY}"' in page
    assert Redaction.objects.count() == 1


def test_whoever_reported_does_not_learn_which_samordnare(
    as_representative: Client, representative: Member, gun: Member
) -> None:
    own = ObservationFactory(text="Kim Fiktiv klottrar", reporter=representative)
    first(gun)
    place, about = f"issues_observation:text:{own.pk}", f"?observation={own.pk}"

    page = mask(as_representative, "Kim Fiktiv", about=about, places=[place]).content.decode()

    assert "Det har redan maskerats. Du har inte ändrat något." in page
    assert "Gun Prototyp" not in page
    assert WHY in page
    assert Observation.objects.get().text == "[maskerat] klottrar"


def test_of_a_masking_in_what_is_restricted_she_is_not_told(
    as_coordinator: Client, as_representative: Client, representative: Member
) -> None:
    issue = IssueFactory(title="Kim Fiktiv", restricted=True)
    AccessGrant.objects.create(issue=issue, member=representative, updated_by=representative)
    mask(as_representative, "Kim Fiktiv", about=f"?arende={issue.number}")
    place = f"issues_issue:title:{issue.pk}"

    page = mask(as_coordinator, "Kim Fiktiv", places=[place]).content.decode()

    assert Redaction.objects.exists()
    assert "”Kim Fiktiv” hittades inte" in page
    assert "maskerade det" not in page
