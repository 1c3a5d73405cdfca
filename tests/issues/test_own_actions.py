"""An organisation's own page: to answer, planned by month, under way, done; by handler and budget year."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.working_days import working_days_since
from issues.budget import BudgetYear, cost_words
from issues.handling import note_handling, take_on, version_of
from issues.models import AccessGrant, Action, Assignment
from issues.texts.own_actions import planned_heading, waited_words
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, AnswersForFactory, MemberFactory
from tests.pages import Response

NARROW = "\N{NARROW NO-BREAK SPACE}"


def held(organisation: Organisation, title: str, state: str = "accepted", **facts: Any) -> Action:
    if state != "proposed":
        facts = {"answer": "accepted", "planned": in_days(5), **facts}
    done_on = facts.pop("done_on", None)
    given = {f"assignment__{name}": value for name, value in facts.items()} | ({"done_on": done_on} if done_on else {})
    return ActionFactory(title=title, state=state, assignment__organisation=organisation, **given)


def page(client: Client, query: str = "") -> Response:
    return client.get(reverse("issues:action_list") + query)


def sections(client: Client, query: str = "") -> list[tuple[str, list[str]]]:
    return [(part.heading, [a.title for a in part.actions]) for part in page(client, query).context["parts"]]


def titles(client: Client, query: str) -> list[str]:
    return [title for _, under in sections(client, query) for title in under]


def test_what_should_have_been_answered_first_stands_first(as_representative: Client, technical: Organisation) -> None:
    now = timezone.now()
    held(technical, "Ny", "proposed", asked_at=now - timedelta(days=3), answer_due=in_days(-1))
    held(technical, "Gammal", "proposed", asked_at=now - timedelta(days=30), answer_due=in_days(9))
    held(technical, "Äldst", "proposed", asked_at=now - timedelta(days=2), answer_due=in_days(-3))

    assert sections(as_representative) == [("Ert att svara på", ["Äldst", "Ny", "Gammal"])]


def test_days_waited_are_working_days() -> None:
    friday, monday = date(2026, 12, 18), date(2026, 12, 28)

    assert working_days_since(friday, friday) == 0
    assert working_days_since(friday, monday) == 4  # julafton, juldagen and annandagen are free
    assert working_days_since(monday, friday) == 0


def test_a_row_says_how_long_it_has_waited(as_representative: Client, technical: Organisation) -> None:
    asked_at = timezone.make_aware(datetime(2026, 12, 18, 23, 30))
    action = held(technical, "Frågan", "proposed", asked_at=asked_at)
    stopped = held(technical, "Stoppad", "proposed", asked_at=asked_at, stands_still=True)

    assert waited_words(action, date(2026, 12, 28)) == "Väntat 4 arbetsdagar."
    assert waited_words(action, date(2026, 12, 20)) == ""
    assert waited_words(stopped, date(2026, 12, 28)) == ""
    assert waited_words(held(technical, "Lovad"), date(2026, 12, 28)) == ""


def test_what_is_promised_stands_by_month_and_what_has_begun_by_itself(
    as_representative: Client, technical: Organisation
) -> None:
    sooner, later = in_days(40), in_days(80)
    held(technical, "Senare", planned=later)
    held(technical, "Snart", planned=sooner)
    held(technical, "Påbörjad", "ongoing", planned=in_days(1))
    held(technical, "Löpande", planned=in_days(2), planned_precision="running", planned_words="löpande")
    held(technical, "Sen", planned=in_days(-1))

    assert sections(as_representative) == [
        ("Försenade och att stämma av", ["Sen"]),
        ("Pågående hos er", ["Påbörjad", "Löpande"]),
        (planned_heading(sooner, today()), ["Snart"]),
        (planned_heading(later, today()), ["Senare"]),
    ]
    assert planned_heading(date(2027, 1, 9), date(2026, 12, 1)) == "Planerat i januari 2027"


def test_what_was_done_last_stands_first(as_representative: Client, technical: Organisation) -> None:
    for title, days in (("Äldre", -9), ("Nyss", -1), ("Äldst", -20)):
        held(technical, title, "done", done_on=in_days(days))

    assert sections(as_representative) == [("Klara", ["Nyss", "Äldre", "Äldst"])]


def folds(client: Client, query: str = "") -> list[tuple[bool, str, str]]:
    """Whether each folded part is open, its heading and what stands beside."""
    html = page(client, query).content.decode().replace(NARROW, " ")
    found = re.findall(
        r'<details class="more fold"( open)?>\s*<summary><h2[^>]*>(.*?)</h2> <span[^>]*>(.*?)</span>', html
    )
    return [(bool(is_open), heading, words) for is_open, heading, words in found]


def test_what_waits_for_nobody_is_folded_and_says_how_much_it_was(
    as_representative: Client, technical: Organisation
) -> None:
    no = {"answer": "declined", "reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}
    held(technical, "Frågan", "proposed")
    held(technical, "Nyss", "done", done_on=in_days(-1), cost_band="to_250")
    held(technical, "Äldre", "done", done_on=in_days(-9), cost_band="under_50")
    held(technical, "Nej", "declined", cost_band="over_250", **no)

    assert folds(as_representative) == [
        (False, "Klara", "2 åtgärder, 50 000–300 000 kr"),
        (False, "Avböjda", "1 åtgärd"),
    ]


def test_what_is_chosen_is_not_folded(as_representative: Client, technical: Organisation) -> None:
    held(technical, "Nyss", "done", done_on=in_days(-1), budget_year=2027)

    assert folds(as_representative, "?budgetar=2027") == [(True, "Klara", "1 åtgärd")]


def test_what_is_told_at_a_row_is_not_folded(as_representative: Client, technical: Organisation) -> None:
    action = held(technical, "Lampan", "proposed")
    hand(as_representative, action.current, "", f"?egna={action.pk}")  # and meanwhile it was done
    Action.objects.filter(pk=action.pk).update(state="done", done_at=timezone.now(), done_on=today())

    assert folds(as_representative) == [(True, "Klara", "1 åtgärd")]
    assert folds(as_representative) == [(False, "Klara", "1 åtgärd")]


def test_it_is_chosen_by_who_handles_it(
    as_representative: Client, representative: Member, deputy: Member, technical: Organisation
) -> None:
    left = AnswersForFactory(member=MemberFactory(), organisation=technical).member
    for title, handler in (("Min", representative), ("Hennes", deputy), ("Ingens", None), ("Den som slutat", left)):
        held(technical, title, handler=handler)
    left.answers_for.clear()

    assert titles(as_representative, "?handlaggare=jag") == ["Min"]
    assert titles(as_representative, "?handlaggare=ingen") == ["Ingens", "Den som slutat"]
    assert titles(as_representative, f"?handlaggare={deputy.pk}") == ["Hennes"]
    assert len(titles(as_representative, f"?handlaggare={left.pk}")) == 4  # who is nobody's any longer chooses nothing


def test_it_is_chosen_by_budget_year(as_representative: Client, technical: Organisation) -> None:
    held(technical, "Nästa år", budget_year=2027)
    held(technical, "Utan år", cost_band="under_50")

    assert titles(as_representative, "?budgetar=2027") == ["Nästa år"]
    assert titles(as_representative, "?budgetar=inget") == ["Utan år"]
    assert len(titles(as_representative, "?budgetar=1999")) == 2


def test_a_budget_year_tells_what_it_may_cost_together(
    as_representative: Client, technical: Organisation, housing: Organisation
) -> None:
    for year, band in ((2027, "to_250"), (2027, "under_50"), (2027, ""), (2028, "over_250"), (None, "under_50")):
        held(technical, "Åtgärd", budget_year=year, cost_band=band)
    no = {"answer": "declined", "reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}
    held(technical, "Avböjd", "declined", budget_year=2027, **no)
    held(housing, "Deras", budget_year=2027)

    told = [(year.heading, year.words.replace(NARROW, " ")) for year in page(as_representative).context["filter"].years]

    assert told == [
        ("2027", "3 åtgärder, 50 000–300 000 kr. En saknar kostnad."),
        ("2028", "1 åtgärd, minst 250 000 kr."),
        ("Inget budgetår", "1 åtgärd, högst 50 000 kr."),
    ]


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ({"under_50": 2}, "högst 100 000 kr"),
        ({"to_250": 1}, "50 000–250 000 kr"),
        ({"to_250": 1, "over_250": 2}, "minst 550 000 kr"),
        ({"": 3}, ""),
    ],
)
def test_bands_are_added_to_a_span(bands: dict[str, int], words: str) -> None:
    assert cost_words(Counter(bands)).replace(NARROW, " ") == words


def test_a_year_without_any_cost_says_so() -> None:
    assert BudgetYear(2027, Counter({"": 2})).words == "2 åtgärder. Ingen kostnad är angiven."


def test_one_who_answers_for_several_chooses_among_them(
    as_representative: Client, representative: Member, technical: Organisation, housing: Organisation
) -> None:
    alone = "alla era organisationer" in page(as_representative).content.decode()
    AnswersForFactory(member=representative, organisation=housing)
    held(technical, "Gatan")
    held(housing, "Gården")

    assert not alone
    assert "alla era organisationer" in page(as_representative).content.decode()
    assert titles(as_representative, f"?organisation={housing.pk}") == ["Gården"]


def test_another_organisation_cannot_be_chosen(
    as_representative: Client, technical: Organisation, housing: Organisation
) -> None:
    held(technical, "Gatan")
    held(housing, "Gården")

    assert titles(as_representative, f"?organisation={housing.pk}") == ["Gatan"]


def test_what_is_chosen_does_not_deny_what_waits_besides(as_representative: Client, technical: Organisation) -> None:
    held(technical, "Frågan", "proposed")
    held(technical, "Nästa år", budget_year=2027)

    def headline(query: str) -> str:
        return str(page(as_representative, query).context["filter"].headline)

    assert headline("") == "En fråga väntar på svar från er."
    assert headline("?budgetar=2027") == "En åtgärd i urvalet."
    assert headline("?handlaggare=jag") == "Ingen åtgärd i urvalet."
    empty = page(as_representative, "?handlaggare=jag").content.decode()
    assert "Inga åtgärder stämmer med urvalet." in empty
    assert "Ingen har bett om något" not in empty


# From the list


def hand(client: Client, assignment: Assignment, handler: object, query: str = "", **typed: Any) -> Response:
    address = reverse("issues:assignment_hand_to", args=[assignment.pk]) + query
    sent = {"handler": handler, **typed}
    return client.post(address, {f"handlaggning-{name}": value for name, value in sent.items()})


def test_it_is_handed_to_a_colleague_and_what_else_is_kept_stands(
    as_representative: Client, representative: Member, deputy: Member, technical: Organisation
) -> None:
    action = held(technical, "Lampan", "proposed")
    note_handling(action.current, by=Actor.of(representative), external_ref="TF-77", budget_year=2027)

    hand(as_representative, action.current, deputy.pk, f"?egna={action.pk}")

    kept = Assignment.objects.get(pk=action.current.pk)
    assert (kept.handler, kept.external_ref, kept.budget_year) == (deputy, "TF-77", 2027)


def test_one_comes_back_to_the_row_among_what_was_chosen(
    as_representative: Client, technical: Organisation, deputy: Member
) -> None:
    action = held(technical, "Lampan", "proposed", budget_year=2027)
    html = page(as_representative, "?vy=egna&budgetar=2027&utm=hej").content.decode()
    [address] = re.findall(r'action="([^"]*lamna-till[^"]*)"', html)

    response = as_representative.post(address.replace("&amp;", "&"), {"handlaggning-handler": deputy.pk})

    assert address.endswith(f"?egna={action.pk}&amp;budgetar=2027")
    assert response["Location"] == f"/atgarder/?vy=egna&budgetar=2027#atgard-{action.pk}"
    told = as_representative.get(response["Location"]).content.decode()
    assert re.search(
        rf'<li id="atgard-{action.pk}"[^>]*>\s*<div[^>]*>(?:(?!<li).)*Gun Prototyp är handläggare', told, re.S
    )


def test_it_is_taken_on_from_the_row_and_can_be_given_up(
    as_representative: Client, representative: Member, technical: Organisation
) -> None:
    action = held(technical, "Lampan", "proposed")

    before = page(as_representative).content.decode()
    as_representative.post(reverse("issues:assignment_take_on", args=[action.current.pk]) + f"?egna={action.pk}")
    after = page(as_representative).content.decode()
    hand(as_representative, action.current, "", f"?egna={action.pk}")

    assert ("ta-hand-om/" in before, "lamna-till/" in before) == (True, False)  # she has no colleague
    assert ("ta-hand-om/" in after, '<option value="">Ingen</option>' in after) == (False, True)
    assert Assignment.objects.get(pk=action.current.pk).handler is None


def test_of_two_who_hand_it_on_the_second_reads_who_has_it(
    as_representative: Client, representative: Member, deputy: Member, technical: Organisation
) -> None:
    action = held(technical, "Lampan", "proposed")
    old = version_of(action.current)
    take_on(action.current, by=Actor.of(deputy))

    answer = hand(as_representative, action.current, representative.pk, version=old).content.decode()

    assert "Nu står Gun Prototyp." in answer
    assert Assignment.objects.get(pk=action.current.pk).handler == deputy


def test_colleagues_are_those_who_answer_for_that_very_organisation(
    as_representative: Client, representative: Member, deputy: Member, handler: Member, technical: Organisation
) -> None:
    AnswersForFactory(member=representative, organisation=handler.answers_for.get())
    AnswersForFactory(member=MemberFactory(name="Åsa Slutat", is_active=False), organisation=technical)
    held(technical, "Lampan", "proposed")

    choices = re.findall(r'<option value="(?:\d+)">(.*?)</option>', _select(page(as_representative)))

    assert choices == ["Gun Prototyp"]


def _select(response: Response) -> str:
    [found] = re.findall(r'<select name="handlaggning-handler".*?</select>', response.content.decode(), re.DOTALL)
    return str(found)


def test_what_is_restricted_is_handed_on_its_own_page(
    as_representative: Client, representative: Member, deputy: Member, technical: Organisation
) -> None:
    action = ActionFactory(issue__restricted=True, assignment__organisation=technical)
    AccessGrant.give(action.issue, [representative.pk, deputy.pk], by=Actor.of(representative))

    html = page(as_representative).content.decode()

    assert "ta-hand-om/" in html
    assert "lamna-till/" not in html


def test_a_reader_has_no_list_of_her_own(as_reader: Client, technical: Organisation) -> None:
    held(technical, "Lampan")

    assert sections(as_reader, "?vy=egna") == []


@pytest.mark.parametrize("query", ["?handlaggare=%00", "?budgetar=99999999999999999999", "?organisation=x&sida=9"])
def test_nonsense_in_the_address_chooses_nothing(as_handler: Client, housing: Organisation, query: str) -> None:
    held(housing, "Gården")

    assert titles(as_handler, query) == ["Gården"]
