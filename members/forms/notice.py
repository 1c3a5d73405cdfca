"""The steps with a mail that did not reach: each is one button."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from base.ui.forms import RegisterForm
from members.actor import Actor
from members.models import Notice
from members.outbox.again import SentAgain, send_again


class NoticeStepForm(RegisterForm):
    def __init__(self, *args: Any, notice: Notice, by: Actor, **kwargs: Any) -> None:
        self.notice, self.by = notice, by
        super().__init__(*args, **kwargs)


class SendAgainForm(NoticeStepForm):
    came: SentAgain

    def save(self) -> str:
        self.came = send_again(self.notice, by=self.by)
        return reverse("members:undelivered")

    def receipt(self, saved: Any) -> str:
        return self.came.words(self.notice.receiver, timezone.now())


class LetBeForm(NoticeStepForm):
    def save(self) -> str:
        self.notice.let_be(by=self.by)
        return reverse("members:undelivered")

    def receipt(self, saved: Any) -> str:
        return f"Mejlet till {self.notice.receiver} är borttaget från listan."
