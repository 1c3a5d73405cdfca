"""Inviting from a row of the list of those who have not come in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Invitation, Member
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

ALL = "/gruppen/inbjudningar/"


@pytest.fixture
def anna() -> Member:
    member: Member = MemberFactory(name="Anna Prov", last_login=None)
    return member


def body(reply: Any) -> str:
    return str(reply.content.decode())


def test_one_is_invited_from_the_list_and_the_row_says_so(
    as_coordinator: Client, coordinator: Member, anna: Member
) -> None:
    [press] = re.findall(rf'action="(/gruppen/medlemmar/{anna.pk}/inbjudan/[^"]*)"', body(as_coordinator.get(ALL)))

    reply = as_coordinator.post(press, follow=True)

    assert reply.redirect_chain == [(f"{ALL}?sida=1#medlem-{anna.pk}", 302)]
    row = body(reply).partition(f'<li id="medlem-{anna.pk}"')[2].partition("</li>")[0]
    assert f"{anna} är bjuden." in row
    assert body(reply).count("är bjuden.") == 1
    assert [each.member for each in Invitation.objects.all()] == [anna]

    Member.objects.filter(pk=anna.pk).update(last_login=timezone.now())
    assert "har redan loggat in eller kan inte logga in" in body(as_coordinator.post(press, follow=True))


@pytest.mark.parametrize("page", ["x", "", "1e9", "9" * 30])
def test_a_page_of_the_list_that_is_none_leads_to_her_own(as_coordinator: Client, anna: Member, page: str) -> None:
    reply = as_coordinator.post(f"{anna.get_absolute_url()}inbjudan/?lista={page}")

    assert reply["Location"] == anna.get_absolute_url()
