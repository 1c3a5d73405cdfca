"""The copy of a link in the mail to a member: it opens nothing when she answers for the organisation no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.answer_link import address_for
from issues.models import Action
from members.models import AnswersFor, Member, Organisation, Seat
from tests.factories import ActionFactory, OrganisationFactory, SeatFactory

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def asked(technical: Organisation) -> Action:
    return ActionFactory(title="Byt lamporna", assignment__organisation=technical)


def her_seat_ends(member: Member) -> None:
    Seat.objects.filter(member=member).update(period=(YESTERDAY - timedelta(days=90), YESTERDAY))


def she_sits_elsewhere(member: Member) -> None:
    Seat.objects.filter(member=member).delete()
    SeatFactory(member=member, organisation=OrganisationFactory())


def she_may_not_sign_in(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)


def her_address_is_another(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(email="annan@exempel.se")


LEAVING = (her_seat_ends, she_sits_elsewhere, she_may_not_sign_in, her_address_is_another)


def test_it_opens_the_question_for_whoever_is_there(client: Client, asked: Action, representative: Member) -> None:
    link = address_for(asked.current, representative)

    assert "Byt lamporna" in client.get(link).content.decode()
    answer = client.post(f"{link}fraga/", {"fraga-text": "Vilka lampor?"})

    assert answer["Location"] == link
    asked.refresh_from_db()
    assert asked.state == "question"


@pytest.mark.parametrize("leave", LEAVING)
def test_when_she_has_left_it_opens_nothing_and_her_words_are_kept(
    client: Client, asked: Action, representative: Member, leave: Callable[[Member], None]
) -> None:
    link, mailbox = address_for(asked.current, representative), address_for(asked.current)
    leave(representative)

    shown, said = client.get(link), client.post(f"{link}fraga/", {"fraga-text": "Vilka lampor?"})

    assert (shown.status_code, said.status_code) == (410, 410)
    for page in (shown.content.decode(), said.content.decode()):
        assert "Länken gäller inte längre" in page
        assert "Byt lamporna" not in page
    assert "Vilka lampor?" in said.content.decode()
    asked.refresh_from_db()
    assert asked.state == "proposed"
    assert client.get(mailbox).status_code == 200, "The mailbox's own goes on."


def test_a_handler_who_is_one_no_longer_has_none(client: Client, handler: Member, housing: Organisation) -> None:
    question = ActionFactory(assignment__organisation=housing).current
    link = address_for(question, handler)
    assert client.get(link).status_code == 200

    AnswersFor.objects.filter(member=handler).delete()

    assert client.get(link).status_code == 410


def test_nobody_makes_the_mailboxs_of_her_copy_or_anothers(
    client: Client, asked: Action, representative: Member, deputy: Member
) -> None:
    hers, others = address_for(asked.current, representative), address_for(asked.current, deputy)
    her_seat_ends(representative)
    signature = hers.rstrip("/").rpartition(":")[2]
    made_up = [
        f"{address_for(asked.current).rpartition(':')[0]}:{signature}/",
        f"{others.rpartition(':')[0]}:{signature}/",
        hers.replace(f".{representative.pk}.", f".{deputy.pk}."),
    ]
    assert [client.get(each).status_code for each in made_up] == [410, 410, 410]


def test_of_an_organisation_that_has_ended_nobodys_opens_anything(
    client: Client, asked: Action, representative: Member, technical: Organisation
) -> None:
    links = [address_for(asked.current), address_for(asked.current, representative)]
    Organisation.objects.filter(pk=technical.pk).update(active_to=YESTERDAY)

    assert [client.get(link).status_code for link in links] == [410, 410]
