"""How quickly the outbox sends, and in how much memory: one closed issue is told to so many who follow it.

`python -m benchmarks.notices N`, in a process of its own, which has the database's address in its environment.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import django


def measure(number: int) -> str:
    """Owe so many members a mail, send them all to a server on this machine; Markdown."""
    from django.conf import settings
    from django.utils import timezone
    from environ import Env

    from benchmarks.mail_server import mail_server
    from benchmarks.processes import megabytes
    from members.models import How
    from members.outbox.addressing import address, collect
    from members.outbox.moments import next_digest
    from members.outbox.sending import send_due

    _follow(number)
    at = next_digest(timezone.now(), How.DAILY)
    with mail_server(counts_only=True) as caught:
        for name, value in Env.email_url_config(caught.url).items():
            setattr(settings, name, value)
        settings.ADDRESS = "https://register.example.se"
        begun = time.perf_counter()
        collect(at)
        address(at)
        owed = time.perf_counter()
        memory = [megabytes([os.getpid()])]
        send_due(at=at)
        memory.append(megabytes([os.getpid()]))
        ended = time.perf_counter()
    sent, seconds = caught.taken, ended - owed
    return (
        f"| notices | found and addressed | sent | a second | memory before | after |\n|---|---|---|---|---|---|\n"
        f"| {sent} | {owed - begun:.1f} s | {seconds:.1f} s | {sent / seconds:.0f} "
        f"| {memory[0]:.0f} MB | {memory[-1]:.0f} MB |\n"
    )


def _follow(number: int) -> None:
    """Let so many members follow an issue that is then closed."""
    from demo.story import people
    from issues.models import Follower, Issue
    from members.actor import Actor
    from members.models import Member

    issue: Any = Issue.objects.open().unrestricted().filter(actions=None).order_by("pk")[0]
    names = [f"foljer{n}" for n in range(number)]
    rows = [Member(name=name, email=f"{name}@exempel.se", is_reader=True, password="!") for name in names]
    members = Member.objects.bulk_create(rows, batch_size=1_000)
    Follower.objects.bulk_create((Follower(member=member, issue=issue) for member in members), batch_size=1_000)
    by = Actor.of(Member.objects.get(name=people.COORDINATOR))
    issue.close(outcome="solved", feedback="Lamporna är bytta.", by=by)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(measure(int(sys.argv[1])))
