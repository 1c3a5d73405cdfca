"""Handing a mail over to the mail server, and knowing how far that came.

SMTP leaves one thing open: between the last line of a mail and the server's answer nobody knows whether it has it. All
else is known: what fails before that is sent again, what is refused is not. What ends there is told to a person.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from base.records.address import on_the_wire

ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
OF_US = re.compile(rb"5\.(4\.5|7\.(57|60|232|233|705|708|750))(?!\S)")
"""What is refused to whoever sends from here, whoever it is to: more than one may send, or no leave to (RFC 3463,
5.4.5; Exchange Online's own, 5.7.*)."""
TAKEN = 250
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Came(Enum):
    """What came of it."""

    TAKEN = "the server has it"
    LATER = "the server may take it later"
    REFUSED = "the server will not take it"
    UNCERTAIN = "the server may have it"
    ENDED = "the server ended the connection when it was told the receiver, without a word"
    AWAY = "the server answers nobody, or takes nothing from us"


@dataclass(frozen=True)
class Outcome:
    """What came of a mail. Of what the server answered only the codes: its words name the one it would not take."""

    came: Came
    trouble: str = ""


class PostOffice:
    """The way to the mail server: opened for the first mail, kept for the next, closed with the block."""

    def __init__(self) -> None:
        self.backend = Backend() if settings.EMAIL_BACKEND == SMTP else get_connection()

    def __enter__(self) -> PostOffice:
        return self

    def __exit__(self, *of_an_error: object) -> None:
        self._close()

    def hand_over(self, message: EmailMessage, *, before: Callable[[], object]) -> Outcome:
        """Give the server the mail, which has one receiver.

        `before` is called when the server has said yes to sender and receiver, just before it is given the mail.
        """
        if not isinstance(self.backend, Backend):
            before()
            self.backend.send_messages([message])
            return Outcome(Came.TAKEN)
        try:
            is_new = self.backend.open()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Came.AWAY, _trouble(error))
        connection = self.backend.connection
        try:
            outcome = _outcome(connection, message, before)
        except BaseException:  # of `before`: it stands in the middle of a mail
            self._close()
            raise
        if outcome.came is Came.TAKEN:
            return outcome
        has_ended = connection.has_ended_early  # as one ends that has had its number of mails
        self._close()  # the next begins with one that stands in no middle of anything
        return self.hand_over(message, before=before) if has_ended and not is_new else outcome

    def _close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):  # it may have gone already
            self.backend.close()


class Noting:
    """Of smtplib's connections: calls `before` when only the mail itself is left, and notes how far it has come."""

    before: Callable[[], object]
    is_sender_taken = is_begun = is_given = False

    @property
    def has_ended_early(self) -> bool:
        """Whether the server has ended it before it was to be given the mail."""
        return self.sock is None and not self.is_begun  # type: ignore[attr-defined]

    def note(self, before: Callable[[], object]) -> None:
        """Begin with the next mail."""
        self.before = before
        self.is_sender_taken = self.is_begun = self.is_given = False

    def mail(self, *sender: Any) -> Any:
        answer = super().mail(*sender)  # type: ignore[misc]
        self.is_sender_taken = answer[0] == TAKEN
        return answer

    def data(self, message: Any) -> Any:
        self.is_begun = True
        self.before()
        return super().data(message)  # type: ignore[misc]

    def send(self, words: Any) -> None:
        """Commands are text and the mail is bytes."""
        self.is_given = self.is_given or isinstance(words, bytes)
        super().send(words)  # type: ignore[misc]


class NotingConnection(Noting, smtplib.SMTP):
    pass


class NotingConnectionByTLS(Noting, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Django's backend, over connections that note how far they have come."""

    connection: Any

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return NotingConnectionByTLS if self.use_ssl else NotingConnection


def _outcome(connection: Any, message: EmailMessage, before: Callable[[], object]) -> Outcome:
    connection.note(before)
    [receiver] = message.recipients()
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    words: Any = message.message()  # Django's own, which knows of line ends
    try:
        connection.sendmail(on_the_wire(sender), [on_the_wire(receiver)], words.as_bytes(linesep="\r\n"))
    except (UnicodeError, smtplib.SMTPNotSupportedError):
        return Outcome(Came.REFUSED, "address")
    except smtplib.SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        return _answered(code, words, is_given=False)
    except smtplib.SMTPSenderRefused as error:
        too_large = error.smtp_code == 552
        return _answered(552, error.smtp_error, is_given=False) if too_large else Outcome(Came.AWAY, _trouble(error))
    except smtplib.SMTPResponseException as error:
        return _answered(error.smtp_code, error.smtp_error, is_given=connection.is_given)
    except (OSError, smtplib.SMTPException) as error:
        without_a_word = Came.ENDED if connection.is_sender_taken else Came.AWAY
        return Outcome(Came.UNCERTAIN if connection.is_given else without_a_word, _trouble(error))
    return Outcome(Came.TAKEN)


def _answered(code: int, words: bytes | str, *, is_given: bool) -> Outcome:
    """What a refusal means, after it has said yes to the sender: it is of the receiver, unless it says otherwise.

    An answer that is none, to a mail that was given, tells nothing of it.
    """
    is_of_us = OF_US.match(_bytes(words))
    known = {4: Came.LATER, 5: Came.REFUSED}.get(code // 100, Came.UNCERTAIN if is_given else Came.LATER)
    return Outcome(Came.AWAY if is_of_us else known, _codes(code, words))


def _trouble(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _codes(error.smtp_code, error.smtp_error)
    return type(error).__name__[:40]


def _codes(code: int, words: bytes | str) -> str:
    """The code, and the enhanced one (RFC 3463) where there is one: "550 5.1.1"."""
    enhanced = ENHANCED.match(_bytes(words))
    return f"{code} {enhanced[0].decode()}" if enhanced else f"{code}"


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode(errors="replace")
