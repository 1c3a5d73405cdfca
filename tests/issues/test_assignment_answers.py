"""The four answers on the action's page: given once, by the one who was asked, never lost."""

import pytest
from django.test import Client

from base.swedish.words import day_and_month
from issues.models import Action, Assignment
from members.actor import Channel
from members.models import Organisation
from tests.days import in_days, today
from tests.issues.answering import NO, answer_of, answered, send
from tests.the import the


def test_a_yes_with_the_wished_day_takes_two_taps(as_representative: Client, asked: Action) -> None:
    page = as_representative.get(asked.get_absolute_url()).content.decode()

    response = send(as_representative, asked, "accept", **{"ja-planned": in_days(7).isoformat()})

    assert f'value="{in_days(7).isoformat()}" id="id_ja-planned_0" checked' in page
    assert response["Location"] == asked.get_absolute_url()
    given = answered(asked)
    assert (the(given.answer).kind, given.planned, the(given.answer).channel) == (
        "accepted",
        in_days(7),
        Channel.SIGNED_IN,
    )


def test_a_yes_carries_its_own_day_cost_and_number(as_representative: Client, asked: Action) -> None:
    own = in_days(200)
    more = {"ja-cost_band": "under_50", "ja-external_ref": "TF-77", "ja-text": "Vi byter alla sex."}

    send(as_representative, asked, "accept", **{"ja-planned": "other", "ja-other_day": own.isoformat()}, **more)

    given = answered(asked)
    assert (given.planned, the(given.answer).cost_band, given.external_ref) == (own, "under_50", "TF-77")
    page = as_representative.get(asked.get_absolute_url()).content.decode()
    assert f"Planerat klart {day_and_month(own, today=today())}." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Välj när det är klart."),
        ({"ja-planned": "other"}, "Skriv vilken dag det är klart."),
        ({"ja-planned": "other", "ja-other_day": "i vår"}, "Skriv datumet som 2026-11-25."),
        ({"ja-planned": "other", "ja-other_day": "2020-01-01"}, "Dagen har redan varit."),
        ({"ja-planned": "other", "ja-other_day": "2999-01-01"}, "Dagen ligger mer än 10 år bort."),
        ({"ja-planned": "1999-01-01"}, "Det valet finns inte längre."),
        ({"ja-planned": in_days(7).isoformat(), "ja-cost_band": "gratis"}, "Det valet finns inte längre."),
        ({"ja-planned": in_days(7).isoformat(), "ja-external_ref": "x" * 61}, "Texten är 1 tecken för lång."),
    ],
)
def test_a_yes_that_cannot_be_saved_says_why_and_keeps_the_words(
    as_representative: Client, asked: Action, typed: dict[str, str], sentence: str
) -> None:
    response = send(as_representative, asked, "accept", **{"ja-text": "Vi vill gärna."}, **typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Vi vill gärna." in page
    assert answered(asked).answer is None


def test_a_day_typed_and_then_not_chosen_is_nobodys_concern(as_representative: Client, asked: Action) -> None:
    typed = {"ja-planned": in_days(7).isoformat(), "ja-other_day": "2020-01-01"}

    send(as_representative, asked, "accept", **typed)

    assert answered(asked).planned == in_days(7)


def test_a_no_needs_reason_text_and_next_step(as_representative: Client, asked: Action) -> None:
    response = send(as_representative, asked, "decline", **{"nej-text": "Vi hinner inte."})

    page = response.content.decode()
    assert "Välj varför." in page
    assert "Skriv vad som kan hända härnäst" in page
    assert "Vi hinner inte." in page
    assert page.count('<details name="answer" open>') == 1
    assert '<details name="answer" open>\n        <summary><span>Nej, inte nu' in page


def test_a_no_is_kept_in_their_own_words(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "decline", **NO)

    given = answered(asked)
    assert (the(given.answer).reason, the(given.answer).text, the(given.answer).next_step) == (
        "priority",
        "Skolvägarna först.",
        "Ta upp igen i mars.",
    )
    page = as_representative.get(asked.get_absolute_url()).content.decode()
    assert "Avböjd: annat går före." in page
    assert "Nästa steg: ”Ta upp igen i mars.”" in page


def test_a_question_goes_back_to_the_group(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "ask", **{"fraga-text": "Vilka lampor?"})

    asked.refresh_from_db()
    assert (asked.state, answer_of(asked).text) == (Action.State.QUESTION, "Vilka lampor?")


def test_a_question_without_words_is_refused(as_representative: Client, asked: Action) -> None:
    response = send(as_representative, asked, "ask", **{"fraga-text": "   "})

    assert "Skriv frågan till gruppen." in response.content.decode()
    assert answered(asked).answer is None


def test_passing_on_moves_the_question_at_once(as_representative: Client, asked: Action, housing: Organisation) -> None:
    send(as_representative, asked, "pass_on", **{"vidare-to": str(housing.pk), "vidare-text": "Det är er vägg."})

    new = Assignment.objects.get(action=asked, ended_at=None)
    assert (new.organisation, new.message, new.answer) == (housing, "Det är er vägg.", None)
    assert answer_of(asked).passed_to == housing


def test_not_knowing_whose_it_is_leaves_it_to_the_coordinator(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "pass_on", **{"vidare-to": "nobody"})

    asked.refresh_from_db()
    assert (asked.state, answer_of(asked).kind) == (Action.State.QUESTION, "passed_on")


@pytest.mark.parametrize("to", ["", "0", "abc", "\x00", "99999999999999999999"])
def test_passing_on_to_nobody_that_exists_is_refused(as_representative: Client, asked: Action, to: str) -> None:
    response = send(as_representative, asked, "pass_on", **{"vidare-to": to, "vidare-text": "Er?"})

    assert response.status_code == 200
    assert "Er?" in response.content.decode()
    assert answered(asked).answer is None


def test_neither_oneself_nor_who_has_left_can_be_passed_to(
    as_representative: Client, asked: Action, technical: Organisation, housing: Organisation
) -> None:
    Organisation.objects.filter(pk=housing.pk).update(active_to=in_days(-1))

    for organisation in (technical, housing):
        send(as_representative, asked, "pass_on", **{"vidare-to": str(organisation.pk)})

    assert answered(asked).answer is None
