"""The mails about who may sign in as whom, and who leads the register: to each whom it concerns, once it is saved."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import Any

from allauth.core import context
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from members.models.account_state import AccountState

SENDING_APART = "sends a mail"
"""The name of the threads that do."""

logger = logging.getLogger(__name__)


@contextmanager
def undelivered_is_logged(template: str) -> Iterator[None]:
    """Let a mail that cannot be sent be a line in the log: what it tells of is done and stays so.

    Not with what the mail server said, for it names the one it would not take.
    """
    try:
        yield
    except Exception as error:
        logger.error("A mail could not be sent: %s, %s", template, type(error).__name__)


def send_apart(message: EmailMessage, template: str) -> None:
    """Send in a thread of its own: the answer waits for no mail server, and its time tells of no mail.

    The thread asks the database nothing; its line in the log belongs to the request. A process that is told to stop
    waits for it, as long as it waits for anything. Until mails are rows that somebody sends: then this goes.
    """
    with undelivered_is_logged(template):
        Thread(target=copy_context().run, args=(_send, message, template), name=SENDING_APART, daemon=False).start()


def whom_to_ask(receiver: Any, *, by: Any = None, about: Any = None) -> Any:
    """The samordnare to turn to when it is wrong: who did it, else another; None when there is no other.

    Of one whom it is about nobody can say yet that she should be one.
    """
    others = receiver.__class__.objects.active().coordinators().exclude(pk=receiver.pk)
    if by and others.filter(pk=by.pk).exists():
        return by
    return others.exclude(pk=about.pk if about else None).in_order().first()


def links() -> dict[str, str]:
    """The addresses that a mail leads to, on the host of the request that it comes of; a command knows of none."""
    request = context.request
    pages = {"sign_in": "account_login", "new_password": "account_reset_password"}
    return {name: request.build_absolute_uri(reverse(route)) for name, route in pages.items()} if request else {}


def write_of_change(member: Any, before: AccountState, *, by: Any) -> None:
    """Write to both addresses of a changed one; to one who begins or ceases to lead, and to who did it.

    The old address may be another's, if it was wrong: it is not told the new one.
    """
    after = AccountState.of(member)
    if not after.hands_over(before):
        return
    told = {"member": member, "by": by, "before": before, "ask": whom_to_ask(member, by=by), **links()}
    if after.email != before.email:
        _write("address_left", before.email, told)
        _write("address_taken", member.email, told)
    if after.leads != before.leads:
        mark = "coordinator_given" if after.leads else "coordinator_taken"
        _write(mark, member.email, told)
        if by != member:
            _write(f"{mark}_by", by.email, told | {"ask": whom_to_ask(by, about=member)})


def _write(name: str, address: str, told: dict[str, Any]) -> None:
    template, told = f"members/email/{name}", told | {"group": told["member"].group}
    subject = " ".join(render_to_string(f"{template}_subject.txt", told).split())
    body = render_to_string(f"{template}_message.txt", told).strip()
    message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    transaction.on_commit(partial(send_apart, message, template))


def _send(message: EmailMessage, template: str) -> None:
    with undelivered_is_logged(template):
        message.send()
