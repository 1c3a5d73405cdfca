"""An answer by link while somebody else does something with the same question: one of them waits for the other.

What was acknowledged stands, and whose word came second has it back on the page with how it stands now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.answer_link import address_for
from issues.models import Action, Answer, Escalation, Event
from issues.restricting import restrict
from members.actor import Actor
from members.models import Member
from tests.at_once import at_once
from tests.days import in_days, today
from tests.issues.answering import NO, send
from tests.issues.restricted import WHY
from tests.issues.test_answer_link import again
from tests.meetings.meetings import words
from tests.pages import Response
from tests.people import signed_in
from tests.the import the

pytestmark = pytest.mark.django_db(transaction=True)

BY_LINK = {"nej-reason": "priority", "nej-text": "Skolvägarna går först i år.", "nej-next_step": "Ta upp igen i mars."}
YES = {"ja-planned": "other", "ja-other_day": in_days(30).isoformat()}

Other = Callable[[Action, Member, Member], Any]


def on_the_page(asked: Action, representative: Member, coordinator: Member) -> Response:
    return send(signed_in(representative), asked, "accept", **YES)


def on_behalf(asked: Action, representative: Member, coordinator: Member) -> Response:
    return send(signed_in(coordinator), asked, "decline", **NO, **{"nej-channel": "phone"})


def by_link_too(asked: Action, representative: Member, coordinator: Member) -> Response:
    return Client().post(f"{address_for(asked.current)}ja/", YES)


def passed_on_by_link(asked: Action, representative: Member, coordinator: Member) -> Response:
    return Client().post(f"{address_for(asked.current)}vidare/", {"vidare-to": "nobody"})


def escalated(asked: Action, representative: Member, coordinator: Member) -> Response:
    url = f"{asked.get_absolute_url()}eskalera/"
    sent = {"eskalera-rung": "1", "eskalera-raised_on": today().isoformat(), "eskalera-version": asked.version}
    return signed_in(coordinator).post(url, sent)


def link_ended(asked: Action, representative: Member, coordinator: Member) -> Response:
    url = reverse("issues:action_void_link", args=[asked.pk])
    return signed_in(coordinator).post(url, {"lank-version": asked.version})


def cancelled(asked: Action, representative: Member, coordinator: Member) -> Response:
    url = reverse("issues:action_cancel", args=[asked.pk])
    return signed_in(coordinator).post(url, {"aterta-reason": "Behövs inte.", "aterta-version": asked.version})


def restricted(asked: Action, representative: Member, coordinator: Member) -> None:
    restrict(asked.issue, reason=WHY, named=[coordinator.pk], by=Actor.of(coordinator))


def handed_over(asked: Action, representative: Member, coordinator: Member) -> None:
    asked.hand_over(to=asked.current.organisation, message="Igen.", by=Actor.of(coordinator))


OTHERS = {
    each.__name__: each
    for each in (
        *(on_the_page, on_behalf, by_link_too, passed_on_by_link),
        *(escalated, link_ended, cancelled, restricted, handed_over),
    )
}
ANSWERS = {"on_the_page", "on_behalf", "by_link_too", "passed_on_by_link"}


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_acknowledged_stands_and_what_is_not_is_given_back(
    asked: Action, representative: Member, coordinator: Member, other: str
) -> None:
    link, same = address_for(asked.current), again(asked)

    reply, others = at_once(
        lambda: Client().post(f"{link}nej/", BY_LINK),
        lambda: OTHERS[other](same, representative, coordinator),
    )

    said = Answer.objects.filter(channel="link", text=BY_LINK["nej-text"]).count()
    assert reply.status_code in {200, 302, 410}
    assert (reply.status_code == 302) == (said == 1)
    if not said:
        assert BY_LINK["nej-text"] in words(reply)
    if other in ANSWERS:
        assert Answer.objects.count() == 1
        assert sorted([reply.status_code, others.status_code]) == [200, 302]
    assert Event.objects.filter(answer__text=BY_LINK["nej-text"]).count() == said


def test_the_same_form_at_once_and_its_taking_back_leave_one_or_none(asked: Action) -> None:
    link = address_for(asked.current)
    sent = YES | {"key": "6d3c1f6a-4f0f-4c22-8a9f-0f5b2f6f1c11"}
    Client().post(f"{link}ja/", sent)

    at_once(
        lambda: Client().post(f"{link}aterta/svar/", {"answer": Answer.objects.get().pk}),
        lambda: Client().post(f"{link}ja/", sent),
        lambda: Client().post(f"{link}ja/", sent),
    )

    standing = Answer.objects.filter(withdrawn_at=None)
    assert standing.count() <= 1
    assert again(asked).state == (Action.State.ACCEPTED if standing else Action.State.PROPOSED)
    assert the(again(asked).current.answer if standing else True)


def test_escalated_at_once_with_a_page_it_is_so_once(asked: Action, coordinator: Member) -> None:
    same = again(asked)

    at_once(*(lambda: escalated(same, coordinator, coordinator) for _ in range(2)))

    assert Escalation.objects.count() == 1
