"""The buttons of the samordnare say what they do, and the forms say de of an organisation that she notes for."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from issues.models import Action
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.issues.answering import answered
from tests.pages import text_of

ANSWERS: dict[str, dict[str, Any]] = {
    "ask": {"text": "Vilka lampor?"},
    "pass_on": {"to": None},
    "decline": {"reason": "budget", "text": "Inte i år.", "next_step": "Fråga i mars."},
}


@pytest.mark.parametrize(
    ("answer", "button", "names", "told"),
    [
        ("", "Lämna över", "Lämna över till {}", "Witalabostäder AB är ansvarig och har fått frågan."),
        (
            *("ask", "Skicka kompletteringen", "Skicka kompletteringen till {}"),
            "Kompletteringen är skickad till Witalabostäder AB.",
        ),
        ("pass_on", "Utse ansvarig", "Utse {}", "Witalabostäder AB är ansvarig och har fått frågan."),
        ("decline", "Skicka frågan", "Skicka frågan till {}", "Frågan är skickad till Witalabostäder AB."),
    ],
)
def test_the_button_that_hands_over_and_its_receipt_say_what_is_done(
    *,
    as_coordinator: Client,
    asked: Action,
    representative: Member,
    housing: Organisation,
    answer: str,
    button: str,
    names: str,
    told: str,
) -> None:
    Organisation.objects.filter(pk=housing.pk).update(mailbox="bostad@exempel.se")
    if answer:
        getattr(answered(asked), answer)(by=Actor.of(representative), **ANSWERS[answer])
    page = text_of(as_coordinator, asked.get_absolute_url())

    response = as_coordinator.post(
        reverse("issues:action_hand_over", args=[asked.pk]),
        {
            "overlamna-organisation": housing.pk,
            "overlamna-message": "Alla sex.",
            "overlamna-answer_due": in_days(9).isoformat(),
        },
    )

    assert f'data-names="overlamna-organisation" data-says="{names}">{button}</button>' in page
    assert str(*get_messages(response.wsgi_request)) == told


def test_the_samordnare_notes_what_they_say_and_they_say_what_is_theirs(
    as_coordinator: Client, as_representative: Client, asked: Action
) -> None:
    hers, theirs = (text_of(client, asked.get_absolute_url()) for client in (as_coordinator, as_representative))

    for of_hers, of_theirs in (
        ("Deras ärendenummer", "Ert ärendenummer"),
        ("Deras fråga till gruppen", "Er fråga till gruppen"),
        ("De vet inte, jag utser", "Vet inte, låt samordnaren avgöra"),
    ):
        assert (of_hers in hers, of_theirs in hers) == (True, False)
        assert (of_hers in theirs, of_theirs in theirs) == (False, True)


def test_who_notes_that_they_have_begun_says_so_of_them(
    as_coordinator: Client, as_representative: Client, asked: Action, representative: Member
) -> None:
    answered(asked).accept(by=Actor.of(representative), planned=in_days(7))

    hers, theirs = (text_of(client, asked.get_absolute_url()) for client in (as_coordinator, as_representative))

    assert ("De har börjat" in hers, "Vi har börjat" in hers) == (True, False)
    assert ("De har börjat" in theirs, "Vi har börjat" in theirs) == (False, True)
