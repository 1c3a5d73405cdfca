"""Every move of an action × every state of it × everybody and each way in: the page, the link in a mail, on behalf.

What the table allows is done and told as theirs, by the way it came; everything else changes nothing, and no way
allows what another refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from issues.answer_link import address_for
from issues.forms.action_step import ActionForm
from issues.forms.answer import ANSWERS
from issues.forms.handling import HandlingForm
from issues.forms.promise import PROGRESS
from issues.models import Action, Event
from issues.models.status import ActionState as State
from issues.views.action_page import STEERING
from members.actor import Actor, Channel
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, AnswersForFactory, IssueFactory, MemberFactory
from tests.pages import Response
from tests.people import signed_in

pytestmark = pytest.mark.django_db


ASKED, PROMISED = {State.PROPOSED}, {State.ACCEPTED, State.ONGOING}


@dataclass(frozen=True)
class Move:
    """What is typed in the form of that word, in which states it counts, and which state it leads to; "" to none."""

    typed: dict[str, Any]
    allowed: set[State]
    becomes: str = ""


SAID = {
    "ja": Move({"planned": in_days(7).isoformat()}, ASKED, State.ACCEPTED),
    "gjort": Move({"done_on": today().isoformat(), "note": "Lagat."}, ASKED, State.DONE),
    "nej": Move({"reason": "priority", "text": "Skolvägarna.", "next_step": "I mars."}, ASKED, State.DECLINED),
    "fraga": Move({"text": "Vilka lampor?"}, ASKED, State.QUESTION),
    "vidare": Move({"to": "nobody"}, ASKED, State.QUESTION),
    "paborjad": Move({}, {State.ACCEPTED}, State.ONGOING),
    "klar": Move({"done_on": today().isoformat(), "note": "Alla sex."}, PROMISED, State.DONE),
    "lage": Move({"text": "4 av 6 lampor"}, PROMISED),
    "datum": Move(
        {"old": in_days(7).isoformat(), "planned": in_days(30).isoformat(), "reason": "Materialet är sent."}, PROMISED
    ),
    "avstamning": Move({"old": in_days(7).isoformat(), "review": in_days(90).isoformat()}, set()),  # of what runs on
}
STEERED = {
    "foresla": Move({}, {State.DRAFT}, State.PROPOSED),
    "overlamna": Move(
        {"message": "Det brådskar.", "answer_due": in_days(5).isoformat()},
        {State.PROPOSED, State.QUESTION, State.DECLINED},
        State.PROPOSED,
    ),
    "eskalera": Move({"rung": "1"}, {State.PROPOSED, State.DECLINED} | PROMISED),
    "avgjord": Move({"decision": "Ja."}, set()),  # of what is lifted
    "paminn": Move({"text": "Barn går där."}, ASKED),  # what is promised, when its day has passed
    "lank": Move({}, {State.PROPOSED, State.QUESTION, State.DECLINED} | PROMISED),
    "aterta": Move({"reason": "Det är löst."}, {*State} - {State.DONE, State.CANCELLED}, State.CANCELLED),
}
MOVES = SAID | STEERED
FORMS: dict[str, type[ActionForm]] = {str(form.prefix): form for form in (*ANSWERS, *PROGRESS, *STEERING)}


def brought_to(state: str, technical: Organisation, coordinator: Member, representative: Member) -> Action:
    """An action of the förvaltning's in that state."""
    by, theirs = Actor.of(coordinator), Actor.of(representative)
    action: Action = ActionFactory(assignment__organisation=technical, wished=in_days(7))
    if state == State.DRAFT:
        action.unpropose(by=by)
    if state in {State.ACCEPTED, State.ONGOING, State.DONE}:
        action.current.accept(by=theirs, planned=in_days(7))
    if state == State.ONGOING:
        again(action).start(by=theirs)
    if state == State.DONE:
        again(action).finish(note="Lagat.", by=theirs)
    if state == State.QUESTION:
        action.current.ask(by=theirs, text="Hur många?")
    if state == State.DECLINED:
        action.current.decline(by=theirs, reason="priority", text="Annat.", next_step="I mars.")
    if state == State.CANCELLED:
        action.cancel(reason="Det är löst.", by=by)
    assert again(action).state == state
    return again(action)


