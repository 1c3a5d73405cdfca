"""No question goes round: whoever has said that it is not theirs is not sent it again, but by the samordnare."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from issues.answer_link import address_for
from issues.models import Action
from issues.models.assignment import not_theirs
from members.actor import Actor, Voice
from members.models import Organisation
from tests.days import in_days
from tests.issues.answering import send
from tests.meetings.meetings import words
from tests.pages import Response, text_of
from tests.the import the

SAID_SO = "Tekniska förvaltningen har redan svarat att frågan inte är deras"
REFUSED = f"{SAID_SO}. Skicka den till samordnaren i stället."
LAST = "Om ni inte vet vems den är utser samordnaren ansvarig."


@pytest.fixture
def passed_on(asked: Action, technical: Organisation, housing: Organisation, police: Organisation) -> Action:
    """Tekniska has said that it is not theirs, and has sent it to Witalabostäder."""
    asked.current.pass_on(by=Voice.by_link(technical), to=housing)
    return Action.objects.get(pk=asked.pk)


def offered_in(page: str) -> list[str]:
    """The values of those to whom the form offers to pass it on."""
    return re.findall(r'value="(\w*)"', the(re.search(r'<select name="vidare-to".*?</select>', page))[0])


Ways = dict[str, tuple[Callable[[], str], Callable[[int], Response]]]


@pytest.fixture
def ways(as_handler: Client, as_coordinator: Client, client: Client, passed_on: Action) -> Ways:
    """How it is passed on: what the form says, and what is answered to whoever sends it to the organisation."""
    link, page = address_for(passed_on.current), passed_on.get_absolute_url()
    on_behalf = {"vidare-channel": "phone"}
    return {
        "page": (
            lambda: text_of(as_handler, page),
            lambda to: send(as_handler, passed_on, "pass_on", **{"vidare-to": to}),
        ),
        "on behalf": (
            lambda: text_of(as_coordinator, page),
            lambda to: send(as_coordinator, passed_on, "pass_on", **{"vidare-to": to}, **on_behalf),
        ),
        "link": (lambda: text_of(client, link), lambda to: client.post(f"{link}vidare/", {"vidare-to": to})),
    }


@pytest.mark.parametrize("way", ["page", "on behalf", "link"])
def test_who_has_said_that_it_is_not_theirs_is_not_offered_and_is_refused(
    ways: Ways, way: str, passed_on: Action, technical: Organisation, housing: Organisation
) -> None:
    shown, sent = ways[way]

    page = shown()
    response = sent(technical.pk)

    others = Organisation.objects.exclude(pk__in=[technical.pk, housing.pk]).in_order()
    assert offered_in(page) == ["", *(str(each.pk) for each in others), "nobody"]
    assert SAID_SO in page
    assert REFUSED in words(response)
    assert Action.objects.get(pk=passed_on.pk).current.organisation == housing


def test_when_nobody_is_left_the_samordnare_is_chosen_already(
    client: Client, passed_on: Action, technical: Organisation, housing: Organisation
) -> None:
    Organisation.objects.exclude(pk__in=[technical.pk, housing.pk]).update(active_to=in_days(-1))
    page = text_of(client, address_for(passed_on.current))

    assert offered_in(page) == ["nobody"]
    assert f"{SAID_SO}. {LAST}" in page


def test_what_was_taken_back_was_not_said(asked: Action, technical: Organisation) -> None:
    asked.current.pass_on(by=Voice.by_link(technical), to=None)
    asked.current.withdraw_answer(by=Actor.of(asked.created_by))

    assert not_theirs(asked.assignments.all()) == []


def test_what_they_said_last_counts(
    passed_on: Action, technical: Organisation, housing: Organisation, by: Actor
) -> None:
    passed_on.hand_over(to=technical, message="Stolpen är er, se kartan.", by=by)
    passed_on.current.ask(by=Voice.by_link(technical), text="Vilken karta?")
    passed_on.hand_over(to=housing, message="Stolpen är er, se kartan.", by=by)

    passed_on.current.pass_on(by=Voice.by_link(housing), to=technical)

    assert passed_on.current.organisation == technical


def test_the_verb_refuses_whatever_the_page_showed(
    passed_on: Action, technical: Organisation, housing: Organisation
) -> None:
    with pytest.raises(ValidationError, match=SAID_SO):
        passed_on.current.pass_on(by=Voice.by_link(housing), to=technical)


def test_the_samordnare_may_send_it_to_them_again_and_says_why(
    as_coordinator: Client, passed_on: Action, technical: Organisation
) -> None:
    assert f"{SAID_SO}. Ska de ändå få den, skriv varför." in text_of(as_coordinator, passed_on.get_absolute_url())
    typed = {"overlamna-organisation": technical.pk, "overlamna-answer_due": in_days(9).isoformat()}
    url = f"{passed_on.get_absolute_url()}overlamna/"

    refused = as_coordinator.post(url, typed)
    as_coordinator.post(url, typed | {"overlamna-message": "Stolpen är er, se kartan."})

    assert "Skriv vad Tekniska förvaltningen behöver veta." in words(refused)
    assert Action.objects.get(pk=passed_on.pk).current.organisation == technical
