from __future__ import annotations

from typing import Any

from django import forms

from base.ui.fields import ShownDay
from base.ui.forms import RegisterForm
from meetings.attendance import rows, seated
from meetings.models import Excuse, Meeting
from meetings.texts.attendance import row_state
from members.actor import Actor
from members.models import Member


class ExcuseForm(RegisterForm):
    """Notes "Jag kan inte", and its opposite: one tap for oneself; the samordnare for anybody who sits."""

    member = forms.ModelChoiceField(label="Vem har förhinder?", queryset=Member.objects.none())
    comes = forms.BooleanField(required=False)
    day = ShownDay(required=False)  # of the meeting as the page showed it: it may have moved since

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)
        self.offer("member", seated(meeting))

    @property
    def excuse(self) -> Excuse:
        """The excuse as an unsaved row, for the rule to judge."""
        return Excuse(meeting=self.meeting, member=self.cleaned_data["member"])

    @property
    def further(self) -> str:
        """The page of the meeting; where it says who comes, for what is noted for another."""
        page = self.meeting.get_absolute_url()
        return page if self.cleaned_data["member"] == self.by else f"{page}#kommer"

    @property
    def opposite(self) -> dict[str, object]:
        """The form data that undoes what was just done."""
        comes = "" if self.cleaned_data["comes"] else "1"
        return {"member": self.cleaned_data["member"].pk, "comes": comes, "day": self.meeting.planned_day.isoformat()}

    def save(self) -> str:
        """Note or remove the excuse, and return the message about it."""
        member: Member = self.cleaned_data["member"]
        who = "Du" if member == self.by else str(member)
        by, day = Actor.of(self.by), self.cleaned_data["day"]
        if self.cleaned_data["comes"]:
            Excuse.withdraw(self.meeting, member, by=by, day=day)
            return self._can_come(who, member)
        Excuse.note(self.meeting, member, by=by, day=day)
        instead = [row_state(row).verdict for row in rows(self.meeting) if member in row.excused]
        return " ".join([f"{who} har anmält förhinder.", *instead])

    def _can_come(self, who: str, member: Member) -> str:
        """The message when she can come. A deputy is not expected as long as the ordinary is, so it says who is."""
        hers = [row for row in rows(self.meeting) if member in (row.ordinary, row.deputy)]
        if any(row.expected and row.expected.member == member for row in hers):
            return f"{who} väntas på mötet."
        return " ".join([f"{who} har inget förhinder längre.", *(row_state(row).verdict for row in hers)])