def again(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens here has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def on_page(client: Client, channel: str = "") -> Callable[[Action, str], Response]:
    """The way in by the action's page, where she who writes it down for another says how it came."""

    def take(action: Action, word: str) -> Response:
        form = FORMS[word]
        target = action.current if form in ANSWERS else action
        typed = MOVES[word].typed | ({"channel": channel} if channel and word in SAID else {})
        if word == "overlamna":
            typed |= {"organisation": action.current.organisation_id}
        url = reverse(form.route, args=[target.pk])
        return client.post(url, {f"{word}-{name}": value for name, value in typed.items()})

    return take


def by_link(action: Action, word: str) -> Response:
    typed = {f"{word}-{name}": value for name, value in MOVES[word].typed.items()}
    return Client().post(f"{address_for(action.current)}{word}/", typed)


def tried(take: Callable[[Action, str], Response], action: Action, word: str) -> tuple[int, str, list[Event]]:
    """The answer to the move, the state it led to, and what the timeline tells of it; then it is taken back."""
    before = Event.objects.count()
    with taken_back():
        status = take(action, word).status_code
        told = list(Event.objects.with_related().order_by("pk")[before:])
        return status, again(action).state, told


@pytest.fixture
def substitute(technical: Organisation) -> Member:
    member = MemberFactory(name="Elin Förlaga", email="elin@exempel.se", organisation=technical)
    AnswersForFactory(member=member, organisation=technical)
    return member


WAYS = ("representative", "deputy", "substitute", "coordinator", "link")


def test_every_form_has_its_move() -> None:
    assert FORMS.keys() == MOVES.keys()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", State.values)
def test_who_answers_makes_the_moves_of_the_state_and_no_other(
    request: pytest.FixtureRequest,
    technical: Organisation,
    coordinator: Member,
    representative: Member,
    state: str,
    way: str,
) -> None:
    action = brought_to(state, technical, coordinator, representative)
    if way == "link":
        take: Callable[[Action, str], Response] = by_link
    else:
        member = request.getfixturevalue(way)
        take = on_page(signed_in(member), Channel.PHONE if way == "coordinator" else "")
    channel = {"link": Channel.LINK, "coordinator": Channel.PHONE}.get(way, Channel.SIGNED_IN)
    steers = way == "coordinator"

    for word, move in MOVES.items():
        status, became, told = tried(take, again(action), word)
        if state not in move.allowed or (word in STEERED and not steers):
            assert (word, became, told) == (word, state, [])
            assert status in {200, 302, 403, 404, 410}
            continue
        assert (word, status, became) == (word, 302, move.becomes or state)
        is_told = state != State.DRAFT or word != "aterta"  # few knew of a draft
        assert len(told) == is_told
        if word in SAID:
            assert (told[0].channel, told[0].organisation) == (channel, technical)
            assert (told[0].by is None) == (way == "link")
        else:
            assert all((each.channel, each.by) == (Channel.SIGNED_IN, coordinator) for each in told)


@pytest.mark.parametrize("state", State.values)
def test_the_page_of_a_link_offers_the_moves_of_the_state(
    client: Client, technical: Organisation, coordinator: Member, representative: Member, state: str
) -> None:
    action = brought_to(state, technical, coordinator, representative)
    page = client.get(address_for(action.current))
    offered = {str(form.prefix) for form in page.context["steps"]} if page.status_code == 200 else set()
    moves = offered - {str(HandlingForm.prefix)}  # what an organisation keeps for itself moves nothing
    assert moves == {word for word, move in SAID.items() if state in move.allowed}


@pytest.mark.parametrize("who", ["officer", "handler", "reader", "outsider", "nobody"])
def test_nobody_else_makes_any_move_in_any_state(
    request: pytest.FixtureRequest, technical: Organisation, coordinator: Member, representative: Member, who: str
) -> None:
    client = Client() if who == "nobody" else signed_in(request.getfixturevalue(who))
    for state in State.values:
        action = brought_to(state, technical, coordinator, representative)
        for word in MOVES:
            status, became, told = tried(on_page(client), action, word)
            assert (state, word, became, told) == (state, word, state, [])
            assert (who, status) in {(who, 403), (who, 404), ("nobody", 200), ("nobody", 302)}


def test_a_link_makes_no_move_of_another_action(
    technical: Organisation, coordinator: Member, representative: Member
) -> None:
    ours = brought_to(State.PROPOSED, technical, coordinator, representative)
    other = ActionFactory(issue=IssueFactory(), assignment__organisation=technical)
    signed = address_for(ours.current).replace(f"{ours.current.pk}.", f"{other.current.pk}.")

    assert Client().post(f"{signed}nej/", {"nej-text": "Nej."}).status_code == 410
    assert again(other).state == State.PROPOSED


@pytest.mark.parametrize("said_by", ["link", "representative", "coordinator"])
@pytest.mark.parametrize("word", ["ja", "gjort", "nej", "fraga", "vidare"])
def test_by_link_is_taken_back_what_came_by_link_and_nothing_else(
    request: pytest.FixtureRequest,
    technical: Organisation,
    coordinator: Member,
    representative: Member,
    said_by: str,
    word: str,
) -> None:
    action = brought_to(State.PROPOSED, technical, coordinator, representative)
    link = address_for(action.current)
    channel = Channel.PHONE if said_by == "coordinator" else ""
    way = by_link if said_by == "link" else on_page(signed_in(request.getfixturevalue(said_by)), channel)
    assert way(action, word).status_code == 302
    answer = Event.objects.get(answer__isnull=False).answer

    Client().post(f"{link}aterta/svar/", {"answer": answer.pk if answer else ""})

    is_back = said_by == "link"
    assert again(action).state == (State.PROPOSED if is_back else SAID[word].becomes)
    assert Event.objects.filter(kind=Event.Kind.WITHDRAWN, channel=Channel.LINK).exists() == is_back


@pytest.mark.parametrize("said_by", ["link", "representative"])
def test_by_link_is_taken_back_that_it_is_done_where_it_came_by_link(
    technical: Organisation, coordinator: Member, representative: Member, said_by: str
) -> None:
    action = brought_to(State.ACCEPTED, technical, coordinator, representative)
    link = address_for(action.current)
    way = by_link if said_by == "link" else on_page(signed_in(representative))
    assert way(action, "klar").status_code == 302

    Client().post(f"{link}aterta/klar/", {"entry": again(action).entry})

    assert again(action).state == (State.ACCEPTED if said_by == "link" else State.DONE)
