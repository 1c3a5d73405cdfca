"""The mails that are sent apart, by threads of their own."""

import threading

from django.core import mail
from django.core.mail import EmailMessage

from members.mails import SENDING_APART


def wait_for_mails(**told: object) -> None:
    """A test reads its mails as soon as it has its answer, or has committed."""
    for thread in threading.enumerate():
        if thread.name == SENDING_APART:
            thread.join()


def sent() -> list[EmailMessage]:
    """In the order of who gets them: each is sent by itself."""
    wait_for_mails()
    return sorted(mail.outbox, key=lambda letter: str(letter.to))


def letters() -> list[tuple[list[str], str]]:
    return [(letter.to, str(letter.subject)) for letter in sent()]


def bodies() -> list[str]:
    return [" ".join(str(letter.body).split()) for letter in mail.outbox]
