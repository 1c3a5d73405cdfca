"""The steps with a mail that did not reach: each is one button."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from base.ui.forms import RegisterForm
from members.actor import Actor
from members.models import Notice


class NoticeStepForm(RegisterForm):
    def __init__(self, *args: Any, notice: Notice, by: Actor, **kwargs: Any) -> None:
        self.notice, self.by = notice, by
        super().__init__(*args, **kwargs)


class SendAgainForm(NoticeStepForm):
    def save(self) -> str:
        self.notice.send_again(by=self.by)
        return reverse("members:undelivered")

    def receipt(self, saved: Any) -> str:
        return f"Mejlet till {self.notice.receiver} skickas igen inom någon minut."


class LetBeForm(NoticeStepForm):
    def save(self) -> str:
        self.notice.let_be(by=self.by)
        return reverse("members:undelivered")

    def receipt(self, saved: Any) -> str:
        return f"Mejlet till {self.notice.receiver} är borttaget från listan."
