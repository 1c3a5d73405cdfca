"""Who acts in a test."""

from __future__ import annotations

from dataclasses import replace

from members.actor import Actor
from members.models import Member
from tests.factories import MemberFactory


def a_coordinator() -> Actor:
    """The group's samordnare, whoever she is."""
    first = Member.objects.leading().order_by("pk").first()
    return Actor.of(first or MemberFactory(is_coordinator=True))


def on_behalf(member: Member, channel: str) -> Actor:
    """The samordnare who writes down what an organisation told her by that channel."""
    return replace(Actor.of(member), channel=channel)
