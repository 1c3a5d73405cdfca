"""Answering a question by the link in its mail, without signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.answer_link import SIGNER, VALID_FOR, address_for, read
from issues.models import Action, Answer, Assignment, Event, Progress
from issues.restricting import lift, restrict
from issues.striking import strike
from members import limits
from members.actor import Actor, Channel, Voice
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.days import in_days, today
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.issues.restricted import WHY
from tests.meetings.meetings import words
from tests.members.trying import at
from tests.pages import Response
from tests.past import history_of
from tests.the import the

pytestmark = pytest.mark.django_db

YES = {"planned": in_days(7).isoformat()}
NO: dict[str, Any] = {"reason": "priority", "text": "Skolvägarna först.", "next_step": "Ta upp igen i mars."}
MOVED = {"old": in_days(7).isoformat(), "planned": in_days(30).isoformat(), "reason": "Materialet är sent."}
GONE = "Länken gäller inte längre"


@pytest.fixture
def link(asked: Action) -> str:
    return address_for(asked.current)


@pytest.fixture
def promised(asked: Action, technical: Organisation) -> Action:
    asked.current.accept(by=Voice.by_link(technical), planned=in_days(7))
    return again(asked)


def again(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def say(client: Client, link: str, step: str, **typed: Any) -> Response:
    """Press the button of the step, and go on to where that leads."""
    return client.post(f"{link}{step}/", {f"{step}-{name}": value for name, value in typed.items()}, follow=True)


def token_of(link: str) -> str:
    return link.split("/")[2]


SAYINGS: dict[str, tuple[dict[str, Any], str, str]] = {
    "ja": (YES, Action.State.ACCEPTED, "åtar sig åtgärden."),
    "nej": (NO, Action.State.DECLINED, "Avböjd: annat går före."),
    "fraga": ({"text": "Vilka lampor?"}, Action.State.QUESTION, "begär komplettering: ”Vilka lampor?”"),
    "vidare": ({"to": "nobody"}, Action.State.QUESTION, "Samordnaren utser ansvarig."),
    "gjort": ({"done_on": today().isoformat(), "note": "Lagat."}, Action.State.DONE, "Klar"),
}


@pytest.mark.parametrize("step", SAYINGS)
def test_each_answer_is_given_by_the_link_and_the_page_says_how_it_stands(
    client: Client, asked: Action, link: str, step: str
) -> None:
    typed, state, told = SAYINGS[step]

    response = say(client, link, step, **typed)

    assert response.redirect_chain == [(link, 302)]
    assert again(asked).state == state
    answer = Answer.objects.get()
    assert (answer.by, answer.channel) == (None, Channel.LINK)
    assert told in words(response)
    assert "Ert svar är noterat via länk i dag" in words(response)
    assert client.get(link).context["steps"] == [] or state == Action.State.ACCEPTED


STEPS: dict[str, tuple[dict[str, Any], str, str]] = {
    "paborjad": ({}, Event.Kind.STARTED, "Påbörjad, planerat klart"),
    "lage": ({"text": "4 av 6 lampor"}, Event.Kind.PROGRESS, "4 av 6 lampor,"),
    "datum": (MOVED, Event.Kind.DATE_CHANGED, "lanerat klart"),
    "klar": ({"done_on": today().isoformat(), "note": "Alla sex."}, Event.Kind.DONE, "Klar"),
}


@pytest.mark.parametrize("step", STEPS)
def test_after_a_yes_the_same_link_tells_how_it_goes(client: Client, promised: Action, link: str, step: str) -> None:
    typed, kind, told = STEPS[step]
    assert "Hur det går hos er" in words(client.get(link))

    response = say(client, link, step, **typed)

    event = promised.issue.events.latest_first()[0]
    assert (event.kind, event.by, event.channel) == (kind, None, Channel.LINK)
    assert told in words(response)


def test_to_look_at_it_changes_nothing_however_often(client: Client, asked: Action, link: str) -> None:
    before = Assignment.objects.values().get(), Event.objects.count()
    for _ in range(2):
        assert client.get(link).status_code == client.head(link).status_code == 200
        for step in (*SAYINGS, *STEPS):
            assert client.get(f"{link}{step}/")["Location"] == link

    assert (Assignment.objects.values().get(), Event.objects.count()) == before


def test_the_page_has_what_is_asked_and_the_yes_stands_open_with_the_wished_day(
    client: Client, technical: Organisation, coordinator: Member
) -> None:
    issue = IssueFactory(title="HEMLIG RUBRIK", text="HEMLIG TEXT", where="Norra gångtunneln", opened_by=coordinator)
    by = Actor.of(coordinator)
    for _ in range(2):
        ObservationFactory(text="HEMLIG OBSERVATION", reporter=coordinator).attach(issue, by=by)
    ObservationFactory(text="HEMLIG", restricted=True, source="resident").attach(issue, by=by)
    action = ActionFactory(
        issue=issue,
        text="Mörkt i en månad.",
        assignment__organisation=technical,
        wished=in_days(7),
        assignment__message="Ring före.",
    )

    html = client.get(address_for(action.current)).content.decode()
    page = " ".join(re.sub(r"<[^>]*>", " ", html).split())

    for told in (
        *("föreslår Tekniska förvaltningen att laga belysningen.", "Norra gångtunneln", "Mörkt i en månad."),
        *("2 observationer från 1 rapportör.", "Önskas klart", "svar senast", "”Ring före.”"),
    ):
        assert told in page
    assert "HEMLIG" not in html
    assert coordinator.name not in html
    assert re.search(r'<details name="answer" open>\s*<summary><span>Ja, vi gör det', html)
    assert re.search(rf'value="{in_days(7).isoformat()}"[^>]*checked', html)


def test_a_browser_that_tells_no_origin_is_let_in(asked: Action, link: str) -> None:
    client = Client(enforce_csrf_checks=True)

    client.post(f"{link}fraga/", {"fraga-text": "Vilka?"}, headers={"Origin": "null"})

    assert again(asked).state == Action.State.QUESTION


def test_the_history_and_the_log_keep_the_pattern_and_not_the_address(
    client: Client, asked: Action, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    say(client, link, "ja", **YES)
    client.get(link[:-4] + "x/")

    contexts = str([*history_of(asked.current).values_list("pgh_context", flat=True)])
    assert "besked/<str:token>/<slug:step>/" in contexts
    assert token_of(link) not in f"{contexts}{caplog.text}"


# What ends it


def passed_on(action: Action, by: Actor) -> None:
    action.current.pass_on(by=by, to=Organisation.objects.exclude(pk=action.current.organisation_id)[0])


def handed_over(action: Action, by: Actor) -> None:
    action.hand_over(to=action.current.organisation, message="Igen.", by=by)


def unproposed(action: Action, by: Actor) -> None:
    action.unpropose(by=by)
    action.propose(by=by)


ENDS: dict[str, Callable[[Action, Actor], Any]] = {
    "done": lambda action, by: action.current.already_done(by=by, done_on=today(), note="Lagat."),
    "cancelled": lambda action, by: action.cancel(reason="Behövs inte.", by=by),
    "passed on": passed_on,
    "asked anew": handed_over,
    "asked for the first time again": unproposed,
    "restricted": lambda action, by: restrict(action.issue, reason=WHY, named=[by.member.pk], by=by),
    "struck": lambda action, by: strike(action.issue, reason="Upplagt av misstag.", by=by),
    "organisation ended": lambda action, by: Organisation.objects.filter(pk=action.current.organisation_id).update(
        active_from=in_days(-9), active_to=in_days(-1)
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_it_ends_at_once_and_nothing_is_saved_or_lost(
    client: Client, asked: Action, coordinator: Member, link: str, end: str
) -> None:
    ENDS[end](asked, Actor.of(coordinator))
    before = Event.objects.count()

    assert client.get(link).status_code == 410
    response = say(client, link, "fraga", text="Vilka lampor är det?")

    assert response.status_code == 410
    assert GONE in words(response)
    assert "Vilka lampor är det?" in words(response)
    assert asked.title not in words(response)
    assert Event.objects.count() == before


def test_an_old_one_is_none(client: Client, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issues.answer_link.VALID_FOR", timedelta(seconds=-1))

    assert client.get(link).status_code == say(client, link, "fraga", text="Vilka?").status_code == 410


def test_it_holds_for_a_year(asked: Action, link: str) -> None:
    asked_at = the(asked.current.asked_at)

    assert read(token_of(link), at=asked_at + VALID_FOR)
    assert not read(token_of(link), at=asked_at + VALID_FOR + timedelta(seconds=1))


def test_what_was_restricted_is_opened_by_no_old_link_when_it_is_lifted(
    client: Client, asked: Action, link: str, coordinator: Member
) -> None:
    by = Actor.of(coordinator)
    restrict(asked.issue, reason=WHY, named=[coordinator.pk], by=by)
    lift(asked.issue, reason="Det räcker.", by=by)

    assert client.get(link).status_code == 410
    assert client.get(address_for(again(asked).current)).status_code == 200


def test_whoever_said_it_is_done_gets_a_receipt_and_a_while_later_it_is_gone(
    client: Client, asked: Action, link: str
) -> None:
    response = say(client, link, "gjort", done_on=today().isoformat(), note="Lagat.")
    assert response.status_code == 200
    assert "”Lagat.”" in words(response)
    assert "Länken har gjort sitt" in words(response)

    response = say(client, link, "gjort", done_on=today().isoformat(), note="Lagat.")  # pressed twice
    assert "Länken har gjort sitt" in words(response)
    assert Answer.objects.count() == 1
    later = timezone.now() + timedelta(minutes=11)
    assert read(token_of(link), at=later) is None


def test_what_is_passed_on_is_shown_to_whom_it_was_passed_on_alone(
    client: Client, asked: Action, link: str, housing: Organisation
) -> None:
    response = say(client, link, "vidare", to=housing.pk)

    assert "Skickad vidare till Witalabostäder AB" in words(response)
    current = again(asked).current
    assert current.organisation == housing
    page = words(client.get(address_for(current)))
    assert "Tekniska förvaltningen har skickat frågan vidare till er." in page
    say(client, address_for(current), "nej", **NO)
    assert "Skickad vidare till Witalabostäder AB" in words(client.get(link))
    assert "Skolvägarna först" not in words(client.get(link))


def test_an_answer_that_was_taken_back_opens_it_again(
    client: Client, asked: Action, link: str, coordinator: Member
) -> None:
    say(client, link, "ja", **YES)
    Assignment.objects.get().withdraw_answer(by=Actor.of(coordinator))

    assert "Ja, vi gör det" in words(client.get(link))
    say(client, link, "nej", **NO)
    assert again(asked).state == Action.State.DECLINED


# Two at once, and bad input


def test_one_who_comes_second_reads_how_it_stands_and_keeps_her_words(
    client: Client, asked: Action, link: str, representative: Member
) -> None:
    asked.current.accept(by=Actor.of(representative), planned=in_days(7))

    page = words(say(client, link, "nej", **NO))

    assert "åtar sig åtgärden" in page
    assert "Omar Prov" not in page
    assert "Det ni skrev är inte sparat, men det står kvar här." in page
    assert "Skolvägarna först." in page
    assert "Hur det går hos er" in page
    assert again(asked).state == Action.State.ACCEPTED


def test_the_same_pressed_twice_is_said_once(client: Client, asked: Action, link: str) -> None:
    key = the(re.search(r'name="key" value="([^"]+)"', client.get(link).content.decode())).group(1)
    sent = {"key": key, **{f"ja-{name}": value for name, value in YES.items()}}

    replies = [client.post(f"{link}ja/", sent) for _ in range(2)]

    assert (replies[0].status_code, replies[0]["Location"]) == (302, link)
    assert "Det var redan skickat, så inget sparades två gånger." in words(replies[1])
    assert Answer.objects.count() == 1
    lage = {"key": key, "lage-text": "4 av 6"}
    for _ in range(2):
        client.post(f"{link}lage/", lage)
    assert Progress.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_of_the_other(asked: Action, link: str) -> None:
    replies = at_once(
        lambda: say(Client(), link, "ja", **YES).status_code,
        lambda: say(Client(), link, "nej", **NO).status_code,
    )

    assert replies == [200, 200]
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("nej", {}, "Välj varför."),
        ("fraga", {}, "Skriv frågan till gruppen."),
        ("ja", {"planned": "other", "other_day": "2020-01-01"}, "Dagen har redan varit"),
        ("ja", {"planned": "other", "other_day": ""}, "Skriv vilken dag det är klart."),
        ("vidare", {"to": "999999"}, "Välj"),
        ("gjort", {"done_on": in_days(2).isoformat(), "note": "x"}, "Dagen har inte varit än."),
        ("fraga", {"text": "Ring 811218-9876 om det"}, "811218-9876"),
    ],
)
def test_what_is_wrong_or_points_out_a_person_is_asked_about_as_on_the_page(
    client: Client, asked: Action, link: str, step: str, typed: dict[str, str], sentence: str
) -> None:
    page = words(say(client, link, step, **typed))

    assert sentence in page
    assert again(asked).is_asked


def test_nobody_says_by_link_how_it_came_or_steers(client: Client, asked: Action, link: str) -> None:
    say(client, link, "fraga", text="Vilka?", channel="phone")
    assert Answer.objects.get().channel == Channel.LINK
    for step in ("aterta", "overlamna", "foresla", "x"):
        assert client.post(f"{link}{step}/", {f"{step}-reason": "x"}).status_code == 410


def test_an_address_that_somebody_made_up_is_none(
    client: Client, asked: Action, link: str, housing: Organisation
) -> None:
    other = ActionFactory(assignment__organisation=housing).current
    body, seal = token_of(link).split(":")
    pk, nonce = body.split(".")

    tried = [
        *(body, f"{body}:{seal[:-1]}", f"{pk}.:{seal}", f"{other.pk}.{nonce}:{seal}", "å", "a:b", "1.2:3"),
        *(SIGNER.sign(f"{pk}."), SIGNER.sign(f"{other.pk}.{nonce}"), SIGNER.sign(f"999999.{nonce}")),
    ]

    assert {client.get(f"/besked/{each}/").status_code for each in tried} == {410}
    assert {client.post(f"/besked/{each}/ja/", {}).status_code for each in tried} == {410}


def test_guesses_are_limited_and_shut_no_valid_link(asked: Action, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BROKEN_LINKS", limits.Limit("broken_links", 1, limits.DAY))
    client = at("198.51.100.1")
    assert client.post("/besked/1.x:y/ja/", {}).status_code == 410

    refused = client.post("/besked/1.x:y/fraga/", {"fraga-text": "Vilka lampor är det?"})
    assert refused.status_code == 429
    assert "Vilka lampor är det?" in words(refused)
    assert client.get(link).status_code == 200
    say(client, link, "fraga", text="Vilka?")
    assert again(asked).state == Action.State.QUESTION


def test_a_draft_has_none(coordinator: Member, technical: Organisation) -> None:
    draft = Action.draft(issue=IssueFactory(), organisation=technical, title="Laga", by=Actor.of(coordinator))

    assert read(token_of(address_for(draft.current))) is None


def test_who_is_signed_in_answers_as_the_organisation_all_the_same(
    as_coordinator: Client, asked: Action, link: str
) -> None:
    say(as_coordinator, link, "fraga", text="Vilka?")

    assert (Answer.objects.get().by, Answer.objects.get().channel) == (None, Channel.LINK)
