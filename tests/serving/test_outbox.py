"""Runs of the outbox as processes of their own: two at once, and one that is killed again and again."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from benchmarks.mail_server import Caught, mail_server
from issues.models import Action
from members.actor import Actor
from members.models import Notice
from temagrupp.tools.terminal import ROOT
from tests.factories import IssueFactory, OrganisationFactory
from tests.serving.conftest import Register, logged_in_at

MANY = 12
State = Notice.State


@pytest.fixture
def asked(register: Register, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """The mailboxes of organisations that have each just been asked something."""
    by, at = Actor.of(register.member), timezone.now() - timedelta(minutes=2)
    with django_db_blocker.unblock(), logged_in_at(register.cluster.addresses):
        last = Notice.objects.count()
        mailboxes = [f"brevlada{last}.{number}@exempel.se" for number in range(MANY)]
        for mailbox in mailboxes:
            issue, organisation = IssueFactory(), OrganisationFactory(mailbox=mailbox)
            Action.draft(issue=issue, organisation=organisation, title="Byt lamporna", by=by, at=at).propose(
                by=by, at=at
            )
        yield mailboxes


def start(register: Register, caught: Caught) -> subprocess.Popen[bytes]:
    environment = register.environment | {"EMAIL_URL": caught.url, "ADDRESS": "https://register.exempel.se"}
    return subprocess.Popen([sys.executable, "manage.py", "send_notices"], cwd=ROOT, env=environment)


def states(mailboxes: list[str]) -> Counter[str]:
    of_them = Notice.objects.filter(organisation__mailbox__in=mailboxes)
    return Counter(of_them.values_list("state", flat=True))


def test_two_runs_at_once_send_everything_once(register: Register, asked: list[str]) -> None:
    with mail_server(slow=0.05) as caught:
        for process in [start(register, caught) for _ in range(2)]:
            assert process.wait(60) == 0

    assert sorted(caught.receivers) == sorted(asked)
    assert states(asked) == {State.SENT: MANY}


def test_a_run_that_is_killed_again_and_again_loses_nothing_and_sends_nothing_twice(
    register: Register, asked: list[str]
) -> None:
    chance = random.Random(13)
    with mail_server(slow=0.3) as caught:
        for _ in range(4):
            process = start(register, caught)
            taken = len(caught.mails)
            while len(caught.mails) == taken and process.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.4)
            process.kill()
            process.wait()
        assert start(register, caught).wait(60) == 0
        time.sleep(0.5)  # for the mails that the server had in hand

    counted = states(asked)
    known = Notice.objects.filter(organisation__mailbox__in=asked, state=State.SENT)
    assert {*counted} <= {State.SENT, State.UNCERTAIN}
    assert sum(counted.values()) == MANY
    assert counted[State.UNCERTAIN] <= 4
    assert max(Counter(caught.receivers).values()) == 1
    assert {*known.values_list("organisation__mailbox", flat=True)} <= {*caught.receivers}
