"""The box in which the demo's mails end, as the files that a mail program reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage as ReceivedMessage
from email.policy import default
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MOST_SHOWN = 100


class LetterBox(BaseEmailBackend):
    """The demo's mail backend."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        folder().mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(email_messages, start=_latest() + 1):
            _write(message, number)
        return 1


@dataclass(frozen=True)
class CaughtLetter:
    """A mail in the box."""

    number: int
    message: ReceivedMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def folder() -> Path:
    return Path(settings.BASE_DIR) / ".local" / "demo-letters"


def letters() -> list[CaughtLetter]:
    """The latest of them first."""
    return [_read(number) for number in sorted(_numbers(), reverse=True)[:MOST_SHOWN]]


def letter(number: int) -> CaughtLetter | None:
    return _read(number) if _file(number).exists() else None


def empty() -> None:
    for number in _numbers():
        _file(number).unlink(missing_ok=True)


def _numbers() -> list[int]:
    return [int(file.stem) for file in folder().glob("*.eml") if re.fullmatch(r"\d+", file.stem)]


def _latest() -> int:
    return max(_numbers(), default=0)


def _file(number: int) -> Path:
    return folder() / f"{number}.eml"


def _read(number: int) -> CaughtLetter:
    return CaughtLetter(number, message_from_bytes(_file(number).read_bytes(), policy=default))


def _write(message: EmailMessage, number: int) -> None:
    """Under the first number that is free: the web process and the outbox both write here."""
    written = folder() / f".{uuid4()}"
    written.write_bytes(message.message().as_bytes())
    while True:
        try:
            _file(number).hardlink_to(written)
            break
        except FileExistsError:
            number += 1
    written.unlink()
