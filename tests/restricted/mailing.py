"""What a register mails: of all that has happened in it, as if nobody had been told of any of it yet."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any, cast
from unittest.mock import patch

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from base.swedish.working_days import working_day_from
from issues.models import Event, Issue
from meetings.calling import call_meeting
from members.models import Member, Notice, NoticeCause, Organisation
from members.outbox import addressing, sending
from members.outbox.letters import letters
from tests.restricted.telling import Register

EVER = timedelta(days=1000)
ANEW_EACH_TIME = re.compile(r"(?<=/mejl/)[\w:-]+(?=/)|(?<=/besked/)[\w.:-]+(?=/)")
"""The signed addresses, which tell the time or what is made up anew."""
TEXTS = ("text/plain", "text/html", "text/calendar", "application/ics")


def mails_of(register: Register) -> dict[str, list[str]]:
    """By address, in turn. Nothing of it is left in the register."""
    at = _a_morning_after(register.now)
    mail.outbox = []
    with transaction.atomic():
        call_meeting(register.things["planned"], by=register.by("chair"), at=register.now)
        with (
            patch.object(addressing, "LOOKED_BACK", EVER),
            patch("issues.notices.WRITTEN_AFTERWARDS", EVER),
        ):
            addressing.collect(at)
        _owe_everything_restricted(register)
        addressing.address(at)
        sending.send_due(at=at)
        assert not list(letters(at, lambda: at))
        transaction.set_rollback(True)
    told: dict[str, list[str]] = {}
    for message in cast("list[EmailMultiAlternatives]", mail.outbox):
        told.setdefault(message.to[0], []).append(_words(message))
    return told


def _owe_everything_restricted(register: Register) -> None:
    """To everybody, as where a thing became restricted after it was known who was to be told of it."""
    things = [f"issue:{pk}" for pk in Issue.with_struck.values_list("pk", flat=True)]
    hidden = [each for each in Event.objects.select_related("issue") if register.hides(each) or each.issue.restricted]
    causes = NoticeCause.objects.filter(key__in=[each.pk for each in hidden], thing__in=things)
    named = register.people["named"]
    everybody: list[dict[str, Any]] = [{"member": member} for member in Member.objects.exclude(pk=named.pk)]
    everybody += [{"organisation": organisation} for organisation in Organisation.objects.all()]
    notices = [Notice(cause=cause, due_at=cause.due_at, **to) for cause in causes for to in everybody]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _words(message: EmailMultiAlternatives) -> str:
    parts: list[tuple[str, Any]] = [(part.get_content_type(), part) for part in message.message().walk()]
    names = [f"{part.get_filename()}" for _, part in parts if part.get_filename()]
    bodies = [part.get_payload(decode=True).decode() for kind, part in parts if kind in TEXTS]
    return ANEW_EACH_TIME.sub("*", "\n".join([str(message.subject), *names, *bodies]))


def _a_morning_after(moment: datetime) -> datetime:
    """When all that is gathered is due."""
    day = working_day_from(timezone.localdate(moment) + timedelta(days=10))
    return timezone.make_aware(datetime.combine(day, time(10)))
