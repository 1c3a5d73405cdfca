"""How a mail of ours leaves: apart from the page that tells of it, and with the addresses that it leads to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import copy_context
from threading import Thread
from typing import Any

from allauth.core import context
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse

from members.handing_over import Came, PostOffice

SENDING_APART = "sends a mail"
"""The name of the threads that do."""
Owe = Callable[..., object]
UNSENT: list[Owe] = []
"""What has the mails of an account that could not be sent: the outbox, which stands above the models that send them."""

logger = logging.getLogger(__name__)


class NotTakenError(Exception):
    """The mail server has not said that it has it; of what it said only the code."""


def send_apart(message: EmailMessage, template: str, *, unsent: Owe | None = None) -> None:
    """Send in a thread of its own: the answer waits for no mail server, and its time tells of no mail.

    The thread asks the database nothing unless it fails, when it calls `unsent`, with the trouble as
    `uncertain` where the mail server may have taken it; its line in the log belongs to the
    request. A process that is told to stop waits for it, as long as it waits for anything.
    """
    with _undelivered_is_logged(template):
        Thread(
            target=copy_context().run, args=(_send, message, template, unsent), name=SENDING_APART, daemon=False
        ).start()


def owe_account_mail(template: str, **facts: Any) -> None:
    """Leave a mail of that template, which could not be sent, to the outbox (`account_mail.py`)."""
    for owe in UNSENT:
        owe(template, **facts)


def links() -> dict[str, str]:
    """The addresses that a mail leads to, on the host of the request that it comes of; a command knows of none."""
    request = context.request
    pages = {"sign_in": "account_login", "new_password": "account_reset_password"}
    return {name: request.build_absolute_uri(reverse(route)) for name, route in pages.items()} if request else {}


def _send(message: EmailMessage, template: str, unsent: Owe | None) -> None:
    with _undelivered_is_logged(template):
        uncertain = ""
        try:
            with PostOffice() as office:
                outcome = office.hand_over(message, before=lambda: None)
            if outcome.came is Came.UNCERTAIN:
                uncertain = outcome.trouble
            if outcome.came is not Came.TAKEN:
                raise NotTakenError(outcome.trouble)
        except Exception:
            if unsent:
                with closing(connection):  # the thread's own
                    unsent(uncertain=uncertain)
            raise


@contextmanager
def _undelivered_is_logged(template: str) -> Iterator[None]:
    """Let a mail that cannot be sent be a line in the log: what it tells of is done and stays so.

    Not with what the mail server said, for it names the one it would not take.
    """
    try:
        yield
    except Exception as error:
        trouble = f"{error}" if isinstance(error, NotTakenError) else type(error).__name__
        logger.error("A mail could not be sent: %s, %s", template, trouble)
