"""The base of the steps after a closing or a calling off, as long as its mails wait."""

from __future__ import annotations

from typing import Any

from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.models import Meeting
from members.models import Member


class AfterStepForm(RegisterForm):
    """One button. `entry` names the closing, or the calling off, that it stands beside."""

    entry = VersionField()

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)
