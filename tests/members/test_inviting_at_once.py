"""Inviting while somebody changes a member: both come through."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from django.db import transaction

from members.actor import Actor
from members.inviting import invite_the_rest
from members.models import Member
from tests.at_once import at_once, waits_for_a_row
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_invites_all_waits_for_one_who_changes_a_member_and_not_the_other_way_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older, coordinator = MemberFactory(), MemberFactory(is_coordinator=True)  # neither has signed in
    by, leading_locked, lock = Actor.of(coordinator), Event(), Member.lock

    def lock_when_waited_for(member: Member, *args: Any, **more: Any) -> None:
        leading_locked.set()
        waits_for_a_row()
        lock(member, *args, **more)

    monkeypatch.setattr(Member, "lock", lock_when_waited_for)

    def change() -> None:
        with transaction.atomic():
            older.change(by=by, title="Prov")

    def invite() -> int:
        assert leading_locked.wait(timeout=10)
        invited, _ = invite_the_rest(by=by)
        return len(invited)

    assert at_once(change, invite) == [None, 2]
    assert Member.objects.get(pk=older.pk).title == "Prov"
